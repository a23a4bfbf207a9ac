"""Budget, books and funding: the same cash in other views, worked out by hand."""

import pytest

from tests.model.worked import API, FIXED, OWNED, Work

BOUGHT = {**OWNED, "ongoing_fte": 0.5, "hires": 1, "cost_per_hire": 9000}
"""8 GPUs at 30,000 in month 1; 960 of power and 2,400 of upkeep, 5,000 of engineers a month."""


def test_purchases_are_capital_with_their_tax(worked: Work) -> None:
    """240,000 and a tenth; operating is the rest: 3,360 x 1.1 + 5,000, and 9,000 of recruitment in month 1."""
    case = worked({"owned": BOUGHT}, finance={"irrecoverable_vat": 0.1})
    months = case.option("owned").budget.months
    assert months.capital[:2] == pytest.approx((264000, 0), rel=1e-12)
    assert months.operating[:2] == pytest.approx((8696 + 9000, 8696), rel=1e-12)
    assert months.own_staff[:2] == (5000, 5000)
    assert months.recruitment[:2] == (9000, 0)
    assert months.residual[-1] == pytest.approx(-240000 * 0.81 ** (11 / 12), rel=1e-12)


def test_own_staff_is_who_deploys_who_operates_and_who_runs_the_api_until_then(worked: Work) -> None:
    """Month 1: 2 engineers deploy, 20,000, and 0.2 run the api, 2,000; from month 2 on half an engineer, 5,000; hires apart."""
    option = {
        **FIXED,
        "deployment_months": 1,
        "deployment_fte": 2,
        "ongoing_fte": 0.5,
        "hires": 1,
        "cost_per_hire": 9000,
    }
    months = worked({"api": {**API, "ongoing_fte": 0.2}, "fixed": option}).option("fixed").budget.months
    assert months.own_staff[:3] == (22000, 5000, 5000)
    assert months.recruitment[:2] == (9000, 0)
    assert months.operating[:2] == (3600 + 22000 + 9000, 5000)


def test_purchases_are_depreciated_over_their_years(worked: Work) -> None:
    """240,000 over 2 years is 10,000 a month for 24 months: in month 25 nothing is left to write off."""
    case = worked({"owned": BOUGHT}, finance={"years": 3, "depreciation_years": 2})
    budget = case.option("owned").budget
    assert budget.months.depreciation is not None
    assert budget.months.book_value is not None
    assert budget.months.depreciation[22:25] == pytest.approx((10000, 10000, 0), rel=1e-12)
    assert budget.months.book_value[11] == pytest.approx(120000, rel=1e-12)
    assert budget.months.book_value[-1] == pytest.approx(0, abs=1e-6)
    assert budget.disposal_gain == pytest.approx(240000 * 0.81 ** (35 / 12), rel=1e-9)


def test_a_charge_to_profit_and_loss_makes_the_total_with_the_books(worked: Work) -> None:
    """Over 5 years 4,000 a month: 192,000 on the books after 12, against 240,000 x 0.81^(11/12)."""
    option = worked({"owned": BOUGHT}, finance={"depreciation_years": 5}).option("owned")
    charge, book = option.budget.months.charge, option.budget.months.book_value
    assert charge is not None
    assert book is not None
    assert charge[1] == pytest.approx(3360 + 5000 + 4000, rel=1e-12)
    worth = 240000 * 0.81 ** (11 / 12)
    assert option.budget.disposal_gain == pytest.approx(worth - 192000, rel=1e-9)
    assert option.tco == pytest.approx(sum(charge) + 192000 - worth, rel=1e-12)


def test_without_purchases_the_books_are_empty(worked: Work) -> None:
    """An api charges its cash."""
    budget = worked({"api": API, "other": API}, finance={"depreciation_years": 5}).option("api").budget
    assert budget.months.charge == budget.months.operating == (3600,) * 12
    assert budget.months.book_value == (0,) * 12
    assert budget.disposal_gain == 0


