"""The inputs of a workbook that differ from their values as issued."""

from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.package.reader import OpenedBook
from reportgen.workbook.sheets import runs
from reportgen.workbook.verify.opened import opened_safely

PAIRED_HEADS = {
    "Low": "Low as issued",
    "High": "High as issued",
    "In force from": "From, as issued",
}
"""Headers of input columns, and those of the columns with their values as issued, further right."""


def edited_inputs(target: Path) -> list[str]:
    """Return a sentence for every input that differs from its value as issued.

    Raises UnsafeWorkbook, TooMuch and Unreadable as `opened_safely` does.
    """
    with opened_safely(target, linked=True) as opened:
        return opened.ask(_inputs)


def _inputs(opened: OpenedBook) -> list[str]:
    book = opened.book
    prices = _changed_cells(book["Prices"]) if "Prices" in book.sheetnames else []
    return [
        *_changed_cells(book["Inputs"]),
        *prices,
        *_changed_cells(book["Risks"]),
        *_changed_effects(book["Runs"]),
    ]


def _changed_cells(sheet: Worksheet) -> list[str]:
    """Return the inputs that differ from their value as issued, which is in the next column or in that of PAIRED_HEADS."""
    heads = {
        str(cell.value): (cell.column, cell.row)
        for row in sheet.iter_rows(max_row=12)
        for cell in row
        if cell.value
    }
    pairs = [
        (heads[name][0], *heads[issued])
        for name, issued in PAIRED_HEADS.items()
        if {name, issued} <= heads.keys()
    ]
    pairs += [
        (cell.column - 1, cell.column, cell.row)
        for row in sheet.iter_rows(max_row=12)
        for cell in row
        if cell.value == "As issued"
    ]
    found = []
    for input_column, column, head in pairs:
        for row in range(head + 1, sheet.max_row + 1):
            value, before = sheet.cell(row, input_column), sheet.cell(row, column)
            is_input = not value.protection.locked and before.value is not None
            if is_input and value.value != before.value:
                found.append(f"{sheet.title}!{value.coordinate} is {value.value}, was {before.value}")
    return found


def _changed_effects(sheet: Worksheet) -> list[str]:
    """Return changed amounts and added effects."""
    added = [
        f"{sheet.title}!{sheet.cell(row, runs.AMOUNT).coordinate} is an effect that was added"
        for row in range(1, sheet.max_row + 1)
        if not sheet.cell(row, runs.AMOUNT).protection.locked
        and sheet.cell(row, runs.AMOUNT).value is not None
        and sheet.cell(row, runs.ISSUED).value is None
        and row > runs.SELECTOR
    ]
    return _changed_cells(sheet) + added
