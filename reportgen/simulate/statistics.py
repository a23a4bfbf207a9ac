"""Statistics of a sample: percentiles, cumulative curves, shares of the lowest cost, rank correlations."""

from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.comparison import first_lowest

Array = NDArray[np.float64]
Key = TypeVar("Key")

CURVE_POINTS = 200
"""The largest number of points of a cumulative curve."""
SHARE_TOLERANCE = 1e-9
"""Sums of probabilities differ from what they stand for by less than this."""


def percentile(amounts: Array, share: float, weights: Array | None = None) -> float:
    """Return the smallest amount that is not exceeded in this share of the sample (MODEL, "Risk scenarios")."""
    ordered, cumulative = _cumulative(amounts, weights)
    return float(ordered[int(np.argmax(cumulative >= share - SHARE_TOLERANCE))])


def share_at_most(amounts: Array, limit: float, weights: Array | None = None) -> float:
    """Return the share of the sample that does not exceed a limit, with a tolerance of 1e-9 of it."""
    return mean(amounts <= limit + 1e-9 * max(abs(limit), 1.0), weights)


def mean(amounts: NDArray[Any], weights: Array | None = None) -> float:
    """Return the mean of the sample; of flags the share."""
    return float(np.mean(amounts)) if weights is None else float(amounts.astype(float) @ weights)


def curve(amounts: Array, weights: Array | None = None) -> tuple[tuple[float, float], ...]:
    """Return the cumulative distribution as ascending points (amount, share of at most that), the last one at 1."""
    ordered, cumulative = _cumulative(amounts, weights)
    places = np.linspace(0, len(ordered) - 1, min(CURVE_POINTS, len(ordered))).astype(int)
    points = {float(ordered[place]): float(cumulative[place]) for place in places}
    return tuple(points.items())


def _cumulative(amounts: Array, weights: Array | None) -> tuple[Array, Array]:
    """Return the amounts in order, and the share of the sample up to each."""
    if weights is None:
        return np.sort(amounts), np.arange(1, len(amounts) + 1) / len(amounts)
    possible = weights > 0
    order = np.argsort(amounts[possible], kind="stable")
    cumulative = np.minimum(np.cumsum(weights[possible][order]), 1.0)
    cumulative[-1] = 1.0
    return amounts[possible][order], cumulative


def cheapest(costs: Mapping[Key, Array], weights: Array | None = None) -> dict[Key, float]:
    """Return the share of the sample in which each cost is the lowest; ties go to the first in order."""
    if not costs:
        return {}
    lowest = first_lowest(np.stack(list(costs.values()), axis=-1))
    return {key: mean(lowest == place, weights) for place, key in enumerate(costs)}


def standard_error(share: float, draws: int) -> float:
    """Return the standard error of a share that was counted in independent draws."""
    return float(np.sqrt(share * (1 - share) / draws))


def ranks(amounts: Array, weights: Array | None = None) -> Array:
    """Return the ranks of a sample from 1; equal amounts have the mean of their ranks.

    With weights a rank is the share of the sample below, and half of that at the amount, times the size of the sample.
    """
    _, inverse, counts = np.unique(amounts, return_inverse=True, return_counts=True)
    if weights is None:
        last = np.cumsum(counts)
        return np.asarray((last - (counts - 1) / 2)[inverse])
    heavy = np.bincount(inverse, weights)
    return np.asarray((np.cumsum(heavy) - heavy / 2)[inverse] * len(amounts) + 0.5)


def correlation(first: Array, second: Array, weights: Array | None = None) -> float:
    """Return the correlation of two samples (of ranks: Spearman's coefficient); 0 where one of them is constant."""
    share = np.full(len(first), 1 / len(first)) if weights is None else weights
    left, right = first - first @ share, second - second @ share
    size = float(np.sqrt((left * left @ share) * (right * right @ share)))
    return float(left * right @ share) / size if size > 1e-12 else 0.0
