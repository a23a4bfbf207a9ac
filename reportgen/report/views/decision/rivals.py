"""The options that the recommended one is measured against: those level with it, and one that costs less cash."""

from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.reasons import leaders_of_other_rankings
from reportgen.report.wording import same_as_printed
from reportgen.results.options import OptionResult
from reportgen.runtime.records import dataclass

CLOSE_LEAD = 0.05
"""A lead below this share of the other's full cost is too close to call, by the definition of the word."""

PARTS = (
    ("expected_risk_core", "expected risk"),
    ("opportunity_pv", "displaced projects"),
    ("expected_exit_pv", "the expected cost of leaving"),
)
"""The parts that full cost adds to present value: their attributes, and their words."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A part of full cost that is above that of the recommended option."""

    words: str
    excess: float
    quantified: bool
    """Whether the part is quantified for the recommended option too; else nothing is added for it there."""


@dataclass(frozen=True, slots=True)
class CheaperInCash:
    """An eligible option that costs less cash than the recommended one, and what turns that."""

    option: OptionResult
    saving: float
    """By how much its nominal total cost is below that of the recommended option."""
    causes: tuple[Cause, ...]
    """The fewest parts of full cost that together outweigh the saving, the largest first."""


def eligible(context: ViewContext) -> list[OptionResult]:
    """List the eligible options, the recommended one first."""
    return [option for option in context.options if option.eligible]


def level_options(context: ViewContext) -> list[OptionResult]:
    """List the eligible options that are too close to the recommended one, itself first.

    They are the runner-up, all whose cost is close, and what costs least by another ranking of the futures.
    """
    best, runner = context.paper.best, context.results.runner_up
    if best is None or runner is None:
        return []
    first_otherwise = leaders_of_other_rankings(context.results.reasons)
    close = [
        o
        for o in eligible(context)
        if o.key in (best.key, runner)
        or o.short_name in first_otherwise
        or (o.full_cost > 0 and (o.full_cost - best.full_cost) / o.full_cost < CLOSE_LEAD)
    ]
    return sorted(close, key=lambda option: (option.key != best.key, option.full_cost))


def cheaper_in_cash(context: ViewContext) -> CheaperInCash | None:
    """Return the eligible option of lowest total cost where it is below that of the recommended one; else None."""
    best = context.paper.best
    if best is None:
        return None
    rival = min(eligible(context), key=lambda option: option.tco)
    if rival.tco >= best.tco or same_as_printed(rival.tco, best.tco, context.figures.notation):
        return None
    return CheaperInCash(rival, best.tco - rival.tco, _causes(rival, best))


def _causes(rival: OptionResult, best: OptionResult) -> tuple[Cause, ...]:
    """List the fewest parts of full cost by which a cheaper rival loses its saving, the largest first."""
    parts = [
        Cause(words, (getattr(rival, name) or 0.0) - own, quantified)
        for name, words in PARTS
        for own, quantified in [(getattr(best, name) or 0.0, getattr(best, name) is not None)]
    ]
    parts.append(Cause("paying earlier", (rival.pv - best.pv) - (rival.tco - best.tco), quantified=True))
    saving, found = best.tco - rival.tco, list[Cause]()
    for part in sorted(parts, key=lambda part: -part.excess):
        if part.excess <= 0 or sum(one.excess for one in found) > saving:
            break
        found.append(part)
    return tuple(found)
