"""Excel's operators and functions over arrays: numbers, texts, and errors (NaN)."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.formula import nodes
from reportgen.formula.rounding import rounded

Values = NDArray[Any]
"""Shape (runs or 1, positions or 1); float64, or objects where a value may be a text. NaN is an error value."""

FLOAT = np.dtype(float)


def numbers(values: Values) -> NDArray[np.float64]:
    """Convert values to floats; a text becomes an error (NaN)."""
    if values.dtype == FLOAT:
        return values
    if values.dtype != object:
        return values.astype(float)
    flat = [v if isinstance(v, int | float | np.floating) else np.nan for v in values.flat]
    return np.array(flat, dtype=float).reshape(values.shape)


def _add_months(day: Values, months: Values) -> Values:
    """Add months to days in Excel's serial numbers; the 31st becomes the last day of a shorter month."""
    start = np.datetime64("1899-12-30") + day.astype(int)
    month = start.astype("M8[M]")
    later = month + months.astype(int)
    last = (later + 1).astype("M8[D]") - 1
    day_later = np.minimum(later.astype("M8[D]") + (start - month.astype("M8[D]")), last)
    return np.asarray((day_later - np.datetime64("1899-12-30")).astype(float))


def apply(operator: nodes.Operator, left: Values, right: Values) -> Values:
    """Apply an operator to two arrays, which are broadcast."""
    if operator == "&":
        joined = [
            np.nan if _is_error(a) or _is_error(b) else _text(a) + _text(b)
            for a, b in np.broadcast(left, right)
        ]
        shape = np.broadcast_shapes(left.shape, right.shape)
        return np.array(joined, dtype=object).reshape(shape)
    if operator == "=":
        return _equal(left, right)
    return np.asarray(OPERATORS[operator](numbers(left), numbers(right)))


def case_insensitive(entry: object) -> object:
    """Return what a value is compared by: a text without regard to case."""
    return entry.casefold() if isinstance(entry, str) else entry


def _equal(left: Values, right: Values) -> Values:
    """Compare as Excel does: texts without regard to case, a text never equal to a number."""
    if object not in (left.dtype, right.dtype):
        return np.asarray(left == right)
    pairs = [case_insensitive(a) == case_insensitive(b) for a, b in np.broadcast(left, right)]
    return np.array(pairs).reshape(np.broadcast_shapes(left.shape, right.shape))


def _is_error(value: object) -> bool:
    """Return whether a value is an error: a text made of one is an error too."""
    return isinstance(value, float) and not math.isfinite(value)


def _text(value: object) -> str:
    """Format a value as Excel concatenates it to a text: numbers with up to 15 digits."""
    return value if isinstance(value, str) else f"{float(value):.15g}"  # type: ignore[arg-type]


def _if(condition: Values, then: Values, otherwise: Values) -> Values:
    kind = object if object in (then.dtype, otherwise.dtype) else float
    chosen = np.where(numbers(condition) != 0, then.astype(kind), otherwise.astype(kind))
    return np.asarray(chosen)


def _if_error(value: Values, otherwise: Values) -> Values:
    if value.dtype == object:
        is_error = np.array([_is_error(v) for v in value.flat]).reshape(value.shape)
    else:
        is_error = ~np.isfinite(value)
    return _if(is_error, otherwise, value) if is_error.any() else value


def _round(value: Values, digits: Values) -> Values:
    """Round as Excel does: half away from zero, on fifteen significant digits."""
    return rounded(numbers(value), int(digits.flat[0]))


def _round_up(value: Values, digits: Values) -> Values:
    if not digits.any():
        return np.asarray(np.copysign(np.ceil(np.abs(value)), value) + 0.0)
    scale = 10.0**digits
    return np.asarray(np.sign(value) * np.ceil(np.abs(value) * scale) / scale)


def _round_down(value: Values, digits: Values) -> Values:
    scale = 10.0**digits
    return np.asarray(np.sign(value) * np.floor(np.abs(value) * scale) / scale)


def _variadic(combine: Callable[[Values, Values], Values]) -> Callable[..., Values]:
    """Turn a function of two arrays into one of any number of them."""

    def fold(first: Values, *rest: Values) -> Values:
        result = first
        for value in rest:
            result = combine(result, value)
        return result

    return fold


OPERATORS: dict[nodes.Operator, Callable[[Values, Values], Values]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power,
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip

FUNCTIONS: dict[nodes.Function, Callable[..., Values]] = {
    "MIN": _variadic(np.minimum), "MAX": _variadic(np.maximum), "IF": _if, "ROUND": _round, "ROUNDUP": _round_up, "ROUNDDOWN": _round_down,
    "ABS": lambda value: np.abs(numbers(value)), "AND": _variadic(np.logical_and), "OR": _variadic(np.logical_or), "IFERROR": _if_error, "EDATE": _add_months,
}  # fmt: skip
