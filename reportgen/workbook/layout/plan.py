"""The layout plan of the model's sheets: rows and columns of every block, before anything is written."""

from collections.abc import Container
from dataclasses import field, replace
from math import ceil

from reportgen.formula.axis import SINGLE
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import EnteredValues, Line
from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import FIRST, LABEL, Place, Places
from reportgen.workbook.layout.text_metrics import text_width
from reportgen.workbook.sheets.elements.notes import MOST_NOTED

TOP = 6
"""The first row below title, note, and the status line with the run shown and the checks."""

TITLE = 2
"""The row of the title, or of the headline that replaces it."""

FIRST_ROWS = {"Checks": TOP + 24, "Simulation": TOP + 2}
"""First row of the blocks on sheets with other content above them."""

CHART_ROWS = {
    ("Summary", 0): 17, ("Cumulative", 0): 17, ("TCO", 0): 17, ("Exit", -1): 15, ("Opportunity", -1): 16, ("Risks", 0): 19,
    ("Budget", 0): 13, ("Budget", 1): 15, ("Sensitivity", 0): 26, ("Sensitivity", 2): 26, ("Break-even", 0): 22, ("Bridge", 0): 17, ("Price scenarios", 0): 16,
}  # fmt: skip
"""Number of rows reserved for a chart with its title, by sheet and index of the block before it (-1: the last)."""
CHART_TEXT = 8
"""The size of text in charts, in points."""
RISKS = "Risks"
"""The sheet whose chart names every risk below it, added ones too; its last block is what its headline is put together from."""
HEAD_ROWS, BAR_ROWS, HALF_A_ROW = 3, 1.5, 240.0
"""The rows of that chart for its title and axis, the rows for each option's bar, and the points up to which two names stand in a row."""

MONTHS = "months"
PERIODS = ("years", "quarters")
"""The axes of fiscal periods, whose tables run on to further pages: each section says the names of its columns."""


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """The position of one block; `sections` pairs each section with its row (across) or column (down)."""

    block: Block
    title_row: int | None
    header_row: int | None
    sections: tuple[tuple[Section, int], ...]
    first: int
    """First row of lines (across) or of records (down)."""
    last: int
    total_row: int | None = None
    chart: tuple[int, int] | None = None
    """First and last row reserved for a chart after the block."""

    @property
    def top(self) -> int:
        """Return the first row with anything of the block: its title, its heads or its first line."""
        return self.title_row or self.header_row or self.first

    @property
    def monthly(self) -> bool:
        """Return whether months run across."""
        return self.block.axis.name == MONTHS


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """One sheet with its planned blocks; `years` is the horizon."""

    sheet: Sheet
    blocks: tuple[PlannedBlock, ...]
    years: int

    @property
    def monthly(self) -> bool:
        """Return whether all blocks run over months, so that the month header can be frozen."""
        return all(block.monthly for block in self.blocks)

    @property
    def end(self) -> int:
        """Return the last row in use."""
        return max(block.chart[1] if block.chart else block.last for block in self.blocks)

    @property
    def widest(self) -> int:
        """Return the last column in use."""
        widest = max(_last_column(block, self.years) for block in self.blocks)
        noted = self.sheet.name == "Summary" and self.blocks[0].block.axis.size <= MOST_NOTED
        return widest + 2 if noted else widest


def first_month(years: int) -> int:
    """Return the column of month 1: after the total, the years, and one blank opening column."""
    return FIRST + years + 2


def plan(
    sheets: tuple[Sheet, ...], years: int, places: Places, undrawn: Container[str] = ()
) -> tuple[PlannedSheet, ...]:
    """Plan every sheet, and enter the cells of every line in `places`; the sheets `undrawn` have no charts."""
    return tuple(_sheet(sheet, years, places, drawn=sheet.name not in undrawn) for sheet in sheets)


def _sheet(sheet: Sheet, years: int, places: Places, *, drawn: bool) -> PlannedSheet:
    monthly = all(block.axis.name == MONTHS for block in sheet.blocks)
    row = FIRST_ROWS.get(sheet.name, TOP)
    planned: list[PlannedBlock] = []
    if sheet.headline:
        places.lines[sheet.headline] = Place(sheet.name, TITLE, LABEL, across=True, size=1)
    for number, block in enumerate(sheet.blocks):
        cursor = _Cursor(sheet.name, years, places, row)
        titled = len(sheet.blocks) > 1
        if not block.axis.across:
            above = next((one for one in planned if one.block.axis == block.axis), None)
            planned.append(cursor.down(block, titled, above))
        elif monthly:
            planned.append(cursor.across(block, 0 if number else 2, header_first=True, titled=titled))
        else:
            rows = {MONTHS: 2, SINGLE.name: 0}.get(block.axis.name, 1)
            named = titled and not rows  # the header of options identifies the block
            planned.append(cursor.across(block, rows, header_first=False, titled=named))
        rows = _chart_rows(sheet, number)
        if rows and drawn:
            chart_rows = (planned[-1].last + 2, planned[-1].last + 1 + rows)
            planned[-1] = replace(planned[-1], chart=chart_rows)
        row = (planned[-1].chart[1] if planned[-1].chart else planned[-1].last) + 2
    return PlannedSheet(sheet, tuple(planned), years)


