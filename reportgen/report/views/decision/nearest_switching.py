"""Switching values nearest to the stated ones, measured in half ranges, and what of them can be watched."""

import re
from collections.abc import Sequence
from math import ceil, floor

from reportgen.casing import first_lower, first_upper
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import join_list
from reportgen.results.options import OptionResult
from reportgen.results.runs import Swing
from reportgen.results.uncertainty import SwitchingValue
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption

VOLUME = "tokens_per_month"
"""Last part of the path of a workload's volume."""
VOLUME_FACTOR = "workload.volume_factor"
"""The path of what scales all volumes together."""

FACTS_OF_THE_START = frozenset(
    ("hours_per_month", "gpus_per_replica", "discount_rate", "price_per_gpu_installed", "exit_month", "exit_probability")
)  # fmt: skip
"""Last parts of paths of what is known or settled at the start: nothing that can be observed later."""

NEAR_ZERO = 1e-4
"""The part of the stated value, or of the largest of an axis, below which a value that is not zero is near zero."""

LAST_SHARE = 5e-4
"""A share this close to the most that it may be is printed as that."""

REVIEW_SHARE = 0.5
"""A review is due at this share of the way from the stated value to the switching value."""


@dataclass(frozen=True, slots=True)
class NearestSwitch:
    """The nearer switching value of an assumption, and the option that comes first beyond it."""

    switching_value: SwitchingValue
    value: float
    winner: OptionResult
    whole: bool = False
    """Whether the assumption is a whole number, which changes the advice at the switching value itself."""

    @property
    def stated(self) -> float:
        """Return the stated value."""
        return self.switching_value.value

    @property
    def is_near_zero(self) -> bool:
        """Return whether it is next to zero beside the stated value, and not zero."""
        return 0 < abs(self.value) < NEAR_ZERO * abs(self.stated)

    @property
    def within(self) -> bool:
        """Return whether it lies in the stated range."""
        low, high = self.switching_value.low, self.switching_value.high
        return low is not None and high is not None and low <= self.value <= high

    @property
    def is_reached(self) -> bool:
        """Return whether the advice changes at the value itself: a whole number, or the end of what it may be."""
        near = LAST_SHARE if self.switching_value.unit.startswith("%") else 1e-9
        ends = self.switching_value.searched
        return self.whole or any(abs(self.value - end) <= near * max(abs(end), 1.0) for end in ends)

    @property
    def side(self) -> str:
        """Return on which side of the stated value it lies: "below" or "above"."""
        return "below" if self.value < self.stated else "above"

    @property
    def review(self) -> float:
        """Return the value at which a review is due, half way to the switching value."""
        stated = self.stated
        half_way = stated + REVIEW_SHARE * (self.value - stated)
        if not self.whole:
            return half_way
        return float(ceil(half_way) if self.value > stated else floor(half_way))

    @property
    def is_volume(self) -> bool:
        """Return whether it is a volume, which is watched as a multiple of the plan."""
        path, alone = self.switching_value.path, len(self.switching_value.paths) == 1
        return alone and (path == VOLUME_FACTOR or path.endswith(f".{VOLUME}")) and self.stated > 0

    @property
    def watchable(self) -> bool:
        """Return whether it can be observed later, as the bill's volume, a price or a measured throughput can."""
        return (
            not self.is_near_zero and self.switching_value.path.rpartition(".")[2] not in FACTS_OF_THE_START
        )

    @property
    def distance(self) -> float:
        """Return its distance from the stated value in half ranges; without a range, relative to the stated value."""
        low, high = self.switching_value.low, self.switching_value.high
        ranged = low is not None and high is not None and high > low
        scale = (high - low) / 2 if ranged and low is not None and high is not None else abs(self.stated)
        return abs(self.value - self.stated) / (scale or 1e-12)


def switch_to(context: ViewContext, switching_value: SwitchingValue, value: float, to: str) -> NearestSwitch:
    """Return the switch of an assumption at a value, beyond which the option of the key `to` comes first."""
    row = context.assumption(switching_value.path)
    whole = row is not None and row.bounds.whole
    return NearestSwitch(switching_value, value, context.results.option(to), whole)


