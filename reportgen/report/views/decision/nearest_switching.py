"""Which switching values lie nearest to what the case states, measured by the stated range."""

from dataclasses import dataclass

from reportgen.casing import first_lower
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import SwitchingValue

VOLUME = "workload.tokens_per_month"


@dataclass(frozen=True, slots=True)
class NearestSwitch:
    """The nearer switching value of an assumption, and who comes first beyond it."""

    flip: SwitchingValue
    value: float
    winner: OptionResult

    @property
    def way(self) -> str:
        """Say on which side of the stated value it lies."""
        return "below" if self.value < self.flip.value else "above"

    @property
    def distance(self) -> float:
        """Measure how far away it is, in half ranges; without a range, in the stated value itself."""
        low, high = self.flip.low, self.flip.high
        ranged = low is not None and high is not None and high > low
        scale = (high - low) / 2 if ranged and low is not None and high is not None else abs(self.flip.value)
        return abs(self.value - self.flip.value) / (scale or 1e-12)


def nearest_switching_values(context: ViewContext) -> list[NearestSwitch]:
    """List the nearer switching value of every assumption that has one, the nearest first."""
    found = []
    for flip in context.results.switching_values:
        sides = [
            (value, to)
            for value, to in ((flip.below, flip.below_to), (flip.above, flip.above_to))
            if value is not None and to
        ]
        if sides:
            value, to = min(sides, key=lambda side: abs(side[0] - flip.value))
            found.append(NearestSwitch(flip, value, context.results.option(to)))
    return sorted(found, key=lambda turning: (not turning.flip.within, turning.distance))


def to_watch(context: ViewContext) -> NearestSwitch | None:
    """Choose the one a board should watch: the nearest within its range, else volume, else the nearest."""
    found = nearest_switching_values(context)
    if not found or found[0].flip.within:
        return found[0] if found else None
    return next((one for one in found if one.flip.path == VOLUME), found[0])


def condition(context: ViewContext, turning: NearestSwitch) -> str:
    """Say where it lies: "price change (Commercial API) above 89%"."""
    value = unit_value(context, turning.value, turning.flip.unit)
    return f"{first_lower(named(context, turning.flip))} {turning.way} {value}"


def named(context: ViewContext, flip: SwitchingValue) -> str:
    """Name an assumption, its option in brackets: "Price change (Commercial API)"."""
    if flip.path == VOLUME:
        return "Volume at the start"
    for option in context.results.options:
        if flip.label.endswith(f", {option.short_name}"):
            return f"{flip.label.removesuffix(f', {option.short_name}')} ({option.short_name})"
    return flip.label