def _chart_rows(sheet: Sheet, number: int) -> int:
    """Return the number of rows reserved for a chart with its title below a block; 0 where none stands there."""
    place = number if number + 1 < len(sheet.blocks) else -1
    rows = CHART_ROWS.get((sheet.name, place), CHART_ROWS.get((sheet.name, number), 0))
    if not rows or sheet.name != RISKS:
        return rows
    block = sheet.blocks[number]
    options = len(block.sections[-1].lines)
    in_a_row = 2 if max(text_width(name, CHART_TEXT) for name in block.axis.labels) <= HALF_A_ROW else 1
    return max(rows, ceil(HEAD_ROWS + BAR_ROWS * options + block.axis.size / in_a_row))


def _last_column(block: PlannedBlock, years: int) -> int:
    axis = block.block.axis
    if block.monthly:
        return first_month(years) + axis.size - 1
    if axis.across:
        return FIRST + axis.size - 1
    return max(column + _columns(section) - 1 for section, column in block.sections)


def _columns(section: Section) -> int:
    return sum(3 if isinstance(line.formula, EnteredValues) else 1 for line in section.lines)


@dataclass(slots=True)
class _Cursor:
    """Assigns the rows of one sheet from top to bottom."""

    sheet: str
    years: int
    places: Places
    row: int
    sections: list[tuple[Section, int]] = field(default_factory=list)

    def across(self, block: Block, header: int, header_first: bool, titled: bool) -> PlannedBlock:
        """Plan lines under each other, positions across; `header` is the number of header rows, before or after the title."""
        head_row = self.row
        title_row = self.row + (header if header_first else 0)
        if titled and not header_first:
            head_row += 1
        self.row += header + (1 if titled else 0)
        first = self.row
        for section in block.sections:
            self._section(section)
        return PlannedBlock(
            block,
            title_row if titled else None,
            head_row if header else None,
            tuple(self.sections),
            first,
            self.row - 1,
        )

    def _section(self, section: Section) -> None:
        if section.title:
            self.sections.append((section, self.row))
            self.row += 1
        else:
            self.sections.append((section, 0))
        for line in section.lines:
            self.places.lines[line] = self._line(line, self.row)
            self.row += 1

    def _line(self, line: Line, row: int) -> Place:
        if line.axis == SINGLE:
            return Place(self.sheet, row, FIRST, across=True, size=1)
        if line.axis.name != MONTHS:
            return Place(self.sheet, row, FIRST, across=True, size=line.axis.size)
        years = tuple((row, FIRST + 1 + year) for year in range(self.years)) if line.total else ()
        total = (row, FIRST) if line.total else None
        return Place(self.sheet, row, first_month(self.years), True, line.axis.size, total, years)

    def down(self, block: Block, titled: bool, above: PlannedBlock | None) -> PlannedBlock:
        """Plan records under each other, lines across: a title row, a row of groups, labels, units, a blank opening row.

        Groups that follow the first one stand below those of a list of the same records `above`, where it has as many, so
        that a page across ends between the groups of both.
        """
        before = [start for _, start in above.sections] if above else []
        level = len(before) == len(block.sections) > 2
        title = self.row
        header = self.row + (1 if titled else 0)
        first = header + 4
        last = first + block.axis.size - 1
        column = FIRST
        for number, section in enumerate(block.sections):
            column = max(column, before[number]) if level and number else column
            self.sections.append((section, column))
            for line in section.lines:
                column = self._record_line(line, first, last, column)
            column += 1 if len(section.lines) > 1 or section.title else 0
        total_row = last + 1 if any(line.total for line in block.lines) else None
        return PlannedBlock(
            block,
            title if titled else None,
            header,
            tuple(self.sections),
            first,
            total_row or last,
            total_row,
        )

    def _record_line(self, line: Line, first: int, last: int, column: int) -> int:
        """Place one column of a list, the first names in the label column; return the next free column."""
        names = line.unit.kind == "text" and column == FIRST and not self._named(first)
        at = LABEL if names else column
        total = (last + 1, at) if line.total else None
        self.places.lines[line] = Place(self.sheet, first, at, across=False, size=line.axis.size, total=total)
        if names:
            return column
        return column + (3 if isinstance(line.formula, EnteredValues) else 1)

    def _named(self, first: int) -> bool:
        return any(
            p.sheet == self.sheet and p.row == first and p.column == LABEL for p in self.places.lines.values()
        )
