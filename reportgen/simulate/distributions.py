"""Quantile functions of the distributions of an assumption between its low and its high."""

from collections.abc import Callable
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reportgen.runtime.records import dataclass

Array = NDArray[np.float64]
Distribution = Literal["triangular", "uniform", "pert", "lognormal"]

GRID = 20_000
"""Steps of the numerical integral of a PERT density; its quantiles are exact to about 1e-9 of the range."""
WEIGHT = 4.0
"""The weight of the mode in a PERT distribution, which is the sum of the two exponents of its density."""


@dataclass(frozen=True, slots=True)
class Range:
    """The distribution of an assumption; `value` is the mode of a triangular or PERT distribution.

    `low` and `high` are the 10th and 90th percentiles of a lognormal distribution, the ends of all others; `value` has
    no effect on a uniform or lognormal one.
    """

    distribution: Distribution
    low: float
    value: float
    high: float

    def quantile(self, probability: Array) -> Array:
        """Return the quantiles at probabilities 0..1; same shape."""
        return QUANTILES[self.distribution](self, probability)


def _triangular(stated: Range, probability: Array) -> Array:
    width = stated.high - stated.low
    if not width:
        return np.full_like(probability, stated.value)
    left, right = stated.value - stated.low, stated.high - stated.value
    left_branch = stated.low + np.sqrt(probability * width * left)
    right_branch = stated.high - np.sqrt((1 - probability) * width * right)
    return np.where(probability * width < left, left_branch, right_branch)


def _uniform(stated: Range, probability: Array) -> Array:
    return stated.low + probability * (stated.high - stated.low)


def _pert(stated: Range, probability: Array) -> Array:
    """Invert the cumulative beta distribution numerically; its exponents add up to WEIGHT.

    Why: the only library that inverts it is a hundred times the size of this program; the density has no poles
    (both exponents are at least 0), so that its integral over a fine grid is exact enough.
    """
    width = stated.high - stated.low
    if not width:
        return np.full_like(probability, stated.value)
    left = WEIGHT * (stated.value - stated.low) / width
    edges = np.linspace(0.0, 1.0, GRID + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    cumulative = np.cumsum(middles**left * (1 - middles) ** (WEIGHT - left))
    return stated.low + width * np.interp(probability, np.append(0.0, cumulative / cumulative[-1]), edges)


def _lognormal(stated: Range, probability: Array) -> Array:
    low, high = np.log(stated.low), np.log(stated.high)
    spread = (high - low) / (2 * NormalDist().inv_cdf(0.9))
    normal = np.fromiter(map(NormalDist().inv_cdf, probability.ravel()), float, probability.size).reshape(
        probability.shape
    )
    return np.asarray(np.exp((low + high) / 2 + spread * normal))


QUANTILES: dict[Distribution, Callable[[Range, Array], Array]] = {
    "triangular": _triangular, "uniform": _uniform, "pert": _pert, "lognormal": _lognormal,
}  # fmt: skip
