"""The search for switching values: the nearest values of one assumption at which another cost ranks first."""

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.comparison import are_equal, first_lowest, is_below
from reportgen.runtime.records import dataclass
from reportgen.simulate.ranking import Ranking

Array = NDArray[np.float64]

POINTS_WITHIN, POINTS_BEYOND = 25, 40
"""The number of points on each side of the value: inside the range, and beyond it."""
NEAREST, FARTHEST = 0.02, 10.0
"""The nearest and farthest points beyond the range, in multiples of the assumption's size."""
DECADES = (-3, 9)
"""The nearest and farthest points of an assumption of 0, which has no size, as powers of ten."""
CHILDREN, MOST_CHILDREN = 256, 64
"""The number of parts into which all intervals together, and one interval at most, are divided in one pass."""
LARGEST_SEARCH = 4000
"""The number of points after which a search between points that do not change the ranking is given up."""
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
    """The nearest values at which another cost ranks first, and the index of that cost; None where there is none on that side.

    `searched` are the farthest values that were looked at on each side.
    """

    below: float | None
    below_to: int | None
    above: float | None
    above_to: int | None
    searched: tuple[float, float]


def switching_points(ranking: Ranking, assumption: SearchRange) -> SwitchingPoints:
    """Find the switching values of one assumption in both directions, all others but those that move with it as stated."""
    sides = [_outward(assumption, direction) for direction in (-1, 1)]
    searched = float(sides[0][-1]), float(sides[1][-1])
    if not ranking.depends_on(assumption.path):
        return SwitchingPoints(None, None, None, None, searched)
    costs = np.split(ranking.along(assumption.path, np.concatenate(sides)), [len(sides[0])])
    below, above = (_nearest(ranking, assumption, *side) for side in zip(sides, costs, strict=True))
    return SwitchingPoints(*below, *above, searched)


def _outward(assumption: SearchRange, direction: int) -> Array:
    """Return the points of the search on one side, each once, from the value outwards."""
    return ascending(search_points(assumption, direction))[::direction]


def ascending(values: Array) -> Array:
    """Return values in order, each once. Why not numpy's unique: it loads masked arrays, which nothing else here needs."""
    return np.array(sorted(set(values.tolist())))


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


@dataclass(frozen=True, slots=True)
class _Intervals:
    """Intervals in their order from the value outwards, with the costs at both ends, shape (intervals, costs)."""

    start: Array
    end: Array
    start_costs: Array
    end_costs: Array

    def __len__(self) -> int:
        return len(self.start)

    def take(self, which: NDArray[np.bool_]) -> "_Intervals":
        """Return some of the intervals."""
        return _Intervals(self.start[which], self.end[which], self.start_costs[which], self.end_costs[which])

    def up_to_change(self, incumbent: int) -> "_Intervals":
        """Return the intervals up to the first at whose end another cost ranks first."""
        changed = np.flatnonzero(first_lowest(self.end_costs) != incumbent)
        return self.take(np.arange(len(self)) <= changed[0]) if len(changed) else self

    def doubtful(self, incumbent: int) -> NDArray[np.bool_]:
        """Flag the intervals in which another cost may rank first somewhere.

        Why: a cost that only rises or only falls in an interval stays between its ends, with whatever steps. So another
        cost can rank first only where the incumbent's higher end is above the lower end of another one. Costs that are
        equal at both ends are taken to be equal between them.
        """
        higher = np.maximum(self.start_costs, self.end_costs)[:, incumbent]
        lower = np.minimum(self.start_costs, self.end_costs)
        equal = np.ones_like(lower, dtype=bool)
        for costs in (self.start_costs, self.end_costs):
            own = costs[:, incumbent, None]
            equal &= are_equal(costs, own)
        lower[equal] = np.inf
        changed: NDArray[np.bool_] = first_lowest(self.end_costs) != incumbent
        return is_below(lower.min(axis=1), higher) | changed


def _nearest(
    ranking: Ranking, assumption: SearchRange, points: Array, costs: Array
) -> tuple[float | None, int | None]:
    """Find the first value at which another cost than the incumbent ranks first, and the index of that cost.

    `costs` are those at the points, shape (points, costs); the first point is the value as stated. Between two points at
    which the incumbent ranks first it may not do so, because whole machines make costs jump: just before a step the cost of
    a fleet is lowest. Intervals in which that may be are divided, the nearest change wins.
    """
    incumbent = int(first_lowest(costs[:1])[0])
    intervals = _Intervals(points[:-1], points[1:], costs[:-1], costs[1:])
    return _first_change(ranking, assumption, intervals.up_to_change(incumbent), incumbent) or (None, None)


def _first_change(
    ranking: Ranking, assumption: SearchRange, intervals: _Intervals, incumbent: int
) -> tuple[float, int] | None:
    """Find the first change within intervals, to the precision asked for; None where there is none."""
    computed = 0
    while len(intervals := intervals.take(intervals.doubtful(incumbent))):
        changes = first_lowest(intervals.end_costs) != incumbent
        narrow = _narrow(assumption, intervals)
        if changes[-1] and narrow[-1] and len(intervals) == 1:
            return float(intervals.end[-1]), int(first_lowest(intervals.end_costs)[-1])
        keep = ~narrow | changes
        if computed > LARGEST_SEARCH:
            keep &= changes  # the change that is known, without looking for a nearer one
        intervals = intervals.take(keep)
        if not len(intervals):
            return None
        intervals = _divided(ranking, assumption, intervals)
        computed += len(intervals)
        intervals = intervals.up_to_change(incumbent)
    return None


def _narrow(assumption: SearchRange, intervals: _Intervals) -> NDArray[np.bool_]:
    """Flag the intervals that are as narrow as switching values are precise."""
    if assumption.whole:
        return np.abs(intervals.end - intervals.start) <= 1
    size = np.maximum(np.maximum(np.abs(intervals.start), np.abs(intervals.end)), SMALLEST)
    return np.abs(intervals.end - intervals.start) <= PRECISION * size


def _divided(ranking: Ranking, assumption: SearchRange, intervals: _Intervals) -> _Intervals:
    """Divide every interval into parts of equal width, those that are narrow already stay as they are."""
    parts = int(np.clip(CHILDREN // len(intervals), 2, MOST_CHILDREN))
    narrow = _narrow(assumption, intervals)
    edges = [
        np.array([start, end]) if stays else _evenly_spaced(start, end, parts + 1, whole=assumption.whole)
        for start, end, stays in zip(intervals.start, intervals.end, narrow, strict=True)
    ]
    inner = np.concatenate([inside[1:-1] for inside in edges])
    costs = ranking.along(assumption.path, inner) if len(inner) else np.empty((0, len(ranking.costs)))
    pieces, used = [], 0
    for place, inside in enumerate(edges):
        count = len(inside) - 2
        rows = np.concatenate([
            intervals.start_costs[place : place + 1], costs[used : used + count], intervals.end_costs[place : place + 1]
        ])  # fmt: skip
        pieces.append(_Intervals(inside[:-1], inside[1:], rows[:-1], rows[1:]))
        used += count
    return _Intervals(*(np.concatenate([getattr(one, name) for one in pieces]) for name in FIELDS))


FIELDS = ("start", "end", "start_costs", "end_costs")


def _evenly_spaced(start: float, end: float, number: int, *, whole: bool) -> Array:
    """Return evenly spaced points between two ends, without duplicates where they are rounded to whole numbers."""
    points = np.linspace(start, end, number)
    return np.array(list(dict.fromkeys(np.round(points).tolist()))) if whole else points
