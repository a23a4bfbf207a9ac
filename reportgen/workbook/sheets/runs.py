"""The sheet Runs: the run selector, the effects of every run, and the results of all runs."""

from itertools import pairwise

from openpyxl.utils import get_column_letter

from reportgen.formula.runs import Effect, Run
from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT, Places, absolute, quoted
from reportgen.workbook.layout.page_breaks import USABLE_SHARE, PrintedArea, row_breaks
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.print_setup import (
    SMALLEST_SCALE,
    UNIT_POINTS,
    Pages,
    Paper,
    break_pages,
    printable_area,
    room_across,
    row_heights,
    set_page,
    width,
)
from reportgen.workbook.layout.validation import restrict_to_list, restrict_to_numbers
from reportgen.workbook.layout.widths import Limits, fit_columns, narrow_to_page, overflowing_width
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.elements.sheet_head import CONTENTS_LINK
from reportgen.workbook.sheets.inputs import HIGH, LOW, VALUE, InputRows
from reportgen.workbook.sheets.inputs import KEY as INPUT_KEY
from reportgen.workbook.sheets.prices import PriceRows
from reportgen.workbook.sheets.what_if_tables import (
    RESULTS_OF_A_TABLE,
    TABLES_ON_A_PAGE,
    ResultRows,
    plan_results,
    write_results,
)
from reportgen.workbook.state import WITHOUT_TABLES, Issue, State

SHEET = "Runs"
SELECTOR, NAMED, CHOSEN, PUT_IN, CALCULATED = range(TOP, TOP + 5)
"""The rows of the run chosen: here, here or on Summary, its number, the number that a what-if table puts in, the one in force."""
ON_SUMMARY = (CONTENTS_LINK, FIRST)
"""Row and column of the selector on Summary, which goes before the one on Runs."""

HEAD = TOP + 7
"""The row with the heads of the effects and the live results of the tables."""

NAMES = LABEL
"""The column with the names of the runs; their numbers and results are right of it, with room for the most options there can be."""
MOST_TABLES = 9
RUN, OPERATION, AMOUNT, ISSUED, CHANGED, NUMBER, ON, KNOWN, AFFECTED, KEY = range(
    NAMES + 3 + RESULTS_OF_A_TABLE * MOST_TABLES + MOST_TABLES // TABLES_ON_A_PAGE, 35
)
"""The columns of the effects, right of the results."""
FOUND, TABLES = KEY + 2, KEY + 4
"""The column with the number under which each run is found by its name, and the first one of the what-if tables."""

