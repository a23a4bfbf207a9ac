"""The cell addresses of lines and inputs, assigned before any formula is written."""

import re
from dataclasses import field

from openpyxl.utils import get_column_letter

from reportgen.formula.nodes import Line
from reportgen.runtime.records import dataclass

LABEL, UNIT, FIRST = 2, 3, 4
"""The columns of labels, of units and of the first number, on every sheet."""


PLAIN = re.compile(r"[A-Za-z_]+")


def quoted(sheet: str) -> str:
    """Return the sheet prefix of a reference, with the exclamation mark, quoted where necessary."""
    if PLAIN.fullmatch(sheet) and sheet.upper() not in ("R", "C", "RC", "TRUE", "FALSE"):
        return f"{sheet}!"
    return "'" + sheet.replace("'", "''") + "'!"


@dataclass(frozen=True, slots=True)
class Place:
    """The cells of a line: from (row, column) across or down, and its total and year cells where it has them."""

    sheet: str
    row: int
    column: int
    across: bool
    size: int
    total: tuple[int, int] | None = None
    years: tuple[tuple[int, int], ...] = ()

    def at(self, position: int) -> tuple[int, int]:
        """Return row and column of a position, counted from 0."""
        return (self.row, self.column + position) if self.across else (self.row + position, self.column)


@dataclass(slots=True)
class Places:
    """The cells of all lines, inputs and effects, and of the run selector."""

    lines: dict[Line, Place] = field(default_factory=dict)
    inputs: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Sheet, row and column of each assumption's active value."""
    selector: tuple[str, int, int] = ("Runs", 0, 0)
    """Sheet, row and column of the number of the run that is calculated."""
    put_in: tuple[str, int, int] = ("Runs", 0, 0)
    """Sheet, row and column of the run number that a what-if table puts in; 0 outside of the tables."""
    filled: tuple[str, int, int] = ("Runs", 0, 0)
    """Sheet, row and column of the flag whether the what-if tables are calculated."""
    as_issued: tuple[str, int, int] = ("Runs", 0, 0)
    """Sheet, row and column of the flag whether nothing was changed since issue and the base case is shown."""
    probe: tuple[str, int, int] = ("Runs", 0, 0)
    """Sheet, row and column of the first of the two cells that tell whether the program calculates what-if tables."""
    tables: dict[Line, Place] = field(default_factory=dict)
    """The cells that the what-if tables fill, by the line of their results; none where results are as issued."""
    input_cells: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Sheet, row and column of the cell in which an assumption is entered."""
    effects: dict[str, str] = field(default_factory=dict)
    """The ranges of the effects on Runs by name: run (its number), operation, amount, on, key."""


@dataclass(frozen=True, slots=True)
class SheetAddresses:
    """References as written in formulas on one sheet; implements `reportgen.formula.excel.Addresses`."""

    sheet: str
    places: Places

    def input(self, path: str) -> str:
        """Return the cell of an assumption's active value."""
        return self.fixed(*self.places.inputs[path])

    def stated(self, path: str) -> str:
        """Return the cell in which an assumption is entered."""
        return self.fixed(*self.places.input_cells[path])

    def single_cell(self, line: Line) -> str:
        """Return the cell of a single-valued line."""
        place = self.places.lines[line]
        return self.fixed(place.sheet, place.row, place.column)

    def total(self, line: Line, year: int | None) -> str:
        """Return a line's total over its axis or over a year: its cell, or a SUM where it has none."""
        place = self.places.lines[line]
        if year is not None:
            return self.fixed(place.sheet, *place.years[year - 1])
        if place.total:
            return self.fixed(place.sheet, *place.total)
        return f"SUM({self.line_range(line)})"

    def line_range(self, line: Line) -> str:
        """Return the range of a line over its axis."""
        place = self.places.lines[line]
        last = place.at(place.size - 1)
        return f"{self.fixed(place.sheet, place.row, place.column)}:{absolute(*last)}"

    def absolute_cell(self, line: Line, position: int) -> str:
        """Return the absolute reference to a line's cell at a position counted from 1."""
        place = self.places.lines[line]
        return self.fixed(place.sheet, *place.at(position - 1))

    def relative_cell(self, line: Line, position: int) -> str:
        """Return the relative reference to a line's cell at a position counted from 0."""
        place = self.places.lines[line]
        row, column = place.at(position)
        return f"{self._prefix(place.sheet)}{get_column_letter(column)}{row}"

    def selector_cell(self) -> str:
        """Return the cell with the number of the run that is calculated."""
        return self.fixed(*self.places.selector)

    def as_issued_cell(self) -> str:
        """Return the cell that says whether static results hold."""
        return self.fixed(*self.places.as_issued)

    def filled_cell(self) -> str:
        """Return the cell that says whether the what-if tables are calculated."""
        return self.fixed(*self.places.filled)

    def effect_amount(self, run: str) -> str:
        """Return the look-up of a run's first effect amount by the number of the run."""
        effects = self.places.effects
        return f"INDEX({effects['amount']},MATCH({run},{effects['run']},0))"

    def fixed(self, sheet: str, row: int, column: int) -> str:
        """Return the absolute reference to a cell, with its sheet where that is another."""
        return self._prefix(sheet) + absolute(row, column)

    def _prefix(self, sheet: str) -> str:
        return "" if sheet == self.sheet else quoted(sheet)


def absolute(row: int, column: int) -> str:
    """Return an absolute cell reference without a sheet."""
    return f"${get_column_letter(column)}${row}"
