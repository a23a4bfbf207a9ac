"""The accounts that finance names on Budget go into the case, and stand in the next workbook."""

import pytest
from openpyxl import Workbook

from reportgen.pipeline.existing import edits_of
from reportgen.schema.loading.load import load_case
from tests.adopt.returned_pack import ReturnedPack

pytestmark = pytest.mark.slow


def account_cell(book: Workbook, category: str) -> str:
    """Return the address of the account of a category."""
    sheet = book["Budget"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Account")
    row = next(n for n in range(head.row, sheet.max_row + 1) if sheet.cell(n, 2).value == category)
    return f"{head.column_letter}{row}"


def test_accounts_are_taken_changed_and_taken_out(returned: ReturnedPack) -> None:
    """Text and a plain number; the case of the file holds them, and adopting again finds nothing to take."""
    editor = returned.opened()
    editor.book["Budget"][account_cell(editor.book, "Compute")] = "6100 Cloud services"
    editor.book["Budget"][account_cell(editor.book, "Ongoing engineering")] = 4200
    editor.save(returned.back)
    assert [
        edit for edit in edits_of(returned.back) if "6100 Cloud services" in edit
    ]  # build keeps the workbook
    done = returned.adopt("--apply")
    assert done.exit_code == 0, done.output
    assert load_case(returned.case).finance.accounts == {"compute": "6100 Cloud services", "ongoing": "4200"}
    assert "There is nothing to take." in returned.adopt().stderr


def test_an_account_that_a_spreadsheet_would_read_as_a_formula_is_refused(returned: ReturnedPack) -> None:
    """It is named with its cell, and the case stays as it was."""
    editor = returned.opened()
    cell = account_cell(editor.book, "Compute")
    editor.book["Budget"][cell] = "@6100"
    editor.save(returned.back)
    before = returned.case.read_text()
    done = returned.adopt("--apply")
    assert done.exit_code == 3, done.output
    assert f"Budget!{cell}" in done.output
    assert returned.case.read_text() == before
