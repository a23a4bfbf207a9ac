"""The results of all runs on Runs: what the sheets read, and right of it the what-if tables (Excel data tables) themselves.

A what-if table has two results of every run. Beside its live cells stand the results as issued, since LibreOffice fills a table
only where an edit touches it, and Google Sheets and Numbers have no such tables. What reads a result reads
`IF(ISNUMBER(live), live, issued)`.
"""

from collections.abc import Iterator

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import DataTableFormula

from reportgen.formula.excel import fill_template, template
from reportgen.formula.lines import WhatIfTable
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE
from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import Place, Places, absolute
from reportgen.workbook.package.writer import rounded
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import Issue, State

RESULTS_OF_A_TABLE = 2
TABLES_ON_A_PAGE = 4
"""The results of so many tables stand on a printed page beside the names of the runs, which the next page repeats."""


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """The columns of one table: what the sheets read, run numbers, live cells (None: as issued alone), values as issued."""

    table: WhatIfTable
    read: int
    numbers: int
    live: int | None
    issued: int

    def pairs(self) -> Iterator[tuple[Line, Line, int]]:
        """Yield head, line of results and position of each result."""
        for shift, (head, line) in enumerate(zip(self.table.heads, self.table.columns, strict=True)):
            yield head, line, shift


@dataclass(frozen=True, slots=True)
class ResultRows:
    """The cells of all tables on a sheet: the row with the live results of the run shown, the columns, and the end."""

    sheet: str
    head: int
    names: int
    """The column of the run names; their numbers are right of it."""
    tables: tuple[ResultColumns, ...]

    @property
    def names_again(self) -> tuple[int, ...]:
        """Return the columns in which the names of the runs are repeated, one for each further printed page."""
        return tuple(columns.read - 1 for columns in self.tables[TABLES_ON_A_PAGE::TABLES_ON_A_PAGE])

    @property
    def read_end(self) -> int:
        """Return the last column of the results that sheets read."""
        return max(columns.read for columns in self.tables) + RESULTS_OF_A_TABLE - 1

    @property
    def probe(self) -> int:
        """Return the column of the run number of the probe; its two cells are right of it."""
        return self.tables[-1].issued + RESULTS_OF_A_TABLE + 1


def plan_results(issue: Issue, places: Places, sheet: str, head: int, names: int, tables: int) -> ResultRows:
    """Assign columns to the results of all tables, side by side, then from `tables` on to the tables; enter the addresses of their lines."""
    at, planned = tables, []
    for number, table in enumerate(issue.model.tables):
        live = at + 1 if issue.what_if == "live" else None
        issued = at + 1 + (RESULTS_OF_A_TABLE if live else 0)
        read = names + 2 + RESULTS_OF_A_TABLE * number + number // TABLES_ON_A_PAGE
        planned.append(ResultColumns(table, read, at, live, issued))
        at = issued + RESULTS_OF_A_TABLE + 1
    rows = ResultRows(sheet, head, names, tuple(planned))
    places.probe = (sheet, head + 1, rows.probe + 1)
    places.lines[issue.model.run_names] = Place(sheet, head + 1, names, across=False, size=len(issue.runs))
    for columns in planned:
        for head_line, line, shift in columns.pairs():
            top, size = head + 1, line.axis.size
            places.lines[head_line] = Place(
                sheet, head, (columns.live or columns.read) + shift, across=True, size=1
            )
            places.lines[line] = Place(sheet, top, columns.read + shift, across=False, size=size)
            if columns.live:
                places.tables[line] = Place(sheet, top, columns.live + shift, across=False, size=size)
    return rows


def write_results(page: Page, rows: ResultRows, issued: State) -> None:
    """Write the names and numbers of the runs, the results that sheets read, and every table with its values as issued."""
    _write_run_names(page, rows)
    for columns in rows.tables:
        _write_heads(page, rows, columns)
        for _, line, shift in columns.pairs():
            _write_read(page, columns, line, shift)
            _write_issued(page, columns, line, shift, issued)
        _write_numbers(page, rows, columns)
        if columns.live:
            _write_live(page, rows, columns, columns.live)


def _write_run_names(page: Page, rows: ResultRows) -> None:
    """Write names and numbers of the runs; a risk's name is linked to the Risks sheet, as text where it was cleared."""
    canvas, head, column = page.canvas, rows.head, rows.names
    risk = next(line for line in page.places.lines if line.key == "risks.name")
    risks = {name: place for place, name in enumerate(risk.axis.labels)}
    canvas.text(head - 2, column, "Results of every run", "block")
    canvas.text(head - 1, column, "Run", "header")
    canvas.text(head - 1, column + 1, "No.", "header_right")
    canvas.text(head, column, "The run shown, live", "header_rule")
    canvas.text(head, column + 1, "", "header_rule")
    for again in rows.names_again:
        canvas.text(head - 1, again, "Run", "header")
        canvas.text(head, again, "The run shown, live", "header_rule")
    for place, run in enumerate(page.issue.runs):
        row = head + 1 + place
        for again in rows.names_again:
            link = f'={get_column_letter(column)}{row}&""'
            canvas.formula(row, again, link, run.name, "source", "text")
        canvas.value(row, column + 1, float(place + 1), "number", "flag")
        if run.purpose == "risk":
            link = f'={page.addresses.relative_cell(risk, risks[run.name])}&""'
            canvas.formula(row, column, link, run.name, "source", "text")
        else:
            canvas.text(row, column, run.name, "label_total" if run.name == BASE else "source")


