"""What a spreadsheet's functions do, and how two amounts of money compare: no more than MODEL.md's helpers."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor

Months = list[float]
"""One amount a month; month m stands at index m - 1."""


def excel_round(x: float, digits: int = 6) -> float:
    """Round half away from zero, on the number's 15 significant decimal digits."""
    if x == int(x):
        return float(x)
    written = Decimal(f"{x:.14e}")
    return float(written.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def count_up(x: float) -> int:
    """Round up to whole things, away from zero, dust below 1e-6 excepted."""
    tidy = excel_round(x)
    return ceil(tidy) if tidy >= 0 else floor(tidy)


def whole_down(x: float) -> int:
    """Cut off the fraction, dust below 1e-6 excepted."""
    return int(excel_round(x))


def grow(rate: float, m: int) -> float:
    """Compound a yearly rate from month 1, which is unchanged."""
    return float((1.0 + rate) ** ((m - 1) / 12.0))


def overlap(a: float, b: float, m: int) -> float:
    """Compute the share of month m inside [a, b]."""
    return excel_round(max(0.0, min(float(m), b) - max(m - 1.0, a)))


def tied(a: float, b: float) -> bool:
    """Say whether two amounts of money count as equal."""
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def below(a: float, b: float) -> bool:
    """Say whether an amount is less than another, a tie excepted."""
    return a < b and not tied(a, b)


def at_most(a: float, b: float) -> bool:
    """Say whether an amount is less than another or ties with it."""
    return not below(b, a)


def lowest(amounts: Mapping[str, float]) -> str | None:
    """Name the lowest of some amounts; of those that tie the first."""
    best: str | None = None
    for name, amount in amounts.items():
        if best is None or below(amount, amounts[best]):
            best = name
    return best


def ranked(amounts: Mapping[str, float]) -> list[str]:
    """Name all of them, lowest first; those that tie in their own order."""
    rest = dict(amounts)
    order: list[str] = []
    while rest:
        first = lowest(rest)
        assert first is not None
        order.append(first)
        del rest[first]
    return order


def total(*lines: Months) -> Months:
    """Add lines month by month."""
    return [sum(amounts) for amounts in zip(*lines, strict=True)]


def lead_of(first: float, second: float) -> float | None:
    """Measure a lead against the second: 0 where both are 0, not defined where only the second is."""
    if first == 0 and second == 0:
        return 0.0
    return None if second == 0 else 1.0 - first / second
