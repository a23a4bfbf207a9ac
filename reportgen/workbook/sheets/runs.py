"""The sheet Runs: the run selector, the effects of every run, and one what-if table per option."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from reportgen.formula.runs import Effect, Run
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT, Place, Places, absolute, quoted
from reportgen.workbook.layout.page_breaks import USABLE_SHARE, PrintedArea, row_breaks
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.print_setup import (
    SMALLEST_SCALE,
    Pages,
    break_pages,
    printable_area,
    set_page,
    width,
)
from reportgen.workbook.layout.validation import restrict_to_list, restrict_to_numbers
from reportgen.workbook.layout.widths import Limits, fit_columns
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.inputs import HIGH, LOW, VALUE, InputRows
from reportgen.workbook.sheets.inputs import KEY as INPUT_KEY
from reportgen.workbook.sheets.prices import PriceRows
from reportgen.workbook.sheets.what_if_tables import write_table
from reportgen.workbook.state import Issue

SHEET = "Runs"
SELECTOR, CHOSEN, PUT_IN, CALCULATED = range(TOP, TOP + 4)
"""The rows of the run chosen: its name, its number, the number that a what-if table puts in, and the number in force."""

HEAD = TOP + 6
"""The row with the heads of the effects and the live results of the tables."""

OPERATION, AMOUNT, ISSUED, CHANGED, NUMBER, ON, KNOWN, AFFECTED, KEY = range(3, 12)
FOUND = 13
"""The column with the number under which each run is found by its name."""

TABLES = 14
"""The first column of the what-if tables."""

TABLE_COLUMNS = 5
"""The columns of a what-if table: run names, run numbers, two results and a gap."""

RESULTS = 2
"""The columns of a what-if table before its results: names and numbers of the runs."""

BELOW = 6
"""Rows between the last run and the head of a table of the base case alone."""

SPARE_EFFECTS = 30
HEADS = {
    LABEL: "Run", OPERATION: "Operation", AMOUNT: "Amount", ISSUED: "As issued", CHANGED: "Changed?", NUMBER: "Run no.", ON: "On", KNOWN: "Known?",
    AFFECTED: "Unit", KEY: "Assumption (key)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunRows:
    """The rows of the effects and the tables."""

    head: int
    first: int
    last_effect: int
    last_run: int
    tables: tuple[tuple[int, int], ...]
    """First column and head row of each what-if table."""

    def effects(self, column: int, prefix: str = "") -> str:
        """Return the range of a column of the effects, spare rows included."""
        return f"{prefix}{absolute(self.first, column)}:{absolute(self.last_effect, column)}"

    def names(self, prefix: str = "") -> str:
        """Return the range of run names in the first table."""
        return f"{prefix}{absolute(self.first, TABLES)}:{absolute(self.last_run, TABLES)}"

    def numbers(self, prefix: str = "") -> str:
        """Return the range of run numbers in the first table."""
        return f"{prefix}{absolute(self.first, TABLES + 1)}:{absolute(self.last_run, TABLES + 1)}"

    def found(self, prefix: str = "") -> str:
        """Return the range of the numbers under which the runs are found by name."""
        return f"{prefix}{absolute(self.first, FOUND)}:{absolute(self.last_run, FOUND)}"

    def number_of(self, name: str) -> str:
        """Return the expression that finds the number of a run by its name; 0 where no single run has that name.

        Why no MATCH: it reads `~ * ?` in a name as a pattern.
        """
        return f"SUMPRODUCT(({self.names()}={name})*{self.found()})"


@dataclass(frozen=True, slots=True)
class Registers:
    """The lists of assumption keys: on Inputs, and on Prices where the case has a price book."""

    inputs: InputRows
    prices: PriceRows | None

    def count(self, key: str) -> str:
        """Return the expression that counts a key in the lists."""
        lists = [self.inputs.column(INPUT_KEY), *([self.prices.column(INPUT_KEY)] if self.prices else ())]
        found = "+".join(f"SUMPRODUCT(({cells}={key})*1)" for cells in lists)
        return f"({found})"


def effects_of(runs: tuple[Run, ...]) -> list[tuple[Run, Effect]]:
    """Return all effects with their runs, in order."""
    return [(run, effect) for run in runs for effect in run.effects]


def plan_runs(issue: Issue, places: Places) -> RunRows:
    """Assign addresses to the selector, the effects and the tables (head cells: live results; columns: one row per run)."""
    head, first = HEAD, HEAD + 1
    last_run = first + len(issue.runs) - 1
    last_effect = first + len(effects_of(issue.runs)) + SPARE_EFFECTS - 1
    rows = RunRows(head, first, last_effect, last_run, tuple(_table_places(issue, head, last_run)))
    places.selector = (SHEET, CALCULATED, FIRST)
    places.put_in = (SHEET, PUT_IN, FIRST)
    prefix = quoted(SHEET)
    columns = {"run": NUMBER, "operation": OPERATION, "amount": AMOUNT, "on": ON, "key": KEY}
    places.effects.update({name: rows.effects(column, prefix) for name, column in columns.items()})
    size = len(issue.runs)
    places.lines[issue.model.run_names] = Place(SHEET, first, TABLES, across=False, size=size)
    for table, (start, top) in zip(issue.model.tables, rows.tables, strict=True):
        for at, (one, column) in enumerate(zip(table.heads, table.columns, strict=True), start=start + RESULTS):
            places.lines[one] = Place(SHEET, top, at, across=True, size=1)
            places.lines[column] = Place(SHEET, top + 1, at, across=False, size=column.axis.size)
    return rows


def _table_places(issue: Issue, head: int, last_run: int) -> Iterator[tuple[int, int]]:
    """Yield first column and head row of each table.

    Tables of all runs stand side by side; a table of the base case alone takes the free place of the last pair, or stands
    below.
    """
    wide = len(issue.options)
    for number, table in enumerate(issue.model.tables):
        if table.columns[0].axis.size == len(issue.runs):
            yield TABLES + TABLE_COLUMNS * number, head
        elif wide % 2:
            yield TABLES + TABLE_COLUMNS * wide, head
        else:
            yield TABLES, last_run + BELOW


def _tables_side_by_side(issue: Issue) -> int:
    """Return the number of tables side by side."""
    wide = len(issue.options)
    return wide + (wide % 2 if len(issue.model.tables) > wide else 0)


def write_runs(page: Page, rows: RunRows, registers: Registers) -> None:
    """Write the run selector, the effects and the what-if tables."""
    canvas = page.canvas
    _write_selector(page, rows)
    canvas.text(rows.head - 2, LABEL, "Effects: what each run changes", "block")
    canvas.height(rows.head - 2, 20)
    for column, text in HEADS.items():
        right = column in (AMOUNT, ISSUED, CHANGED, NUMBER, ON, KNOWN)
        canvas.text(rows.head, column, text, "header_rule_right" if right else "header_rule")
    for number, (run, effect) in enumerate(effects_of(page.issue.runs)):
        _write_effect(page, rows, rows.first + number, run, effect, registers)
    for row in range(rows.first + len(effects_of(page.issue.runs)), rows.last_effect + 1):
        _write_spare_row(page, rows, registers, row)
    _add_validation(page, rows, registers)
    for number in range(len(page.issue.model.tables)):
        write_table(page, number, rows.tables[number], TABLES)
    _write_found(page, rows)


def _write_selector(page: Page, rows: RunRows) -> None:
    """Write the run chosen by name, its number, and the number in force, which a what-if table replaces."""
    canvas = page.canvas
    chosen = page.state.run_number(page.state.shown)
    canvas.text(SELECTOR, LABEL, "Choose the run shown", "block")
    canvas.text(SELECTOR, UNIT, "drop-down", "unit")
    canvas.text(SELECTOR, FIRST, page.state.shown, "input")
    canvas.height(SELECTOR, 22)
    restrict_to_list(canvas.sheet, absolute(SELECTOR, FIRST).replace("$", ""), "=" + rows.names(), "Runs")
    by_name, put_in = absolute(CHOSEN, FIRST), absolute(PUT_IN, FIRST)
    for row, label in ((CHOSEN, "Its number"), (PUT_IN, "Put in by a what-if table"), (CALCULATED, "Run calculated")):
        canvas.text(row, LABEL, label, "label")
        canvas.text(row, UNIT, "run no.", "unit")
    canvas.formula(CHOSEN, FIRST, f"={rows.number_of(absolute(SELECTOR, FIRST))}", chosen, "number", "flag")
    canvas.value(PUT_IN, FIRST, 0.0, "number", "flag")
    # Why no IF: LibreOffice computes only the branch taken, and keeps the other branch's value from a what-if table
    calculated = f"={by_name}*(1-MIN({put_in},1))+{put_in}"
    canvas.formula(CALCULATED, FIRST, calculated, chosen, "number", "flag")


def _write_found(page: Page, rows: RunRows) -> None:
    """Write the number under which each run is found: its own, 0 where another run has the same name."""
    page.canvas.text(rows.head, FOUND, "Found as no.", "header_rule_right")
    shown = [run.name.casefold() for run in page.state.runs]
    for place, name in enumerate(shown):
        row = rows.first + place
        own, number = (f"{get_column_letter(column)}{row}" for column in (TABLES, TABLES + 1))
        formula = f"=IF(SUMPRODUCT(({rows.names()}={own})*1)>1,0,{number})"
        found = 0.0 if shown.count(name) > 1 else float(place + 1)
        page.canvas.formula(row, FOUND, formula, found, "changed", "flag")


def _write_effect(
    page: Page, rows: RunRows, row: int, run: Run, effect: Effect, registers: Registers
) -> None:
    canvas = page.canvas
    now = next(
        e for r in page.state.runs if r.name == run.name for e in r.effects
        if (e.path, e.operation) == (effect.path, effect.operation)
    )  # fmt: skip
    unit = next(a.unit for a in page.issue.assumptions if a.path == effect.path)
    kind = "factor" if effect.operation == "multiply" else unit.kind
    amount = now.amount_in(page.state.values)
    fixed = effect.bound is not None or effect.link is not None
    canvas.text(row, LABEL, run.name, "label" if fixed else "input")
    canvas.text(row, OPERATION, effect.operation, "label" if fixed else "input")
    if fixed:
        column = VALUE if effect.link else LOW if effect.bound == "low" else HIGH
        formula = f"=Inputs!{get_column_letter(column)}{registers.inputs.rows[effect.link or effect.path]}"
        canvas.formula(row, AMOUNT, formula, amount, "number", kind)
    else:
        canvas.value(row, AMOUNT, amount, "input", kind)
    canvas.value(row, ISSUED, effect.amount, "issued", kind)
    _write_flags(page, rows, registers, row, Flags(float(amount != effect.amount), page.state.run_number(run.name), float(run.name == page.state.shown)))
    canvas.text(row, AFFECTED, "factor" if kind == "factor" else page.unit(unit.name), "unit")
    canvas.text(row, KEY, effect.path, "source" if fixed else "input")


def _write_spare_row(page: Page, rows: RunRows, registers: Registers, row: int) -> None:
    for column in (LABEL, OPERATION, KEY):
        page.canvas.text(row, column, "", "input")
    page.canvas.value(row, AMOUNT, None, "input", "factor")
    page.canvas.text(row, AFFECTED, "–", "unit")
    _write_flags(page, rows, registers, row, Flags(0.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Flags:
    """The values of an effect's flags: whether its amount was changed, the number of its run, whether that is calculated."""

    changed: float
    number: float
    on: float


