"""How sure the answer of a case is, whole: futures, switching values, growth, the verdict, the class of the estimate."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from reportgen.binding.outline import labels
from reportgen.model import answer
from reportgen.model.analysis.maturity import estimate_class
from reportgen.model.analysis.verdict import reasons, verdict
from reportgen.results.options import OptionResult
from reportgen.results.results import Verdict
from reportgen.results.runs import Growth, Swing
from reportgen.results.uncertainty import EstimateClass, Simulation, SwitchingValue, TwoWay
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.uncertainty.growth import GROWTH, growth
from reportgen.uncertainty.simulation import simulation
from reportgen.uncertainty.switching_values import contest, switching_values, two_way
from reportgen.uncertainty.variables import variables_of
from reportgen.workers import SERIAL


@dataclass(frozen=True, slots=True)
class Assessment:
    """The parts of the results that say how sure they are."""

    simulation: Simulation | None
    verdict: Verdict | None
    reasons: tuple[str, ...]
    """Why it is too close to call."""
    switching_values: tuple[SwitchingValue, ...]
    two_way: TwoWay | None
    growth: tuple[Growth, ...]
    estimate_class: EstimateClass


def assess(
    case: Case,
    rows: Sequence[Assumption],
    done: answer.Evaluated,
    options: tuple[OptionResult, ...],
    executor: Executor = SERIAL,
) -> Assessment:
    """Say how sure the answer is that the options' results give; other `hands` draw the futures."""
    recommended, runner_up, lead = answer.ranking(done, options)
    named = labels(case, rows) | {f"risks.{risk.id}": risk.name for risk in case.risks}
    variables = variables_of(case, rows, done.case.outline, done.values)
    drawing = executor.submit(
        simulation, done.case.options, options, variables, named, case.simulation.draws, case.simulation.seed, recommended
    )  # fmt: skip
    best = next((option for option in options if option.key == recommended), None)
    between = contest(done.case.options, variables)
    widths = _widths(answer.swings(done, _ranges(rows)), recommended, runner_up)
    found = switching_values(between, rows, named, case.case.currency, widths, executor) if between else ()
    ranged = next(row for row in rows if row.path == GROWTH)
    drawn = drawing.result()
    holds = drawn.holds if drawn else None
    close = reasons(best, lead, holds) if best else ()
    return Assessment(
        drawn, verdict(close, lead, holds) if best else None, close, found, two_way(between, found) if between else None,
        growth(done, ranged.low, ranged.high), _class(rows),
    )  # fmt: skip


def _ranges(rows: Sequence[Assumption]) -> dict[str, tuple[float, float]]:
    return {row.path: (row.low, row.high) for row in rows if row.low is not None and row.high is not None}


def _widths(swings: Sequence[Swing], best: str | None, next_best: str | None) -> dict[str, float]:
    """Give by how much each range moves the lead."""
    if best is None or next_best is None:
        return {}
    return {swing.path: swing.lead_width(best, next_best) for swing in swings}


def _class(rows: Sequence[Assumption]) -> EstimateClass:
    """Class the estimate by what the case states: the price book's own rates apart, which it does not."""
    stated = [row for row in rows if row.given and not row.path.startswith("prices.")]
    widths = [
        (high - low) / (2 * abs(row.value))
        for row in stated
        if row.value
        for low, high in [_ranges([row]).get(row.path, (row.value, row.value))]
        if low < high
    ]
    return estimate_class([bool(row.source) for row in stated], widths)
