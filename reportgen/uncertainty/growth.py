"""Break-even at other growth rates of the volume: the low, the value and the high of each workload's annual growth."""

from collections.abc import Callable, Mapping, Sequence
from math import log

from reportgen.model.answer import EvaluatedCase, break_even, evaluate
from reportgen.model.outline import WorkloadOutline
from reportgen.results.runs import Growth
from reportgen.runtime.records import dataclass

RATE = "annual_growth"
FACTOR = "workload.volume_factor"
MONTHS_PER_YEAR = 12
HALVINGS = 100
"""How often the stretch in which a volume is reached is halved: until nothing is left of it."""


def growth(evaluated: EvaluatedCase, ranges: Mapping[str, tuple[float, float]]) -> tuple[Growth, ...]:
    """Compute break-even at each growth rate of each workload, the others growing as stated.

    `ranges` gives low and high by path; a workload whose growth has none is taken at no growth and at the stated rate.
    """
    found: list[Growth] = []
    for workload in evaluated.case.outline.workloads:
        path = workload.path(RATE)
        stated = evaluated.values[path]
        low, high = ranges.get(path, (0.0, stated))
        found += (row for rate in sorted({low, stated, high}) for row in _at(evaluated, workload, rate))
    return tuple(found)


def _at(evaluated: EvaluatedCase, workload: WorkloadOutline, rate: float) -> list[Growth]:
    """Compute every option's break-even where a workload grows at a rate."""
    path, outlines = workload.path(RATE), evaluated.case.outline.workloads
    values = {**evaluated.values, path: rate}
    grown = evaluated if rate == evaluated.values[path] else evaluate(evaluated.case, values)
    volumes = [_volume(one, values) for one in outlines]
    rows = []
    for option in evaluated.case.options:
        crossing = break_even(grown, option.key)
        if crossing:
            months = None if crossing.volume is None else months_until(volumes, crossing.volume)
            name = workload.key if len(outlines) > 1 else None
            rows.append(
                Growth(option.key, name, rate, crossing.month, crossing.volume, crossing.word, months)
            )
    return rows


@dataclass(frozen=True, slots=True)
class GrowingVolume:
    """A volume that grows from a day on: tokens a month at full volume, ramps left out."""

    start: float
    """M tokens a month until it grows."""
    rate: float
    """Yearly growth."""
    since: float
    """Months from the start until it grows."""

    def after(self, months: float) -> float:
        """Return the volume so many months from the start, M tokens a month."""
        return float(self.start * (1 + self.rate) ** (max(0.0, months - self.since) / MONTHS_PER_YEAR))

    def months_until(self, volume: float) -> float:
        """Return the months from the start until it alone has grown to a larger volume."""
        return self.since + MONTHS_PER_YEAR * log(volume / self.start) / log(1 + self.rate)


def _volume(workload: WorkloadOutline, values: Mapping[str, float]) -> GrowingVolume:
    start = values[workload.path("tokens_per_month")] * values[FACTOR]
    return GrowingVolume(start, values[workload.path(RATE)], values[workload.path("starts_month")] - 1)


def months_until(volumes: Sequence[GrowingVolume], volume: float) -> float | None:
    """Return the months until volumes together reach another; 0 where they are there, None where they never do.

    Between the days on which one of them begins to grow their sum is convex: from below it crosses a level once at most.
    """

    def missing(months: float) -> float:
        return volume - sum(one.after(months) for one in volumes)

    if missing(0.0) <= 0:
        return 0.0
    if not any(one.rate > 0 for one in volumes):
        return None
    latest = min(one.months_until(volume) for one in volumes if one.rate > 0)
    if len(volumes) == 1:
        return latest
    begin = 0.0
    for end in sorted(one.since for one in volumes if 0 < one.since < latest):
        if missing(end) <= 0:
            return _root(missing, begin, end)
        begin = end
    return _root(missing, begin, latest)


def _root(missing: Callable[[float], float], begin: float, end: float) -> float:
    """Return where a function that is positive at `begin` and not at `end` comes down to 0."""
    for _ in range(HALVINGS):
        middle = (begin + end) / 2
        begin, end = (middle, end) if missing(middle) > 0 else (begin, middle)
    return end
