"""On Inputs finance may edit what is known of every assumption: range, source, day, owner and note."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from reportgen.workbook.issue import issue_of
from reportgen.workbook.sheets.inputs import AS_OF, HIGH, KEY, LOW, NOTE, OWNER, SOURCE
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import ROOT, SHIPPED, analysis_of

pytestmark = pytest.mark.slow

DATED = ROOT / "tests" / "cases" / "dated_prices.yaml"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the shipped case, once."""
    path = tmp_path_factory.mktemp("inputs") / "book.xlsx"
    write_workbook(issue_of(analysis_of(SHIPPED)), path)
    return path


def test_what_is_known_of_every_assumption_is_unlocked_and_validated(book: Path) -> None:
    """Low and high within the bounds of the value, a day of this century, texts of at most 2,000 characters."""
    sheet = load_workbook(book)["Inputs"]
    own = {row.path for row in issue_of(analysis_of(SHIPPED)).assumptions if not row.follows}
    rows = [row for row in range(7, sheet.max_row + 1) if sheet.cell(row, KEY).value in own]
    assert len(rows) > 80
    validated: dict[str, str] = {
        f"{get_column_letter(column)}{row}": str(rule.type)
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    kinds = dict.fromkeys((SOURCE, OWNER, NOTE), "textLength") | {
        LOW: "custom",
        HIGH: "custom",
        AS_OF: "date",
    }
    for row in rows:
        for column, kind in kinds.items():
            cell = sheet.cell(row, column)
            assert not cell.protection.locked, cell.coordinate
            assert validated[cell.coordinate] == kind


def test_a_day_is_a_date_that_sorts(tmp_path: Path) -> None:
    """The day on which a source was seen is a number with a date's format, not a text."""
    issue, path = issue_of(analysis_of(DATED)), tmp_path / "dated.xlsx"
    write_workbook(issue, path)
    dated = [row for row in issue.assumptions if row.as_of]
    sheet = load_workbook(path)["Inputs"]
    by_key = {sheet.cell(row, KEY).value: row for row in range(7, sheet.max_row + 1)}
    found = [(row, sheet.cell(by_key[row.path], AS_OF).value) for row in dated if row.path in by_key]
    assert found
    assert [value.date() for _, value in found] == [row.as_of for row, _ in found]  # type: ignore[attr-defined]
