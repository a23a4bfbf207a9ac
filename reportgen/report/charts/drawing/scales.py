"""Linear and logarithmic scales from values to pixels, and round values for their ticks."""

import math
from collections.abc import Iterable
from typing import Protocol

from reportgen.runtime.records import dataclass


class Scale(Protocol):
    """A function from value to pixel."""

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Values from `low` to `high` spread evenly from pixel `start` to pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0)


@dataclass(frozen=True, slots=True)
class Log:
    """Positive values from `low` to `high` spread by their logarithm from pixel `start` to pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value above zero."""
        span = math.log(self.high / self.low)
        return self.start + (self.end - self.start) * (math.log(value / self.low) / span if span else 0)


def fit_scale(low: float, ends: Iterable[tuple[float, float]], start: float, end: float) -> Linear:
    """Return the largest scale from `low` that fits each value with its label; `ends` are (value, label width)."""
    room = end - start
    per_pixel = max((value - low) / max(room - width, room * 0.2) for value, width in ends) or 1.0
    return Linear(low, low + per_pixel * room, start, end)


def nice_step(span: float, count: int) -> float:
    """Return the smallest 1, 2, 2.5 or 5 times a power of ten that covers a span in at most `count` steps."""
    if span <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(span / count))
    return next(
        factor * power for factor in (1, 2, 2.5, 5, 10) if span / count <= factor * power * (1 + 1e-9)
    )


def linear_ticks(low: float, high: float, count: int = 4) -> tuple[float, ...]:
    """List round values from at or below `low` to at or above `high`."""
    if high <= low:
        high = low + max(abs(low), 1.0)
    step = nice_step(high - low, count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def log_ticks(low: float, high: float) -> tuple[float, ...]:
    """List the powers of ten in a range, with 2 and 5 between them where there are fewer than three."""
    for factors in ((1.0,), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)):
        ticks = tuple(
            value
            for value in _products(low, high, factors)
            if low <= value * (1 + 1e-9) and value <= high * (1 + 1e-9)
        )
        if ticks[2:]:
            break
    return ticks


def log_bounds(values: Iterable[float]) -> tuple[float, float]:
    """Return bounds on a log axis with a margin around positive values; (1, 10) where there are none."""
    positive = [value for value in values if value > 0]
    if not positive:
        return 1.0, 10.0
    margin = max((max(positive) / min(positive)) ** 0.06, 1.15)
    return min(positive) / margin, max(positive) * margin


def _products(low: float, high: float, factors: Iterable[float]) -> tuple[float, ...]:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return tuple(factor * 10.0**power for power in powers for factor in factors)
