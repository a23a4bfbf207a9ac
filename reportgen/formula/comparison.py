"""Amounts of money compared: equal within a billionth, and of equal ones the first."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

TIE = 1e-9
"""Amounts that differ by no more than this share of the larger one (of 1 at least) are equal (MODEL, "Full economic cost")."""


def is_below(amount: Array, other: Array) -> NDArray[np.bool_]:
    """Return where an amount is less than another one and not equal to it; the shapes broadcast."""
    first, second = np.asarray(amount, dtype=float), np.asarray(other, dtype=float)
    with np.errstate(invalid="ignore"):
        distance = np.abs(first - second)
        largest = np.maximum(1.0, np.maximum(np.abs(first), np.abs(second)))
        tied = np.isfinite(largest) & (distance <= TIE * largest)
        return np.asarray((first < second) & ~tied)


def are_equal(amount: Array, other: Array) -> NDArray[np.bool_]:
    """Return where neither of two amounts is below the other; the shapes broadcast."""
    return np.asarray(~is_below(amount, other) & ~is_below(other, amount))


def first_lowest(costs: Array) -> NDArray[np.intp]:
    """Return the place of the lowest cost along the last axis, of equal ones the first; what is no number is never lowest."""
    finite = np.where(np.isfinite(costs), costs, np.inf)
    lowest = finite.min(axis=-1, keepdims=True)
    return np.asarray(np.argmin(is_below(lowest, finite), axis=-1))


def ranked(costs: Sequence[float]) -> list[int]:
    """Return the places of all costs, the lowest first; equal ones in their own order."""
    rest, order = list(range(len(costs))), []
    while rest:
        order.append(rest.pop(int(first_lowest(np.array([costs[place] for place in rest])))))
    return order
