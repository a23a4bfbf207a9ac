"""What a growing volume does to break-even: the date of crossing at the low, the value and the high of growth."""

from math import log

from reportgen.model.answer import Evaluated, break_even, evaluate
from reportgen.results.runs import Growth

GROWTH, VOLUME = "workload.annual_growth", "workload.tokens_per_month"
MONTHS_PER_YEAR = 12


def growth(done: Evaluated, low: float | None, high: float | None) -> tuple[Growth, ...]:
    """Work break-even out for each growth; without a range, for no growth and the stated one."""
    stated = done.values[GROWTH]
    rates = (low, stated, high) if low is not None and high is not None else (0.0, stated)
    return tuple(row for rate in sorted(set(rates)) for row in _at(done, rate))


def _at(done: Evaluated, rate: float) -> list[Growth]:
    grown = done if rate == done.values[GROWTH] else evaluate(done.case, {**done.values, GROWTH: rate})
    found = []
    for option in done.case.options:
        even = break_even(grown, option.key)
        if even:
            reached = _reached(done.values[VOLUME], even.volume, rate)
            found.append(Growth(option.key, rate, even.month, even.volume, even.word, reached))
    return found


def _reached(start: float, volume: float | None, rate: float) -> float | None:
    """Count the months until a volume that grows so has come to another; None where it never does."""
    if volume is None:
        return None
    if start >= volume:
        return 0.0
    return MONTHS_PER_YEAR * log(volume / start) / log(1 + rate) if rate > 0 else None
