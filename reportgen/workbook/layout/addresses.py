"""Where every line stands: its sheet and cells, decided before any formula is written."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from reportgen.formula.nodes import Line

LABEL, UNIT, FIRST = 2, 3, 4
"""The columns of labels, of units and of the first number, on every sheet."""


PLAIN = re.compile(r"[A-Za-z_]+")


def quoted(sheet: str) -> str:
    """Name a sheet as a formula does, with the exclamation mark; quoted where its name is not a plain word."""
    if PLAIN.fullmatch(sheet) and sheet.upper() not in ("R", "C", "RC"):
        return f"{sheet}!"
    return "'" + sheet.replace("'", "''") + "'!"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: from (row, column) across or down; its total cell and its year cells, where it has them."""

    sheet: str
    row: int
    column: int
    across: bool
    size: int
    total: tuple[int, int] | None = None
    years: tuple[tuple[int, int], ...] = ()

    def at(self, position: int) -> tuple[int, int]:
        """Give row and column of a position, 0 is the first."""
        return (self.row, self.column + position) if self.across else (self.row + position, self.column)


@dataclass(slots=True)
class Places:
    """The places of all lines, and where inputs, the run selector and the effects stand."""

    lines: dict[Line, Place] = field(default_factory=dict)
    inputs: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Sheet, row and column of each assumption's active value."""
    selector: tuple[str, int, int] = ("Runs", 0, 0)
    input_cells: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    """Sheet, row and column of the cell that an assumption is typed into."""
    effects: dict[str, str] = field(default_factory=dict)
    """The ranges of the effects on Runs by name: run, operation, amount, on, key."""


@dataclass(frozen=True, slots=True)
class SheetAddresses:
    """The places as a formula on one sheet names them (the excel reader's Addresses)."""

    sheet: str
    places: Places

    def input(self, path: str) -> str:
        """Give the cell of an assumption's active value."""
        return self.fixed(*self.places.inputs[path])

    def single(self, line: Line) -> str:
        """Give the cell of a single-valued line."""
        place = self.places.lines[line]
        return self.fixed(place.sheet, place.row, place.column)

    def total(self, line: Line, year: int | None) -> str:
        """Give the cell of a line's total over its axis or over a year, or the SUM where it has none."""
        place = self.places.lines[line]
        if year is not None:
            return self.fixed(place.sheet, *place.years[year - 1])
        if place.total:
            return self.fixed(place.sheet, *place.total)
        return f"SUM({self.whole(line)})"

    def whole(self, line: Line) -> str:
        """Give the range of a line over its axis."""
        place = self.places.lines[line]
        last = place.at(place.size - 1)
        return f"{self.fixed(place.sheet, place.row, place.column)}:{absolute(*last)}"

    def place(self, line: Line, position: int) -> str:
        """Give the cell of a line at a position counted from 1, which stays when copied."""
        place = self.places.lines[line]
        return self.fixed(place.sheet, *place.at(position - 1))

    def moving(self, line: Line, position: int) -> str:
        """Give the cell of a line at a position, free to move when copied."""
        place = self.places.lines[line]
        row, column = place.at(position)
        return f"{self._prefix(place.sheet)}{get_column_letter(column)}{row}"

    def shown(self) -> str:
        """Give the cell of the run selector."""
        return self.fixed(*self.places.selector)

    def effect_amount(self, run: str) -> str:
        """Give the look-up of a run's first effect amount."""
        effects = self.places.effects
        return f"INDEX({effects['amount']},MATCH({run},{effects['run']},0))"

    def fixed(self, sheet: str, row: int, column: int) -> str:
        """Name a cell that stays when the formula is copied."""
        return self._prefix(sheet) + absolute(row, column)

    def _prefix(self, sheet: str) -> str:
        return "" if sheet == self.sheet else quoted(sheet)


def absolute(row: int, column: int) -> str:
    """Write an absolute cell reference."""
    return f"${get_column_letter(column)}${row}"
