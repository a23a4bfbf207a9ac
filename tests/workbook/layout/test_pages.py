"""What is printed of the sheets: print areas and page breaks of the small case and of the first shipped one."""

from pathlib import Path

import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.formula import DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import UnsavedWorkbook, write_workbook
from tests.agreement.cases import SHIPPED, analysis_of

SMALL = SHIPPED.with_name("small.yaml")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> UnsavedWorkbook:
    """Write the workbook of the small case."""
    return write_workbook(issue_of(analysis_of(SMALL)), tmp_path_factory.mktemp("small") / "book.xlsx")


def areas(sheet: Worksheet) -> list[tuple[int, int, int, int]]:
    """Return first column, first row, last column and last row of each printed area."""
    texts = str(sheet.print_area).replace("$", "").split(",")
    return [range_boundaries(text.rpartition("!")[2]) for text in texts]  # type: ignore[misc]


def test_runs_prints_results_and_effects_without_spare_rows_and_what_if_tables(
    small: UnsavedWorkbook,
) -> None:
    """32 runs of which all but the base case change one assumption: one area each, from its head to its last row."""
    sheet = small.book["Runs"]
    results, effects = areas(sheet)
    numbers = [sheet.cell(row, 3).value for row in range(results[1], results[3] + 1)]
    assert numbers[-32:] == list(range(1, 33))
    assert results[:2] == (1, 1)
    names = [sheet.cell(row, effects[0]).value for row in range(effects[1], effects[3] + 1)]
    assert effects[0] == results[2] + 1
    assert names[2] == "Run"
    assert len([name for name in names[3:] if name]) == len(names[3:]) == 31
    tables = [
        cell.column for row in sheet.iter_rows() for cell in row if isinstance(cell.value, DataTableFormula)
    ]
    assert min(tables) > effects[2]


def test_risks_prints_up_to_all_combinations_without_what_its_headline_is_made_of(
    small: UnsavedWorkbook,
) -> None:
    """The last printed row is the chance of the lowest cost; the amount in the headline stands two rows below it."""
    sheet = small.book["Risks"]
    ((_, _, _, last),) = areas(sheet)
    assert sheet.cell(last, 2).value == "Chance of the lowest TCO of those eligible"
    assert sheet.cell(last + 2, 2).value == "What the sentence above says"


def test_every_option_on_budget_repeats_the_names_of_the_periods(small: UnsavedWorkbook) -> None:
    """Two fiscal years, then eight quarters, beside the names of both options."""
    sheet = small.book["Budget"]
    headed = [
        [cell.value for cell in row if cell.value][1:]
        for row in sheet.iter_rows(min_col=2)
        if row[0].value in ("API", "One rented GPU")
    ]
    years = ["FY2027", "FY2028"]
    quarters = [f"{year} Q{quarter}" for year in years for quarter in range(1, 5)]
    assert headed == [years, years, quarters, quarters]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> UnsavedWorkbook:
    """Write the workbook of the first shipped case."""
    return write_workbook(issue_of(analysis_of(SHIPPED)), tmp_path_factory.mktemp("shipped") / "book.xlsx")


@pytest.mark.slow
def test_a_page_of_budget_begins_with_an_option_or_a_title(shipped: UnsavedWorkbook) -> None:
    """Three options over three years do not fit on one page: the second one begins with the last option's quarters."""
    sheet = shipped.book["Budget"]
    begins = [[sheet.cell(found.id + 1, at).value for at in (2, 4)] for found in sheet.row_breaks.brk]
    assert begins == [["Managed platform", "FY2027 Q1"]]


@pytest.mark.slow
def test_the_editions_of_three_options_stand_on_one_page(shipped: UnsavedWorkbook) -> None:
    """Six columns of amounts beside an edition's number, which needs no wide column while nothing has changed."""
    sheet = shipped.book["Change log"]
    assert (len(sheet.col_breaks.brk), len(sheet.row_breaks.brk)) == (0, 0)
    assert sheet.column_dimensions["B"].width < 52


@pytest.mark.long
def test_keys_of_the_change_log_widen_their_columns(tmp_path: Path) -> None:
    """full_cost.frontier_chat is 76 points wide at 8, with 14 beside it 16.2 units of 5.56; full_cost.api is 42 and fits 14."""
    path = SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml")
    sheet = write_workbook(issue_of(analysis_of(path)), tmp_path / "book.xlsx").book["Change log"]
    widths = {
        cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[7] if cell.value
    }
    assert (widths["full_cost.api"], widths["full_cost.frontier_chat"]) == (14, 17)
