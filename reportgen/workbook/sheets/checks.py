"""The top of the Checks sheet: the master check, the number of inputs changed since issue, and structural checks."""

from openpyxl.utils import get_column_letter

from reportgen.formula.excel import number
from reportgen.formula.nodes import EnteredValues, Line
from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT, Places, absolute, quoted
from reportgen.workbook.layout.cell_styles import Shape
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.sheets import inputs, runs
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.elements.sheet_head import Status
from reportgen.workbook.sheets.inputs import InputRows, is_within_bounds, is_within_range
from reportgen.workbook.sheets.prices import PriceRows, is_complete
from reportgen.workbook.sheets.runs import RunRows
from reportgen.workbook.state import Issue, State
from reportgen.workbook.state import count_changes as state_changes

SHEET = "Checks"
MASTER_ROW, CHANGED_ROW = TOP, TOP + 1
MOVED_ROW, SUM_ROW, PRICE_SUM_ROW, FILLED_ROW = TOP + 2, TOP + 3, TOP + 4, runs.FILLED[1]
AS_ISSUED_ROW = runs.AS_ISSUED[1]
MASTER_TEXT_ROW, RUN_TEXT_ROW, STALE_TEXT_ROW, WHAT_IF_TEXT_ROW = range(TOP + 7, TOP + 11)
HEAD_ROW = TOP + 12
ALL_PASS, FAIL, NO_RUN = "Checks: all pass", "CHECKS FAIL: see sheet Checks", "CHECKS FAIL: no such run"
TOLERANCE = number(1e-9)
STALE = "; changed since issue, futures not drawn again"
"""Said where simulation and other static results are no longer of what the workbook shows."""
AS_ISSUED = "what-if results as issued: this program has not calculated them"
HOLD = "what-if results hold"
"""What the head says of the what-if results, and of those that are those of the inputs now."""

FormulaValue = tuple[str, float]
"""A formula and its cached value."""


@dataclass(frozen=True, slots=True)
class StructureCheck:
    """A check of the workbook's structure, which no line of the model can express: name, sheet and both sides."""

    name: str
    sheet: str
    left: FormulaValue
    right: FormulaValue


def all_checks_pass(issue: Issue, state: State) -> bool:
    """Return whether every check passes: the model's own, and all inputs within their bounds and ranges."""
    passes = next(line for line in issue.model.lines() if line.key == "checks.passes")
    assumptions = inputs.input_assumptions(issue)
    held = all(
        is_within_bounds(a, now) and is_within_range(a, now)
        for a, now in ((a, state.stated_value(a.path, issue.model)) for a in assumptions)
    )
    return held and state.run_number(state.shown) > 0 and all(value == 1 for value in state.series(passes))


def _master_text(issue: Issue, state: State) -> str:
    return ALL_PASS if all_checks_pass(issue, state) else FAIL


def _run_text(issue: Issue, state: State) -> str:
    return _master_text(issue, state) if state.run_number(state.shown) else NO_RUN


def _stale_text(issue: Issue, state: State) -> str:
    return _run_text(issue, state) + (STALE if state_changes(issue, state) else "")


def _what_if_text(page: Page) -> str:
    """Return what every head says of the what-if results."""
    without = page.issue.what_if == "issued" and count_changes(page, of_runs=True) > 0
    return AS_ISSUED if without else HOLD


def head_status(page: Page) -> Status:
    """Return the live texts of every sheet's head."""
    shown = f'="Run shown: "&{quoted("Runs")}{absolute(runs.NAMED, FIRST)}'
    said, as_issued = (f"=Checks!{absolute(row, FIRST)}" for row in (STALE_TEXT_ROW, WHAT_IF_TEXT_ROW))
    return Status(
        (shown, f"Run shown: {page.state.shown}"),
        (said, _stale_text(page.issue, page.state)),
        (as_issued, _what_if_text(page)),
    )


def master_sentence(page: Page) -> tuple[str, str]:
    """Return what the cover says of the checks and of the what-if results, as formula and text."""
    said, as_issued = (f"Checks!{absolute(row, FIRST)}" for row in (STALE_TEXT_ROW, WHAT_IF_TEXT_ROW))
    status, what_if = _stale_text(page.issue, page.state), _what_if_text(page)
    formula = f'={said}&IF({as_issued}="{HOLD}","","; "&{as_issued})'
    return formula, status if what_if == HOLD else f"{status}; {what_if}"


