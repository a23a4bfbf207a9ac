"""Excel's ROUND: half away from zero on the fifteen significant decimal digits of a number."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

SIGNIFICANT = Context(prec=15, rounding=ROUND_HALF_EVEN)
NEAR = 1e-14
"""A number this close to a half, relative to its size, is decided by its decimal digits: fifteen of them leave 5e-15."""
WHOLE = 2.0**52
"""From here on every number is a whole one."""


def rounded(values: Array, digits: int) -> Array:
    """Round every value to a number of decimals as Excel does; NaN and infinities stay.

    3.3095204999999996 is 3.3095205 on fifteen digits, and rounds up at six decimals.
    """
    numbers = np.asarray(values, dtype=float)
    scale = 10.0**digits
    size = np.abs(numbers) * scale
    with np.errstate(invalid="ignore"):
        whole = np.floor(size + 0.5)
        distance = np.abs(size - whole)
        result = np.asarray(np.copysign(whole / scale, numbers) + 0.0)
        largest = float(size.max(initial=1.0))
        if float(distance.max(initial=0.0)) < 0.5 - NEAR * largest:
            return result  # nothing near a half, and NaN is in neither: most calls end here
        near = distance >= 0.5 - NEAR * np.maximum(size, 1.0)
        large = ~(size < WHOLE)
    result = np.where(large, numbers, result)
    for place in zip(*np.nonzero(near & ~large), strict=True):
        result[place] = _by_digits(float(numbers[place]), digits)
    return np.asarray(result + 0.0)


def _by_digits(number: float, digits: int) -> float:
    """Round one number by its decimal digits."""
    shown = SIGNIFICANT.create_decimal(Decimal(number))
    return float(shown.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))
