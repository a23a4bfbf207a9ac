"""Tables of many rows, each a test: one row in some stands in the fast run, all of them in the whole."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def sampled(rows: Iterable[Any], called: Callable[[Any], str] | None = None, every: int = 8) -> list[Any]:
    """Return rows as parameters of a test, slow but for one in `every`; a tuple is several arguments.

    Args:
        rows: the values of each test.
        called: gives a row's id; pytest's own without it.
        every: how many rows one row of the fast run stands for.
    """
    return [
        pytest.param(
            *(row if isinstance(row, tuple) else (row,)),
            id=called(row) if called else None,
            marks=pytest.mark.slow if place % every else (),
        )
        for place, row in enumerate(rows)
    ]
