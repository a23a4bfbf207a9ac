"""The comparison of a workbook's saved values with a recalculation by LibreOffice."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from reportgen.runtime.records import dataclass
from reportgen.workbook.package.reader import OpenedBook
from reportgen.workbook.verify.rules.rule import Finding

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class RecalculationResult:
    """The number of cells compared, those that differ, and the reason where none were compared."""

    cells: int
    wrong: tuple[Finding, ...]
    skipped: str = ""


def compared_values(opened: OpenedBook, again: Path) -> RecalculationResult:
    """Compare every formula and every cell of a what-if table with a recalculated copy."""
    book: Any = load_workbook(again, data_only=True)
    wrong, cells = [], 0
    for sheet in opened.sheets.values():
        for place in (*sheet.formulas, *sorted(sheet.table_cells)):
            cell = sheet.all_cells.get(place)
            saved = sheet.saved.get(place, cell.value if cell else None)
            if saved is None:
                continue  # reported by the rule `saved-values`
            found = book[sheet.name].cell(*place).value
            cells += 1
            if not equal_values(saved, found):
                wrong.append(
                    Finding(sheet.at(place), f"{_shown(saved)} was saved, {_shown(found)} is computed")
                )
    return RecalculationResult(cells, tuple(wrong))


def take_values(opened: OpenedBook, again: Path) -> None:
    """Give a workbook that was saved without values those of a recalculated copy, for the rules that read values."""
    book: Any = load_workbook(again, data_only=True)
    for sheet in opened.sheets.values():
        computed = book[sheet.name]
        sheet.saved = {place: computed.cell(*place).value for place in sheet.saved}


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
