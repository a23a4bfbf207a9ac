"""A workbook opened for reading: every cell as it stands, its formula taken apart, and the value that was saved with it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

CellPosition = tuple[int, int]
"""Row and column, from 1."""

OWN_SHEETS = {"Cover", "Summary", "Inputs", "Runs", "Checks", "Case"}
"""The sheets by which a workbook of this program is known."""

_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)$")
_TABLE = re.compile(r"^=(TABLE|MULTIPLE\.OPERATIONS)\(")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a formula names: a sheet (its own where none is given), the first and the last cell."""

    sheet: str
    first: CellPosition
    last: CellPosition

    @property
    def single(self) -> bool:
        """Say whether it is one cell."""
        return self.first == self.last

    def places(self) -> Iterator[CellPosition]:
        """Give every cell of it."""
        for row in range(self.first[0], self.last[0] + 1):
            for column in range(self.first[1], self.last[1] + 1):
                yield row, column


@dataclass(frozen=True)
class Formula:
    """One formula where it stands."""

    sheet: str
    place: CellPosition
    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Take it apart, white space left out."""
        return tuple(token for token in Tokenizer(self.text).items if token.type != Token.WSPACE)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """List the cells and ranges that it names."""
        ranges = [t.value for t in self.tokens if t.type == Token.OPERAND and t.subtype == Token.RANGE]
        found = (parse_reference(text, self.sheet) for text in ranges)
        return tuple(one for one in found if one)

    @cached_property
    def relative(self) -> str:
        """Write it as seen from its cell (R1C1), so that a formula and its copies read the same."""
        return "".join(
            _relative(token.value, self.place)
            if token.type == Token.OPERAND and token.subtype == Token.RANGE
            else token.value.upper()
            if token.type != Token.OPERAND
            else token.value
            for token in self.tokens
        )

    @property
    def functions(self) -> tuple[str, ...]:
        """List the functions that it calls, as they are written in the file."""
        opened = (t for t in self.tokens if t.type == Token.FUNC and t.subtype == Token.OPEN)
        return tuple(token.value[:-1].upper() for token in opened)

    @property
    def numbers(self) -> tuple[str, ...]:
        """List the numbers that are written in it."""
        return tuple(t.value for t in self.tokens if t.type == Token.OPERAND and t.subtype == Token.NUMBER)


@dataclass
class OpenedSheet:
    """One sheet: its cells by place, its formulas, and the values saved with them."""

    sheet: Worksheet
    number: int
    all_cells: dict[CellPosition, Any]
    """All cells that stand in the file, those with a look only among them."""
    formulas: dict[CellPosition, Formula] = field(default_factory=dict)
    tables: dict[CellPosition, DataTableFormula] = field(default_factory=dict)
    arrays: list[CellPosition] = field(default_factory=list)
    saved: dict[CellPosition, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Give its name."""
        return str(self.sheet.title)

    @cached_property
    def cells(self) -> dict[CellPosition, Any]:
        """Give the cells that were written, by place."""
        return {place: cell for place, cell in self.all_cells.items() if cell.value is not None}

    @cached_property
    def copies(self) -> Counter[tuple[int, str]]:
        """Count the copies of each formula in each column."""
        return Counter((place[1], formula.relative) for place, formula in self.formulas.items())

    @cached_property
    def table_cells(self) -> set[CellPosition]:
        """Give the cells that what-if tables fill."""
        return {
            place
            for table in self.tables.values()
            if (whole := parse_reference(table.ref, self.name))
            for place in whole.places()
        }

    def at(self, place: CellPosition) -> str:
        """Name a cell with its sheet."""
        return f"{self.name}!{get_column_letter(place[1])}{place[0]}"


@dataclass
class OpenedBook:
    """A workbook with its sheets in order."""

    path: Path
    book: Workbook
    sheets: dict[str, OpenedSheet]

    @property
    def made_by_reportgen(self) -> bool:
        """Say whether this program made it: then the rules about its layout hold too."""
        return set(self.sheets) >= OWN_SHEETS

    def formulas(self) -> Iterator[Formula]:
        """Give every formula."""
        for sheet in self.sheets.values():
            yield from sheet.formulas.values()

    @property
    def resaved_tables(self) -> list[Formula]:
        """List what-if tables that another program turned into ordinary formulas."""
        return [formula for formula in self.formulas() if _TABLE.match(formula.text)]


def open_book(path: Path) -> OpenedBook:
    """Open a workbook that is safe to open, its formulas and the values saved with them."""
    book, values = load_workbook(path), load_workbook(path, data_only=True)
    sheets = {}
    for number, sheet in enumerate(book.worksheets):
        opened = OpenedSheet(sheet, number, _cells(sheet))
        for place, cell in opened.all_cells.items():
            if cell.data_type == "f":
                _add_formula(opened, place, cell.value)
        saved = _cells(values[sheet.title])
        opened.saved = {place: saved[place].value for place in (*opened.formulas, *opened.tables)}
        sheets[sheet.title] = opened
    return OpenedBook(path, book, sheets)


def _cells(sheet: Any) -> dict[CellPosition, Any]:
    cells: dict[CellPosition, Any] = sheet._cells  # noqa: SLF001  iter_rows would make all cells up to the farthest one
    return cells


def _add_formula(sheet: OpenedSheet, place: CellPosition, value: object) -> None:
    match value:
        case DataTableFormula():
            sheet.tables[place] = value
        case ArrayFormula():
            sheet.arrays.append(place)
            sheet.formulas[place] = Formula(sheet.name, place, str(value.text))
        case _:
            sheet.formulas[place] = Formula(sheet.name, place, str(value))


def parse_reference(text: str, own: str) -> Reference | None:
    """Read a reference; None for names, whole rows and whole columns."""
    sheet, _, cells = text.rpartition("!")
    first, _, last = cells.partition(":")
    one, two = _CELL.match(first), _CELL.match(last or first)
    if not one or not two:
        return None
    name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    return Reference(name or own, _row_and_column(one), _row_and_column(two))


def _row_and_column(found: "re.Match[str]") -> CellPosition:
    return int(found[4]), column_index_from_string(found[2])


def _relative(text: str, place: CellPosition) -> str:
    sheet, mark, cells = text.rpartition("!")
    return sheet.strip("'") + mark + ":".join(_relative_cell(cell, place) for cell in cells.split(":"))


def _relative_cell(cell: str, place: CellPosition) -> str:
    found = _CELL.match(cell)
    if not found:
        return cell
    row, column = _row_and_column(found)
    down = f"R{row}" if found[3] else f"R[{row - place[0]}]"
    return down + (f"C{column}" if found[1] else f"C[{column - place[1]}]")
