"""Amounts of money compared."""

import numpy as np

from reportgen.formula.comparison import first_lowest, is_below, ranked


def test_a_billionth_is_no_difference() -> None:
    """Below 1 the tolerance is 1e-9, of a million 0.001; what has no end is below nothing."""
    amounts = np.array([0.0, -2e-9, 1e6 - 0.0009, 1e6 - 0.0011, 5.0, np.inf])
    others = np.array([5e-10, 0.0, 1e6, 1e6, np.inf, np.inf])
    assert is_below(amounts, others).tolist() == [False, True, False, True, True, False]


def test_the_first_of_equal_costs_is_the_lowest() -> None:
    """By row: the second is lowest; the first of two equal ones; the number where the other is none."""
    costs = np.array([[3.0, 2.0, 9.0], [2.0, 2.0 - 1e-10, 9.0], [np.nan, 7.0, np.inf]])
    assert first_lowest(costs).tolist() == [1, 0, 1]


def test_a_ranking_keeps_the_order_of_equal_costs() -> None:
    """5, 3, 3, 1: the last, the two in the middle as they stand, the first."""
    assert ranked([5.0, 3.0, 3.0 - 1e-12, 1.0]) == [3, 1, 2, 0]
    assert ranked([]) == []
