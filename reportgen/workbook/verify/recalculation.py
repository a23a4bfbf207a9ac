"""The comparison of a workbook's saved values with a recalculation by LibreOffice."""

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
    """The number of cells compared, those that differ, and the reason where none were compared."""

    cells: int
    wrong: tuple[Finding, ...]
    skipped: str = ""


def compare_with_recalculation(opened: OpenedBook) -> RecalculationResult:
    """Recalculate a workbook and compare every formula and every cell of a what-if table with its saved value."""
    if find_libreoffice() is None:
        return RecalculationResult(0, (), NOT_INSTALLED)
    if opened.resaved_tables:
        return RecalculationResult(
            0,
            (),
            "the what-if tables were saved by another program: build the workbook again to recalculate it",
        )
    if opened.links:
        return RecalculationResult(0, (), "not recalculated: that would open the workbooks it links to")
    try:
        with converted_copy(opened.path, "xlsx") as again:
            return _computed(opened, again) if opened.without_values else _compared(opened, again)
    except LibreOfficeError as error:
        return RecalculationResult(0, (), f"not recalculated: {error}")


def _computed(opened: OpenedBook, again: Path) -> RecalculationResult:
    """Give a workbook that was saved without values those that are computed, for the rules that read values."""
    book: Any = load_workbook(again, data_only=True)
    for sheet in opened.sheets.values():
        computed = book[sheet.name]
        sheet.saved = {place: computed.cell(*place).value for place in sheet.saved}
    return RecalculationResult(0, (), "none were saved; what follows is judged by what LibreOffice computes")


def _compared(opened: OpenedBook, again: Path) -> RecalculationResult:
    book: Any = load_workbook(again, data_only=True)
    wrong, cells = [], 0
    for sheet in opened.sheets.values():
        for place in (*sheet.formulas, *sorted(sheet.table_cells)):
            saved = sheet.saved[place] if place in sheet.saved else sheet.all_cells[place].value
            if saved is None:
                continue  # reported by the rule `saved-values`
            found = book[sheet.name].cell(*place).value
            cells += 1
            if not equal_values(saved, found):
                wrong.append(
                    Finding(sheet.at(place), f"{_shown(saved)} was saved, {_shown(found)} is computed")
                )
    return RecalculationResult(cells, tuple(wrong))


def equal_values(saved: object, found: object) -> bool:
    """Return whether two cell values are equal: numbers to a relative 1e-9, an empty cell equal to an empty text."""
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