def _write_heads(page: Page, rows: ResultRows, columns: ResultColumns) -> None:
    """Write the titles of a table, and the live results of the run shown above its results."""
    canvas, head = page.canvas, rows.head
    titles = [(columns.read, columns.table.title)]
    titles += [(columns.live, f"{columns.table.title}: what-if table")] if columns.live else []
    titles.append((columns.issued, "as issued" if columns.live else f"{columns.table.title}: as issued"))
    for column, title in titles:
        canvas.text(head - 2, column, title, "header_group")
    for head_line, line, shift in columns.pairs():
        text, kind = f"{line.label}, {page.unit(line.unit.name)}", line.unit.kind
        for column, _ in titles:
            canvas.text(head - 1, column + shift, text, "header_right")
        place, value = page.places.lines[head_line], page.state.series(head_line)[0]
        formula = fill_template(template(head_line.formula, head_line, page.addresses), 0, page.addresses)
        canvas.formula(head, place.column, formula, value, "total", kind)
        if columns.live:
            link = f"={get_column_letter(place.column)}{head}"
            canvas.formula(head, columns.read + shift, link, value, "total", kind)
        canvas.text(head, columns.issued + shift, "", "header_rule")


def _write_read(page: Page, columns: ResultColumns, line: Line, shift: int) -> None:
    """Write what the sheets read of one result: the table's cell where it is a number, the value as issued elsewhere."""
    place = page.places.lines[line]
    issued = get_column_letter(columns.issued + shift)
    for position, value in enumerate(page.state.series(line)):
        row, column = place.at(position)
        formula = f"={issued}{row}"
        if columns.live:
            live = f"{get_column_letter(columns.live + shift)}{row}"
            formula = f"=IF(ISNUMBER({live}),{live},{issued}{row})"
        page.canvas.formula(row, column, formula, value, "number", line.unit.kind)


def _write_issued(page: Page, columns: ResultColumns, line: Line, shift: int, issued: State) -> None:
    place = page.places.lines[line]
    for position, value in enumerate(issued.series(line)):
        row, _ = place.at(position)
        page.canvas.value(row, columns.issued + shift, rounded(float(value)), "issued", line.unit.kind)


def _write_numbers(page: Page, rows: ResultRows, columns: ResultColumns) -> None:
    """Write the run numbers left of a table, which it puts in one after another."""
    canvas, first = page.canvas, rows.head + 1
    canvas.text(rows.head - 1, columns.numbers, "No.", "header_right")
    canvas.text(rows.head, columns.numbers, "", "header_rule")
    for place in range(columns.table.columns[0].axis.size):
        link = f"={get_column_letter(rows.names + 1)}{first + place}"
        canvas.formula(first + place, columns.numbers, link, float(place + 1), "number", "flag")


def _write_live(page: Page, rows: ResultRows, columns: ResultColumns, live: int) -> None:
    """Write a data table with its results."""
    canvas, lines, top = page.canvas, columns.table.columns, rows.head + 1
    last = top + lines[0].axis.size - 1
    for shift, line in enumerate(lines):
        for place, value in enumerate(page.state.series(line)):
            canvas.value(top + place, live + shift, rounded(float(value)), "number", line.unit.kind)
    _write_table(page, (top, live), (last, live + 1), float(page.state.series(lines[0])[0]))


def _write_table(page: Page, first: tuple[int, int], last: tuple[int, int], value: float) -> None:
    """Declare a data table on its first cell, which has the value `value`."""
    cell = page.canvas.sheet.cell(*first)
    page.canvas.cached[cell.coordinate] = value
    reference = f"{cell.coordinate}:{get_column_letter(last[1])}{last[0]}"
    put_in = absolute(*page.places.put_in[1:]).replace("$", "")
    # Text "0" as Excel writes it: openpyxl omits an attribute that is False
    cell.value = DataTableFormula(reference, dt2D="0", dtr="0", r1=put_in)  # type: ignore[arg-type]


def write_probe(page: Page, rows: ResultRows, heads: tuple[tuple[str, float], tuple[str, float]]) -> None:
    """Write a data table of the changes since issue: it agrees with its heads where the program calculates data tables.

    Why: it depends on every input that a run reads, so that any change calls for its calculation.
    """
    canvas, top = page.canvas, rows.head + 1
    canvas.text(rows.head - 2, rows.probe, "Are the tables calculated?", "block")
    titles = ("No.", "Inputs changed", "Sum of changes")
    for shift, title in enumerate(titles):
        canvas.text(rows.head - 1, rows.probe + shift, title, "header_right")
    canvas.text(rows.head, rows.probe, "", "header_rule")
    canvas.formula(top, rows.probe, f"={get_column_letter(rows.names + 1)}{top}", 1.0, "number", "flag")
    for shift, (formula, value) in enumerate(heads, start=1):
        canvas.formula(rows.head, rows.probe + shift, formula, value, "total", "factor")
        canvas.value(top, rows.probe + shift, value, "number", "factor")
    _write_table(page, (top, rows.probe + 1), (top, rows.probe + 2), heads[0][1])
