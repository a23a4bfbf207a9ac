"""Which single assumptions would flip the recommendation, and at what value; and the two that matter most together."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from reportgen.model.options.options import Option
from reportgen.results.uncertainty import SwitchingValue, TwoWay
from reportgen.schema.assumptions import Assumption
from reportgen.simulate.ranking import Ranking
from reportgen.simulate.switching import Reach, switch
from reportgen.simulate.variables import Variables
from reportgen.uncertainty.variables import limits
from reportgen.workers import SERIAL, shared

DISCOUNT_RATE = "finance.discount_rate"
"""It is not followed below 0, unless the case goes there: later money would count for more than money today."""
STEPS = 3
"""Rows and columns of the two-way table on each side of the base case."""
TOGETHER = 8
"""Assumptions whose switching values are looked for in one piece of work, which other hands may take over.

They are dealt out: those that take long stand together in a case.
"""
PAST = 1.25
"""How far beyond a switching value the two-way table looks, as a multiple of the way there."""


@dataclass(frozen=True, slots=True)
class Contest:
    """The eligible options, ranked on full cost; `keys` by place."""

    ranking: Ranking
    keys: tuple[str, ...]

    def key(self, place: int | None) -> str | None:
        """Name the option at a place."""
        return None if place is None else self.keys[place]


def contest(options: Sequence[Option], variables: Variables) -> Contest | None:
    """Set up the ranking of the eligible options; None where there are not two."""
    eligible = {option.key: option.core for option in options if not option.outline.failed}
    return Contest(Ranking(variables, eligible), tuple(eligible)) if len(eligible) > 1 else None


def switching_values(
    between: Contest,
    rows: Sequence[Assumption],
    labels: Mapping[str, str],
    currency: str,
    swings: Mapping[str, float],
    executor: Executor = SERIAL,
) -> tuple[SwitchingValue, ...]:
    """Find the switching values of every stated assumption that effects reach, those that matter most first.

    `swings` has by how much each range moves the lead: what orders the assumptions that flip nothing.
    """
    asked = [(row, labels[row.path], row.unit.text(currency)) for row in rows if row.reachable and row.given]
    count = -(-len(asked) // TOGETHER)
    parts = [asked[start::count] for start in range(count)]
    found = {
        flip.path: flip
        for switching_values in shared(executor, partial(_flips, between), parts)
        for flip in switching_values
    }
    ordered = (found[row.path] for row, _, _ in asked)
    return tuple(sorted(ordered, key=lambda flip: _weight(flip, swings.get(flip.path, 0.0))))


def _flips(between: Contest, asked: Sequence[tuple[Assumption, str, str]]) -> list[SwitchingValue]:
    """Find the switching values of some assumptions, each given with its label and unit."""
    return [_flip(between, row, label, unit) for row, label, unit in asked]


def _flip(between: Contest, row: Assumption, label: str, unit: str) -> SwitchingValue:
    least, most = limits(row.bounds)
    followed = min(row.value, row.low or 0.0, 0.0) if row.path == DISCOUNT_RATE else -np.inf
    reach = Reach(row.path, row.value, row.low, row.high, max(least, followed), most, row.bounds.whole)
    found = switch(between.ranking, reach)
    within = (found.below is not None and row.low is not None and row.low <= found.below) or (
        found.above is not None and row.high is not None and found.above <= row.high
    )
    return SwitchingValue(
        row.path, label, unit, row.value, row.low, row.high,
        found.below, between.key(found.below_to), found.above, between.key(found.above_to), within,
    )  # fmt: skip


def _weight(flip: SwitchingValue, swing: float) -> tuple[bool, bool, bool, float, float]:
    """Order flips: within its range, at all, with a range, the shortest way relative to its size, the widest swing."""
    ways = [abs(at - flip.value) for at in (flip.below, flip.above) if at is not None]
    size = max(abs(flip.value), abs(flip.low or 0.0), abs(flip.high or 0.0))
    way = min(ways) / size if ways and size else np.inf
    return not flip.within, not ways, flip.low is None or flip.high is None, way, -swing


def two_way(between: Contest, found: Sequence[SwitchingValue]) -> TwoWay | None:
    """Say who is recommended over a grid of the two ranged assumptions that matter most; None without two."""
    ranged = [flip for flip in found if _width(flip)][:2]
    if len(ranged) < 2:
        return None
    row, column = ranged
    rows, columns = (
        np.unique(np.clip(_grid(flip), *between.ranking.variables.limits[flip.path])) for flip in ranged
    )
    down, across = np.meshgrid(rows, columns, indexing="ij")
    first = between.ranking.first({row.path: down.ravel(), column.path: across.ravel()}).reshape(down.shape)
    return TwoWay(
        row, column, tuple(map(float, rows)), tuple(map(float, columns)),
        tuple(tuple(between.keys[place] for place in line) for line in first),
    )  # fmt: skip


def _width(flip: SwitchingValue) -> float:
    return 0.0 if flip.low is None or flip.high is None else flip.high - flip.low


def _grid(flip: SwitchingValue) -> NDArray[np.float64]:
    """Lay points through the range, and on past a switching value that lies beyond it, the base case among them."""
    assert flip.low is not None
    assert flip.high is not None
    past = [flip.value + PAST * (at - flip.value) for at in (flip.below, flip.above) if at is not None]
    ends = (min(flip.low, *past), max(flip.high, *past)) if past else (flip.low, flip.high)
    sides = (np.linspace(end, flip.value, STEPS + 1) for end in ends)
    return np.concatenate(list(sides))