def nearest_switching_values(context: ViewContext) -> list[NearestSwitch]:
    """List a switching value of every assumption that has one: those within their range first, then by distance.

    Of the two sides it is the one that lies within the range, then one that is not next to zero, then the nearer.
    """
    found = []
    for one in context.results.switching_values:
        sides = [
            switch_to(context, one, value, to)
            for value, to in ((one.below, one.below_to), (one.above, one.above_to))
            if value is not None and to
        ]
        if sides:
            found.append(
                min(
                    sides,
                    key=lambda side: (not side.within, side.is_near_zero, abs(side.value - side.stated)),
                )
            )
    return sorted(found, key=lambda switch: (not switch.within, switch.distance))


def switches_to_watch(context: ViewContext) -> list[NearestSwitch]:
    """List the switches to monitor, the first of them first: the nearest within its range, else volume, else the nearest."""
    found = [
        switch
        for switch in nearest_switching_values(context)
        if switch.watchable and can_be_read(context, switch)
    ]
    if not found or found[0].within:
        return found
    first = next((switch for switch in found if switch.is_volume), found[0])
    return [first, *(switch for switch in found if switch is not first)]


def moves(context: ViewContext, switch: NearestSwitch) -> bool:
    """Return whether the switching value reads otherwise than the stated one; on a tie it does not."""
    stated, value = (printed_value(context, switch, one) for one in (switch.stated, switch.value))
    return stated != value


def can_be_read(context: ViewContext, switch: NearestSwitch) -> bool:
    """Return whether stated value, review and switching value all read otherwise, and none that is not 0 reads as 0."""
    values = (switch.stated, switch.review, switch.value)
    printed = {value: printed_value(context, switch, value) for value in (*values, 0.0)}
    return len({printed[value] for value in values}) == len(values) and all(
        value == 0 or text != printed[0.0] for value, text in printed.items()
    )


def printed_value(context: ViewContext, switch: NearestSwitch, value: float, unit: str | None = None) -> str:
    """Format a value of what switches: a volume as a multiple of the plan, all else with its unit."""
    if switch.is_volume:
        return _multiple(context, value / switch.stated)
    return unit_value(context, value, switch.switching_value.unit if unit is None else unit)


def reached(context: ViewContext, switch: NearestSwitch, value: float, unit: str | None = None) -> str:
    """State that a value of what switches is reached: "above 89%", "at 3 or more", "at 0 hires", "at 100%", "near 0"."""
    if switch.is_near_zero and value == switch.value:
        return "near 0"
    text = printed_value(context, switch, value, unit)
    if switch.whole and value:
        return f"at {text} or {'fewer' if switch.side == 'below' else 'more'}"
    return f"at {text}" if switch.is_reached and value == switch.value else f"{switch.side} {text}"


def switch_condition(context: ViewContext, switch: NearestSwitch) -> str:
    """State the condition of a switch: "price change (Commercial API) above 89%", "volume above 7 times the plan (7bn …)"."""
    name = first_lower(assumption_name(context, switch))
    return f"{name} {reached(context, switch, switch.value)}{volume_note(context, switch)}"


def volume_note(context: ViewContext, switch: NearestSwitch) -> str:
    """State in brackets the volume at which the advice changes, and that of the plan; empty for what is no volume."""
    if not switch.is_volume:
        return ""
    unit = _volume_of_all(context) if switch.switching_value.path == VOLUME_FACTOR else 1.0
    there, here = (context.volume(unit * value) for value in (switch.value, switch.stated))
    return f" ({there} tokens a month at the start, not {here})"


def falls_or_rises(context: ViewContext, switch: NearestSwitch) -> bool:
    """Return whether it is a price of an option that the plan itself has change from year to year."""
    option, _, name = switch.switching_value.path.rpartition(".")
    change = "gpu_price_change" if name.startswith("gpu_") else "price_change"
    row = context.assumption(f"{option}.{change}")
    return name.endswith("_price") and row is not None and row.value != 0


def start_note(context: ViewContext, switch: NearestSwitch) -> str:
    """Say in brackets that a price is that of the start, where the plan has it change; else as `volume_note` does."""
    if falls_or_rises(context, switch):
        return " (prices of the start, not of a later month)"
    return volume_note(context, switch)


def _volume_of_all(context: ViewContext) -> float:
    """Return the tokens a month of all workloads at the start, in millions, before the volume factor."""
    return sum(row.value for row in context.paper.assumptions if row.path.endswith(f".{VOLUME}"))


