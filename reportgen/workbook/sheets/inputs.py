"""The Inputs sheet: every assumption once, with its range, source and owner, and the value that is active in the run shown."""

from dataclasses import dataclass
from itertools import groupby

from openpyxl.utils import get_column_letter

from reportgen.formula.nodes import Active, Entered
from reportgen.schema.assumptions import Assumption
from reportgen.workbook.layout.addresses import LABEL, UNIT, Places, absolute
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.validation import restrict_to_bounds
from reportgen.workbook.layout.widths import Limits
from reportgen.workbook.sheets.block_headers import month_serial
from reportgen.workbook.sheets.book_prices import RATE, as_stated, heads_of, write_looked_up
from reportgen.workbook.sheets.page import Page
from reportgen.workbook.state import Issue, Value

SHEET = "Inputs"
VALUE, ISSUED, CHANGED, ACTIVE, LOW, HIGH, SOURCE, AS_OF, OWNER, KEY = range(4, 14)
SET, SET_TO, MULTIPLIED, MULTIPLY, ADDED, ADD = range(15, 21)
LOW_ISSUED, HIGH_ISSUED, ABOVE, LEAST, MOST, WITHIN, ORDERED = range(22, 29)
WORDS = {LABEL: "Assumption", UNIT: "Unit", SOURCE: "Source or note", OWNER: "Owner", KEY: "Key"}
NUMBERS = {
    VALUE: "Value", ISSUED: "As issued", CHANGED: "Changed?", ACTIVE: "Active", LOW: "Low", HIGH: "High", AS_OF: "As of",
    SET: "Set?", SET_TO: "Set to", MULTIPLIED: "Multiply?", MULTIPLY: "Multiply by", ADDED: "Add?", ADD: "Add",
    LOW_ISSUED: "Low as issued", HIGH_ISSUED: "High as issued", ABOVE: "More than", LEAST: "At least", MOST: "At most",
    WITHIN: "Within?", ORDERED: "In order?",
}  # fmt: skip
"""The heads over text and over numbers."""

LIMITS = {
    LABEL: Limits(26, 34), UNIT: Limits(9, 15), VALUE: Limits(9, 14), ISSUED: Limits(9, 14), CHANGED: Limits(8.5, 9),
    ACTIVE: Limits(9, 14), LOW: Limits(8, 12), HIGH: Limits(8, 12), SOURCE: Limits(24, 36), AS_OF: Limits(10, 11),
    OWNER: Limits(7, 13), KEY: Limits(24, 33), KEY + 1: Limits(2, 2), ADD + 1: Limits(2, 2),
    **dict.fromkeys(range(SET, ADD + 1), Limits(8.5, 12)), **dict.fromkeys(range(RATE, RATE + 3), Limits(9, 14)), RATE - 1: Limits(2, 2), **dict.fromkeys(range(LOW_ISSUED, ORDERED + 1), Limits(9, 20)),
}  # fmt: skip
"""How wide each column may be: up to the key they fit a page across."""

NO_LIMIT = 1e15
"""Stands for 'no limit' in the bounds columns, where a condition needs a number."""

UNSOURCED = "no source"


@dataclass(frozen=True, slots=True)
class InputRows:
    """Which row each assumption has, the titled groups, and the first and last row."""

    rows: dict[str, int]
    titles: tuple[tuple[int, str], ...]
    first: int
    last: int
    structure: int

    def column(self, column: int) -> str:
        """Name a column's cells over all assumptions, for formulas on other sheets."""
        letter = get_column_letter(column)
        return f"{SHEET}!${letter}${self.first}:${letter}${self.last}"


def listed(issue: Issue) -> list[Assumption]:
    """List the assumptions of this sheet: all but those that are typed on another one."""
    lines = issue.model.lines()
    elsewhere = {path for line in lines if isinstance(line.formula, Entered) for path in line.formula.paths}
    for table in issue.model.rates:
        columns = (table.effective.formula, table.active.formula)
        elsewhere |= {path for column in columns if isinstance(column, Active) for path in column.paths}
        elsewhere |= {table.retires} if table.retires else set()
    return [assumption for assumption in issue.assumptions if assumption.path not in elsewhere]


