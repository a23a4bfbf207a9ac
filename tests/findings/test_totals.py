"""Plans as a whole: rates that stand still, and totals below their own futures."""

from math import sqrt

import pytest

from tests.findings.conftest import Find
from tests.model.worked import API, FIXED, RENTED, Work

NOMINAL = {"discount_rate": 0.1}


@pytest.mark.slow
def test_money_that_is_discounted_and_never_grows(found: Find) -> None:
    """Wages, token prices and GPU prices stay; one rate that moves is enough, and so is money without interest."""
    (one,) = found("growth_rates", {"rented": RENTED}, finance=NOMINAL)
    assert one.title == "Wages and prices stay as they are, and are discounted at 10% a year"
    assert "All of 3 rates" in one.detail
    assert found("growth_rates", {"rented": RENTED}) == ()
    assert found("growth_rates", {"rented": RENTED}, finance=NOMINAL, people={"wage_growth": 0.03}) == ()
    falling = {**API, "price_change": -0.2}
    assert found("growth_rates", {"api": falling, "rented": RENTED}, finance=NOMINAL) == ()


def test_a_plan_below_the_twentieth_percentile_of_its_own_futures(worked: Work) -> None:
    """Most likely 3,600 of 3,500 to 20,000: 0.6 % of futures cost less, half of them more than 12 x 8,368."""
    skewed = {"tokens_per_month": {"value": 3600, "low": 3500, "high": 20000}}
    case = worked({"fixed": {**FIXED, "monthly_fee": 100}}, workload=skewed, simulation={"draws": 4000})
    (one,) = (found for found in case.results.findings if found.kind == "percentile")
    median = 20000 - sqrt((20000 - 3500) * (20000 - 3600) / 2)
    assert (one.option, one.path) == ("api", None)
    assert one.title.startswith("Only 0.")
    assert one.cost == pytest.approx(12 * (median - 3600), rel=0.05)


def test_a_plan_in_the_middle_of_its_futures(found: Find) -> None:
    """As likely to cost more as less; without ranges nothing is drawn."""
    even = {"tokens_per_month": {"value": 3600, "low": 2600, "high": 4600}}
    assert found("percentile", {"fixed": FIXED}, workload=even, simulation={"draws": 1000}) == ()
    assert found("percentile", {"fixed": FIXED}) == ()
