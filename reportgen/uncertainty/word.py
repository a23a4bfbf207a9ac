"""What the confidence word of a case rests on, gathered, and the word."""

from collections.abc import Mapping, Sequence

import numpy as np

from reportgen.formula.comparison import first_lowest
from reportgen.model import answer
from reportgen.model.analysis.decision import unanswered
from reportgen.model.analysis.verdict import NO_WORD, Contest, Evidence, IssuedEvidence, Word, word
from reportgen.model.case import BusinessCase
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import SwitchingValue
from reportgen.simulate.variables import Variables
from reportgen.uncertainty.simulation import Futures


def judge(
    lines: BusinessCase,
    options: Sequence[OptionResult],
    variables: Variables,
    drawn: Futures,
    switching: Sequence[SwitchingValue],
) -> tuple[Word, IssuedEvidence]:
    """Choose the word of a case (MODEL, "Full economic cost"), and return what of it is static in the workbook."""
    eligible = [option.key for option in options if option.eligible]
    simulation, joint_runs, ranged = drawn.simulation, drawn.joint_runs, bool(variables.ranges)
    means = (
        {key: one.mean_full_cost for key, one in simulation.options.items()} if simulation and ranged else {}
    )
    joint_first = _first(joint_runs.mean_core if joint_runs else {}, eligible)
    mean_first = _first(means, eligible)
    within_range = tuple(one.label for one in switching if one.within)
    holds = simulation.holds if simulation else None
    places = {option.key: place for place, option in enumerate(options, start=1)}
    shares = (simulation.options[option.key].cheapest for option in options) if simulation else ()
    issued = IssuedEvidence(
        tuple(share or 0.0 for share in shares),
        places.get(joint_first or ""),
        places.get(mean_first or ""),
        ranged,
        tuple(_contingency(option, drawn) for option in options),
        len(within_range),
    )
    best, next_best, lead = answer.ranking(tuple(options))
    if best is None or next_best is None:
        return NO_WORD, issued
    by_key = {option.key: option for option in options}
    contest = Contest(
        best, (by_key[best].full_cost, by_key[next_best].full_cost), lead,
        {option.key: option.short_name for option in options},
    )  # fmt: skip
    unknown = _unanswered(lines, by_key, (best, next_best))
    return word(contest, Evidence(holds, joint_first, mean_first, ranged, within_range, unknown)), issued


def _contingency(option: OptionResult, drawn: Futures) -> float | None:
    """Return an option's contingency: of the futures, or of the risks alone where no range is drawn."""
    found = drawn.contingencies.get(option.key)
    return option.contingency if found is None else found[0]


def _first(costs: Mapping[str, float], eligible: Sequence[str]) -> str | None:
    """Return the eligible option of lowest cost; None without costs."""
    if not costs or not eligible:
        return None
    return eligible[int(first_lowest(np.array([costs[key] for key in eligible])))]


def _unanswered(
    lines: BusinessCase, options: Mapping[str, OptionResult], keys: Sequence[str]
) -> tuple[str, ...]:
    """Return what nobody has estimated of the first two options; the risks, which are the case's, once."""
    by_key = {option.key: option for option in lines.options}
    parts = [
        part if part == "risk" else f"{part} of {options[key].short_name}"
        for key in keys
        for part in unanswered(lines.outline, by_key[key])
    ]
    return tuple(dict.fromkeys(parts))