def plan_inputs(issue: Issue, places: Places) -> InputRows:
    """Give every assumption that is not typed on another sheet a row, and enter its active value's place."""
    row, rows, titles = TOP + 1, {}, []
    structure = row
    row += 4
    for group, members in groupby(listed(issue), key=lambda assumption: assumption.group):
        titles.append((row, group))
        row += 1
        for assumption in members:
            rows[assumption.path] = row
            places.inputs[assumption.path] = (SHEET, row, ACTIVE)
            if assumption.path not in issue.model.looked_up:
                places.input_cells[assumption.path] = (SHEET, row, VALUE)
            row += 1
    places.inputs["finance.start"] = places.input_cells["finance.start"] = (SHEET, structure + 1, VALUE)
    return InputRows(rows, tuple(titles), structure + 4, row - 1, structure)


def write_inputs(page: Page, rows: InputRows) -> None:
    """Write the register."""
    for column, text in WORDS.items():
        page.canvas.text(TOP, column, text, "header_rule")
    for column, text in NUMBERS.items():
        page.canvas.text(TOP, column, text, "header_rule_right")
    for column, text in heads_of(page.issue):
        page.canvas.text(TOP, column, text, "header_rule_right")
    _structure(page, rows.structure)
    for row, title in rows.titles:
        page.canvas.text(row, LABEL, title, "section")
        page.canvas.height(row, 19)
    for assumption in page.issue.assumptions:
        if assumption.path in rows.rows:
            write_row(page, assumption, rows.rows[assumption.path])
            _ordered(page, assumption, rows.rows[assumption.path])


def _structure(page: Page, row: int) -> None:
    """Show what is fixed when a workbook is issued."""
    canvas = page.canvas
    canvas.text(row, LABEL, "Structure, fixed when issued", "section")
    canvas.height(row, 19)
    canvas.text(row + 1, LABEL, "First month", "label")
    canvas.text(row + 1, UNIT, "month", "unit")
    canvas.value(row + 1, VALUE, month_serial(page.issue.start, 1), "issued", "month_name")
    canvas.text(row + 2, LABEL, "Years", "label")
    canvas.text(row + 2, UNIT, "years", "unit")
    canvas.value(row + 2, VALUE, float(page.issue.years), "issued", "count")


def write_row(page: Page, assumption: Assumption, row: int) -> None:
    """Write an assumption: its value, what it was, its origin, and what the run shown makes of it."""
    canvas, kind = page.canvas, assumption.unit.kind
    now = page.state.stated(assumption.path, page.issue.model)
    canvas.text(row, LABEL, assumption.label, "label")
    canvas.text(row, UNIT, page.unit(assumption.unit.name), "unit")
    looked_up = page.issue.model.looked_up.get(assumption.path)
    if looked_up:
        write_looked_up(page, looked_up, row, VALUE, as_stated(page.places, page.issue, VALUE))
    else:
        canvas.value(row, VALUE, now, "input", kind)
        restrict_to_bounds(canvas.sheet, row, VALUE, assumption)
    canvas.value(row, ISSUED, assumption.value, "issued", kind)
    _ranges(page, assumption, row)
    _words(page, assumption, row)
    _effects(page, assumption, row, now)
    _within(page, assumption, row, now)


def _ranges(page: Page, assumption: Assumption, row: int) -> None:
    canvas, kind = page.canvas, assumption.unit.kind
    if assumption.low is not None and assumption.high is not None:
        for column, value in ((LOW, assumption.low), (HIGH, assumption.high)):
            canvas.value(row, column, value, "input", kind)
            restrict_to_bounds(canvas.sheet, row, column, assumption)
        canvas.value(row, LOW_ISSUED, assumption.low, "issued", kind)
        canvas.value(row, HIGH_ISSUED, assumption.high, "issued", kind)
    typed = assumption.path not in page.issue.model.looked_up  # else it is flagged where its rates are typed
    pairs = ((VALUE, ISSUED),) * typed + ((LOW, LOW_ISSUED), (HIGH, HIGH_ISSUED))
    same = ",".join(f"{get_column_letter(a)}{row}={get_column_letter(b)}{row}" for a, b in pairs)
    moved = typed and page.state.values[assumption.path] != assumption.value
    canvas.formula(row, CHANGED, f"=IF(AND({same}),0,1)", float(moved), "changed", "flag")


def _words(page: Page, assumption: Assumption, row: int) -> None:
    canvas = page.canvas
    words = "; ".join(part for part in (assumption.source, assumption.note) if part)
    canvas.text(row, SOURCE, words or UNSOURCED, "source" if assumption.source else "key")
    if assumption.as_of:
        canvas.text(row, AS_OF, f"{assumption.as_of.day} {assumption.as_of:%b %Y}", "note_right")
    canvas.text(row, OWNER, assumption.owner, "source")
    canvas.text(row, KEY, assumption.path, "key")


