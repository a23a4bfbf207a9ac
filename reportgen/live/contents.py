"""What the live page shows beside the model: its controls, its options, and the answer as issued, as plain data."""

from collections.abc import Iterable, Iterator, Mapping

from reportgen.analysis import Analysis
from reportgen.binding.outline import labels
from reportgen.binding.prices import price_values
from reportgen.formula.dependencies import dependencies
from reportgen.formula.runs import Run
from reportgen.live.chances import chances
from reportgen.live.layout import Layout, layout_of
from reportgen.live.script import OPERATIONS
from reportgen.live.split import as_issued
from reportgen.report.charts.drawing.money import Notation, money_table
from reportgen.report.charts.drawing.palette import CATEGORIES
from reportgen.report.views.context import ViewContext
from reportgen.schema.assumptions import Assumption

FIRST = 12
"""The number of assumptions that stand before the search: those whose ranges move the answer most."""
PREFIXES = (
    "summary.", "decision.", "tco.", "cumulative.", "ladder.volume", "ladder.tco.", "risks.expected.", "risks.impact.",
    "bridge.", "sensitivity.low.", "sensitivity.high.", "runs.core.",
)  # fmt: skip
"""The beginnings of the keys of the lines that the page shows."""
USUAL = {
    "low": None,
    "high": None,
    "least": None,
    "most": None,
    "open": False,
    "whole": False,
    "first": -1,
    "risk": False,
}
"""What a control has where nothing else is said: most have most of it, and a page has hundreds of controls."""
SUFFIXES = (".exit_cost", ".expected_exit", ".opportunity_by_month", ".opportunity")


def page_layout(analysis: Analysis) -> tuple[Layout, dict[str, float]]:
    """Lay out the model of an analysed case, with the lines of the split; give the value of every input by its path, too."""
    values = {row.path: row.value for row in analysis.inputs} | price_values(analysis.case)
    split = analysis.split.lines if analysis.split else None
    searched = list(split.lines()) if split else []
    values |= dict.fromkeys(split.flags if split else (), 0.0)
    return layout_of(list(analysis.model.lines()), list(values), searched), values


def contents(analysis: Analysis, context: ViewContext, layout: Layout) -> dict[str, object]:
    """Return the data of the page: what it is about, controls, options, lines and the results as issued."""
    results, case = analysis.results, analysis.case
    return {
        "title": analysis.title, "file": analysis.file.name, "fingerprint": analysis.fingerprint, "edition": analysis.edition,
        "years": results.years, "months": 12 * results.years, "horizon": context.paper.horizon, "baseline": case.baseline,
        "confidence": results.confidence, "notation": _notation(context.figures.notation),
        "options": [
            {
                "key": option.key, "name": option.name, "short": option.short_name,
                "fill": context.colours[option.key].fill, "eligible": option.eligible,
                "unknown": list(option.not_quantified), "contingency": option.contingency,
            }
            for option in results.options
        ],
        "categories": [[key, fill, _category(analysis, key)] for key, fill in CATEGORIES.items()],
        "swings": [
            {"label": swing.label, "first": layout.inputs[swing.path]} for swing in results.swings
        ],
        "risks": [
            {"name": risk.name, "path": f"risks.{risk.id}.probability"} for risk in case.risks
        ],
        "scenarios": [_scenario(run, layout) for run in analysis.runs if run.purpose == "scenario"],
        "usual": USUAL, "controls": [_shortened(control) for control in _controls(analysis, layout)],
        "lines": _lines(layout),
        "issued": {
            "recommended": results.recommended, "runnerUp": results.runner_up, "lead": results.lead, "verdict": results.verdict,
            "reasons": list(results.reasons), "holds": results.simulation.holds if results.simulation else None,
        },
        "unanswered": _unanswered(analysis),
        "split": as_issued(analysis),
    }  # fmt: skip


def variables(analysis: Analysis, layout: Layout) -> dict[str, object]:
    """Return the tables of what the page draws at random."""
    return chances(analysis, layout, analysis.model.names)


