"""Percentiles, curves, shares and correlations of small samples, worked out by hand."""

import itertools

import numpy as np
import pytest

from reportgen.simulate.statistics import (
    cheapest,
    correlation,
    curve,
    mean,
    percentile,
    ranks,
    share_at_most,
    standard_error,
)  # fmt: skip


def test_a_percentile_is_the_smallest_amount_that_so_many_do_not_exceed() -> None:
    """Of 1 to 10: nine in ten stay at or below 9, half at or below 5."""
    amounts = np.arange(10, 0, -1.0)
    assert [percentile(amounts, share) for share in (0.1, 0.5, 0.9)] == [1, 5, 9]


def test_the_share_at_most() -> None:
    """Three of four are at most 2, equal ones included."""
    assert share_at_most(np.array([1.0, 2.0, 2.0, 3.0]), 2.0) == 0.75


def test_a_curve_rises_to_one() -> None:
    """Equal amounts are one point, the last one at 1; a long sample has 200 points."""
    assert curve(np.array([3.0, 1.0, 1.0, 2.0])) == ((1, 0.5), (2, 0.75), (3, 1))
    points = curve(np.random.default_rng(1).random(5000))
    assert len(points) == 200
    assert points[-1][1] == 1
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(points))


def test_the_cheapest_and_ties() -> None:
    """A is lowest in one of four, b in two; of the tie the first takes it."""
    found = cheapest({"a": np.array([1.0, 5, 2, 9]), "b": np.array([2.0, 4, 2, 8])})
    assert found == {"a": 0.5, "b": 0.5}


def test_standard_error_of_a_share() -> None:
    """0.5 in 10,000 draws: 0.005."""
    assert standard_error(0.5, 10_000) == pytest.approx(0.005)


def test_equal_amounts_share_the_mean_of_their_ranks() -> None:
    """30, 10, 20, 20 rank 4, 1, 2.5, 2.5."""
    assert list(ranks(np.array([30.0, 10, 20, 20]))) == [4, 1, 2.5, 2.5]


def test_spearman_of_a_known_sample() -> None:
    """IQ against hours of television, the usual textbook example of ten pairs: -29/165."""
    iq = np.array([106.0, 100, 86, 101, 99, 103, 97, 113, 112, 110])
    hours = np.array([7.0, 27, 2, 50, 28, 29, 20, 12, 6, 17])
    assert correlation(ranks(iq), ranks(hours)) == pytest.approx(-29 / 165)
    assert correlation(ranks(iq), np.ones(10)) == 0


def test_weights_are_shares_of_the_sample() -> None:
    """3 with 0.5, 1 with 0.3, 2 with 0.2: half at most 2, 0.8 more than 1.9 or less; the mean 2.2; what cannot be is left out."""
    amounts, weights = np.array([3.0, 1.0, 2.0, 9.0]), np.array([0.5, 0.3, 0.2, 0.0])
    assert [percentile(amounts, share, weights) for share in (0.3, 0.5, 0.51, 1.0)] == [1, 2, 3, 3]
    assert share_at_most(amounts, 2.0, weights) == pytest.approx(0.5)
    assert mean(amounts, weights) == pytest.approx(2.2)
    assert curve(amounts, weights) == ((1, 0.3), (2, 0.5), (3, 1))
    found = cheapest({"a": amounts, "b": np.full(4, 2.0)}, weights)
    assert found == pytest.approx({"a": 0.5, "b": 0.5})
