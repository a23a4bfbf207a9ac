"""The formulas of a workbook as text: one line for all cells that hold the same formula in R1C1."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.formula import DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells in a rectangle that all hold one formula, under the label of its first row."""

    top: int
    left: int
    bottom: int
    right: int
    label: str
    formula: str

    def __str__(self) -> str:
        """Show place, label and formula."""
        first, last = (
            f"{get_column_letter(column)}{row}"
            for column, row in ((self.left, self.top), (self.right, self.bottom))
        )
        place = first if first == last else f"{first}:{last}"
        return f"{place:<12} {self.label[:44]:<44} {self.formula}"


def formulas(sheets: Iterable[Worksheet]) -> str:
    """Write the formulas of all sheets in reading order."""
    out = []
    for sheet in sheets:
        areas = sorted(_merged(_runs(sheet)), key=lambda area: (area.top, area.left))
        out += [f"== {sheet.title}", *map(str, areas), ""]
    return "\n".join(out)


def relative(formula: str, row: int, column: int) -> str:
    """Write a formula in R1C1, as seen from its cell: RC[-1] is the cell to the left, R5C3 is $C$5.

    `R$` is the cell's own row, anchored: so lists whose rows anchor themselves stay one line.
    """
    tokens = Tokenizer(formula).items
    return "=" + "".join(
        _reference(token.value, row, column) if token.subtype == Token.RANGE else token.value
        for token in tokens
    )


def _reference(text: str, row: int, column: int) -> str:
    sheet, mark, cells = text.rpartition("!")

    def moved(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, number = found.groups()
        down, across = int(number) - row, column_index_from_string(letters) - column
        anchored = "R$" if not down else f"R{number}"
        rows = anchored if fixed_row else f"R[{down}]" if down else "R"
        columns = f"C{across + column}" if fixed_column else f"C[{across}]" if across else "C"
        return rows + columns

    return sheet + mark + CELL.sub(moved, cells)


def _runs(sheet: Worksheet) -> Iterator[Area]:
    """Give the cells of each row that stand side by side and hold the same formula."""
    for cells in sheet.iter_rows():
        label = next((str(cell.value) for cell in cells if cell.data_type == "s" and cell.value), "")
        last: Area | None = None
        for cell in cells:
            if cell.data_type != "f":
                continue
            row, column = cell.row, cell.column
            text = _written(cell.value, row, column)
            if last and last.right == column - 1 and last.formula == text:
                last = replace(last, right=column)
                continue
            if last:
                yield last
            last = Area(row, column, row, column, label, text)
        if last:
            yield last


def _written(formula: str | DataTableFormula, row: int, column: int) -> str:
    if isinstance(formula, DataTableFormula):
        return f"{{TABLE over {formula.ref}, selector {formula.r1}}}"
    return relative(formula, row, column)


def _merged(areas: Iterable[Area]) -> list[Area]:
    """Put areas that stand one below the other and hold the same formula together."""
    open_areas: dict[tuple[int, int, str], Area] = {}
    done: list[Area] = []
    for area in areas:
        key = (area.left, area.right, area.formula)
        above = open_areas.get(key)
        if above and above.bottom == area.top - 1:
            open_areas[key] = replace(above, bottom=area.bottom)
            continue
        if above:
            done.append(above)
        open_areas[key] = area
    return [*done, *open_areas.values()]