def _notation(notation: Notation) -> dict[str, object]:
    return {
        "currency": notation.currency, "point": notation.point, "group": notation.group, "percent": notation.percent,
        "symbol": notation.symbol, "indian": notation.indian, "cents": notation.cents,
        "table": [[min(row[0], 1e300), *row[1:]] for row in money_table(notation)],
    }  # fmt: skip


def _category(analysis: Analysis, key: str) -> str:
    """Return the name of a cost category, as its line in the workbook has it."""
    return next((line.label for line in analysis.model.lines() if line.key == f"tco.{key}"), key)


def _unanswered(analysis: Analysis) -> dict[str, list[str]]:
    """List what is asked for of each option and not quantified, as the word names it."""
    in_use = {key for key, option in analysis.case.services.items() if option.until_live == key}
    return {
        option.key: [
            part if part == "risk" else f"{part} of {option.short_name}"
            for part in option.not_quantified
            if part != "exit" or option.key not in in_use
        ]
        for option in analysis.results.options
    }


def _scenario(run: Run, layout: Layout) -> dict[str, object]:
    changes = [
        [layout.inputs[effect.path], OPERATIONS[effect.operation], effect.amount] for effect in run.effects
    ]
    return {"name": run.name, "changes": changes}


def _lines(layout: Layout) -> dict[str, list[object]]:
    """List where the lines that the page shows stand, by key: array, first index, size."""
    return {
        line.key: [*layout.places[line], line.axis.size]
        for line in layout.lines[: layout.answer]
        if line.key.startswith(PREFIXES) or line.key.endswith(SUFFIXES)
    }


def _controls(analysis: Analysis, layout: Layout) -> Iterator[dict[str, object]]:
    """Yield a control for every input: what it is called, its value, its range and bounds, and its place among the first."""
    first, names = _first(analysis), labels(analysis.case, analysis.assumptions)
    currency = analysis.case.case.currency
    for row in analysis.assumptions:
        if not row.is_input or row.unit.kind in ("date", "text"):
            continue
        bounds = row.bounds
        yield {
            "path": row.path, "label": names.get(row.path, row.label), "group": row.group, "unit": row.unit.text(currency), "kind": row.unit.kind,
            "input": layout.inputs[row.path], "value": row.value, "low": row.low, "high": row.high,
            "least": bounds.above if bounds.least is None else bounds.least, "open": bounds.least is None,
            "most": bounds.below if bounds.most is None else bounds.most, "whole": bounds.whole,
            "first": first.get(row.path, -1), "risk": row.path.startswith("risks."),
        }  # fmt: skip


def _shortened(control: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in control.items() if name not in USUAL or value != USUAL[name]}


def _first(analysis: Analysis) -> dict[str, int]:
    """Return the assumptions that stand first, in their order: volume, growth, then by the width of their swing."""
    inputs = {row.path: row for row in analysis.assumptions if row.is_input}
    volume = (
        "workload.tokens_per_month" if "workload.tokens_per_month" in inputs else "workload.volume_factor"
    )
    results = analysis.results
    best, second = results.recommended, results.runner_up
    swings = sorted(
        results.swings, key=lambda swing: -swing.lead_width(best, second) if best and second else 0.0
    )
    wanted = [volume, "workload.annual_growth"]
    for swing in swings[:FIRST]:
        wanted += [path for path in swing.paths[:1] if path in inputs] or list(
            _rates(analysis, swing.path, inputs)
        )
    wanted += [path for path in inputs if path.endswith(".exit_month")]
    return {
        path: place for place, path in enumerate(dict.fromkeys(path for path in wanted if path in inputs))
    }


def _rates(analysis: Analysis, path: str, inputs: Mapping[str, Assumption]) -> Iterable[str]:
    """Return the first rate that an assumption is looked up from."""
    line = analysis.model.looked_up.get(path)
    if line is None:
        return ()
    return sorted(_amounts(dependencies(line)[line], inputs))[:1]


def _amounts(paths: Iterable[str], inputs: Mapping[str, Assumption]) -> Iterator[str]:
    for path in paths:
        row = inputs.get(path)
        if row and path.startswith("prices.") and row.given and row.unit.kind == "price":
            yield path
