"""Vectorised evaluation of a case at many points: full cost, with every risk evaluated at each point."""

from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.binding.outline import outline_of, spare_values
from reportgen.binding.prices import price_values
from reportgen.compare.outcome import Outcome
from reportgen.formula.comparison import first_lowest
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE, Array, Run, active_values_at
from reportgen.model.case import business_case
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case

Values = Mapping[str, float]


def outcomes(case: Case, points: Sequence[Values]) -> tuple[Outcome, ...]:
    """Evaluate a case at each point (MODEL, "Full economic cost": core plus the expected impact of every risk).

    A point maps assumption paths to values; other assumptions keep the value of the case.
    """
    rows = assumptions(case)
    outline = outline_of(case, rows)
    base = {row.path: row.value for row in rows} | spare_values() | price_values(case)
    points_values = [{**base, **point} for point in points]
    risks = {risk.name: risk.probability for risk in outline.real_risks}
    runs = (Run(BASE), *(run for run in outline.purposes("risk") if run.name in risks))
    evaluation = Evaluation(active_values_at(points_values, runs))
    probabilities = np.array(
        [[0.0, *(values[risks[run.name]] for run in runs[1:])] for values in points_values]
    )
    full, tco = {}, {}
    for option in business_case(outline).options:
        core = _by_point(evaluation, option.core, probabilities.shape)
        full[option.key] = core[:, 0] + ((core - core[:, :1]) * probabilities).sum(axis=1)
        tco[option.key] = _by_point(evaluation, option.tco, probabilities.shape)[:, 0]
    eligible = [option.key for option in outline.options if not option.failed]
    return tuple(_outcome(full, tco, eligible, place) for place in range(len(points)))


def _by_point(evaluation: Evaluation, line: Line, shape: tuple[int, ...]) -> Array:
    """Return a single-valued line as an array of shape (points, runs)."""
    broadcast = np.broadcast_to(evaluation[line], (shape[0] * shape[1], 1))
    return np.asarray(broadcast, dtype=float).reshape(shape)


def _outcome(
    full: Mapping[str, Array], tco: Mapping[str, Array], eligible: Sequence[str], place: int
) -> Outcome:
    costs = {key: float(amounts[place]) for key, amounts in full.items()}
    best = eligible[int(first_lowest(np.array([costs[key] for key in eligible])))] if eligible else None
    return Outcome(costs, {key: float(amounts[place]) for key, amounts in tco.items()}, best)
