"""The top of the Checks sheet: the master check, the number of inputs changed since issue, and structural checks."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from reportgen.formula.nodes import EnteredValues, Line
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT, Places, absolute, quoted
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.sheets import inputs, runs
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.elements.sheet_head import Status
from reportgen.workbook.sheets.inputs import InputRows, is_within_bounds, is_within_range
from reportgen.workbook.sheets.prices import PriceRows
from reportgen.workbook.sheets.runs import RunRows
from reportgen.workbook.state import Issue, State

MASTER_ROW, CHANGED_ROW = TOP, TOP + 1
MASTER_TEXT_ROW, STATUS_ROW = TOP + 4, TOP + 5
HEAD_ROW = TOP + 8
ALL_PASS, FAIL, NO_RUN = "Checks: all pass", "CHECKS FAIL: see sheet Checks", "CHECKS FAIL: no such run"

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


def _status_text(issue: Issue, state: State) -> str:
    """Return what every head says of the checks."""
    return _master_text(issue, state) if state.run_number(state.shown) else NO_RUN


def head_status(issue: Issue, state: State) -> Status:
    """Return the live texts of every sheet's head."""
    shown = f'="Run shown: "&{quoted("Runs")}{absolute(runs.SELECTOR, FIRST)}'
    said = f"=Checks!{absolute(STATUS_ROW, FIRST)}"
    return Status((shown, f"Run shown: {state.shown}"), (said, _status_text(issue, state)))


def staleness_flag(changed: float) -> FormulaValue | tuple[str, str]:
    """Return formula and text of the flag of static results: whether inputs were changed since issue."""
    text = "inputs changed since issue: these are stale"
    value = text if changed else "as issued: inputs are unchanged"
    return f'=IF(Checks!{absolute(CHANGED_ROW, FIRST)}>0,"{text}","as issued: inputs are unchanged")', value


def count_changes(page: Page) -> float:
    """Return the number of inputs, probabilities and effects that differ from their values as issued."""
    values, looked_up = page.state.values, page.issue.model.looked_up
    changed = (
        a.path for a in page.issue.assumptions if a.path not in looked_up and values[a.path] != a.value
    )
    rows = {path.removesuffix(".effective") for path in changed}  # a rate and its first day share a row
    now = [effect.amount_in(page.state.values) for run in page.state.runs for effect in run.effects]
    issued = [effect.amount for run in page.issue.runs for effect in run.effects]
    return float(len(rows) + sum(a != b for a, b in zip(now, issued, strict=True)))


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
    canvas.text(CHANGED_ROW, LABEL, "Changed since issue", "label")
    canvas.text(CHANGED_ROW, UNIT, "inputs", "unit")
    canvas.formula(
        CHANGED_ROW,
        FIRST,
        _change_count_formula(page.places, rows, run_rows, price_rows),
        count_changes(page),
        "number",
        "count",
    )
    _write_status(page)
    for column, text in ((LABEL, "Structure"), (UNIT, "Unit")):
        canvas.text(HEAD_ROW, column, text, "header_rule")
    for shift, text in enumerate(("Left side", "Right side", "Difference", "Passes")):
        canvas.text(HEAD_ROW, FIRST + shift, text, "header_rule_right")
    canvas.text(HEAD_ROW, FIRST + 4, "Sheet", "header_rule")
    for number, check in enumerate(checks):
        _write_check(page, first + number, check)


def _write_status(page: Page) -> None:
    """Write the text of every head, in steps of one condition each."""
    canvas, issue, state = page.canvas, page.issue, page.state
    chosen = f"{quoted(runs.SHEET)}{absolute(runs.CHOSEN, FIRST)}"
    master, text = absolute(MASTER_ROW, FIRST), absolute(MASTER_TEXT_ROW, FIRST)
    steps = (
        (MASTER_TEXT_ROW, "The master check in words", f'=IF({master}>=1,"{ALL_PASS}","{FAIL}")', _master_text(issue, state)),
        (STATUS_ROW, "In the head of every sheet", f'=IF({chosen}>0,{text},"{NO_RUN}")', _status_text(issue, state)),
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
    agrees = f"=IF(ABS({gap})<=1E-9*MAX(ABS({left}),ABS({right}),1),1,0)"
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
    by_path = {assumption.path: assumption for assumption in page.issue.assumptions}
    input_paths = [path for _, path, _ in rows.rates] + [path for _, path in rows.retirements]
    within = float(sum(is_within_bounds(by_path[path], page.state.values[path]) for path in input_paths))
    count = (f'=COUNTIFS({rows.column(inputs.KEY)},"?*")', float(len(input_paths)))
    return (
        StructureCheck(
            "Every rate is a number within its bounds", "Prices", (f"=SUM({rows.column(inputs.WITHIN)})", within), count
        ),
    )  # fmt: skip


def _change_count_formula(
    places: Places, rows: InputRows, run_rows: RunRows, price_rows: PriceRows | None
) -> str:
    cells = [
        f"SUM({rows.column(inputs.CHANGED)})",
        f"SUM({run_rows.effects(runs.CHANGED, quoted(runs.SHEET))})",
    ]
    if price_rows:
        cells.append(f"SUM({price_rows.column(inputs.CHANGED)})")
    for line, place in places.lines.items():
        if isinstance(line.formula, EnteredValues):
            first, last = (
                absolute(place.at(position)[0], place.column + 2) for position in (0, place.size - 1)
            )
            cells.append(f"SUM({quoted(place.sheet)}{first}:{last})")
    return "=" + "+".join(cells)