def measured_value(context: ViewContext, switch: NearestSwitch) -> float | None:
    """Return what the months so far have measured of what switches; None where they have not measured it alone."""
    actual, path = context.results.actual, switch.switching_value.path
    if actual is None:
        return None
    factor = actual.changes.get(VOLUME_FACTOR)
    if path == f"workload.{VOLUME}" and factor is not None:
        return factor * switch.stated
    return actual.changes.get(path)


def stated_value(context: ViewContext, switch: NearestSwitch) -> str:
    """Format the stated value of what switches."""
    return unit_value(context, switch.stated, switch.switching_value.unit)


def assumption_name(context: ViewContext, switch: NearestSwitch) -> str:
    """Name what switches with its option or workloads in brackets: "Price change (Commercial API)"; a volume as it is billed."""
    paths = switch.switching_value.paths
    if switch.is_volume:
        of_all = "all workloads" if context.paper.workloads else ""
        about = (
            of_all if switch.switching_value.path == VOLUME_FACTOR else join_list(_workloads(context, paths))
        )
        return f"Volume ({about})" if about else "Volume"
    return moving_name(context, switch.switching_value)


def moving_name(context: ViewContext, moved: SwitchingValue | Swing) -> str:
    """Name an assumption with its option or workloads in brackets, and with what moves with it from another value."""
    paths = (moved.path, *(path for path in moved.paths if path != moved.path))
    workloads, row = _workloads(context, moved.paths or paths), context.assumption(moved.path)
    if workloads and row:
        field = row.label.removeprefix(f"{context.paper.workloads[moved.path.split('.')[1]]}: ")
        return f"{first_upper(field)} ({join_list(workloads)})"
    if row and len({one.value for path in paths if (one := context.assumption(path))}) > 1:
        return _in_step(context, row, paths)
    for option in context.results.options:
        about = f", {option.short_name}"
        if moved.label.endswith(about):  # of several that move together each names the option
            return f"{_lowered_after_first(moved.label.replace(about, ''))} ({option.short_name})"
    return _bracketed(context, moved.label)


def _bracketed(context: ViewContext, label: str) -> str:
    """Put the options that end a label in brackets: "GPU price (Cloud GPUs and Managed platform)"."""
    name, _, rest = label.partition(", ")
    known = {option.short_name for option in context.results.options}
    return f"{name} ({rest})" if rest and known.issuperset(re.split(r", | and ", rest)) else label


def _in_step(context: ViewContext, row: Assumption, paths: Sequence[str]) -> str:
    """Name the assumption whose value is printed, and in brackets its option and what moves in step with it.

    Why: "input price and output price below 1.24" would be the value of one of them alone.
    """
    owner, others = (
        _owner(context, row.path),
        [one for path in paths[1:] if (one := context.assumption(path))],
    )
    with_it = f"{len(others)} others"
    if len(others) == 1:
        other, its = others[0], _owner(context, others[0].path)
        with_it = f"that of {its}" if its != owner and other.label == row.label else first_lower(other.label)
    return f"{row.label} ({f'{owner}; ' if owner else ''}{with_it} in step)"


def _owner(context: ViewContext, path: str) -> str:
    """Return the short name of the option that an assumption belongs to; empty where it is of none."""
    head, _, rest = path.partition(".")
    return context.results.option(rest.partition(".")[0]).short_name if head == "options" else ""


def _workloads(context: ViewContext, paths: Sequence[str]) -> list[str]:
    """Return the names of the workloads whose field moves; empty where it is no field of workloads alone."""
    places = [path.split(".") for path in paths]
    if any(place[0] != "workloads" for place in places) or len({place[-1] for place in places}) > 1:
        return []
    return [context.paper.workloads[place[1]] for place in places]


def _lowered_after_first(label: str) -> str:
    """Write labels that are joined by "and" as one: "Input price and output price"."""
    first, *others = label.split(" and ")
    return " and ".join((first, *(first_lower(other) for other in others)))


def _multiple(context: ViewContext, share: float) -> str:
    if share < 0.9995:
        return f"{context.share(share, 0 if 0.1 <= share < 0.95 else 1)} of the plan"
    return (
        f"{context.number(share, '.2f' if share < 1.5 else '.1f' if share < 10 else ',.0f')} times the plan"
    )