def staleness_flag(changed: float) -> FormulaValue | tuple[str, str]:
    """Return formula and text of the flag of static results: whether inputs were changed since issue."""
    text = "inputs changed since issue: these are stale"
    value = text if changed else "as issued: inputs are unchanged"
    return f'=IF(Checks!{absolute(CHANGED_ROW, FIRST)}>0,"{text}","as issued: inputs are unchanged")', value


def count_changes(page: Page, *, of_runs: bool = False) -> float:
    """Return the number of inputs and effects that differ from their values as issued.

    `of_runs` leaves out probabilities, weights and scores, which no run reads.
    """
    every = {a.path for a in page.issue.assumptions}
    return state_changes(page.issue, page.state, every - _run_inputs(page) if of_runs else set())


def _run_inputs(page: Page) -> set[str]:
    """Return the paths of the inputs on Inputs and Prices, which the runs read."""
    lines = page.places.lines
    entered = {
        path for line in lines if isinstance(line.formula, EnteredValues) for path in line.formula.paths
    }
    return {a.path for a in page.issue.assumptions} - entered


def write_master_check(
    page: Page, rows: InputRows, run_rows: RunRows, price_rows: PriceRows | None, passes: Line
) -> None:
    """Write the master check, the count of changes and the structural checks."""
    canvas = page.canvas
    checks = _structure_checks(page, rows, run_rows, price_rows)
    first = HEAD_ROW + 1
    own = f"{absolute(first, FIRST + 3)}:{absolute(first + len(checks) - 1, FIRST + 3)}"
    canvas.text(MASTER_ROW, LABEL, "Master check", "label_total")
    canvas.text(MASTER_ROW, UNIT, "1 = all pass", "unit")
    canvas.formula(
        MASTER_ROW,
        FIRST,
        f"=IFERROR(IF(MIN({own},{page.addresses.line_range(passes)})>=1,1,0),0)",
        float(all_checks_pass(page.issue, page.state)),
        "total",
        "flag",
    )
    _write_changes(page, rows, run_rows, price_rows)
    _write_filled(page)
    _write_as_issued(page)
    _write_status(page)
    for column, text in ((LABEL, "Structure"), (UNIT, "Unit")):
        canvas.text(HEAD_ROW, column, text, "header_rule")
    for shift, text in enumerate(("Left side", "Right side", "Difference", "Passes")):
        canvas.text(HEAD_ROW, FIRST + shift, text, "header_rule_right")
    canvas.text(HEAD_ROW, FIRST + 4, "Sheet", "header_rule")
    for place, check in enumerate(checks):
        _write_check(page, first + place, check)


def _write_changes(page: Page, rows: InputRows, run_rows: RunRows, price_rows: PriceRows | None) -> None:
    """Write the number of changes since issue, the number of those that the runs read, and the sums of these."""
    prefix, sums = quoted(runs.SHEET), _sums_of_changes(page)
    amounts = (run_rows.effects(runs.AMOUNT, prefix), run_rows.effects(runs.ISSUED, prefix))
    on_prices: tuple[str, ...] = ("0",)
    if price_rows:
        pairs = ((inputs.VALUE, inputs.ISSUED), (inputs.LOW, inputs.HIGH))  # amounts, first days
        on_prices = tuple(_difference(*(price_rows.column(column) for column in pair)) for pair in pairs)
    table = (
        (CHANGED_ROW, "Changed since issue", "inputs", (absolute(MOVED_ROW, FIRST), *_entered_change_counts(page.places)), count_changes(page)),
        (MOVED_ROW, "of these, what the runs read", "inputs", _change_counts(rows, run_rows, price_rows), count_changes(page, of_runs=True)),
        (
            SUM_ROW, "Sum of these changes, inputs and effects", "mixed",
            (_difference(rows.column(inputs.VALUE), rows.column(inputs.ISSUED)), _difference(*amounts)), sums[0],
        ),
        (PRICE_SUM_ROW, "and of rates and their days", "mixed", on_prices, sums[1]),
    )  # fmt: skip
    for row, label, unit, terms, value in table:
        page.canvas.text(row, LABEL, label, "label")
        page.canvas.text(row, UNIT, unit, "unit")
        shape: Shape = "count" if unit == "inputs" else "factor"
        page.canvas.formula(row, FIRST, f"={'+'.join(terms)}", value, "number", shape)


def _difference(now: str, issued: str) -> str:
    return f"SUM({now})-SUM({issued})"


