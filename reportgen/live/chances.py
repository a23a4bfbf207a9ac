"""What the page draws at random: ranges, risks and bounds, as tables for futures.js."""

from collections.abc import Iterator, Mapping

from reportgen.analysis import Analysis
from reportgen.binding.outline import labels
from reportgen.binding.together import moving_together
from reportgen.formula.nodes import Line
from reportgen.formula.runs import Run
from reportgen.live.layout import Layout
from reportgen.live.script import OPERATIONS
from reportgen.uncertainty.variables import limits

DISTRIBUTIONS = {"triangular": 0, "uniform": 1, "pert": 2, "lognormal": 3}


def chances(analysis: Analysis, layout: Layout, lines: Mapping[str, Line]) -> dict[str, object]:
    """Return the tables of what is drawn, and where TCO and core of every option stand."""
    case, rows = analysis.case, analysis.assumptions
    groups, names = moving_together(case, rows), labels(case, rows)
    ranges = [
        {
            "input": layout.inputs[row.path], "stream": min(one.path for one in group),
            "distribution": DISTRIBUTIONS[row.distribution], "low": row.low, "high": row.high,
        }
        for group in groups for row in group
    ]  # fmt: skip
    runs = {run.name: run for run in analysis.runs if run.purpose == "risk"}
    events = [
        {"id": risk.id, "name": risk.name, "probability": layout.inputs[f"risks.{risk.id}.probability"]}
        for risk in case.risks
    ]
    changed: dict[int, list[list[float]]] = {int(str(one["input"])): [] for one in ranges}
    for place, risk in enumerate(case.risks):
        for input_place, change in _effects(runs[risk.name], layout):
            changed.setdefault(input_place, []).append([place, *change])
    bounds = {layout.inputs[row.path]: limits(row.bounds) for row in rows}
    looked = {layout.inputs[path]: place for path, place in layout.looked_up.items() if path in layout.inputs}
    places = {line: place for place, line in enumerate(layout.lines)}
    return {
        "seed": case.simulation.seed, "draws": case.simulation.draws, "confidence": case.simulation.confidence,
        "ranges": ranges, "groups": [[layout.inputs[row.path] for row in group] for group in groups],
        "eligible": [option.eligible for option in analysis.results.options],
        "labels": [names.get(group[0].path, group[0].label) for group in groups],
        "events": events,
        "changed": [
            [place, effects, looked.get(place, 0), *map(_finite, bounds[place])] for place, effects in changed.items()
        ],
    } | {
        amount: [
            [places[line], layout.places[line][1]]
            for line in (lines[f"options.{key}.{amount}"] for key in case.options)
        ]
        for amount in ("tco", "core")
    }  # fmt: skip


def _effects(run: Run, layout: Layout) -> Iterator[tuple[int, list[float]]]:
    for effect in run.effects:
        yield layout.inputs[effect.path], [OPERATIONS[effect.operation], effect.amount]


def _finite(end: float) -> float:
    """Return a bound as a number that JSON has."""
    return min(max(end, -1e300), 1e300)
