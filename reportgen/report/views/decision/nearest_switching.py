"""Switching values nearest to the stated ones, measured in half ranges."""

from dataclasses import dataclass

from reportgen.casing import first_lower
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import SwitchingValue

VOLUME_PATH = "workload.tokens_per_month"


@dataclass(frozen=True, slots=True)
class NearestSwitch:
    """The nearer switching value of an assumption, and the option that comes first beyond it."""

    switching_value: SwitchingValue
    value: float
    winner: OptionResult

    @property
    def side(self) -> str:
        """Return on which side of the stated value it lies: "below" or "above"."""
        return "below" if self.value < self.switching_value.value else "above"

    @property
    def distance(self) -> float:
        """Return its distance from the stated value in half ranges; without a range, relative to the stated value."""
        low, high = self.switching_value.low, self.switching_value.high
        ranged = low is not None and high is not None and high > low
        scale = (
            (high - low) / 2
            if ranged and low is not None and high is not None
            else abs(self.switching_value.value)
        )
        return abs(self.value - self.switching_value.value) / (scale or 1e-12)


def nearest_switching_values(context: ViewContext) -> list[NearestSwitch]:
    """List the nearer switching value of every assumption that has one: those within their range first, then by distance."""
    found = []
    for switching_value in context.results.switching_values:
        sides = [
            (value, to)
            for value, to in (
                (switching_value.below, switching_value.below_to),
                (switching_value.above, switching_value.above_to),
            )
            if value is not None and to
        ]
        if sides:
            value, to = min(sides, key=lambda side: abs(side[0] - switching_value.value))
            found.append(NearestSwitch(switching_value, value, context.results.option(to)))
    return sorted(found, key=lambda switch: (not switch.switching_value.within, switch.distance))


def switch_to_watch(context: ViewContext) -> NearestSwitch | None:
    """Return the switch to monitor: the nearest one within its range, else volume, else the nearest; None if there is none."""
    found = nearest_switching_values(context)
    if not found or found[0].switching_value.within:
        return found[0] if found else None
    return next((one for one in found if one.switching_value.path == VOLUME_PATH), found[0])


def switch_condition(context: ViewContext, switch: NearestSwitch) -> str:
    """State the condition of a switch: "price change (Commercial API) above 89%"."""
    value = unit_value(context, switch.value, switch.switching_value.unit)
    return f"{first_lower(assumption_name(context, switch.switching_value))} {switch.side} {value}"


def assumption_name(context: ViewContext, switching_value: SwitchingValue) -> str:
    """Name an assumption with its option in brackets: "Price change (Commercial API)"."""
    if switching_value.path == VOLUME_PATH:
        return "Volume at the start"
    for option in context.results.options:
        if switching_value.label.endswith(f", {option.short_name}"):
            return f"{switching_value.label.removesuffix(f', {option.short_name}')} ({option.short_name})"
    return switching_value.label
