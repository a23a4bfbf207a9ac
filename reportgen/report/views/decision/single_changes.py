"""Single changes that put another option first on core: assumptions at an end of their range, and price scenarios."""

from collections.abc import Mapping

from reportgen import units
from reportgen.report.charts.drawing.money import significant
from reportgen.report.views.context import ViewContext
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.runtime.records import dataclass

SMALL = 1000
"""Below this an amount with a unit is a price, printed with three significant digits."""


@dataclass(frozen=True, slots=True)
class SingleChange:
    """A change that puts another eligible option first on core."""

    words: str
    winner: OptionResult


def single_changes(context: ViewContext) -> tuple[SingleChange, ...]:
    """List the changes after which the eligible option of lowest core differs from that of the base case."""
    results = context.results
    base = lowest_core_option(results, {option.key: option.core for option in results.options})
    if base is None:
        return ()
    found = []
    for swing in results.swings:
        for word, value, core in (("low", swing.low, swing.core_low), ("high", swing.high, swing.core_high)):
            first = lowest_core_option(results, core)
            if first and first.key != base.key:
                found.append(
                    SingleChange(
                        f"{swing.label} at its {word}, {unit_value(context, value, swing.unit)}", first
                    )
                )
    for scenario in results.scenarios:
        first = lowest_core_option(results, scenario.core)
        if first and first.key != base.key:
            found.append(SingleChange(scenario.name, first))
    return tuple(found)


def lowest_core_option(results: Results, core: Mapping[str, float]) -> OptionResult | None:
    """Return the eligible option of lowest core; ties go to the first in the case's order. None if none is eligible."""
    eligible = [option for option in results.options if option.eligible]
    return min(eligible, key=lambda option: core[option.key]) if eligible else None


def unit_value(context: ViewContext, value: float, unit: str) -> str:
    """Format a value of an assumption with its unit: "12%", "1 month", "1,200 M tokens / month"."""
    if unit.startswith("%"):
        return context.share(value, 1) + unit.removeprefix("%")
    if unit == units.M_TOKENS_PER_MONTH.name:
        return f"{context.volume(value)} tokens a month"
    if unit.startswith(f"{context.results.currency} / "):
        amount = context.figures.money(value) if abs(value) >= SMALL else context.figures.price(value)
        return f"{amount} per {unit.rpartition(' / ')[2]}".replace(" per month", " a month").replace(
            " per year", " a year"
        )
    text = significant(value, context.figures.notation)
    one_of = unit.removesuffix("s") if text == "1" and " / " not in unit else unit
    return f"{text} {one_of}".strip()
