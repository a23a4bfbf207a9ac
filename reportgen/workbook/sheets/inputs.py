"""The sheet Inputs: every assumption once, with range, source and owner, and its active value in the run shown."""

from itertools import groupby

from openpyxl.utils import get_column_letter

from reportgen.formula.nodes import ActiveValues, EnteredValues
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.workbook.layout.addresses import LABEL, UNIT, Places, absolute
from reportgen.workbook.layout.cell_styles import Role
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.validation import restrict_to_bounds, restrict_to_days, restrict_to_length
from reportgen.workbook.layout.widths import Limits
from reportgen.workbook.sheets.book_prices import RATE, column_heads, stated_places, write_book_price
from reportgen.workbook.sheets.elements.block_headers import month_serial
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import EXCEL_EPOCH, Issue, Value

SHEET = "Inputs"
VALUE, ISSUED, CHANGED, ACTIVE, LOW, HIGH, SOURCE, AS_OF, OWNER, KEY, NOTE = range(4, 15)
SET, SET_TO, MULTIPLIED, MULTIPLY, ADDED, ADD = range(16, 22)
LOW_ISSUED, HIGH_ISSUED, ABOVE, LEAST, MOST, WITHIN, ORDERED = range(23, 30)
TEXT_HEADS = {LABEL: "Assumption", UNIT: "Unit", SOURCE: "Source", OWNER: "Owner", NOTE: "Note", KEY: "Key"}
NUMBER_HEADS = {
    VALUE: "Value", ISSUED: "As issued", CHANGED: "Changed?", ACTIVE: "Active", LOW: "Low", HIGH: "High", AS_OF: "As of",
    SET: "Set?", SET_TO: "Set to", MULTIPLIED: "Multiply?", MULTIPLY: "Multiply by", ADDED: "Add?", ADD: "Add",
    LOW_ISSUED: "Low as issued", HIGH_ISSUED: "High as issued", ABOVE: "More than", LEAST: "At least", MOST: "At most",
    WITHIN: "Within?", ORDERED: "In order?",
}  # fmt: skip
"""The headers of text columns and of number columns."""

LIMITS = {
    LABEL: Limits(26, 34), UNIT: Limits(9, 15), VALUE: Limits(9, 14), ISSUED: Limits(9, 14), CHANGED: Limits(8.5, 9),
    ACTIVE: Limits(9, 14), LOW: Limits(8, 12), HIGH: Limits(8, 12), SOURCE: Limits(24, 36), AS_OF: Limits(10, 11),
    OWNER: Limits(7, 17), NOTE: Limits(12, 40), KEY: Limits(24, 42), NOTE + 1: Limits(2, 2), ADD + 1: Limits(2, 2),
    **dict.fromkeys(range(SET, ADD + 1), Limits(8.5, 12)), **dict.fromkeys(range(RATE, RATE + 3), Limits(9, 14)), RATE - 1: Limits(2, 2), **dict.fromkeys(range(LOW_ISSUED, ORDERED + 1), Limits(9, 20)),
}  # fmt: skip
"""Least and greatest width of each column; the columns up to the key fit the width of a page."""

NO_LIMIT = 1e15
"""The number for "no limit" in the bounds columns, since the live condition needs a number."""

UNSOURCED = "no source"
LONGEST_TEXT = 2000
"""The most characters of a source, an owner or a note."""


@dataclass(frozen=True, slots=True)
class InputRows:
    """The row of each assumption by path, the titled groups, the first and last row, and the row of the structure."""

    rows: dict[str, int]
    titles: tuple[tuple[int, str], ...]
    first: int
    last: int
    structure: int

    def column(self, column: int) -> str:
        """Return a column's range over all assumptions, for formulas on other sheets."""
        letter = get_column_letter(column)
        return f"{SHEET}!${letter}${self.first}:${letter}${self.last}"


