"""A PDF is serialised once, and is the same document as without that."""

import io
from threading import Barrier, Thread
from typing import Any

import pikepdf
import pydyf
import pytest
from weasyprint import HTML

from reportgen.report.typesetting.replacing import replaced
from reportgen.report.typesetting.serialisation import serialised_once

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # WeasyPrint leaves a file open

PAGES = "".join(
    f"<h1>{n}</h1><p style='break-after: page'><a href='#x'>Text</a> {'words ' * 300}</p>" for n in range(5)
)


def _pdf() -> bytes:
    page = HTML(string=f"<html lang='en'><title>T</title><body>{PAGES}<p id='x'>End</p></body></html>")
    written: bytes = page.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return written


def _content(written: bytes) -> list[Any]:
    with pikepdf.open(io.BytesIO(written)) as document:
        return [
            (one.read_bytes(), {k: str(v) for k, v in one.items() if k != "/Length"})
            if isinstance(one, pikepdf.Stream)
            else one.unparse()
            for one in document.objects
            if not (isinstance(one, pikepdf.Stream) and one.get("/Type") in ("/XRef", "/ObjStm"))
        ]


def test_the_same_document() -> None:
    """All objects are the same, and in the same order; the file is hardly larger."""
    usual = _pdf()
    with serialised_once():
        once = _pdf()
    assert _content(once) == _content(usual)
    assert len(once) < 1.05 * len(usual)


def test_each_object_is_serialised_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No dictionary and no stream is serialised twice, though WeasyPrint asks for each twice."""
    asked: list[int] = []
    alive: list[Any] = []
    for kind in (pydyf.Dictionary, pydyf.Stream):
        usual = kind.data.fget

        def data(one: Any, usual: Any = usual) -> bytes:
            asked.append(id(one))
            alive.append(one)
            found: bytes = usual(one)
            return found

        monkeypatch.setattr(kind, "data", property(data))
    with serialised_once():
        _pdf()
    assert len(asked) > 50
    assert len(set(asked)) == len(asked)
    asked.clear()
    alive.clear()
    _pdf()
    assert len(set(asked)) < len(asked)


class _Owner:
    part = "usual"


def test_replaced_by_one_thread_at_a_time() -> None:
    """Whichever thread ends first, what was usual is there afterwards."""
    seen: list[str] = []
    start = Barrier(8)

    def replace(name: str) -> None:
        start.wait()
        for _ in range(50):
            with replaced((_Owner, "part", lambda usual: f"{name} for {usual}")):
                seen.append(f"{_Owner.part} {name}")

    threads = [Thread(target=replace, args=(str(place),)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _Owner.part == "usual"
    assert len(seen) == 400
    assert all(found == f"{found.split()[-1]} for usual {found.split()[-1]}" for found in seen)