def _effects(page: Page, assumption: Assumption, row: int, now: float) -> None:
    """Write what the run shown does to the assumption, and the value that is active."""
    canvas, kind, looked_up = page.canvas, assumption.unit.kind, page.issue.model.looked_up
    if assumption.path in looked_up:
        now = float(page.state.here[looked_up[assumption.path]][0, 0])
    value = get_column_letter(RATE if assumption.path in looked_up else VALUE)
    if not assumption.reachable:
        canvas.formula(row, ACTIVE, f"={value}{row}", now, "number", kind)
        return
    table = EffectTable(page.places)
    done = _amounts(page, assumption.path)
    # The key is anchored: LibreOffice groups identical look-ups down a column, and what-if tables then miss them
    key = absolute(row, KEY)
    for operation, flag, amount in (
        ("set", SET, SET_TO),
        ("multiply", MULTIPLIED, MULTIPLY),
        ("add", ADDED, ADD),
    ):
        count = float(operation in done)
        canvas.formula(row, flag, f"=COUNTIFS({table.criteria(key, operation)})", count, "changed", "flag")
        total = f"=SUMIFS({table.amounts},{table.criteria(key, operation)})"
        canvas.formula(row, amount, total, done.get(operation, 0.0), "changed", "factor")
    s, to, m, by, add = (f"{get_column_letter(c)}{row}" for c in (SET, SET_TO, MULTIPLIED, MULTIPLY, ADD))
    # No IF: LibreOffice computes only the branch taken, and keeps what a what-if table left in the other one
    formula = f"=({value}{row}*(1-{s})+{to})*({by}+(1-{m}))+{add}"
    active: Value = done.get("set", now) * done.get("multiply", 1.0) + done.get("add", 0.0)
    canvas.formula(row, ACTIVE, formula, active, "number", kind)


def _amounts(page: Page, path: str) -> dict[str, float]:
    return {
        effect.operation: effect.amount_in(page.state.values)
        for run in page.state.runs
        if run.name == page.state.shown
        for effect in run.effects
        if effect.path == path
    }


def is_within(assumption: Assumption, now: float) -> bool:
    """Say whether a value is within its bounds, as the sheet's own condition does."""
    above, least, most = _limits(assumption)
    return above < now and least <= now <= most


def in_order(assumption: Assumption, now: float) -> bool:
    """Say whether a value lies within its range, where it has one."""
    return (assumption.low is None or assumption.low <= now) and (
        assumption.high is None or now <= assumption.high
    )


def _limits(assumption: Assumption) -> tuple[float, float, float]:
    bounds = assumption.bounds
    above = bounds.above if bounds.above is not None else -NO_LIMIT
    least = bounds.least if bounds.least is not None else -NO_LIMIT
    most = bounds.most if bounds.most is not None else bounds.below if bounds.below is not None else NO_LIMIT
    return above, least, most


def _within(page: Page, assumption: Assumption, row: int, now: float) -> None:
    above, least, most = _limits(assumption)
    for column, limit in ((ABOVE, above), (LEAST, least), (MOST, most)):
        page.canvas.value(row, column, limit, "changed", "decimal")
    cell, a, b, c = (f"{get_column_letter(x)}{row}" for x in (VALUE, ABOVE, LEAST, MOST))
    formula = f"=IF(AND({cell}>{a},{cell}>={b},{cell}<={c}),1,0)"
    page.canvas.formula(row, WITHIN, formula, float(is_within(assumption, now)), "changed", "flag")


def _ordered(page: Page, assumption: Assumption, row: int) -> None:
    now = page.state.stated(assumption.path, page.issue.model)
    cell, low, high = (f"{get_column_letter(column)}{row}" for column in (VALUE, LOW, HIGH))
    ordered = f'=IF(AND(OR({low}="",{low}<={cell}),OR({high}="",{cell}<={high})),1,0)'
    page.canvas.formula(row, ORDERED, ordered, float(in_order(assumption, now)), "changed", "flag")


@dataclass(frozen=True, slots=True)
class EffectTable:
    """The ranges of the effects on Runs, as criteria of COUNTIFS and SUMIFS name them."""

    places: Places

    @property
    def amounts(self) -> str:
        """Name the amounts."""
        return self.places.effects["amount"]

    def criteria(self, key: str, operation: str) -> str:
        """Write the criteria: effects that are on, of this key and operation."""
        at = self.places.effects
        return f'{at["on"]},1,{at["key"]},{key},{at["operation"]},"{operation}"'
