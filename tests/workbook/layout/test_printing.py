"""Printed by LibreOffice: every page readable, with its titles and number, none nearly empty, nothing as ####."""

from pathlib import Path

import pdfplumber
import pytest

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import convert_for_test

pytestmark = pytest.mark.slow

SMALLEST = 5.95
"""Points; 8 pt at 75 % are 6."""
FEWEST_WORDS, MOST_PAGES = 40, 40


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print the shipped case."""
    folder = tmp_path_factory.mktemp("printed")
    write_workbook(issue_of(analysis_of(SHIPPED)), folder / "book.xlsx")
    return convert_for_test(folder / "book.xlsx", folder / "out", "pdf")


def test_pages_are_readable_numbered_and_full(printed: Path) -> None:
    """No text under 6 points, no ####, the page's number on each, and more than a few words."""
    with pdfplumber.open(printed) as pdf:
        assert 20 < len(pdf.pages) <= MOST_PAGES
        for number, page in enumerate(pdf.pages, start=1):
            small = [
                found["text"] for found in page.chars if found["size"] < SMALLEST and found["text"].strip()
            ]
            text = page.extract_text()
            assert (number, small[:10]) == (number, [])
            assert f"Page {number} of {len(pdf.pages)}" in text
            assert "###" not in text
            assert len(text.split()) >= FEWEST_WORDS, (number, text)


def test_no_page_only_repeats_another(printed: Path) -> None:
    """Repeated titles and a word that ran over are no page; but room for more effects, in a sheet of its own, is."""
    with pdfplumber.open(printed) as pdf:
        words = [set(page.extract_text().split()) for page in pdf.pages]
    said = [min(len(here - there) for there in words if there is not here) for here in words]
    repeating = [
        number for number, count in enumerate(said, start=1) if count < 3 and "Runs" not in words[number - 1]
    ]
    assert repeating == []
