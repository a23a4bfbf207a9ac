"""Switching values: how far one assumption has to move, alone, before another cost ranks first."""

from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from reportgen.simulate.ranking import Ranking

Array = NDArray[np.float64]

WITHIN, BEYOND = 25, 40
"""Points looked at on each side: inside the range, and beyond it."""
NEAREST, FARTHEST = 0.02, 10.0
"""How far beyond its range an assumption is followed, in multiples of its size."""
DECADES = (-3, 9)
"""How far an assumption of 0 is followed, in powers of ten: it has no size of its own."""
LOOKS, BACK = (257, 65, 17), 8
"""Points of the first, the second and each later closer look, and how many gaps before the change seen the second begins.

Why: whole machines make costs jump, so that the order may change, and change back, between two points.
"""
CLOSENESS, SMALLEST = 1e-9, 1e-6
"""A switching value is known to this share of its size; what is smaller than the second number counts as that."""


@dataclass(frozen=True, slots=True)
class SearchRange:
    """Where an assumption stands, its range as far as it has one, its bounds, and whether it is a whole number."""

    path: str
    value: float
    low: float | None
    high: float | None
    least: float
    most: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SwitchingPoints:
    """The nearest values at which another cost ranks first, and which; None where there is none that way."""

    below: float | None
    below_to: int | None
    above: float | None
    above_to: int | None


def switching_points(ranking: Ranking, reach: SearchRange) -> SwitchingPoints:
    """Find the switching values of one assumption, all else as stated, in both directions."""
    if not ranking.depends_on(reach.path):
        return SwitchingPoints(None, None, None, None)
    incumbent = int(ranking.ranked_first({})[0])
    below = _nearest(ranking, reach, np.unique(search_points(reach, -1))[::-1], incumbent)
    return SwitchingPoints(*below, *_nearest(ranking, reach, np.unique(search_points(reach, 1)), incumbent))


def search_points(reach: SearchRange, direction: int) -> Array:
    """List the points to look at on one side of the value: through its range, then beyond it up to its bound."""
    end, bound = (reach.low, reach.least) if direction < 0 else (reach.high, reach.most)
    edge = reach.value if end is None else end
    size = max(abs(reach.value), abs(reach.low or 0.0), abs(reach.high or 0.0))
    steps = size * np.geomspace(NEAREST, FARTHEST, BEYOND) if size else np.logspace(*DECADES, num=2 * BEYOND)
    points = np.concatenate([np.linspace(reach.value, edge, WITHIN), edge + direction * steps, [bound]])
    points = np.clip(points[np.isfinite(points)], reach.least, reach.most)
    return np.asarray(np.round(points) if reach.whole else points)


def _nearest(
    ranking: Ranking, reach: SearchRange, points: Array, incumbent: int
) -> tuple[float | None, int | None]:
    """Find the first point at which another cost than the holder, first at the start, ranks first, to 1e-9 of its size."""
    found = ranking.first_change(reach.path, points, incumbent)
    if found is None:
        return None, None
    start, far, to = float(points[0]), float(points[found[0]]), found[1]
    since = start
    for look in count():
        points = _between(since, far, LOOKS[min(look, 2)], whole=reach.whole)
        found = ranking.first_change(reach.path, points, incumbent)
        if found is None:
            break  # costs that all but tie: how many points are computed at once moves their last bits
        place, to = found
        near, far = float(points[max(place - 1, 0)]), float(points[place])
        narrow = 1.0 if reach.whole else CLOSENESS * max(abs(near), abs(far), SMALLEST)
        if abs(far - near) <= narrow:
            break
        back = near if look else near - BACK * (far - near)
        since = max(start, back) if far > start else min(start, back)
    return far, to


def _between(near: float, far: float, number: int, *, whole: bool) -> Array:
    """Lay points from one end of a way to the other."""
    points = np.linspace(near, far, number)
    return np.array(list(dict.fromkeys(np.round(points).tolist()))) if whole else points
