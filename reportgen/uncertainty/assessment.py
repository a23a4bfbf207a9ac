"""The uncertainty of a case: simulation, switching values, growth, the verdict and the class of the estimate."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from reportgen.binding.outline import labels
from reportgen.model import answer
from reportgen.model.analysis.maturity import estimate_class
from reportgen.model.analysis.verdict import reasons_too_close, verdict
from reportgen.results.options import OptionResult
from reportgen.results.results import Verdict
from reportgen.results.runs import Growth, Swing
from reportgen.results.uncertainty import EstimateClass, Simulation, SwitchingValue, TwoWay
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.uncertainty.growth import GROWTH, growth
from reportgen.uncertainty.simulation import simulation
from reportgen.uncertainty.switching_values import eligible_ranking, switching_values, two_way
from reportgen.uncertainty.variables import variables_of
from reportgen.workers import SERIAL


@dataclass(frozen=True, slots=True)
class Assessment:
    """The parts of the results that describe their uncertainty."""

    simulation: Simulation | None
    verdict: Verdict | None
    reasons: tuple[str, ...]
    """The reasons why the answer is too close to call."""
    switching_values: tuple[SwitchingValue, ...]
    two_way: TwoWay | None
    growth: tuple[Growth, ...]
    estimate_class: EstimateClass


def assess(
    case: Case,
    rows: Sequence[Assumption],
    evaluated: answer.EvaluatedCase,
    options: tuple[OptionResult, ...],
    executor: Executor = SERIAL,
) -> Assessment:
    """Assess the uncertainty of a case, given its options' results; the executor runs the simulation and part of the searches."""
    recommended, runner_up, lead = answer.ranking(evaluated, options)
    names = labels(case, rows) | {f"risks.{risk.id}": risk.name for risk in case.risks}
    variables = variables_of(case, rows, evaluated.case.outline, evaluated.values)
    simulation_future = executor.submit(
        simulation, evaluated.case.options, options, variables, names, case.simulation.draws, case.simulation.seed, recommended
    )  # fmt: skip
    best = next((option for option in options if option.key == recommended), None)
    ranking = eligible_ranking(evaluated.case.options, variables)
    widths = _widths(answer.swings(evaluated, _ranges(rows)), recommended, runner_up)
    switching = (
        switching_values(ranking, rows, names, case.case.currency, widths, executor) if ranking else ()
    )
    growth_row = next((row for row in rows if row.path == GROWTH), None)
    simulated = simulation_future.result()
    holds = simulated.holds if simulated else None
    too_close_reasons = reasons_too_close(best, lead, holds) if best else ()
    return Assessment(
        simulated, verdict(too_close_reasons, lead, holds) if best else None, too_close_reasons, switching,
        two_way(ranking, switching) if ranking else None,
        growth(evaluated, growth_row.low, growth_row.high) if growth_row else (), _estimate_class(rows),
    )  # fmt: skip


def _ranges(rows: Sequence[Assumption]) -> dict[str, tuple[float, float]]:
    return {row.path: (row.low, row.high) for row in rows if row.low is not None and row.high is not None}


def _widths(swings: Sequence[Swing], best: str | None, next_best: str | None) -> dict[str, float]:
    """Return by how much each range changes the lead."""
    if best is None or next_best is None:
        return {}
    return {swing.path: swing.lead_width(best, next_best) for swing in swings}


def _estimate_class(rows: Sequence[Assumption]) -> EstimateClass:
    """Classify the estimate by the assumptions that the case states, without the rates of the price book."""
    stated = [row for row in rows if row.given and not row.path.startswith("prices.")]
    widths = [
        (high - low) / (2 * abs(row.value))
        for row in stated
        if row.value
        for low, high in [_ranges([row]).get(row.path, (row.value, row.value))]
        if low < high
    ]
    return estimate_class([bool(row.source) for row in stated], widths)
