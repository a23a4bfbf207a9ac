"""The inputs of a workbook that differ from their values as issued."""

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.package.guard import find_dangers
from reportgen.workbook.package.writer import is_unmodified
from reportgen.workbook.sheets import runs

PAIRED_HEADS = {
    "Low": "Low as issued",
    "High": "High as issued",
    "In force from": "From, as issued",
}
"""Headers of input columns, and those of the columns with their values as issued, further right."""

UNSAFE = "it is not safe to open: see reportgen verify"
NOT_A_REPORTGEN_WORKBOOK = "it is not a workbook of this program"


def edited_inputs(target: Path) -> list[str]:
    """Return a sentence for every input that differs from its value as issued; empty where there is no file.

    A file that was never saved again is recognised by its digest, without reading its cells.
    """
    if not target.exists() or is_unmodified(target):
        return []
    if find_dangers(target):
        return [UNSAFE]
    try:
        book = load_workbook(target)
    except Exception:  # noqa: BLE001  any error of the reader means that the file is no workbook
        return [NOT_A_REPORTGEN_WORKBOOK]
    if not {"Inputs", "Runs", "Risks"} <= set(book.sheetnames):
        return [NOT_A_REPORTGEN_WORKBOOK]
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