def _sums_of_changes(page: Page) -> tuple[float, float]:
    """Return the sums of the changes since issue: of inputs and effects, of dated rates and their first days."""
    state, model = page.state, page.issue.model
    own = {a.path for a in inputs.input_assumptions(page.issue)}
    now = sum(state.stated_value(a.path, model) - a.value for a in page.issue.assumptions if a.path in own)
    effects = [effect.amount_in(state.values) for run in state.runs for effect in run.effects]
    issued = [effect.amount for run in page.issue.runs for effect in run.effects]
    rates = [a for a in page.issue.assumptions if a.path not in own and a.path in _run_inputs(page)]
    return now + sum(effects) - sum(issued), float(sum(state.values[a.path] - a.value for a in rates))


def _write_filled(page: Page) -> None:
    """Write whether the program has calculated the what-if tables since the last change; 0 where there are none."""
    page.canvas.text(FILLED_ROW, LABEL, "What-if tables calculated", "label")
    page.canvas.text(FILLED_ROW, UNIT, "1 = yes", "unit")
    if page.issue.what_if == "issued":
        page.canvas.value(FILLED_ROW, FIRST, 0.0, "number", "flag")
        return
    moved, sums = absolute(MOVED_ROW, FIRST), f"({absolute(SUM_ROW, FIRST)}+{absolute(PRICE_SUM_ROW, FIRST)})"
    sheet, row, column = page.places.probe
    count, total = (f"{quoted(sheet)}{absolute(row, column + shift)}" for shift in (0, 1))
    agrees = f"ABS({count}-{moved})<1,ABS({total}-{sums})<={TOLERANCE}*MAX(ABS{sums},1)"
    page.canvas.formula(FILLED_ROW, FIRST, f"=IFERROR(IF(AND({agrees}),1,0),0)", 1.0, "number", "flag")


