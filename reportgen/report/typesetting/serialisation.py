"""Serialisation of a PDF's objects once each, and compression as zlib has it.

Why: pydyf serialises each object twice, for the file and for its identifier, compresses it each time at zlib's highest level, which takes
twice as long as the usual one for 3 % less, and lists the pages anew for each of some thousand tags.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from reportgen.report.typesetting.replacing import kept, replaced


@contextmanager
def serialised_once() -> Iterator[None]:
    """Have a PDF of WeasyPrint serialised so within this context. An object must not change once it was serialised."""
    import pydyf

    kinds = (pydyf.Dictionary, pydyf.Array, pydyf.Stream)
    with replaced(
        *((kind, "data", lambda usual: property(kept(usual.fget))) for kind in kinds),
        (pydyf.PDF, "page_references", lambda usual: property(kept(usual.fget, _page_count))),
        (pydyf, "zlib", lambda _: SimpleNamespace(compressobj=_compressor)),
    ):
        yield


def _compressor(*, level: int) -> Any:  # noqa: ARG001  pydyf asks for the highest
    return zlib.compressobj()


def _page_count(pdf: Any) -> int:
    return len(pdf.pages["Kids"])