def input_assumptions(issue: Issue) -> list[Assumption]:
    """Return the assumptions of this sheet: all except those entered on another one."""
    lines = issue.model.lines()
    elsewhere = {
        path for line in lines if isinstance(line.formula, EnteredValues) for path in line.formula.paths
    }
    for table in issue.model.rates:
        columns = (table.effective.formula, table.active.formula)
        elsewhere |= {path for column in columns if isinstance(column, ActiveValues) for path in column.paths}
        elsewhere |= {table.retires} if table.retires else set()
    return [assumption for assumption in issue.assumptions if assumption.path not in elsewhere]


def plan_inputs(issue: Issue, places: Places) -> InputRows:
    """Assign a row to every assumption of this sheet, and enter the addresses of its input and its active value."""
    row, rows, titles = TOP + 1, {}, []
    structure = row
    row += 4
    for group, members in groupby(input_assumptions(issue), key=lambda assumption: assumption.group):
        titles.append((row, group))
        row += 1
        for assumption in sorted(members, key=lambda one: one.follows is not None):
            rows[assumption.path] = row
            places.inputs[assumption.path] = (SHEET, row, ACTIVE)
            if assumption.path not in issue.model.looked_up:
                places.input_cells[assumption.path] = (SHEET, row, VALUE)
            row += 1
    places.inputs["finance.start"] = places.input_cells["finance.start"] = (SHEET, structure + 1, VALUE)
    return InputRows(rows, tuple(titles), structure + 4, row - 1, structure)


def write_inputs(page: Page, rows: InputRows) -> None:
    """Write the sheet: headers, structure, and every assumption."""
    for column, text in TEXT_HEADS.items():
        page.canvas.text(TOP, column, text, "header_rule")
    for column, text in NUMBER_HEADS.items():
        page.canvas.text(TOP, column, text, "header_rule_right")
    for column, text in column_heads(page.issue):
        page.canvas.text(TOP, column, text, "header_rule_right")
    _write_structure(page, rows.structure)
    for row, title in rows.titles:
        page.canvas.text(row, LABEL, title, "section")
        page.canvas.height(row, 15)
    for assumption in page.issue.assumptions:
        if assumption.path in rows.rows:
            write_row(page, assumption, rows.rows[assumption.path])
            _write_range_flag(page, assumption, rows.rows[assumption.path])
    _restrict_origins(page, rows)


def _write_structure(page: Page, row: int) -> None:
    """Write the first month and the number of years, which are fixed at issue."""
    canvas = page.canvas
    canvas.text(row, LABEL, "Structure, fixed when issued", "section")
    canvas.height(row, 15)
    canvas.text(row + 1, LABEL, "First month", "label")
    canvas.text(row + 1, UNIT, "month", "unit")
    canvas.value(row + 1, VALUE, month_serial(page.issue.start, 1), "issued", "month_name")
    canvas.text(row + 2, LABEL, "Years", "label")
    canvas.text(row + 2, UNIT, "years", "unit")
    canvas.value(row + 2, VALUE, float(page.issue.years), "issued", "count")


def write_row(page: Page, assumption: Assumption, row: int) -> None:
    """Write an assumption's row: value, value as issued, range, origin, effects of the run shown, and bounds."""
    canvas, kind = page.canvas, assumption.unit.kind
    now = page.state.stated_value(assumption.path, page.issue.model)
    canvas.text(row, LABEL, assumption.label, "label")
    canvas.text(row, UNIT, page.unit(assumption.unit.name), "unit")
    looked_up = page.issue.model.looked_up.get(assumption.path)
    if assumption.follows:
        _write_followed(page, assumption, assumption.follows, row)
    elif looked_up:
        write_book_price(page, looked_up, row, VALUE, stated_places(page.places, page.issue, VALUE))
    else:
        canvas.value(row, VALUE, now, "input", kind)
        restrict_to_bounds(canvas.sheet, row, (VALUE, VALUE), assumption)
    canvas.value(row, ISSUED, assumption.value, "issued", kind)
    _write_range(page, assumption, row)
    _write_origin(page, assumption, row, editable=page.canvas.name == SHEET and not assumption.follows)
    _write_active_value(page, assumption, row, now)
    _write_bounds_flag(page, assumption, row, now)


