"""Break-even at other growth rates of the volume: the low, the value and the high of annual growth."""

from math import log

from reportgen.model.answer import EvaluatedCase, break_even, evaluate
from reportgen.results.runs import Growth

GROWTH, VOLUME = "workload.annual_growth", "workload.tokens_per_month"
FACTOR = "workload.volume_factor"
MONTHS_PER_YEAR = 12


def growth(evaluated: EvaluatedCase, low: float | None, high: float | None) -> tuple[Growth, ...]:
    """Compute break-even at each growth rate; without a range, at no growth and at the stated rate."""
    stated = evaluated.values[GROWTH]
    rates = (low, stated, high) if low is not None and high is not None else (0.0, stated)
    return tuple(row for rate in sorted(set(rates)) for row in _at(evaluated, rate))


def _at(evaluated: EvaluatedCase, rate: float) -> list[Growth]:
    grown = (
        evaluated
        if rate == evaluated.values[GROWTH]
        else evaluate(evaluated.case, {**evaluated.values, GROWTH: rate})
    )
    rows = []
    for option in evaluated.case.options:
        crossing = break_even(grown, option.key)
        if crossing:
            start = evaluated.values[VOLUME] * evaluated.values[FACTOR]
            months = _months_until(start, crossing.volume, rate)
            rows.append(Growth(option.key, rate, crossing.month, crossing.volume, crossing.word, months))
    return rows


def _months_until(start: float, volume: float | None, rate: float) -> float | None:
    """Return the months until a growing volume reaches another; 0 where it is there, None where it never is."""
    if volume is None:
        return None
    if start >= volume:
        return 0.0
    return MONTHS_PER_YEAR * log(volume / start) / log(1 + rate) if rate > 0 else None
