"""Findings on the plan as a whole: rates that stand still, and a total below what its own simulation says."""

from collections.abc import Iterator

from reportgen.findings.review import Review
from reportgen.results.checks import Finding

DISCOUNT, WAGES = "finance.discount_rate", "people.wage_growth"
RATES = ("price_change", "gpu_price_change", "hardware_price_change", "power_price_change")
"""What options name the rates at which their prices grow."""


def total_findings(review: Review) -> Iterator[Finding]:
    """Yield findings on the rates and the totals of a plan."""
    yield from _growth_rates(review)
    yield from _percentile(review)


def _growth_rates(review: Review) -> Iterator[Finding]:
    """Yield a finding where money is discounted at a rate above 0, and no wage and no price ever grows."""
    rates = [row for row in review.rows.values() if row.path == WAGES or row.path.rpartition(".")[2] in RATES]
    if review.value(DISCOUNT) <= 0 or any(row.value != 0 for row in rates):
        return
    yield review.finding(
        "growth_rates", review.usual.figures.growth_rates,
        f"Wages and prices stay as they are, and are discounted at {review.percent(review.value(DISCOUNT))} a year",
        path=WAGES, detail=f"All of {review.counted(len(rates), 'rate')} of growth are 0",
    )  # fmt: skip


def _percentile(review: Review) -> Iterator[Finding]:
    """Yield one finding on the options whose total lies below a low percentile of their own simulated futures.

    It is priced for the first of them by full cost, eligible ones before others; the others are named.
    """
    usual, drawn = review.usual.figures.percentile, review.simulation
    low = [
        option
        for option in review.evaluated.case.options
        if drawn and option.key in drawn.options and drawn.options[option.key].point_percentile < usual.limit
    ]
    if not drawn or not low:
        return
    ranked = sorted(
        (review.results[option.key] for option in low), key=lambda one: (not one.eligible, one.full_cost)
    )
    first, others = ranked[0], ", ".join(one.short_name for one in ranked[1:])
    simulated = drawn.options[first.key]
    yield review.finding(
        "percentile", usual, f"Only {review.percent(simulated.point_percentile)} of its own futures cost no more than the plan",
        option=next(option for option in low if option.key == first.key),
        cost=simulated.full_cost.p50 - first.full_cost,
        detail=f"The plan says {review.money(first.tco)}, the median of the simulated futures {review.money(simulated.tco.p50)}"
        f"{f'; so it is with {others}' if others else ''}. Priced at the median of full cost",
    )  # fmt: skip