def _write_flags(page: Page, rows: RunRows, registers: Registers, row: int, flags: Flags) -> None:
    amount, issued, run, no = (f"{get_column_letter(c)}{row}" for c in (AMOUNT, ISSUED, LABEL, NUMBER))
    page.canvas.formula(row, CHANGED, f"=IF({amount}={issued},0,1)", flags.changed, "changed", "flag")
    page.canvas.formula(row, NUMBER, f"={rows.number_of(run)}", flags.number, "changed", "flag")
    key_found = registers.count(f"{get_column_letter(KEY)}{row}")
    known = f'=IF(OR({run}="",{no}*{key_found}>0),1,0)'
    page.canvas.formula(row, KNOWN, known, 1.0, "changed", "flag")
    # Why anchored: LibreOffice computes a long column of identical formulas in threads, even within a what-if table
    own, calculated = absolute(row, NUMBER), absolute(CALCULATED, FIRST)
    page.canvas.formula(row, ON, f"=IF(AND({own}>0,{own}={calculated}),1,0)", flags.on, "changed", "flag")


def _add_validation(page: Page, rows: RunRows, registers: Registers) -> None:
    sheet = page.canvas.sheet
    restrict_to_list(sheet, rows.effects(LABEL).replace("$", ""), "=" + rows.names(), "Runs")
    restrict_to_numbers(sheet, rows.effects(AMOUNT).replace("$", ""), "Amount of an effect")
    restrict_to_list(sheet, rows.effects(OPERATION).replace("$", ""), '"set,multiply,add"', "Operations")
    restrict_to_list(
        sheet, rows.effects(KEY).replace("$", ""), "=" + registers.inputs.column(INPUT_KEY), "Keys"
    )