SPARE_EFFECTS = 30
WITH_NAMES, NARROWEST_NAMES = Limits(30, 60), 38.0
"""The widths of the columns with names of runs, and the width down to which they give way to the columns beside them."""
GAP = 3.0
"""The width of the gap between results and effects."""
FILLED, AS_ISSUED = ("Checks", TOP + 5, FIRST), ("Checks", TOP + 6, FIRST)
"""The flags whether the program has calculated the what-if tables, and whether all is as issued."""
HEADS = {
    RUN: "Run", OPERATION: "Operation", AMOUNT: "Amount", ISSUED: "As issued", CHANGED: "Changed?", NUMBER: "Run no.", ON: "On", KNOWN: "Known?",
    AFFECTED: "Unit", KEY: "Assumption (key)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunRows:
    """The rows of the effects and the tables."""

    head: int
    first: int
    last_effect: int
    last_run: int
    results: ResultRows

    def effects(self, column: int, prefix: str = "") -> str:
        """Return the range of a column of the effects, spare rows included."""
        return f"{prefix}{absolute(self.first, column)}:{absolute(self.last_effect, column)}"

    def names(self, prefix: str = "") -> str:
        """Return the range of run names."""
        return f"{prefix}{absolute(self.first, NAMES)}:{absolute(self.last_run, NAMES)}"

    def numbers(self, prefix: str = "") -> str:
        """Return the range of run numbers."""
        return f"{prefix}{absolute(self.first, NAMES + 1)}:{absolute(self.last_run, NAMES + 1)}"

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
    """Assign addresses to the selector, the effects, the results of all runs and the what-if tables."""
    head, first = HEAD, HEAD + 1
    last_run = first + len(issue.runs) - 1
    last_effect = first + len(effects_of(issue.runs)) + SPARE_EFFECTS - 1
    rows = RunRows(
        head, first, last_effect, last_run, plan_results(issue, places, SHEET, head, NAMES, TABLES)
    )
    places.selector = (SHEET, CALCULATED, FIRST)
    places.put_in = (SHEET, PUT_IN, FIRST)
    places.filled, places.as_issued = FILLED, AS_ISSUED
    prefix = quoted(SHEET)
    columns = {"run": NUMBER, "operation": OPERATION, "amount": AMOUNT, "on": ON, "key": KEY}
    places.effects.update({name: rows.effects(column, prefix) for name, column in columns.items()})
    return rows


def write_runs(page: Page, rows: RunRows, registers: Registers, issued: State) -> None:
    """Write the run selector, the effects, and the results of all runs; `issued` is the state at issue."""
    canvas = page.canvas
    _write_selector(page, rows)
    canvas.text(rows.head - 2, RUN, "Effects: what each run changes", "block")
    canvas.height(rows.head - 2, 20)
    for column, text in HEADS.items():
        right = column in (AMOUNT, ISSUED, CHANGED, NUMBER, ON, KNOWN)
        canvas.text(rows.head, column, text, "header_rule_right" if right else "header_rule")
    for number, (run, effect) in enumerate(effects_of(page.issue.runs)):
        _write_effect(page, rows, rows.first + number, run, effect, registers)
    for row in range(rows.first + len(effects_of(page.issue.runs)), rows.last_effect + 1):
        _write_spare_row(page, rows, registers, row)
    _add_validation(page, rows, registers)
    write_results(page, rows.results, issued)
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
    own, above = absolute(SELECTOR, FIRST), f"{quoted('Summary')}{absolute(*ON_SUMMARY)}"
    canvas.text(NAMED, LABEL, "The run shown: this one, or that of Summary", "label")
    canvas.text(NAMED, UNIT, "text", "unit")
    canvas.formula(NAMED, FIRST, f'=IF({above}="",{own}&"",{above})', page.state.shown, "label", "text")
    by_name, put_in = absolute(CHOSEN, FIRST), absolute(PUT_IN, FIRST)
    has_tables = page.issue.what_if == "live"
    labels = {CHOSEN: "Its number", CALCULATED: "Run calculated" if has_tables else WITHOUT_TABLES}
    labels |= {PUT_IN: "Put in by a what-if table"} if has_tables else {}
    for row, label in labels.items():
        canvas.text(row, LABEL, label, "label")
        canvas.text(row, UNIT, "run no.", "unit")
    canvas.formula(CHOSEN, FIRST, f"={rows.number_of(absolute(NAMED, FIRST))}", chosen, "number", "flag")
    calculated = f"={by_name}"
    if has_tables:
        canvas.value(PUT_IN, FIRST, 0.0, "number", "flag")
        # Why no IF: LibreOffice computes only the branch taken, and keeps the other branch's value from a what-if table
        calculated = f"={by_name}*(1-MIN({put_in},1))+{put_in}"
    canvas.formula(CALCULATED, FIRST, calculated, chosen, "number", "flag")


def write_summary_selector(page: Page, rows: RunRows) -> None:
    """Write the run selector of Summary, which is empty as issued: then the one on Runs is in force."""
    canvas, (row, column) = page.canvas, ON_SUMMARY
    canvas.text(row, UNIT, "Choose a run", "unit")
    canvas.text(row, column, "", "input")
    canvas.height(row, 16)
    cell = absolute(row, column).replace("$", "")
    restrict_to_list(canvas.sheet, cell, "=" + rows.names(quoted(SHEET)), "Runs")


def _write_found(page: Page, rows: RunRows) -> None:
    """Write the number under which each run is found: its own, 0 where another run has the same name."""
    page.canvas.text(rows.head, FOUND, "Found as no.", "header_rule_right")
    shown = [run.name.casefold() for run in page.state.runs]
    for place, name in enumerate(shown):
        row = rows.first + place
        own, number = (f"{get_column_letter(column)}{row}" for column in (NAMES, NAMES + 1))
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
    canvas.text(row, RUN, run.name, "source" if fixed else "entry")
    canvas.text(row, OPERATION, effect.operation, "source" if fixed else "entry")
    if fixed:
        column = VALUE if effect.link else LOW if effect.bound == "low" else HIGH
        formula = f"=Inputs!{get_column_letter(column)}{registers.inputs.rows[effect.link or effect.path]}"
        canvas.formula(row, AMOUNT, formula, amount, "number", kind)
    else:
        canvas.value(row, AMOUNT, amount, "input", kind)
    canvas.value(row, ISSUED, effect.amount, "issued", kind)
    _write_flags(
        page,
        rows,
        registers,
        row,
        Flags(
            float(amount != effect.amount),
            page.state.run_number(run.name),
            float(run.name == page.state.shown),
        ),
    )
    canvas.text(row, AFFECTED, "factor" if kind == "factor" else page.unit(unit.name), "unit")
    canvas.text(row, KEY, effect.path, "source" if fixed else "entry")


def _write_spare_row(page: Page, rows: RunRows, registers: Registers, row: int) -> None:
    for column in (RUN, OPERATION, KEY):
        page.canvas.text(row, column, "", "entry")
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
    amount, issued, run, no = (f"{get_column_letter(c)}{row}" for c in (AMOUNT, ISSUED, RUN, NUMBER))
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
    restrict_to_list(sheet, rows.effects(RUN).replace("$", ""), "=" + rows.names(), "Runs")
    restrict_to_numbers(sheet, rows.effects(AMOUNT).replace("$", ""), "Amount of an effect")
    restrict_to_list(sheet, rows.effects(OPERATION).replace("$", ""), '"set,multiply,add"', "Operations")
    restrict_to_list(
        sheet, rows.effects(KEY).replace("$", ""), "=" + registers.inputs.column(INPUT_KEY), "Keys"
    )


def fit_widths(page: Page, rows: RunRows, paper: Paper) -> None:
    """Set the column widths of the effects and of the tables right of them."""
    limits = {
        RUN: WITH_NAMES, OPERATION: Limits(8, 8.5), AMOUNT: Limits(9, 12), ISSUED: Limits(8.5, 11), CHANGED: Limits(8, 8.5),
        NUMBER: Limits(6, 7), ON: Limits(3.5, 4), KNOWN: Limits(6.5, 7.5), AFFECTED: Limits(7, 13), KEY: Limits(20, 30), KEY + 1: Limits(2, 2), FOUND: Limits(7, 8), TABLES - 1: Limits(2, 2),
        NAMES: WITH_NAMES, NAMES + 1: Limits(7, 8),
    }  # fmt: skip
    unused = range(rows.results.read_end + 1, RUN)
    limits |= {column: Limits(GAP / len(unused), GAP / len(unused)) for column in unused}
    limits |= dict.fromkeys(rows.results.names_again, WITH_NAMES)
    for columns in rows.results.tables:
        numbers = [columns.read, columns.issued, *([columns.live] if columns.live else [])]
        for column in numbers:
            least = max(9.0, overflowing_width(page.canvas, rows.head - 2, column) / 2)
            limits |= {column + shift: Limits(least, max(least, 13.0)) for shift in (0, 1)}
        limits |= {columns.numbers: Limits(6, 7), columns.numbers - 1: Limits(2, 2)}
    probe = rows.results.probe
    limits |= {probe - 1: Limits(2, 2), **dict.fromkeys(range(probe, probe + 3), Limits(8, 13))}
    fit_columns(page.canvas, limits)
    _fit_to_page(page, rows, paper)


def _fit_to_page(page: Page, rows: RunRows, paper: Paper) -> None:
    """Narrow the names of runs by what their columns and those beside them are wider than an upright page."""
    room = room_across(paper, portrait=True)
    for first, last in _parts(rows):
        narrow_to_page(page.canvas, range(first, last + 1), max(first, NAMES), room, NARROWEST_NAMES)


def _parts(rows: RunRows) -> list[tuple[int, int]]:
    """Return the first and last column of each printed page across: the results, then the effects."""
    starts = [1, *rows.results.names_again, RUN]
    return [*((first, after - 1) for first, after in pairwise(starts)), (RUN, KEY)]


def widen_gap(page: Page, rows: RunRows, needed: float) -> None:
    """Widen the gap between results and effects until the results are as wide as `needed`, in points: the head runs on over it."""
    lacking = (needed - width(page.canvas.sheet, range(1, RUN))) / UNIT_POINTS
    unused = range(rows.results.read_end + 1, RUN)
    if unused and lacking > 0:
        page.canvas.widths({column: round((GAP + lacking) / len(unused), 2) for column in unused})


def last_used(page: Page, rows: RunRows) -> int:
    """Return the last row with an effect or a run of the case; below stand spare rows alone."""
    return max(_last_run(page, rows), _last_effect(page, rows))


def _last_run(page: Page, rows: RunRows) -> int:
    return rows.head + sum(run.name not in page.issue.spare_runs for run in page.issue.runs)


def _last_effect(page: Page, rows: RunRows) -> int:
    return rows.head + max(len(effects_of(page.issue.runs)), 1)


def print_runs(page: Page, rows: RunRows, pages: Pages) -> None:
    """Set the print pages: the results of all runs, then the effects; the tables that they are read from are left out.

    Every page across begins with the names of the runs.
    """
    sheet, parts = page.canvas.sheet, _parts(rows)
    widest = max(width(sheet, range(first, last + 1)) for first, last in parts)
    portrait = widest <= room_across(pages.paper, portrait=True)
    down = printable_area(pages.paper, portrait=portrait)[1]
    end = last_used(page, rows)
    set_page(sheet, pages, HEAD, end, KEY, portrait=portrait)
    sheet.print_area = [_printed_cells(page, rows, first, last) for first, last in parts]
    sheet.print_title_rows = f"{HEAD - 2}:{HEAD}"  # what stands above is printed once
    sheet.page_setup.scale = SMALLEST_SCALE
    sheet.page_setup.pageOrder = "downThenOver"
    heights = row_heights(sheet, end)
    heights[HEAD + 1] += sum(heights[1 : HEAD - 2])
    heights[1 : HEAD - 2] = [0.0] * (HEAD - 3)
    printed = PrintedArea(HEAD, end, KEY)
    rows_down = row_breaks(heights, printed, USABLE_SHARE * down / SMALLEST_SCALE * 100)
    break_pages(sheet, rows_down, [last for _, last in parts[:-1]])


def _printed_cells(page: Page, rows: RunRows, first: int, last: int) -> str:
    """Return the printed cells of a page across: down to its last effect, or to the last result that its tables have."""
    if first == RUN:
        end = _last_effect(page, rows)
    else:
        results = [one.table.columns[0] for one in rows.results.tables if first <= one.read <= last]
        end = min(rows.head + max(line.axis.size for line in results), _last_run(page, rows))
    top = 1 if first == 1 else HEAD - 2
    return f"{get_column_letter(first)}{top}:{get_column_letter(last)}{end}"
