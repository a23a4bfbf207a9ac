"""The Runs sheet: the run selector, the effects of every run, and one what-if table per option."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import DataTableFormula

from reportgen.formula.excel import filled, template
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE, Effect, Run
from reportgen.workbook.inputs import HIGH, LOW, VALUE, InputRows
from reportgen.workbook.inputs import KEY as INPUT_KEY
from reportgen.workbook.page import Page
from reportgen.workbook.places import FIRST, LABEL, UNIT, Place, Places, absolute, quoted
from reportgen.workbook.plan import TOP
from reportgen.workbook.prices import PriceRows
from reportgen.workbook.state import Issue
from reportgen.workbook.validation import allow_number, choose
from reportgen.workbook.values import rounded

SHEET = "Runs"
SELECTOR = TOP
OPERATION, AMOUNT, ISSUED, CHANGED, ON, KNOWN, AFFECTED, KEY = range(3, 11)
TABLES = 12
"""The first column of the what-if tables."""

SPARE_EFFECTS = 30
HEADS = {
    LABEL: "Run", OPERATION: "Operation", AMOUNT: "Amount", ISSUED: "As issued", CHANGED: "Changed?", ON: "On", KNOWN: "Known?",
    AFFECTED: "Unit", KEY: "Assumption (key)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunRows:
    """Where the effects and the tables stand."""

    head: int
    first: int
    last_effect: int
    last_run: int

    def effects(self, column: int, prefix: str = "") -> str:
        """Name a column of the effects, spare rows included."""
        return f"{prefix}{absolute(self.first, column)}:{absolute(self.last_effect, column)}"

    def names(self, prefix: str = "") -> str:
        """Name the first table's column of run names."""
        return f"{prefix}{absolute(self.first, TABLES)}:{absolute(self.last_run, TABLES)}"


@dataclass(frozen=True, slots=True)
class Registers:
    """Where the keys of assumptions stand: on Inputs, and on Prices where the case has a price book."""

    inputs: InputRows
    prices: PriceRows | None

    def count(self, key: str) -> str:
        """Write how often a key stands there."""
        lists = [self.inputs.column(INPUT_KEY), *([self.prices.column(INPUT_KEY)] if self.prices else ())]
        found = "+".join(f"COUNTIFS({cells},{key})" for cells in lists)
        return f"({found})"


def effects_of(runs: tuple[Run, ...]) -> list[tuple[Run, Effect]]:
    """List all effects with their runs, in order."""
    return [(run, effect) for run in runs for effect in run.effects]


def plan_runs(issue: Issue, places: Places) -> RunRows:
    """Place the selector, the effects and the tables: head cells hold the results, their columns the runs."""
    head = TOP + 4
    first = head + 1
    rows = RunRows(
        head, first, first + len(effects_of(issue.runs)) + SPARE_EFFECTS - 1, first + len(issue.runs) - 1
    )
    places.selector = (SHEET, SELECTOR, FIRST)
    prefix = quoted(SHEET)
    columns = {"run": LABEL, "operation": OPERATION, "amount": AMOUNT, "on": ON, "key": KEY}
    places.effects.update({name: rows.effects(column, prefix) for name, column in columns.items()})
    size = len(issue.runs)
    places.lines[issue.model.run_names] = Place(SHEET, first, TABLES, across=False, size=size)
    for number, table in enumerate(issue.model.tables):
        for shift, (one, column) in enumerate(zip(table.heads, table.columns, strict=True)):
            at = TABLES + 4 * number + 1 + shift
            places.lines[one] = Place(SHEET, head, at, across=True, size=1)
            places.lines[column] = Place(SHEET, first, at, across=False, size=column.axis.size)
    return rows


def write_runs(page: Page, rows: RunRows, registers: Registers) -> None:
    """Write selector, effects and tables."""
    canvas = page.canvas
    canvas.text(SELECTOR, LABEL, "Choose the run shown", "block")
    canvas.text(SELECTOR, UNIT, "drop-down", "unit")
    canvas.text(SELECTOR, FIRST, page.state.shown, "input")
    canvas.height(SELECTOR, 22)
    choose(canvas.sheet, absolute(SELECTOR, FIRST).replace("$", ""), "=" + rows.names(), "Runs")
    canvas.text(rows.head - 2, LABEL, "Effects: what each run changes", "block")
    canvas.height(rows.head - 2, 20)
    for column, text in HEADS.items():
        right = column in (AMOUNT, ISSUED, CHANGED, ON, KNOWN)
        canvas.text(rows.head, column, text, "header_rule_right" if right else "header_rule")
    for number, (run, effect) in enumerate(effects_of(page.issue.runs)):
        _effect(page, rows, rows.first + number, run, effect, registers)
    for row in range(rows.first + len(effects_of(page.issue.runs)), rows.last_effect + 1):
        _spare(page, rows, registers, row)
    _choices(page, rows, registers)
    for number in range(len(page.issue.model.tables)):
        _table(page, rows, number)


