"""The search for switching values: the nearest values of one assumption at which another cost ranks first."""

from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from reportgen.simulate.ranking import Ranking

Array = NDArray[np.float64]

POINTS_WITHIN, POINTS_BEYOND = 25, 40
"""The number of points on each side of the value: inside the range, and beyond it."""
NEAREST, FARTHEST = 0.02, 10.0
"""The nearest and farthest points beyond the range, in multiples of the assumption's size."""
DECADES = (-3, 9)
"""The nearest and farthest points of an assumption of 0, which has no size, as powers of ten."""
REFINEMENTS, OVERLAP = (257, 65, 17), 8
"""The number of points of the first, the second and each later refinement, and the gaps before the change that the second adds.

Why: whole machines make costs jump, so that the ranking may change, and change back, between two points.
"""
PRECISION, SMALLEST = 1e-9, 1e-6
"""A switching value is found to this share of its size; sizes below the second number count as that."""


@dataclass(frozen=True, slots=True)
class SearchRange:
    """The value of an assumption, its range (None: no low or high), its bounds, and whether it is a whole number."""

    path: str
    value: float
    low: float | None
    high: float | None
    least: float
    most: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SwitchingPoints:
    """The nearest values at which another cost ranks first, and the index of that cost; None where there is none on that side."""

    below: float | None
    below_to: int | None
    above: float | None
    above_to: int | None


def switching_points(ranking: Ranking, assumption: SearchRange) -> SwitchingPoints:
    """Find the switching values of one assumption in both directions, all other assumptions as stated."""
    if not ranking.depends_on(assumption.path):
        return SwitchingPoints(None, None, None, None)
    incumbent = int(ranking.ranked_first({})[0])
    below = _nearest(ranking, assumption, np.unique(search_points(assumption, -1))[::-1], incumbent)
    return SwitchingPoints(
        *below, *_nearest(ranking, assumption, np.unique(search_points(assumption, 1)), incumbent)
    )


def search_points(assumption: SearchRange, direction: int) -> Array:
    """Return the points of the search on one side of the value: through its range, then beyond it up to its bound.

    `direction` is -1 (below) or 1 (above).
    """
    range_end, bound = (
        (assumption.low, assumption.least) if direction < 0 else (assumption.high, assumption.most)
    )
    edge = assumption.value if range_end is None else range_end
    size = max(abs(assumption.value), abs(assumption.low or 0.0), abs(assumption.high or 0.0))
    steps = (
        size * np.geomspace(NEAREST, FARTHEST, POINTS_BEYOND)
        if size
        else np.logspace(*DECADES, num=2 * POINTS_BEYOND)
    )
    points = np.concatenate(
        [np.linspace(assumption.value, edge, POINTS_WITHIN), edge + direction * steps, [bound]]
    )
    points = np.clip(points[np.isfinite(points)], assumption.least, assumption.most)
    return np.asarray(np.round(points) if assumption.whole else points)


def _nearest(
    ranking: Ranking, assumption: SearchRange, points: Array, incumbent: int
) -> tuple[float | None, int | None]:
    """Find the first value at which another cost than the incumbent ranks first, and the index of that cost."""
    change = ranking.first_change(assumption.path, points, incumbent)
    if change is None:
        return None, None
    start, after, successor = float(points[0]), float(points[change[0]]), change[1]
    begin_at = start
    for refinement in count():
        points = _evenly_spaced(begin_at, after, REFINEMENTS[min(refinement, 2)], whole=assumption.whole)
        change = ranking.first_change(assumption.path, points, incumbent)
        if change is None:
            break  # near-tied costs: their last bits depend on the number of points computed at once
        index, successor = change
        before, after = float(points[max(index - 1, 0)]), float(points[index])
        tolerance = 1.0 if assumption.whole else PRECISION * max(abs(before), abs(after), SMALLEST)
        if abs(after - before) <= tolerance:
            break
        begin = before if refinement else before - OVERLAP * (after - before)
        begin_at = max(start, begin) if after > start else min(start, begin)
    return after, successor


def _evenly_spaced(start: float, end: float, number: int, *, whole: bool) -> Array:
    """Return evenly spaced points between two ends, without duplicates where they are rounded to whole numbers."""
    points = np.linspace(start, end, number)
    return np.array(list(dict.fromkeys(np.round(points).tolist()))) if whole else points
