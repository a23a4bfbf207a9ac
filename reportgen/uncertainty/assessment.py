"""The uncertainty of a case: simulation, switching values, growth, the verdict and the class of the estimate."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

from reportgen.binding.outline import labels
from reportgen.model import answer
from reportgen.model.analysis.maturity import estimate_class
from reportgen.model.analysis.verdict import IssuedEvidence, Word
from reportgen.results.options import OptionResult
from reportgen.results.runs import Growth, Swing
from reportgen.results.split import BestSplit
from reportgen.results.uncertainty import EstimateClass, JointRuns, Simulation, SwitchingValue, TwoWay
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.uncertainty.best_split import best_split
from reportgen.uncertainty.growth import growth
from reportgen.uncertainty.simulation import futures
from reportgen.uncertainty.switching_values import eligible_ranking, switching_values, two_way
from reportgen.uncertainty.variables import variables_of
from reportgen.uncertainty.word import judge
from reportgen.workers import SERIAL


@dataclass(frozen=True, slots=True)
class Assessment:
    """The parts of the results that describe their uncertainty."""

    simulation: Simulation | None
    joint_runs: JointRuns | None
    word: Word
    evidence: IssuedEvidence
    """What the word rests on in the workbook."""
    contingencies: Mapping[str, tuple[float, float]]
    """By option where ranges are drawn: the contingency, and the share of futures in which it is enough."""
    switching_values: tuple[SwitchingValue, ...]
    two_way: TwoWay | None
    growth: tuple[Growth, ...]
    estimate_class: EstimateClass
    best_split: BestSplit | None


def assess(
    case: Case,
    rows: Sequence[Assumption],
    evaluated: answer.EvaluatedCase,
    options: tuple[OptionResult, ...],
    executor: Executor = SERIAL,
) -> Assessment:
    """Assess the uncertainty of a case, given its options' results; the executor runs the simulation and part of the searches."""
    recommended, runner_up, _ = answer.ranking(options)
    names = labels(case, rows) | {f"risks.{risk.id}": risk.name for risk in case.risks}
    variables = variables_of(case, rows, evaluated.case, evaluated.values)
    drawing = executor.submit(
        futures, evaluated.case.options, options, variables, names, case.simulation, recommended
    )  # fmt: skip
    ranking = eligible_ranking(evaluated.case.options, variables)
    widths = _widths(answer.swings(evaluated, _ranges(rows)), recommended, runner_up)
    together = {swing.path: swing.label for swing in evaluated.case.outline.swings}
    switching = (
        switching_values(ranking, rows, names | together, case.case.currency, widths, executor, drawing)
        if ranking
        else ()
    )
    drawn = drawing.result()
    word, evidence = judge(evaluated.case, options, variables, drawn, switching)
    return Assessment(
        drawn.simulation, drawn.joint_runs, word, evidence, drawn.contingencies, switching,
        two_way(ranking, switching) if ranking else None,
        growth(evaluated, _ranges(rows)), _estimate_class(rows),
        best_split(evaluated.case, evaluated.values, options),
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
