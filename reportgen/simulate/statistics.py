"""Statistics of a sample: percentiles, cumulative curves, shares of the lowest cost, rank correlations."""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Key = TypeVar("Key")

CURVE_POINTS = 200
"""The largest number of points of a cumulative curve."""


def percentile(amounts: Array, share: float) -> float:
    """Return the smallest amount that is not exceeded in this share of the sample."""
    return float(np.quantile(amounts, share, method="inverted_cdf"))


def share_at_most(amounts: Array, limit: float) -> float:
    """Return the share of the sample that does not exceed a limit, with a tolerance of 1e-9 of it."""
    return float(np.mean(amounts <= limit + 1e-9 * max(abs(limit), 1.0)))


def curve(amounts: Array) -> tuple[tuple[float, float], ...]:
    """Return the cumulative distribution as ascending points (amount, share of at most that), the last one at 1."""
    ordered = np.sort(amounts)
    places = np.unique(np.linspace(0, len(ordered) - 1, min(CURVE_POINTS, len(ordered))).astype(int))
    points = {float(ordered[place]): float(place + 1) / len(ordered) for place in places}
    return tuple(points.items())


def cheapest(costs: Mapping[Key, Array]) -> dict[Key, float]:
    """Return the share of the sample in which each cost is the lowest; ties go to the first in order."""
    if not costs:
        return {}
    lowest = np.argmin(np.stack(list(costs.values())), axis=0)
    return {key: float(np.mean(lowest == place)) for place, key in enumerate(costs)}


def standard_error(share: float, draws: int) -> float:
    """Return the standard error of a share that was counted in independent draws."""
    return float(np.sqrt(share * (1 - share) / draws))


def ranks(amounts: Array) -> Array:
    """Return the ranks of a sample from 1; equal amounts have the mean of their ranks."""
    _, inverse, counts = np.unique(amounts, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse])


def correlation(first: Array, second: Array) -> float:
    """Return the correlation of two samples (of ranks: Spearman's coefficient); 0 where one of them is constant."""
    left, right = first - first.mean(), second - second.mean()
    size = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / size if size else 0.0
