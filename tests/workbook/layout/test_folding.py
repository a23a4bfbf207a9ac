"""Spare rows stand at the end of their list, folded into a group of the outline; nothing else is hidden."""

from collections.abc import Iterator

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.issue import issue_of
from reportgen.workbook.sheets.inputs import KEY
from reportgen.workbook.sheets.runs import AMOUNT, HEAD, NAMES, RUN
from reportgen.workbook.state import evaluate_state
from reportgen.workbook.write import UnsavedWorkbook, lay_out
from tests.agreement.cases import SHIPPED, analysis_of
from tests.paths import large_cases

PRICED = SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml")


@pytest.fixture(scope="module")
def book() -> UnsavedWorkbook:
    """Lay out the first shipped case."""
    issue = issue_of(analysis_of(SHIPPED))
    return lay_out(issue, evaluate_state(issue.values, issue.runs))


def folded(sheet: Worksheet) -> Iterator[int]:
    """Give the folded rows of a sheet, each of which is in a group with its mark on the row below."""
    for row, one in sorted(sheet.row_dimensions.items()):
        if one.hidden:
            assert one.outlineLevel == 1, (sheet.title, row)
            yield row
        if one.collapsed:
            assert sheet.row_dimensions[row - 1].hidden, (sheet.title, row)


@pytest.mark.slow
def test_the_spare_risks_are_folded_below_the_risks_of_the_case(book: UnsavedWorkbook) -> None:
    """Four risks are open, ten rows below them folded, on both registers."""
    sheet = book.book["Risks"]
    names = next(place for line, place in book.places.lines.items() if line.key == "risks.name")
    rows = list(folded(sheet))
    assert rows[:10] == list(range(names.row + 4, names.row + 14))
    assert len(rows) == 20
    again = next(place for line, place in book.places.lines.items() if line.key == "risks.name_again")
    assert rows[10:] == list(range(again.row + 4, again.row + 14))


@pytest.mark.slow
def test_on_runs_only_spare_rows_are_folded_and_they_are_the_last(book: UnsavedWorkbook) -> None:
    """No folded row holds an effect or a run of the case, and all below the first folded one are folded."""
    sheet = book.book["Runs"]
    rows = list(folded(sheet))
    assert rows == list(range(rows[0], rows[-1] + 1))
    for row in rows:
        assert sheet.cell(row, RUN).value is None
        assert sheet.cell(row, AMOUNT).value is None
        assert "Spare risk" in str(
            book.seen["Runs"][row, NAMES].text if (row, NAMES) in book.seen["Runs"] else "Spare risk"
        )
    names = [
        book.seen["Runs"][row, NAMES].text
        for row in range(HEAD + 1, sheet.max_row)
        if (row, NAMES) in book.seen["Runs"]
    ]
    assert [name.startswith("Spare risk") for name in names] == [False] * (len(names) - 10) + [True] * 10


@pytest.mark.slow
def test_no_other_sheet_hides_a_row(book: UnsavedWorkbook) -> None:
    """Only the lists that finance can add to have folded rows."""
    assert {sheet.title for sheet in book.book.worksheets if list(folded(sheet))} == {"Risks", "Runs"}


@pytest.mark.slow
@large_cases
def test_spare_rates_are_folded_at_the_end_of_each_price() -> None:
    """Every spare rate is folded, and stands after the rates of its price."""
    issue = issue_of(analysis_of(PRICED))
    sheet = lay_out(issue, evaluate_state(issue.values, issue.runs)).book["Prices"]
    rows = set(folded(sheet))
    keys = {row: str(sheet.cell(row, KEY).value or "") for row in range(7, sheet.max_row + 1)}
    assert rows == {row for row, key in keys.items() if ".spare_" in key}
    assert all(
        ".spare_" in keys[row + 1] or not keys.get(row + 1, "").startswith(keys[row].rpartition(".")[0])
        for row in rows
        if row + 1 in keys
    )
