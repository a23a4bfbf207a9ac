"""The layout of finished papers: no type too small, and no table that begins alone at the foot of a page."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import DENSITIES, Fit
from reportgen.report.pdf import laid_out
from tests.agreement.cases import analysis_of, over_cases
from tests.papers import rendered

pytestmark = pytest.mark.slow

SMALLEST = 7.7
"""Points of the smallest type that a board reads on paper."""

several = pytest.mark.parametrize(
    "case",
    over_cases(
        "one-billion-tokens", "hospital-group", "ten-to-twenty-billion-tokens", "eight_options", "five_years"
    ),
)


@several
def test_type_is_large_enough(case: Path) -> None:
    """No letter of text, tables or charts is printed smaller than 7.7 points."""
    with pdfplumber.open(BytesIO(rendered(case).pdf)) as pdf:
        sizes = {(page.page_number, round(char["size"], 2)) for page in pdf.pages for char in page.chars}
    assert sorted(size for size in sizes if size[1] < SMALLEST) == []


@several
def test_first_group_of_a_table_is_not_alone_at_a_foot(case: Path) -> None:
    """Where a table breaks, no page ends with the head of a group, and the first group never stands there by itself."""
    document = laid_out(paper_of(analysis_of(case)), Folders(templates()), Fit(DENSITIES[-1]))
    broken = 0
    for page in document.pages:
        for table in (box for box in page._page_box.descendants() if type(box).__name__ == "TableBox"):
            shown = [row for group in table.children if not group.is_header for row in group.children]
            every = [
                row for row in table.element.iter("tr") if row.find("td") is not None or "group" in kind(row)
            ]
            if not shown or shown[-1].element is every[-1]:
                continue
            broken += 1
            assert "group" not in kind(shown[-1].element)
            if shown[0].element is every[0] and "group" in kind(every[0]):
                assert sum("group" in kind(row.element) for row in shown) > 1 or len(shown) > 3, page_text(
                    shown
                )
    assert broken


def kind(row: Any) -> str:
    """Return the class of a row."""
    return str(row.get("class", ""))


def page_text(rows: list[Any]) -> list[str]:
    """Return the text of rows, for messages."""
    return [" ".join("".join(row.element.itertext()).split()) for row in rows]
