"""Axes of a sweep: a path and the values that it takes, as written on the command line."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.errors import InputError, Problem
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.bounds import Bounds
from reportgen.schema.loading.suggestions import suggestion

Array = NDArray[np.float64]

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
SPAN = re.compile(rf"({NUMBER})\.\.({NUMBER}):(\d+)(log)?")
WRITTEN = "PATH=LOW..HIGH:COUNT, PATH=LOW..HIGH:COUNTlog or PATH=VALUE,VALUE"
ROUNDING = 1e-9
"""How far a value of a whole number may lie from one because it was interpolated."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An assumption that is varied and its values, in order."""

    path: str
    values: tuple[float, ...]


def parse_axis(text: str) -> Axis:
    """Parse `PATH=LOW..HIGH:COUNT` (`COUNTlog`: by equal factors) or `PATH=VALUE,VALUE`; ValueError with a sentence."""
    path, equals, stated = text.partition("=")
    if not (path and equals and stated):
        raise ValueError(f"{text!r} is no axis; write {WRITTEN}.")
    if span := SPAN.fullmatch(stated):
        low, high, count = float(span[1]), float(span[2]), int(span[3])
        return Axis(path.strip(), _spaced(text, low, high, count, by_factors=bool(span[4])))
    try:
        return Axis(path.strip(), tuple(float(value) for value in stated.split(",")))
    except ValueError as error:
        raise ValueError(f"{text!r} is no axis; write {WRITTEN}.") from error


def _spaced(text: str, low: float, high: float, count: int, *, by_factors: bool) -> tuple[float, ...]:
    """Return evenly spaced values; by equal factors where that is asked for."""
    if count < 1:
        raise ValueError(f"{text!r} has no values; a count of 1 or more is needed.")
    if by_factors and not (low > 0 and high > 0):
        raise ValueError(f"{text!r} steps by equal factors, which needs a low and a high above 0.")
    values = np.geomspace(low, high, count) if by_factors else np.linspace(low, high, count)
    return tuple(map(float, values))


def checked_axes(axes: Sequence[Axis], inputs: Mapping[str, Assumption], file: str) -> tuple[Axis, ...]:
    """Return the axes with whole numbers made whole; InputError for unknown or repeated paths and values out of bounds."""
    problems, out = [], []
    for place, axis in enumerate(axes):
        if axis.path in [other.path for other in axes[:place]]:
            problems.append(_problem(file, axis.path, "This path is varied twice; name it once."))
            continue
        if sentence := path_problem(axis.path, inputs):
            problems.append(_problem(file, axis.path, sentence))
            continue
        bounds = inputs[axis.path].bounds
        values = whole_numbers(np.array(axis.values), bounds)
        outside = values[~contains(bounds, values)]
        if outside.size:
            sentence = f"{outside[0]:g} is out of bounds; it must be {bounds.requirement}."
            problems.append(_problem(file, axis.path, sentence, "invalid-value"))
        out.append(Axis(axis.path, tuple(map(float, values))))
    if problems:
        raise InputError(problems)
    return tuple(out)


def path_problem(path: str, inputs: Mapping[str, Assumption]) -> str:
    """Return why a path cannot be varied; "" where it can."""
    row = inputs.get(path)
    if row is None:
        return f"This is no input of the case.{suggestion(path, inputs)}"
    if not row.is_input:
        return "This is no input of the case. Its value comes from the price book: change the rate, whose path begins with prices."
    return ""


def _problem(file: str, path: str, sentence: str, code: str = "path") -> Problem:
    return Problem(file, 1, 1, path, "", sentence, code)


def whole_numbers(values: Array, bounds: Bounds) -> Array:
    """Return values of a whole number without what interpolation left of a fraction."""
    if not bounds.whole:
        return values
    rounded = np.round(values)
    return np.where(np.abs(values - rounded) < ROUNDING, rounded, values)


def contains(bounds: Bounds, values: Array, *, whole: bool = True) -> NDArray[np.bool_]:
    """Return where values lie within bounds, as `Bounds.contains` does for one; what is not finite never does."""
    inside = np.isfinite(values)
    if bounds.least is not None:
        inside = inside & (values >= bounds.least)
    if bounds.above is not None:
        inside = inside & (values > bounds.above)
    if bounds.most is not None:
        inside = inside & (values <= bounds.most)
    if bounds.below is not None:
        inside = inside & (values < bounds.below)
    return inside & (values == np.round(values)) if bounds.whole and whole else inside
