"""Whether the values saved in a workbook are those that a recalculation gives: by LibreOffice, where it is installed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from reportgen.workbook.package.libreoffice import LibreOfficeError, converted_copy, find_libreoffice
from reportgen.workbook.package.reader import OpenedBook
from reportgen.workbook.verify.rules.rule import Finding

TOLERANCE = 1e-9
NOT_INSTALLED = "LibreOffice is not installed: the saved values were not recalculated"


@dataclass(frozen=True, slots=True)
class RecalculationResult:
    """How many cells were compared, which differ, and why none were where that is so."""

    cells: int
    wrong: tuple[Finding, ...]
    skipped: str = ""


def compare_with_recalculation(opened: OpenedBook) -> RecalculationResult:
    """Recalculate a workbook and compare every formula and every cell of a what-if table with what was saved."""
    if find_libreoffice() is None:
        return RecalculationResult(0, (), NOT_INSTALLED)
    if opened.resaved_tables:
        return RecalculationResult(
            0,
            (),
            "the what-if tables were saved by another program: build the workbook again to recalculate it",
        )
    try:
        with converted_copy(opened.path, "xlsx") as again:
            return _compared(opened, again)
    except LibreOfficeError as error:
        return RecalculationResult(0, (), f"not recalculated: {error}")


def _compared(opened: OpenedBook, again: Path) -> RecalculationResult:
    book: Any = load_workbook(again, data_only=True)
    wrong, cells = [], 0
    for sheet in opened.sheets.values():
        for place in (*sheet.formulas, *sorted(sheet.table_cells)):
            saved = sheet.saved[place] if place in sheet.saved else sheet.all_cells[place].value
            if saved is None:
                continue  # a rule says so
            found = book[sheet.name].cell(*place).value
            cells += 1
            if not equal_values(saved, found):
                wrong.append(
                    Finding(sheet.at(place), f"{_shown(saved)} was saved, {_shown(found)} is computed")
                )
    return RecalculationResult(cells, tuple(wrong))


def equal_values(saved: object, found: object) -> bool:
    """Compare two values of a cell: numbers to 1e-9 of their size, nothing and an empty text alike."""
    a, b = _plain(saved), _plain(found)
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1.0)
    return a == b


def _plain(value: Any) -> float | str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return float(value)
    moment: Any = to_excel
    return float(moment(value))


def _shown(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else "nothing" if value is None else str(value)[:40]