def probe_heads(page: Page) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return the number and the sum of the changes that the runs read, as formulas of another sheet with their values."""
    moved, *sums = (f"{quoted(SHEET)}{absolute(row, FIRST)}" for row in (MOVED_ROW, SUM_ROW, PRICE_SUM_ROW))
    changes = sum(_sums_of_changes(page))
    return (f"={moved}", count_changes(page, of_runs=True)), (f"={'+'.join(sums)}", changes)


def _write_as_issued(page: Page) -> None:
    """Write whether static results hold: nothing was changed since issue; choosing a run is no change."""
    formula = f"=IF({absolute(CHANGED_ROW, FIRST)}<1,1,0)"
    holds = not count_changes(page)
    page.canvas.text(AS_ISSUED_ROW, LABEL, "All as issued", "label")
    page.canvas.text(AS_ISSUED_ROW, UNIT, "1 = yes", "unit")
    page.canvas.formula(AS_ISSUED_ROW, FIRST, formula, float(holds), "number", "flag")


def _write_status(page: Page) -> None:
    """Write the text of every head, in steps of one condition each."""
    canvas, issue, state = page.canvas, page.issue, page.state
    chosen = f"{quoted(runs.SHEET)}{absolute(runs.CHOSEN, FIRST)}"
    master, text = absolute(MASTER_ROW, FIRST), absolute(MASTER_TEXT_ROW, FIRST)
    changed, moved, filled, run_text = (
        absolute(row, FIRST) for row in (CHANGED_ROW, MOVED_ROW, FILLED_ROW, RUN_TEXT_ROW)
    )
    steps = (
        (MASTER_TEXT_ROW, "The master check in words", f'=IF({master}>=1,"{ALL_PASS}","{FAIL}")', _master_text(issue, state)),
        (RUN_TEXT_ROW, "or that there is no such run", f'=IF({chosen}>0,{text},"{NO_RUN}")', _run_text(issue, state)),
        (
            STALE_TEXT_ROW, "In the head of every sheet: and that something was changed", f'={run_text}&IF({changed}>0,"{STALE}","")',
            _stale_text(issue, state),
        ),
        (
            WHAT_IF_TEXT_ROW, "and below it, of the what-if results", f'=IF(AND({moved}>0,{filled}<1),"{AS_ISSUED}","{HOLD}")',
            _what_if_text(page),
        ),
    )  # fmt: skip
    for row, label, formula, value in steps:
        canvas.text(row, LABEL, label, "label")
        canvas.text(row, UNIT, "text", "unit")
        canvas.formula(row, FIRST, formula, value, "label", "text")


def _write_check(page: Page, row: int, check: StructureCheck) -> None:
    canvas = page.canvas
    canvas.text(row, LABEL, check.name, "label")
    canvas.text(row, UNIT, "count", "unit")
    canvas.formula(row, FIRST, *check.left, "number", "count")
    canvas.formula(row, FIRST + 1, *check.right, "number", "count")
    left, right, gap = (f"{get_column_letter(FIRST + shift)}{row}" for shift in range(3))
    difference = check.left[1] - check.right[1]
    canvas.formula(row, FIRST + 2, f"={left}-{right}", difference, "number", "count")
    agrees = f"=IF(ABS({gap})<={TOLERANCE}*MAX(ABS({left}),ABS({right}),1),1,0)"
    canvas.formula(row, FIRST + 3, agrees, float(difference == 0), "number", "flag")
    canvas.text(row, FIRST + 4, check.sheet, "source")


def _structure_checks(
    page: Page, rows: InputRows, run_rows: RunRows, price_rows: PriceRows | None
) -> tuple[StructureCheck, ...]:
    assumptions = [
        (a, page.state.stated_value(a.path, page.issue.model)) for a in inputs.input_assumptions(page.issue)
    ]
    within, ordered = (
        float(sum(test(a, now) for a, now in assumptions)) for test in (is_within_bounds, is_within_range)
    )
    keys = f'=COUNTIFS({rows.column(inputs.KEY)},"?*")'
    count = float(len(rows.rows))
    effects = float(run_rows.last_effect - run_rows.first + 1)
    prefix = quoted(runs.SHEET)
    counts = (inputs.SET, inputs.MULTIPLIED, inputs.ADDED)
    most = ",".join(f"MAX({rows.column(column)})" for column in counts)
    chosen = f"=IF({prefix}{absolute(runs.CHOSEN, FIRST)}>0,1,0)"
    found = f"=SUM({run_rows.found(prefix)})"
    numbers, size = f"=SUM({run_rows.numbers(prefix)})", len(page.state.runs)
    every_run = size * (size + 1) / 2
    shown = min(page.state.run_number(page.state.shown), 1.0)
    return (
        StructureCheck(
            "Every input is a number within its bounds", "Inputs", (f"=SUM({rows.column(inputs.WITHIN)})", within), (keys, count)
        ),
        StructureCheck(
            "No low above its value, no value above its high", "Inputs",
            (f"=SUM({rows.column(inputs.ORDERED)})", ordered), (keys, count),
        ),
        StructureCheck("The run shown exists", "Runs", (chosen, shown), ("=1", 1.0)),
        StructureCheck("No two runs have the same name", "Runs", (found, every_run), (numbers, every_run)),
        StructureCheck(
            "Every effect names a run and an assumption", "Runs",
            (f"=SUM({run_rows.effects(runs.KNOWN, prefix)})", effects),
            (f'=COUNTIFS({run_rows.effects(runs.KNOWN, prefix)},">=0")', effects),
        ),
        StructureCheck(
            "One effect per assumption and operation, run shown", "Inputs", (f"=MAX({most},1)", 1.0), ("=1", 1.0)
        ),
        *(_price_checks(page, price_rows) if price_rows else ()),
    )  # fmt: skip


def _price_checks(page: Page, rows: PriceRows) -> tuple[StructureCheck, ...]:
    """Return the structural checks of the Prices sheet."""
    by_path, values = {row.path: row for row in page.issue.assumptions}, page.state.values
    input_paths = [path for _, path, _ in rows.rates] + [path for _, path in rows.retirements]
    fit = [is_complete(by_path[amount], by_path[day], values) for _, amount, day in rows.rates]
    fit += [is_within_bounds(by_path[path], values[path]) for _, path in rows.retirements]
    within = float(sum(fit))
    count = (f'=COUNTIFS({rows.column(inputs.KEY)},"?*")', float(len(input_paths)))
    return (
        StructureCheck(
            "Every rate is within its bounds, a spare one with a day has an amount", "Prices", (f"=SUM({rows.column(inputs.WITHIN)})", within), count
        ),
    )  # fmt: skip


def _change_counts(rows: InputRows, run_rows: RunRows, price_rows: PriceRows | None) -> tuple[str, ...]:
    """Return the counts of changed inputs that the runs read: on Inputs, Runs and Prices."""
    return (
        f"SUM({rows.column(inputs.CHANGED)})",
        f"SUM({run_rows.effects(runs.CHANGED, quoted(runs.SHEET))})",
        *((f"SUM({price_rows.column(inputs.CHANGED)})",) if price_rows else ()),
    )


def _entered_change_counts(places: Places) -> tuple[str, ...]:
    """Return the counts of changed inputs on other sheets: probabilities, weights and scores."""
    counts = []
    for line, place in places.lines.items():
        if isinstance(line.formula, EnteredValues):
            first, last = (
                absolute(place.at(position)[0], place.column + 2) for position in (0, place.size - 1)
            )
            counts.append(f"SUM({quoted(place.sheet)}{first}:{last})")
    return tuple(counts)
