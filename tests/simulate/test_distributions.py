"""Each distribution against its known moments and quantiles."""

from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from reportgen.simulate.distributions import Distribution, Range

MIDDLES = (np.arange(200_000) + 0.5) / 200_000
"""Shares of futures, evenly spread: the mean over them is the integral of the quantile."""


def moments(known: Range) -> tuple[float, float]:
    """Integrate the mean and the variance."""
    values = known.quantile(MIDDLES)
    return float(values.mean()), float(values.var())


def test_triangular_moments() -> None:
    """Low 1, mode 2, high 6: mean (1+2+6)/3 = 3, variance (1+4+36-2-6-12)/18 = 21/18."""
    mean, variance = moments(Range("triangular", 1, 2, 6))
    assert mean == pytest.approx(3, rel=1e-6)
    assert variance == pytest.approx(21 / 18, rel=1e-5)


def test_triangular_quantiles() -> None:
    """The mode 2 of 1, 2, 6 lies at (2-1)/(6-1) = 0.2; half of the futures stay below 6 - sqrt(0.5 x 5 x 4)."""
    found = Range("triangular", 1, 2, 6).quantile(np.array([0.0, 0.2, 0.5, 1.0]))
    assert found == pytest.approx([1, 2, 6 - sqrt(10), 6])


def test_uniform_moments() -> None:
    """Between 2 and 8: mean 5, variance 36/12 = 3; the value plays no part."""
    assert moments(Range("uniform", 2, 7, 8)) == pytest.approx((5, 3), rel=1e-6)


def test_pert_moments() -> None:
    """Low 0, mode 1, high 4: mean (0+4+4)/6 = 4/3, variance (4/3)(4-4/3)/7 = 32/63."""
    mean, variance = moments(Range("pert", 0, 1, 4))
    assert mean == pytest.approx(4 / 3, rel=1e-6)
    assert variance == pytest.approx(32 / 63, rel=1e-5)


def test_pert_quantiles() -> None:
    """A mode in the middle is symmetric; a mode at the low has the density 5 (1-x)^4, so F(x) = 1 - (1-x)^5."""
    assert Range("pert", 0, 5, 10).quantile(np.array([0.5])) == pytest.approx([5])
    shares = np.array([0.01, 0.3, 0.5, 0.99])
    assert Range("pert", 0, 0, 1).quantile(shares) == pytest.approx(1 - (1 - shares) ** 0.2, rel=1e-6)
    assert Range("pert", 0, 1, 1).quantile(shares) == pytest.approx(shares**0.2, rel=1e-6)


def test_lognormal_moments() -> None:
    """Percentiles 10 and 90 of 1 and 4: ln has the mean ln 2 and the deviation ln 2 / 1.28155."""
    spread = log(2) / NormalDist().inv_cdf(0.9)
    known = Range("lognormal", 1, 2, 4)
    mean, variance = moments(known)
    assert mean == pytest.approx(2 * exp(spread**2 / 2), rel=1e-4)
    assert variance == pytest.approx(4 * exp(spread**2) * (exp(spread**2) - 1), rel=1e-2)
    assert known.quantile(np.array([0.1, 0.5, 0.9])) == pytest.approx([1, 2, 4])


@pytest.mark.parametrize("distribution", ["triangular", "uniform", "pert", "lognormal"])
def test_a_range_without_width_is_its_value(distribution: Distribution) -> None:
    """Low, value and high of 3 give 3 at every share."""
    assert Range(distribution, 3, 3, 3).quantile(np.array([0.01, 0.5, 0.99])) == pytest.approx([3, 3, 3])


@pytest.mark.parametrize("distribution", ["triangular", "uniform", "pert", "lognormal"])
def test_higher_shares_give_higher_values(distribution: Distribution) -> None:
    """A quantile never falls: what moves together stays in order."""
    values = Range(distribution, 0.5, 0.7, 3).quantile(np.linspace(1e-9, 1 - 1e-9, 10_001))
    assert (np.diff(values) >= 0).all()