def _write_followed(page: Page, assumption: Assumption, follows: str, row: int) -> None:
    """Write the value of an assumption that takes another's: the stated one, and in RATE that of the run shown."""
    _, followed, _ = page.places.inputs[follows]
    line, kind = page.issue.model.looked_up[assumption.path], assumption.unit.kind
    stated, active = (f"={get_column_letter(column)}{followed}" for column in (VALUE, ACTIVE))
    page.canvas.formula(row, VALUE, stated, page.state.base_value(line), "number", kind)
    page.canvas.formula(row, RATE, active, float(page.state.shown_run[line][0, 0]), "changed", kind)


def _write_range(page: Page, assumption: Assumption, row: int) -> None:
    canvas, kind = page.canvas, assumption.unit.kind
    known, own = assumption.low is not None, page.canvas.name == SHEET and not assumption.follows
    if known or own:
        for column, value in ((LOW, assumption.low), (HIGH, assumption.high)):
            canvas.value(row, column, value, "input" if own else "issued", kind)
    if own:
        restrict_to_bounds(canvas.sheet, row, (LOW, HIGH), assumption)
    if known:
        for column, value in ((LOW_ISSUED, assumption.low), (HIGH_ISSUED, assumption.high)):
            canvas.value(row, column, value, "issued", kind)
    is_input = (
        assumption.path not in page.issue.model.looked_up
    )  # a price from the book is flagged on Prices instead
    pairs = ((VALUE, ISSUED),) * is_input + ((LOW, LOW_ISSUED), (HIGH, HIGH_ISSUED))
    same = ",".join(f"{get_column_letter(a)}{row}={get_column_letter(b)}{row}" for a, b in pairs)
    moved = is_input and page.state.values[assumption.path] != assumption.value
    canvas.formula(row, CHANGED, f"=IF(AND({same}),0,1)", float(moved), "changed", "flag")


def _write_origin(page: Page, assumption: Assumption, row: int, *, editable: bool) -> None:
    """Write source, day, owner, note and key; `editable` leaves all but the key to finance."""
    canvas = page.canvas
    missing: Role = "entry" if editable else "key"
    role: Role = "entry" if editable else "source"
    canvas.text(row, SOURCE, assumption.source or UNSOURCED, role if assumption.source else missing)
    day = float((assumption.as_of - EXCEL_EPOCH).days) if assumption.as_of else None
    if day is not None or editable:
        canvas.value(row, AS_OF, day, "entry_right" if editable else "note_right", "date")
    canvas.text(row, OWNER, assumption.owner, role)
    canvas.text(row, NOTE, assumption.note, role)
    canvas.text(row, KEY, assumption.path, "key")


def _restrict_origins(page: Page, rows: InputRows) -> None:
    """Restrict sources, owners and notes to short texts, and the days on which they were seen to days."""
    for column in (SOURCE, OWNER, NOTE, AS_OF):
        letter = get_column_letter(column)
        cells = f"{letter}{rows.first}:{letter}{rows.last}"
        if column == AS_OF:
            restrict_to_days(page.canvas.sheet, cells, NUMBER_HEADS[column])
        else:
            restrict_to_length(page.canvas.sheet, cells, TEXT_HEADS[column], LONGEST_TEXT)


