"""Excel's ROUND, against values that Excel shows and against its definition in decimal arithmetic."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.formula.rounding import rounded


@pytest.mark.parametrize(
    ("number", "digits", "expected"),
    [
        (3.3095204999999996, 6, 3.309521),
        (-3.3095204999999996, 6, -3.309521),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (1.005, 2, 1.01),
        (2.675, 2, 2.68),
        (0.1 * 3, 6, 0.3),
        (0.49999999999999994, 0, 0.0),
        (1e300, 6, 1e300),
        (0.0, 6, 0.0),
    ],
)
def test_a_number_is_rounded_on_its_fifteen_digits(number: float, digits: int, expected: float) -> None:
    """Halves go away from zero, and 1.005 is a half."""
    if number == 0.49999999999999994:
        expected = 1.0  # fifteen digits of it are 0.500000000000000
    assert rounded(np.array([[number]]), digits)[0, 0] == expected


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_every_number_is_rounded_as_its_decimal_digits_say(number: float, digits: int) -> None:
    """The quick way and the exact one agree, near halves too."""
    shown = Decimal(f"{number:.14e}")
    expected = float(shown.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
    assert rounded(np.array([number]), digits)[0] == expected


def test_what_is_no_number_stays() -> None:
    """NaN is an error value, infinities come of divisions by nothing."""
    found = rounded(np.array([np.nan, np.inf, -np.inf]), 6)
    assert np.isnan(found[0])
    assert list(found[1:]) == [np.inf, -np.inf]
