"""Fiscal years and quarters: the period of every month of the horizon (MODEL, "Budget")."""

from collections.abc import Iterable

from reportgen.model.outline import Outline

MONTHS_PER_YEAR, MONTHS_PER_QUARTER = 12, 3


def periods(outline: Outline) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fiscal year and the quarter of each month; a year is named after the calendar year it ends in."""
    begins = outline.fiscal_year_start
    years, quarters = [], []
    for place in range(outline.months.size):
        years_passed, month = divmod(outline.start.month - 1 + place, MONTHS_PER_YEAR)
        year, month = outline.start.year + years_passed, month + 1
        ends = year if begins == 1 or month < begins else year + 1
        quarter = (month - begins) % MONTHS_PER_YEAR // MONTHS_PER_QUARTER + 1
        years.append(f"FY{ends}")
        quarters.append(f"FY{ends} Q{quarter}")
    return tuple(years), tuple(quarters)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return each period once, in order."""
    return tuple(dict.fromkeys(names))
