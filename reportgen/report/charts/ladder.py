"""Cost against volume as data: an option's line, interpolated cost, and the cheapest option by volume."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from reportgen.formula.comparison import are_equal
from reportgen.report.charts.drawing.palette import Colour
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """One option's TCO at each of the ladder's volumes."""

    key: str
    name: str
    colour: Colour
    amounts: tuple[float, ...]
    eligible: bool = True
    """Whether the option may be chosen."""


@dataclass(frozen=True, slots=True)
class Band:
    """A range of volumes (M tokens a month) over which the option `key` is the cheapest of those that may be chosen."""

    low: float
    high: float
    key: str
    level: tuple[str, ...] = ()
    """Other options that cost the same over all of it."""

    @property
    def keys(self) -> tuple[str, ...]:
        """List the options that are cheapest."""
        return (self.key, *self.level)


def choosable(lines: Sequence[VolumeLine]) -> Sequence[VolumeLine]:
    """Return the lines of the options that may be chosen; all where none may."""
    return [line for line in lines if line.eligible] or lines


def cheapest_bands(volumes: Sequence[float], lines: Sequence[VolumeLine]) -> tuple[Band, ...]:
    """Return the bands of the cheapest option of those that may be chosen, of all where none may.

    Their limits are interpolated. Where options are level, the band is the first one's, and names the others.
    """
    ranked = choosable(lines)
    winners = [min(ranked, key=lambda line: line.amounts[i]) for i in range(len(volumes))]
    starts = [i for i in range(len(volumes)) if not i or winners[i] is not winners[i - 1]]
    limits = [volumes[0], *(_border(volumes, winners[i - 1], winners[i], i) for i in starts[1:]), volumes[-1]]
    bands = []
    for place, (start, end) in enumerate(pairwise([*starts, len(volumes)])):
        first = winners[start]
        own = np.array(first.amounts[start:end])
        level = [
            one.key
            for one in ranked
            if one is not first and are_equal(np.array(one.amounts[start:end]), own).all()
        ]
        bands.append(Band(limits[place], limits[place + 1], first.key, tuple(level)))
    return tuple(bands)


def amount_at(volumes: Sequence[float], line: VolumeLine, volume: float) -> float:
    """Return an option's cost at a volume between two steps of the ladder, interpolated linearly (MODEL, "Totals")."""
    i = next((i for i in range(1, len(volumes)) if volumes[i] >= volume), len(volumes) - 1)
    share = (volume - volumes[i - 1]) / (volumes[i] - volumes[i - 1])
    share = min(max(share, 0.0), 1.0)
    return line.amounts[i - 1] + (line.amounts[i] - line.amounts[i - 1]) * share


def _border(volumes: Sequence[float], before: VolumeLine, after: VolumeLine, i: int) -> float:
    """Return the volume between steps i - 1 and i at which two lines cross."""
    before_gap, after_gap = (after.amounts[step] - before.amounts[step] for step in (i - 1, i))
    share = before_gap / (before_gap - after_gap) if before_gap != after_gap else 0.5
    return volumes[i - 1] + (volumes[i] - volumes[i - 1]) * share
