"""The contents on the Cover link to every sheet, and every sheet links back."""

import re

import pytest
from openpyxl import Workbook, load_workbook

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import ROOT, analysis_of
from tests.paths import large_cases

pytestmark = [pytest.mark.slow, large_cases]

CASE = ROOT / "inputs" / "ten-to-twenty-billion-tokens.yaml"

ALWAYS = {
    "Summary", "Inputs", "Workloads", "TCO", "Opportunity", "Exit", "Runs", "Risks", "Sensitivity", "Break-even", "Bridge",
    "Price scenarios", "Simulation", "Strategic fit", "Checks", "Sources", "Change log", "Case",
}  # fmt: skip
"""The sheets that every workbook of a case with prices, risks, projects, ranges and criteria has, beside Prices."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Build a case that has every sheet, once."""
    path = tmp_path_factory.mktemp("contents") / "book.xlsx"
    write_workbook(issue_of(analysis_of(CASE)), path)
    return load_workbook(path)


def test_the_contents_lead_to_every_sheet_in_order(book: Workbook) -> None:
    """Each link is a place in this workbook, named like its sheet; no sheet is left out."""
    links = [
        (cell.value, cell.hyperlink.location, cell.hyperlink.target)
        for (cell,) in book["Cover"].iter_rows(min_row=11, min_col=2, max_col=2)
        if cell.hyperlink
    ]
    assert links == [(name, f"'{name}'!A1", None) for name in book.sheetnames[1:]]
    assert {*ALWAYS, "Prices"} <= {*book.sheetnames}
    options = [name for name in book.sheetnames if name.startswith(("Frontier", "Own", "Managed"))]
    assert len(options) >= 3


def test_every_head_leads_back_to_the_contents(book: Workbook) -> None:
    """The link stands in the rows that stay in sight, and names the cell that says Contents."""
    assert book["Cover"]["B10"].value == "Contents"
    for sheet in book.worksheets[1:]:
        link = sheet["B5"].hyperlink
        assert (sheet["B5"].value, link.location, link.target) == ("‹ Contents", "'Cover'!B10", None)
        assert int(sheet.freeze_panes.lstrip("ABCD")) > 5


def test_what_the_checks_say_is_coloured_as_far_as_it_runs(book: Workbook) -> None:
    """White on red it would be unread beyond its own cell: the fill goes on, over cells that hold nothing."""
    for sheet in book.worksheets[1:]:
        marked = [
            str(rules.sqref) for rules in sheet.conditional_formatting if str(rules.sqref).startswith("C4:")
        ]
        assert marked == ["C4:I4"]
        assert all(sheet.cell(4, column).value is None for column in range(4, 10))


def test_the_cover_counts_assumptions_as_the_paper_does(book: Workbook) -> None:
    """Those that name no source on the Cover, those that do in the paper: together the stated ones."""
    said = [cell.value for row in book["Cover"].iter_rows() for cell in row if isinstance(cell.value, str)]
    weakness = next(text for text in said if "stated assumptions name no source" in text)
    without, stated = (int(word) for word in re.findall(r"\d+", weakness)[:2])
    assert 0 < without < stated
    page = render_paper(paper_of(analysis_of(CASE)), Folders(templates()))
    assert f"{stated - without} of {stated} stated assumptions name a source" in page
