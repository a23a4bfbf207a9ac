"""A workbook opened for reading: its cells, tokenised formulas, and the values saved with them."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.runtime.records import dataclass

CellPosition = tuple[int, int]
"""Row and column, from 1."""

ESCAPE = "_x005F_"
OWN_SHEETS = {"Cover", "Summary", "Inputs", "Runs", "Checks", "Case"}
"""The sheets that identify a workbook made by this program."""

CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]+)$")
_TABLE = re.compile(r"^=(TABLE|MULTIPLE\.OPERATIONS)\(")


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell or range in a formula: sheet (the formula's own where none is written), first and last cell."""

    sheet: str
    first: CellPosition
    last: CellPosition

    @property
    def single(self) -> bool:
        """Return whether the reference is a single cell."""
        return self.first == self.last

    def places(self) -> Iterator[CellPosition]:
        """Yield the position of every cell of the range."""
        for row in range(self.first[0], self.last[0] + 1):
            for column in range(self.first[1], self.last[1] + 1):
                yield row, column


@dataclass(frozen=True)
class Formula:
    """One formula with its sheet and position."""

    sheet: str
    place: CellPosition
    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens of the formula, without white space; none where it cannot be read as a formula."""
        try:
            found = Tokenizer(self.text).items
        except (TokenizerError, IndexError, ValueError):
            return ()
        return tuple(token for token in found if token.type != Token.WSPACE)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Return the cells and ranges that the formula refers to; names are left out."""
        ranges = [t.value for t in self.tokens if t.type == Token.OPERAND and t.subtype == Token.RANGE]
        found = (parse_reference(text, self.sheet) for text in ranges)
        return tuple(one for one in found if one)

    @cached_property
    def relative(self) -> str:
        """Return the formula in R1C1 notation, which is equal for a formula and its copies."""
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
        """Return the functions that the formula calls, as written in the file, in upper case."""
        opened = (t for t in self.tokens if t.type == Token.FUNC and t.subtype == Token.OPEN)
        return tuple(token.value[:-1].upper() for token in opened)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numeric constants of the formula, as written."""
        return tuple(t.value for t in self.tokens if t.type == Token.OPERAND and t.subtype == Token.NUMBER)


@dataclass
class OpenedSheet:
    """One sheet: its cells by position, its formulas, and the values saved with them."""

    sheet: Worksheet
    number: int
    all_cells: dict[CellPosition, Any]
    """All cells in the file, including those with a style only."""
    formulas: dict[CellPosition, Formula] = field(default_factory=dict)
    tables: dict[CellPosition, DataTableFormula] = field(default_factory=dict)
    arrays: list[CellPosition] = field(default_factory=list)
    values: Callable[[], Any] = field(kw_only=True, repr=False)
    """Gives the same workbook with the saved values in place of formulas."""

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return str(self.sheet.title)

    @cached_property
    def saved(self) -> dict[CellPosition, Any]:
        """Return the values saved with formulas and what-if tables, by position."""
        found = _cells(self.values()[self.name])
        return {place: found[place].value for place in (*self.formulas, *self.tables)}

    @cached_property
    def cells(self) -> dict[CellPosition, Any]:
        """Return the cells with content, by position."""
        return {place: cell for place, cell in self.all_cells.items() if cell.value is not None}

    @cached_property
    def copies(self) -> Counter[tuple[int, str]]:
        """Return the number of copies of each formula in each column, by column and R1C1 text."""
        return Counter((place[1], formula.relative) for place, formula in self.formulas.items())

    @cached_property
    def table_cells(self) -> set[CellPosition]:
        """Return the positions of all cells of what-if tables."""
        return {
            place
            for table in self.tables.values()
            if (area := parse_reference(table.ref, self.name))
            for place in area.places()
        }

    def at(self, place: CellPosition) -> str:
        """Return the address of a cell with its sheet: Sheet!B2."""
        return f"{self.name}!{get_column_letter(place[1])}{place[0]}"


@dataclass
class OpenedBook:
    """A workbook with its sheets by name, in order."""

    path: Path
    book: Workbook
    sheets: dict[str, OpenedSheet]

    @property
    def made_by_reportgen(self) -> bool:
        """Return whether the workbook was made by this program; only then do the rules on its layout apply."""
        return set(self.sheets) >= OWN_SHEETS

    def formulas(self) -> Iterator[Formula]:
        """Yield every formula of the workbook."""
        for sheet in self.sheets.values():
            yield from sheet.formulas.values()

    @property
    def without_values(self) -> bool:
        """Return whether the workbook has formulas and no value was saved with any of them."""
        saved = [value for sheet in self.sheets.values() for value in sheet.saved.values()]
        return bool(saved) and all(value is None for value in saved)

    @property
    def links(self) -> tuple[str, ...]:
        """Return the targets of the links to other workbooks."""
        book: Any = self.book
        links = book._external_links  # noqa: SLF001  openpyxl has no public name for them
        return tuple(str(link.file_link.Target if link.file_link else "another workbook") for link in links)

    @property
    def resaved_tables(self) -> list[Formula]:
        """Return the what-if tables that another program saved as ordinary formulas."""
        return [formula for formula in self.formulas() if _TABLE.match(formula.text)]


def open_book(path: Path) -> OpenedBook:
    """Open a workbook with its formulas; its saved values are read when they are asked for.

    Inspect it with `guard.find_dangers` first.
    """
    return as_opened(path, load(path), cache(partial(load, path, data_only=True)))


def as_opened(path: Path, book: Workbook, values: Callable[[], Any]) -> OpenedBook:
    """Arrange a loaded workbook for reading; `values` gives the same workbook with the saved values in place of formulas."""
    sheets = {}
    for number, sheet in enumerate(book.worksheets):
        opened = OpenedSheet(sheet, number, _cells(sheet), values=values)
        for place, cell in opened.all_cells.items():
            if cell.data_type == "f":
                _add_formula(opened, place, cell.value)
        sheets[sheet.title] = opened
    return OpenedBook(path, book, sheets)


def load(path: Path, *, data_only: bool = False) -> Any:
    """Load a workbook with openpyxl; texts are as they were before they were escaped (`writer.set_text`).

    Why: openpyxl takes the escape off shared texts and leaves it in those that stand in the sheet.
    """
    book = load_workbook(path, data_only=data_only)
    for sheet in book.worksheets:
        for cell in _cells(sheet).values():
            if cell.data_type == "s" and isinstance(cell.value, str) and ESCAPE in cell.value:
                cell._value = cell.value.replace(ESCAPE, "_")  # noqa: SLF001  a text must not become a formula
    return book


def _cells(sheet: Any) -> dict[CellPosition, Any]:
    cells: dict[CellPosition, Any] = sheet._cells  # noqa: SLF001  iter_rows would create all cells up to the farthest one
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
    """Parse a reference; `own` is the sheet where none is written. None for names, whole rows and whole columns."""
    sheet, _, cells = text.rpartition("!")
    first, _, last = cells.partition(":")
    one, two = CELL.match(first), CELL.match(last or first)
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
    found = CELL.match(cell)
    if not found:
        return cell
    row, column = _row_and_column(found)
    down = f"R{row}" if found[3] else f"R[{row - place[0]}]"
    return down + (f"C{column}" if found[1] else f"C[{column - place[1]}]")