def _effect(page: Page, rows: RunRows, row: int, run: Run, effect: Effect, registers: Registers) -> None:
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
    _flags(page, rows, registers, row, float(amount != effect.amount), float(run.name == page.state.shown))
    canvas.text(row, AFFECTED, "factor" if kind == "factor" else page.unit(unit.name), "unit")
    canvas.text(row, KEY, effect.path, "label" if fixed else "input")


def _spare(page: Page, rows: RunRows, registers: Registers, row: int) -> None:
    for column in (LABEL, OPERATION, KEY):
        page.canvas.text(row, column, "", "input")
    page.canvas.value(row, AMOUNT, None, "input", "factor")
    page.canvas.text(row, AFFECTED, "–", "unit")
    _flags(page, rows, registers, row, 0.0, 0.0)


def _flags(page: Page, rows: RunRows, registers: Registers, row: int, changed: float, on: float) -> None:
    amount, issued, run = (f"{get_column_letter(c)}{row}" for c in (AMOUNT, ISSUED, LABEL))
    page.canvas.formula(row, CHANGED, f"=IF({amount}={issued},0,1)", changed, "changed", "flag")
    run_found = f"MATCH({run},{rows.names()},0)"
    key_found = registers.count(f"{get_column_letter(KEY)}{row}")
    known = f'=IF(OR({run}="",IFERROR({run_found}*{key_found},0)>0),1,0)'
    page.canvas.formula(row, KNOWN, known, 1.0, "changed", "flag")
    # Anchored: LibreOffice would compute a long column of identical formulas in threads, amid a what-if table
    shown = f"=IF({absolute(row, LABEL)}={absolute(SELECTOR, FIRST)},1,0)"
    page.canvas.formula(row, ON, shown, on, "changed", "flag")


def _choices(page: Page, rows: RunRows, registers: Registers) -> None:
    sheet = page.canvas.sheet
    choose(sheet, rows.effects(LABEL).replace("$", ""), "=" + rows.names(), "Runs")
    allow_number(sheet, rows.effects(AMOUNT).replace("$", ""), "Amount of an effect")
    choose(sheet, rows.effects(OPERATION).replace("$", ""), '"set,multiply,add"', "Operations")
    choose(sheet, rows.effects(KEY).replace("$", ""), "=" + registers.inputs.column(INPUT_KEY), "Keys")


def _table(page: Page, rows: RunRows, number: int) -> None:
    """Write one what-if table: run names, the live results in its head, one row per run."""
    canvas, table = page.canvas, page.issue.model.tables[number]
    column = TABLES + 4 * number
    canvas.text(rows.head - 2, column, table.title, "block")
    canvas.text(rows.head - 1, column, "Run", "header")
    for shift, line in enumerate(table.columns):
        text = f"{line.label}, {page.unit(line.unit.name)}"
        canvas.text(rows.head - 1, column + 1 + shift, text, "header_right")
    canvas.text(rows.head, column, "The run shown, live", "header_rule")
    for line in table.heads:
        _head(page, line)
    _names(page, rows, number)
    _results(page, rows, table.columns, column + 1)


def _head(page: Page, line: Line) -> None:
    place = page.places.lines[line]
    text = filled(template(line.formula, line, page.seen), 0, page.seen)
    page.canvas.formula(place.row, place.column, text, page.state.series(line)[0], "total", line.unit.kind)


def _names(page: Page, rows: RunRows, number: int) -> None:
    """Name the runs: a risk's name follows the Risks sheet, the later tables follow the first."""
    column = TABLES + 4 * number
    risk = next(line for line in page.places.lines if line.key == "risks.name")
    risks = {name: place for place, name in enumerate(risk.axis.labels)}
    size = page.issue.model.tables[number].columns[0].axis.size
    for place, run in enumerate(page.issue.runs[:size]):
        row = rows.first + place
        if number:
            link = f"={get_column_letter(TABLES)}{row}"
            page.canvas.formula(row, column, link, run.name, "label", "text")
        elif run.purpose == "risk":
            link = "=" + page.seen.moving(risk, risks[run.name])
            page.canvas.formula(row, column, link, run.name, "label", "text")
        else:
            page.canvas.text(row, column, run.name, "label_total" if run.name == BASE else "label")


def _results(page: Page, rows: RunRows, lines: tuple[Line, Line], column: int) -> None:
    last = rows.first + lines[0].axis.size - 1
    reference = f"{get_column_letter(column)}{rows.first}:{get_column_letter(column + 1)}{last}"
    selector = absolute(SELECTOR, FIRST).replace("$", "")
    for shift, line in enumerate(lines):
        for place, value in enumerate(page.state.series(line)):
            row = rows.first + place
            page.canvas.value(row, column + shift, rounded(float(value)), "number", line.unit.kind)
    first = page.canvas.sheet.cell(rows.first, column)
    page.canvas.cached[first.coordinate] = float(page.state.series(lines[0])[0])
    # As Excel writes it: openpyxl leaves an attribute out where it is False
    first.value = DataTableFormula(reference, dt2D="0", dtr="0", r1=selector)  # type: ignore[arg-type]
