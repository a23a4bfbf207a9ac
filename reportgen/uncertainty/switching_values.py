"""Switching values of single assumptions, and the two-way table of the two that matter most."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.model.options.options import Option
from reportgen.results.uncertainty import SwitchingValue, TwoWay
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.simulate.ranking import Ranking
from reportgen.simulate.switching import SearchRange, ascending, switching_points
from reportgen.simulate.variables import Variables
from reportgen.uncertainty.variables import limits
from reportgen.workers import SERIAL, share_work

DISCOUNT_RATE = "finance.discount_rate"
"""It is not searched below 0 unless the case has it there, because later money would count for more than money today."""
STEPS = 3
"""The rows and columns of the two-way table on each side of the base case."""
CHUNK = 8
"""The number of assumptions searched in one unit of work.

Why: units take every n-th assumption, because those that take long follow each other in a case.
"""
OVERSHOOT = 1.25
"""How far the two-way table reaches beyond a switching value, as a multiple of its distance."""


@dataclass(frozen=True, slots=True)
class EligibleRanking:
    """The ranking of the eligible options on full cost, with their keys by index."""

    ranking: Ranking
    keys: tuple[str, ...]

    def key(self, index: int | None) -> str | None:
        """Return the key of the option at an index."""
        return None if index is None else self.keys[index]


def eligible_ranking(options: Sequence[Option], variables: Variables) -> EligibleRanking | None:
    """Return the ranking of the eligible options; None where there are fewer than two."""
    cores = {option.key: option.core for option in options if not option.outline.failed}
    return EligibleRanking(Ranking(variables, cores), tuple(cores)) if len(cores) > 1 else None


def switching_values(
    eligible: EligibleRanking,
    rows: Sequence[Assumption],
    labels: Mapping[str, str],
    currency: str,
    swings: Mapping[str, float],
    executor: Executor = SERIAL,
    after: Future[Any] | None = None,
) -> tuple[SwitchingValue, ...]:
    """Find the switching values of every stated assumption that effects reach, those that matter most first.

    The executor takes part once it has done what is `after`.
    What moves together is searched once, under the path of the first; `labels` has the label of all. `swings` maps
    paths to the change of the lead over the range, which orders assumptions without switching values.
    """
    members = eligible.ranking.variables.members
    first_paths = {row.path: _first_path(row.path, rows, members) for row in rows}
    searched = [
        _Search(row, labels[row.path], row.unit.text(currency), members.get(row.path, (row.path,)))
        for row in rows
        if row.reachable and row.given and first_paths[row.path] == row.path
    ]
    count = -(-len(searched) // CHUNK)
    parts = [searched[start::count] for start in range(count)]
    by_path = {
        switching.path: switching
        for chunk in share_work(executor, partial(_search_chunk, eligible), parts, after)
        for switching in chunk
    }
    ordered = (by_path[search.row.path] for search in searched)
    return tuple(sorted(ordered, key=lambda switching: _sort_key(switching, swings.get(switching.path, 0.0))))


@dataclass(frozen=True, slots=True)
class _Search:
    """One search: the assumption, the label and the unit of what is moved, and the paths that move with it."""

    row: Assumption
    label: str
    unit: str
    paths: tuple[str, ...]


def _first_path(path: str, rows: Sequence[Assumption], members: Mapping[str, tuple[str, ...]]) -> str:
    """Return the path under which an assumption is searched: of what moves together the first in the register."""
    together = members.get(path, (path,))
    return next(row.path for row in rows if row.path in together)


def _search_chunk(eligible: EligibleRanking, chunk: Sequence[_Search]) -> list[SwitchingValue]:
    """Find the switching values of some assumptions."""
    return [_search(eligible, search) for search in chunk]


def _search(eligible: EligibleRanking, search: _Search) -> SwitchingValue:
    """Find the switching values of one assumption, with what moves with it."""
    row = search.row
    least, most = limits(row.bounds)
    least_searched = min(row.value, row.low or 0.0, 0.0) if row.path == DISCOUNT_RATE else -np.inf
    search_range = SearchRange(
        row.path, row.value, row.low, row.high, max(least, least_searched), most, row.bounds.whole
    )
    found = switching_points(eligible.ranking, search_range)
    within = (found.below is not None and row.low is not None and row.low <= found.below) or (
        found.above is not None and row.high is not None and found.above <= row.high
    )
    return SwitchingValue(
        row.path, search.label, search.unit, row.value, row.low, row.high,
        found.below, eligible.key(found.below_to), found.above, eligible.key(found.above_to), within,
        found.searched, search.paths,
    )  # fmt: skip


def _sort_key(switching: SwitchingValue, swing: float) -> tuple[bool, bool, bool, float, float]:
    """Sort by: switching value within the range, any at all, a range, relative distance, width of the swing."""
    distances = [abs(at - switching.value) for at in (switching.below, switching.above) if at is not None]
    size = max(abs(switching.value), abs(switching.low or 0.0), abs(switching.high or 0.0))
    distance = min(distances) / size if distances and size else np.inf
    return (
        not switching.within,
        not distances,
        switching.low is None or switching.high is None,
        distance,
        -swing,
    )


def two_way(eligible: EligibleRanking, found: Sequence[SwitchingValue]) -> TwoWay | None:
    """Return the recommended option over a grid of the two ranged assumptions that matter most; None without two.

    `found` is in the order of `switching_values`.
    """
    ranged = [switching for switching in found if _width(switching)][:2]
    if len(ranged) < 2:
        return None
    row, column = ranged
    rows, columns = (
        ascending(np.clip(_grid(switching), *eligible.ranking.variables.limits[switching.path]))
        for switching in ranged
    )
    down, across = np.meshgrid(rows, columns, indexing="ij")
    moved = eligible.ranking.variables.moved
    changes = moved(row.path, down.ravel()) | moved(column.path, across.ravel())
    first = eligible.ranking.ranked_first(changes).reshape(down.shape)
    return TwoWay(
        row, column, tuple(map(float, rows)), tuple(map(float, columns)),
        tuple(tuple(eligible.keys[index] for index in line) for line in first),
    )  # fmt: skip


def _width(switching: SwitchingValue) -> float:
    return 0.0 if switching.low is None or switching.high is None else switching.high - switching.low


def _grid(switching: SwitchingValue) -> NDArray[np.float64]:
    """Return grid points over the range, and beyond it past a switching value; the base case is one of them."""
    assert switching.low is not None
    assert switching.high is not None
    beyond = [
        switching.value + OVERSHOOT * (at - switching.value)
        for at in (switching.below, switching.above)
        if at is not None
    ]
    ends = (
        (min(switching.low, *beyond), max(switching.high, *beyond))
        if beyond
        else (switching.low, switching.high)
    )
    sides = (np.linspace(end, switching.value, STEPS + 1) for end in ends)
    return np.concatenate(list(sides))
