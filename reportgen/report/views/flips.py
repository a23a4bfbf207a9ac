"""Which single changes make another option the cheapest: ranged assumptions and price scenarios, on core."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.model.results import OptionResult, Results


@dataclass(frozen=True, slots=True)
class Flip:
    """A change that puts another eligible option first on core."""

    words: str
    winner: OptionResult


def flips(results: Results) -> tuple[Flip, ...]:
    """List the changes after which another eligible option than in the base case has the lowest core."""
    base = winner(results, {option.key: option.core for option in results.options})
    if base is None:
        return ()
    found = []
    for swing in results.swings:
        for word, value, core in (("low", swing.low, swing.core_low), ("high", swing.high, swing.core_high)):
            first = winner(results, core)
            if first and first.key != base.key:
                found.append(Flip(f"{swing.label} at its {word} of {value:,.6g} {swing.unit}", first))
    for scenario in results.scenarios:
        first = winner(results, scenario.core)
        if first and first.key != base.key:
            found.append(Flip(scenario.name, first))
    return tuple(found)


def winner(results: Results, core: Mapping[str, float]) -> OptionResult | None:
    """Give the eligible option of lowest core; ties go to the first in the case's order."""
    eligible = [option for option in results.options if option.eligible]
    return min(eligible, key=lambda option: core[option.key]) if eligible else None