def test_fiscal_years_are_named_after_the_year_they_end_in(worked: Work) -> None:
    """From March 2027 on, years from July: 4 months of 2027, 8 of 2028; March is in the third quarter."""
    finance = {"start": "2027-03", "fiscal_year_start": 7}
    budget = worked({"api": API, "other": API}, finance=finance).option("api").budget
    years = [(one.year, one.first_month, one.last_month, one.operating) for one in budget.fiscal_years]
    assert years == [(2027, 1, 4, 14400), (2028, 5, 12, 28800)]
    quarters = [(one.year, one.quarter, one.first_month, one.operating) for one in budget.quarters]
    assert quarters[:3] == [(2027, 3, 1, 3600), (2027, 4, 2, 10800), (2028, 1, 5, 10800)]


def test_fiscal_years_begin_with_the_case_unless_said(worked: Work) -> None:
    """From March 2027 to February 2028: one year, 2028, in four quarters."""
    budget = worked({"api": API, "other": API}, finance={"start": "2027-03"}).option("api").budget
    assert [one.year for one in budget.fiscal_years] == [2028]
    assert [one.operating for one in budget.quarters] == [10800] * 4


def test_peak_funding_is_the_largest_excess_over_the_baseline(worked: Work) -> None:
    """10,000 once and 3,000 a month against 3,600: 9,400 after month 1, 600 less every month."""
    option = worked({"fixed": {**FIXED, "one_off_cost": 10000, "monthly_fee": 3000}}).option("fixed")
    assert option.peak_funding.amount == pytest.approx(9400, rel=1e-12)
    assert option.peak_funding.month == 1
    assert option.net_present_saving == pytest.approx(12 * 3600 - 46000, rel=1e-12)
    assert option.payback is not None
    assert option.payback.month is None


def test_what_never_costs_more_needs_no_funding(worked: Work) -> None:
    """3,000 a month against 3,600."""
    case = worked({"fixed": {**FIXED, "monthly_fee": 3000}})
    assert (case.option("fixed").peak_funding.amount, case.option("fixed").peak_funding.month) == (0, None)
    assert (case.option("api").peak_funding.amount, case.option("api").payback) == (0, None)


@pytest.mark.slow
def test_a_payback_may_be_what_the_machines_bring(worked: Work) -> None:
    """280,320 for a year against 259,200 at 6 per M tokens: less only after the machines are sold.

    At 6.6 a year of tokens is 285,120: more than the machines, in month 12 and not before.
    """
    dear = {**API, "input_price": 6, "output_price": 6}
    payback = worked({"api": dear, "owned": OWNED}).option("owned").payback
    assert payback is not None
    assert payback.month == 12
    assert payback.only_by_residual
    cash = worked({"api": {**dear, "input_price": 6.6, "output_price": 6.6}, "owned": OWNED}).option("owned")
    assert cash.payback is not None
    assert cash.payback.month == 12
    assert not cash.payback.only_by_residual


def test_headcount_counts_engineers_whatever_they_are_paid(worked: Work) -> None:
    """2 deploy in month 1 while 0.2 run the api; half an engineer from month 2 on: (2.2 + 11 x 0.5) / 12 in the year."""
    option = {**FIXED, "deployment_months": 1, "deployment_fte": 2, "ongoing_fte": 0.5}
    case = worked({"api": {**API, "ongoing_fte": 0.2}, "fixed": option})
    assert case.line("budget.years.fixed.fte")[0] == pytest.approx((2.2 + 11 * 0.5) / 12, rel=1e-12)
    assert case.line("budget.quarters.fixed.fte")[:2] == pytest.approx(((2.2 + 2 * 0.5) / 3, 0.5), rel=1e-12)
    assert sum(case.line("budget.quarters.fixed.cash")) == pytest.approx(case.option("fixed").tco, rel=1e-12)
