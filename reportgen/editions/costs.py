"""A case worked out at many points at once: full cost, with the risks run again at each point."""

from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.compare.edition import Outcome
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE, Array, Run
from reportgen.framing.outline import outline_of, spare_values
from reportgen.model.case import business_case
from reportgen.model.outline import Outline
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.schedules import schedules


def outcomes(case: Case, points: Sequence[Mapping[str, float]]) -> tuple[Outcome, ...]:
    """Work a case out at each point (MODEL, "Full economic cost": core and the expected impact of every risk)."""
    rows = assumptions(case)
    outline = outline_of(case, rows)
    base = {row.path: row.value for row in rows} | spare_values()
    stated = [_priced(case, {**base, **point}) for point in points]
    runs = (Run(BASE), *(run for run in outline.purposes("risk") if run.effects))
    evaluation = Evaluation(_arrays(stated, runs))
    chances = _chances(stated, outline, runs)
    full, tco = {}, {}
    for option in business_case(outline).options:
        core = _by_point(evaluation, option.core, len(points), len(runs))
        full[option.key] = core[:, 0] + ((core - core[:, :1]) * chances).sum(axis=1)
        tco[option.key] = _by_point(evaluation, option.tco, len(points), len(runs))[:, 0]
    eligible = [option.key for option in outline.options if not option.failed]
    return tuple(_outcome(full, tco, eligible, place) for place in range(len(points)))


def _priced(case: Case, values: dict[str, float]) -> dict[str, float]:
    """Give prices out of the book the value of their first rate."""
    for schedule in schedules(case):
        first = schedule.rates[0]
        values[schedule.path] = values[first.path] * (
            values[first.exchange_rate] if first.exchange_rate else 1.0
        )
    return values


def _arrays(stated: Sequence[Mapping[str, float]], runs: Sequence[Run]) -> dict[str, Array]:
    """Lay out every point's runs under each other: shape (points x runs, 1), or (1, 1) where nothing differs."""
    moved = {effect.path for run in runs for effect in run.effects}
    active: dict[str, Array] = {}
    for path, first in stated[0].items():
        if path in moved:
            active[path] = np.array([[_active(values[path], path, run)] for values in stated for run in runs])
        elif any(values[path] != first for values in stated):
            active[path] = np.repeat([[values[path]] for values in stated], len(runs), axis=0)
        else:
            active[path] = np.array([[first]])
    return active


def _active(value: float, path: str, run: Run) -> float:
    amounts = {effect.operation: effect.amount for effect in run.effects if effect.path == path}
    return amounts.get("set", value) * amounts.get("multiply", 1.0) + amounts.get("add", 0.0)


def _chances(stated: Sequence[Mapping[str, float]], outline: Outline, runs: Sequence[Run]) -> Array:
    """Give the probability of every run at every point; the base case counts once, before any impact."""
    by_name = {risk.name: risk.probability for risk in outline.real_risks}
    return np.array([[0.0, *(values[by_name[run.name]] for run in runs[1:])] for values in stated])


def _by_point(evaluation: Evaluation, line: Line, points: int, runs: int) -> Array:
    wide = np.broadcast_to(evaluation[line], (points * runs, 1))
    return np.asarray(wide, dtype=float).reshape(points, runs)


def _outcome(
    full: Mapping[str, Array], tco: Mapping[str, Array], eligible: Sequence[str], place: int
) -> Outcome:
    costs = {key: float(amounts[place]) for key, amounts in full.items()}
    best = min(eligible, key=lambda key: costs[key], default=None)
    return Outcome(costs, {key: float(amounts[place]) for key, amounts in tco.items()}, best)
