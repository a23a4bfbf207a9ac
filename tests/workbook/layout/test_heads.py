"""The head of every sheet is whole on paper: what it can say of the checks, its title and its note."""

from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.issue import issue_of
from reportgen.workbook.layout.cell_styles import APPEARANCES
from reportgen.workbook.layout.print_setup import UNIT_POINTS
from reportgen.workbook.layout.text_metrics import text_width
from reportgen.workbook.state import evaluate_state
from reportgen.workbook.write import UnsavedWorkbook, lay_out
from tests.agreement.cases import SHIPPED, analysis_of, over_cases

pytestmark = pytest.mark.slow

LONGEST = "CHECKS FAIL: see sheet Checks; changed since issue, futures not drawn again"
AS_ISSUED = "what-if results as issued: this program has not calculated them"


@pytest.fixture(scope="module", params=over_cases("small", "ten-to-twenty-billion-tokens"))
def written(request: pytest.FixtureRequest) -> UnsavedWorkbook:
    """Lay out the workbook of a case."""
    path: Path = request.param
    issue = issue_of(analysis_of(path))
    return lay_out(issue, evaluate_state(issue.values, issue.runs))


def points(sheet: Worksheet, first: int, last: int) -> float:
    """Add up the widths of columns."""
    letters = map(get_column_letter, range(first, last + 1))
    return UNIT_POINTS * sum(sheet.column_dimensions[letter].width for letter in letters)


def first_page_end(sheet: Worksheet) -> int:
    """Find the last column of the first page across."""
    last = range_boundaries(str(sheet.print_area).rsplit("!", maxsplit=1)[-1].replace("$", ""))[2]
    assert last is not None
    return min((one.id for one in sheet.col_breaks.brk), default=last)


def heads(written: UnsavedWorkbook) -> list[Worksheet]:
    """List the sheets that have a head."""
    return [sheet for sheet in written.book.worksheets if sheet.title != "Cover"]


def test_what_the_checks_say_at_most_fits_the_first_page(written: UnsavedWorkbook) -> None:
    """It runs on over the empty cells beside it, or wraps where its column is the last."""
    cut = []
    for sheet in heads(written):
        below = (5, 5) if sheet.title == "Summary" else (5, 3)
        for (row, column), text in (((4, 3), LONGEST), (below, AS_ISSUED)):
            wraps = sheet.cell(row, column).alignment.wrap_text
            if not wraps and text_width(text, 8, bold=True) > points(sheet, column, first_page_end(sheet)):
                cut.append((sheet.title, row))
    assert cut == []


def test_title_and_note_are_whole_on_pages_with_repeated_columns(written: UnsavedWorkbook) -> None:
    """There they have these columns alone, and wrap where these are too narrow."""
    for sheet in heads(written):
        breaks = [one for one in sheet.col_breaks.brk if one.id < sheet.max_column]
        repeated = range_boundaries(str(sheet.print_title_cols or "A:C").replace("$", ""))[2] or 3
        for row, size in ((2, 11), (3, 9)):
            text = written.seen[sheet.title][row, 2].text
            if sheet.print_title_cols and breaks and not sheet.cell(row, 2).alignment.wrap_text:
                room = points(sheet, 2, repeated)
                assert text_width(text, size, bold=row == 2) <= room, (sheet.title, text)


def test_no_repeated_column_cuts_what_the_checks_say(written: UnsavedWorkbook) -> None:
    """On the second page across their column is not repeated, where it would be cut; months have no such page on paper."""
    cut = []
    for sheet in heads(written):
        last = range_boundaries(str(sheet.print_area).rsplit("!", maxsplit=1)[-1].replace("$", ""))[2] or 0
        across = [one.id for one in sheet.col_breaks.brk if one.id < last]
        if across and sheet.print_title_cols not in (None, "$A:$B"):
            cut.append(sheet.title)
    assert cut == []


def test_inputs_and_prices_are_one_page_wide(written: UnsavedWorkbook) -> None:
    """From the assumption to the key at 75 %: 11.09 in of 72 pt are 1,064.6 pt."""
    for name in ("Inputs", "Prices"):
        sheet = written.book[name]
        assert (list(sheet.col_breaks.brk), sheet.print_title_cols) == ([], None)
        assert points(sheet, 1, 13) <= 1064.7
        keys = [one.text for (row, column), one in written.seen[name].items() if column == 13 and row > 6]
        # 8 pt at 75 % are 6; a key that did not fit would be set smaller than that
        assert max(text_width(key, 8) for key in keys) + 7 <= points(sheet, 13, 13)


def test_no_text_that_runs_on_is_cut_by_a_filled_cell(written: UnsavedWorkbook) -> None:
    """Up to the next text in its row each has room, unless it wraps or is set smaller."""
    cut = []
    for sheet in written.book.worksheets:
        seen = written.seen[sheet.title]
        for (row, column), one in seen.items():
            cell, look = sheet.cell(row, column), APPEARANCES[one.role]
            if cell.alignment.wrap_text or cell.alignment.shrink_to_fit or look.right:
                continue
            beside = [other for at, other in seen if at == row and other > column]
            needed = text_width(one.text, look.size, bold=look.bold)
            if beside and needed > points(sheet, column, min(beside) - 1) + 0.5:
                cut.append((sheet.title, cell.coordinate, one.text))
    assert cut == []


def test_every_printed_page_of_the_results_of_runs_names_the_runs(written: UnsavedWorkbook) -> None:
    """The first column after each break that begins with results, or the first of all, has the names."""
    sheet = written.book["Runs"]
    pages = [2, *(one.id + 1 for one in sheet.col_breaks.brk)]
    assert {written.seen["Runs"][14, column].text for column in pages[:-1]} == {"Base case"}
    assert sheet.cell(13, pages[-1]).value == "Run"
    assert all(
        points(sheet, first, last - 1) <= 736.5
        for first, last in zip([1, *pages[1:-1]], pages[1:], strict=True)
    )


def test_a_group_of_columns_is_as_wide_as_its_head(written: UnsavedWorkbook) -> None:
    """Up to the next head in the row, before which its text would be cut."""
    for name in ("Risks", "Break-even"):
        sheet, seen = written.book[name], written.seen[name]
        groups = sorted(place for place, one in seen.items() if one.role == "header_group")
        for (row, column), (below, following) in pairwise(groups):
            if row == below:
                text = seen[row, column].text
                assert text_width(text, 8, bold=True) <= points(sheet, column, following - 1), (name, text)


def test_a_page_across_of_risks_ends_between_the_groups_of_both_registers(written: UnsavedWorkbook) -> None:
    """Impact and expected cost of an option stand in the same columns on TCO and on core."""
    seen = written.seen["Risks"]
    groups: dict[int, list[int]] = {}
    for (row, column), one in seen.items():
        if one.role == "header_group":
            groups.setdefault(row, []).append(column)
    on_tco, on_core = groups.values()
    assert on_tco == on_core
    assert all(one.id + 1 in on_tco for one in written.book["Risks"].col_breaks.brk)


@pytest.mark.slow
def test_a_later_page_of_sources_repeats_the_head_of_the_list_it_holds() -> None:
    """In the first shipped case that is the head of the figures computed again, the second one on the sheet."""
    issue = issue_of(analysis_of(SHIPPED))
    sheet = lay_out(issue, evaluate_state(issue.values, issue.runs)).book["Sources"]
    head = next(row for row in range(7, sheet.max_row) if sheet.cell(row, 2).value == "Claim")
    assert [one.id > head for one in sheet.row_breaks.brk] == [True]
    assert sheet.print_title_rows == f"${head}:${head}"
