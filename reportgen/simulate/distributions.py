"""Distributions of an assumption between its low and its high: which value a share of futures stays below."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Distribution = Literal["triangular", "uniform", "pert", "lognormal"]

GRID = 20_000
"""Steps of the numerical integral of a PERT density: its quantiles are good to some 1e-9 of the range."""
WEIGHT = 4.0
"""How much more the value counts than an end in a PERT distribution; its two exponents then add up to this."""


@dataclass(frozen=True, slots=True)
class Range:
    """What is known about an assumption: its value is the mode of a triangular or PERT distribution.

    Of a lognormal one low and high are the 10th and 90th percentiles; the value plays no part in it.
    """

    distribution: Distribution
    low: float
    value: float
    high: float

    def quantile(self, share: Array) -> Array:
        """Give the values that these shares of futures (0..1) stay below; same shape."""
        return QUANTILES[self.distribution](self, share)


def _triangular(known: Range, share: Array) -> Array:
    width = known.high - known.low
    if not width:
        return np.full_like(share, known.value)
    left, right = known.value - known.low, known.high - known.value
    rising = known.low + np.sqrt(share * width * left)
    falling = known.high - np.sqrt((1 - share) * width * right)
    return np.where(share * width < left, rising, falling)


def _uniform(known: Range, share: Array) -> Array:
    return known.low + share * (known.high - known.low)


def _pert(known: Range, share: Array) -> Array:
    """Invert the beta distribution with exponents left and right of the mode that add up to four.

    Why: the only library that inverts it is a hundred times the size of this program; the density has no poles
    (both exponents are at least 0), so that its integral over a fine grid is exact enough.
    """
    width = known.high - known.low
    if not width:
        return np.full_like(share, known.value)
    left = WEIGHT * (known.value - known.low) / width
    edges = np.linspace(0.0, 1.0, GRID + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    reached = np.cumsum(middles**left * (1 - middles) ** (WEIGHT - left))
    return known.low + width * np.interp(share, np.append(0.0, reached / reached[-1]), edges)


def _lognormal(known: Range, share: Array) -> Array:
    low, high = np.log(known.low), np.log(known.high)
    spread = (high - low) / (2 * NormalDist().inv_cdf(0.9))
    normal = np.fromiter(map(NormalDist().inv_cdf, share.ravel()), float, share.size).reshape(share.shape)
    return np.asarray(np.exp((low + high) / 2 + spread * normal))


QUANTILES: dict[Distribution, Callable[[Range, Array], Array]] = {
    "triangular": _triangular, "uniform": _uniform, "pert": _pert, "lognormal": _lognormal,
}  # fmt: skip