def _write_active_value(page: Page, assumption: Assumption, row: int, now: float) -> None:
    """Write the effects of the run shown on an assumption, and its active value."""
    canvas, kind, looked_up = page.canvas, assumption.unit.kind, page.issue.model.looked_up
    if assumption.path in looked_up:
        now = float(page.state.shown_run[looked_up[assumption.path]][0, 0])
    value = get_column_letter(RATE if assumption.path in looked_up else VALUE)
    if not (assumption.reachable or _is_changed_by_a_run(page, assumption.path)):
        canvas.formula(row, ACTIVE, f"={value}{row}", now, "number", kind)
        return
    table = EffectTable(page.places)
    amounts = _effect_amounts(page, assumption.path)
    # Why an anchored key: LibreOffice groups identical look-ups in a column, and its what-if tables then miss them
    key = absolute(row, KEY)
    for operation, flag, amount in (
        ("set", SET, SET_TO),
        ("multiply", MULTIPLIED, MULTIPLY),
        ("add", ADDED, ADD),
    ):
        count = float(operation in amounts)
        canvas.formula(row, flag, f"=COUNTIFS({table.criteria(key, operation)})", count, "changed", "flag")
        total = f"=SUMIFS({table.amounts},{table.criteria(key, operation)})"
        canvas.formula(row, amount, total, amounts.get(operation, 0.0), "changed", "factor")
    s, to, m, by, add = (f"{get_column_letter(c)}{row}" for c in (SET, SET_TO, MULTIPLIED, MULTIPLY, ADD))
    # Why no IF: LibreOffice computes only the branch taken, and keeps the other branch's value from a what-if table
    formula = f"=({value}{row}*(1-{s})+{to})*({by}+(1-{m}))+{add}"
    active: Value = amounts.get("set", now) * amounts.get("multiply", 1.0) + amounts.get("add", 0.0)
    canvas.formula(row, ACTIVE, formula, active, "number", kind)


def _is_changed_by_a_run(page: Page, path: str) -> bool:
    """Return whether a run of the program changes an assumption, such as the bridge an obligation."""
    return any(effect.path == path for run in page.issue.runs for effect in run.effects)


def _effect_amounts(page: Page, path: str) -> dict[str, float]:
    return {
        effect.operation: effect.amount_in(page.state.values)
        for run in page.state.runs
        if run.name == page.state.shown
        for effect in run.effects
        if effect.path == path
    }


def is_within_bounds(assumption: Assumption, now: float) -> bool:
    """Return whether a value is within its bounds, as the live condition on the sheet computes it."""
    above, least, most = _bounds(assumption)
    return above < now and least <= now <= most


def is_within_range(assumption: Assumption, now: float) -> bool:
    """Return whether a value is within its range; True without one."""
    return (assumption.low is None or assumption.low <= now) and (
        assumption.high is None or now <= assumption.high
    )


def _bounds(assumption: Assumption) -> tuple[float, float, float]:
    bounds = assumption.bounds
    above = bounds.above if bounds.above is not None else -NO_LIMIT
    least = bounds.least if bounds.least is not None else -NO_LIMIT
    most = bounds.most if bounds.most is not None else bounds.below if bounds.below is not None else NO_LIMIT
    return above, least, most


def _write_bounds_flag(page: Page, assumption: Assumption, row: int, now: float) -> None:
    above, least, most = _bounds(assumption)
    for column, limit in ((ABOVE, above), (LEAST, least), (MOST, most)):
        page.canvas.value(row, column, limit, "changed", "decimal")
    cell, a, b, c = (f"{get_column_letter(x)}{row}" for x in (VALUE, ABOVE, LEAST, MOST))
    formula = f"=IF(AND({cell}>{a},{cell}>={b},{cell}<={c}),1,0)"
    page.canvas.formula(row, WITHIN, formula, float(is_within_bounds(assumption, now)), "changed", "flag")


def _write_range_flag(page: Page, assumption: Assumption, row: int) -> None:
    now = page.state.stated_value(assumption.path, page.issue.model)
    cell, low, high = (f"{get_column_letter(column)}{row}" for column in (VALUE, LOW, HIGH))
    ordered = f'=IF(AND(OR({low}="",{low}<={cell}),OR({high}="",{cell}<={high})),1,0)'
    page.canvas.formula(row, ORDERED, ordered, float(is_within_range(assumption, now)), "changed", "flag")


@dataclass(frozen=True, slots=True)
class EffectTable:
    """The effects on Runs as ranges and criteria of COUNTIFS and SUMIFS."""

    places: Places

    @property
    def amounts(self) -> str:
        """Return the range of the amounts."""
        return self.places.effects["amount"]

    def criteria(self, key: str, operation: str) -> str:
        """Return the criteria for the effects of the run shown with this key and operation."""
        at = self.places.effects
        return f'{at["on"]},1,{at["key"]},{key},{at["operation"]},"{operation}"'