def fit_widths(page: Page) -> None:
    """Set the column widths of the effects and of the tables right of them."""
    limits = {
        LABEL: Limits(30, 37), OPERATION: Limits(8, 9), AMOUNT: Limits(10, 13), ISSUED: Limits(9, 12), CHANGED: Limits(8.5, 9),
        NUMBER: Limits(7, 8), ON: Limits(4, 5), KNOWN: Limits(7, 7.5), AFFECTED: Limits(8, 13), KEY: Limits(24, 30), KEY + 1: Limits(2, 2), FOUND: Limits(8, 9),
    }  # fmt: skip
    for number in range(_tables_side_by_side(page.issue)):
        at = TABLES + TABLE_COLUMNS * number
        limits |= {
            at: Limits(30, 40),
            at + 1: Limits(4, 6),
            at + 2: Limits(10, 13),
            at + 3: Limits(10, 13),
            at + 4: Limits(2, 2),
        }
    fit_columns(page.canvas, limits)


def print_runs(page: Page, pages: Pages) -> None:
    """Set the print pages: effects first, then the tables, each under the head of the sheet."""
    sheet = page.canvas.sheet
    across, down = printable_area(pages.paper, portrait=True)
    last = TABLES + TABLE_COLUMNS * _tables_side_by_side(page.issue) - 2
    set_page(sheet, pages, HEAD, sheet.max_row, last, portrait=True)
    sheet.page_setup.scale = SMALLEST_SCALE
    sheet.page_setup.pageOrder = "downThenOver"
    starts = [TABLES + TABLE_COLUMNS * number for number in range(_tables_side_by_side(page.issue))]
    breaks, page_start = [KEY + 1], FOUND
    for start in starts[1:]:
        if width(sheet, range(page_start, start + TABLE_COLUMNS - 1)) > across / SMALLEST_SCALE * 100:
            breaks.append(start - 1)
            page_start = start
    printed = PrintedArea(HEAD, sheet.max_row, last)
    break_pages(sheet, row_breaks(sheet, printed, USABLE_SHARE * down / SMALLEST_SCALE * 100), breaks)
