"""The text of charts: a string is one text object in the PDF, unless its letters are positioned one by one."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from reportgen.files import templates
from reportgen.report.folders import Folders
from reportgen.report.pdf import write_page

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" viewBox="0 0 400 100">{}</svg>'


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('<text x="10" y="20">Tokens a month</text>', 1),
        ('<text x="200" y="20" text-anchor="end">AVATAR</text>', 1),
        ('<text x="10 30 50" y="20">abc</text>', 3),
        ('<text x="10" y="20" letter-spacing="3">abc</text>', 3),
    ],
)
def test_words_are_whole(text: str, pieces: int, tmp_path: Path) -> None:
    """There are as many text objects as positions, and the text can be extracted."""
    target = tmp_path / "page.pdf"
    page = f'<!doctype html><html lang="en"><title>A chart</title><body>{SVG.format(text)}</body></html>'
    write_page(page, target, Folders(templates()), datetime(2026, 11, 23, tzinfo=UTC))
    with pypdfium2.PdfDocument(target) as document:
        sheet = document[0]
        found = list(sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=5))
        words = sheet.get_textpage().get_text_bounded()
        sheet.close()
    assert len(found) == pieces
    letters = text.partition(">")[2].partition("<")[0]
    assert words.replace(" ", "").strip() == letters.replace(" ", "")
