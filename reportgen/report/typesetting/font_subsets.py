"""Fonts cut down to the characters that a paper shows, once for all papers of a process that show the same ones.

Why: most of the papers that are built one after the other, at every save or in a batch, differ in their numbers alone.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any

from reportgen.report.typesetting.replacing import keep, replaced

MOST_KEPT = 64
"""Fonts that are kept, of some twenty kilobytes each; beyond that the first one goes."""


class FontSubsets:
    """Cut fonts by all that they follow from: the font's file, the glyphs in it, and whether hints are kept."""

    def __init__(self) -> None:
        self._files: dict[Any, bytes] = {}

    def kept(self) -> AbstractContextManager[None]:
        """Have WeasyPrint take fonts that were cut before within this context."""
        from weasyprint.pdf.fonts import Font

        return replaced((Font, "subset", self._cut_once))

    def _cut_once(self, cut: Callable[[Any, Any, Any], None]) -> Callable[[Any, Any, Any], None]:
        """Return WeasyPrint's method that cuts a font down, but for fonts that are known."""

        def subset(font: Any, to_unicode: Any, hinting: Any) -> None:
            whole = font.file_content
            key = (
                sha256(whole).digest(),
                font.index,
                bool(hinting),
                bool(font.missing),
                tuple(sorted(to_unicode)),
            )
            found = self._files.get(key)
            if found is not None:
                font.file_content = found
                return
            cut(font, to_unicode, hinting)
            if font.file_content is not whole:  # else there was nothing to cut, or it failed with a warning
                keep(self._files, key, font.file_content, MOST_KEPT)

        return subset
