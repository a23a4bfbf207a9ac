"""Printed by LibreOffice: every page readable, with its titles and number, none nearly empty, nothing as ####."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber
import pytest

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import convert_for_test
from tests.paths import CASES

pytestmark = pytest.mark.slow

SMALLEST = 5.95
"""Points; 8 pt at 75 % are 6."""
FEWEST_WORDS, FEWEST_PAGES, MOST_PAGES = 40, 12, 40


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a printed page, and those of its letters that are too small to read."""

    text: str
    small: tuple[str, ...]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(CASES / "nothing_known.yaml", id="small"),
        pytest.param(SHIPPED, id="shipped", marks=pytest.mark.long),
    ],
)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Print the workbook of a case."""
    folder = tmp_path_factory.mktemp("printed")
    write_workbook(issue_of(analysis_of(request.param)), folder / "book.xlsx")
    with pdfplumber.open(convert_for_test(folder / "book.xlsx", folder / "out", "pdf")) as pdf:
        return [Page(page.extract_text(), tuple(too_small(page.chars))) for page in pdf.pages]


def too_small(letters: Iterable[dict[str, Any]]) -> Iterator[str]:
    """List the letters under the smallest size."""
    return (one["text"] for one in letters if one["size"] < SMALLEST and one["text"].strip())


def test_pages_are_readable_numbered_and_full(printed: list[Page]) -> None:
    """No text under 6 points, no ####, the page's number on each, and more than a few words."""
    assert FEWEST_PAGES < len(printed) <= MOST_PAGES
    for number, page in enumerate(printed, start=1):
        assert (number, page.small[:10]) == (number, ())
        assert f"Page {number} of {len(printed)}" in page.text
        assert "###" not in page.text
        assert len(page.text.split()) >= FEWEST_WORDS, (number, page.text)


def test_no_page_only_repeats_another(printed: list[Page]) -> None:
    """Repeated titles and a word that ran over are no page; but room for more effects, in a sheet of its own, is."""
    words = [set(page.text.split()) for page in printed]
    said = [min(len(here - there) for there in words if there is not here) for here in words]
    repeating = [
        number for number, count in enumerate(said, start=1) if count < 3 and "Runs" not in words[number - 1]
    ]
    assert repeating == []
