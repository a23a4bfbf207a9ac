"""What all kinds have in common: go-live, interim, one-off cost, recruitment, other running cost, tax, obligations."""

import pytest

from tests.model.worked import API, FIXED, MANAGED, RENTED, Work


def test_go_live_may_fall_within_a_month(worked: Work) -> None:
    """One month of lead time and 1.5 of deployment: go-live at 2.5, half of month 3 in service."""
    case = worked({"managed": {**MANAGED, "lead_time_months": 1, "deployment_months": 1.5}})
    assert case.option("managed").go_live == 2.5
    assert case.line("options.managed.deploying")[:4] == (0, 1, 0.5, 0)
    assert case.line("options.managed.live")[:4] == (0, 0, 0.5, 1)


def test_the_api_carries_the_workload_until_go_live(worked: Work) -> None:
    """3,600 in months 1 and 2, half of it in month 3, nothing after: 9,000 in all."""
    case = worked({"fixed": {**FIXED, "lead_time_months": 1, "deployment_months": 1.5}})
    assert case.line("options.fixed.interim_usage")[:4] == (3600, 3600, 1800, 0)
    assert case.option("fixed").categories["interim"] == 9000


def test_the_fallback_costs_its_tokens_whether_or_not_it_is_live_itself(worked: Work) -> None:
    """An api that goes live in month 4 only still carries months 1 and 2 of another option in full."""
    late = {**API, "until_live": "late", "deployment_months": 3}
    fixed = {**FIXED, "until_live": "late", "deployment_months": 2}
    assert worked({"api": API, "late": late, "fixed": fixed}).option("fixed").categories["interim"] == 7200


def test_one_off_cost_and_hiring_fall_in_month_1_and_other_cost_while_live(worked: Work) -> None:
    """7,000 and 3 hires at 2,000 in month 1; 400 a month from the middle of month 1: 200 + 11 x 400 = 4,600."""
    option = {
        **FIXED, "deployment_months": 0.5, "one_off_cost": 7000, "hires": 3, "cost_per_hire": 2000,
        "other_monthly_cost": 400,
    }  # fmt: skip
    case = worked({"fixed": option})
    assert case.line("options.fixed.one_off")[:2] == (7000, 0)
    assert case.line("options.fixed.recruitment")[:2] == (6000, 0)
    assert case.line("options.fixed.other_cost")[:2] == (200, 400)
    assert case.option("fixed").categories["other"] == 7000 + 6000 + 4600


def test_categories_and_years_add_up_to_the_total(worked: Work) -> None:
    """Two years of 8 x 4,000 a month: 384,000 a year, all of it compute, and nothing else."""
    managed = worked({"managed": MANAGED}, finance={"years": 2}).option("managed")
    assert managed.years == pytest.approx((384000, 384000), rel=1e-12)
    assert managed.categories["compute"] == pytest.approx(768000, rel=1e-12)
    assert sum(managed.categories.values()) == pytest.approx(managed.tco, rel=1e-12)


def test_the_engineers_of_the_api_are_paid_until_go_live(worked: Work) -> None:
    """0.2 engineers at 10,000 for 2.5 months, without premium: 5,000, beside 9,000 of usage."""
    api = {**API, "ongoing_fte": 0.2}
    option = {**FIXED, "lead_time_months": 1, "deployment_months": 1.5}
    case = worked({"api": api, "fixed": option}, people={"ml_premium": 0.5, "specialist_share": 1})
    assert case.line("options.fixed.interim_staff")[:4] == (2000, 2000, 1000, 0)
    assert case.option("fixed").categories["interim"] == 14000


def test_replacing_the_model_is_spread_over_service(worked: Work) -> None:
    """3 FTE-months every 6 months are half an engineer: 5,000 a month, 2,500 in the half month of go-live."""
    option = {**FIXED, "deployment_months": 0.5, "refresh_months": 6, "refresh_fte_months": 3}
    case = worked({"fixed": option})
    assert case.line("options.fixed.refresh")[:2] == (2500, 5000)
    assert case.option("fixed").categories["ongoing"] == 11.5 * 5000


def test_tax_is_due_on_what_is_bought(worked: Work) -> None:
    """A tenth of a fee of 1,000, of 7,000 once and of 400 a month, and of 3,600 of usage in month 1; none on staff or hires."""
    option = {
        **FIXED, "deployment_months": 1, "monthly_fee": 1000, "one_off_cost": 7000, "other_monthly_cost": 400,
        "hires": 1, "cost_per_hire": 9000, "ongoing_fte": 1, "deployment_fte": 1,
    }  # fmt: skip
    case = worked({"fixed": option}, finance={"irrecoverable_vat": 0.1})
    assert case.line("options.fixed.tax")[:2] == pytest.approx((1060, 140), rel=1e-12)
    assert case.option("fixed").categories["tax"] == pytest.approx(1060 + 11 * 140, rel=1e-12)


def test_a_credit_lowers_the_tax(worked: Work) -> None:
    """5,000 of credit on 3,600 a month leave 2,200 to be taxed in month 2."""
    case = worked({"api": {**API, "credit": 5000}, "other": API}, finance={"irrecoverable_vat": 0.1})
    assert case.line("options.api.tax")[:3] == pytest.approx((0, 220, 360), rel=1e-12)


OWED = {"id": "frame", "name": "Frame contract", "option": "api", "amount": 20000, "until_month": 4}


def test_what_is_owed_and_not_spent_is_paid_when_it_is_due(worked: Work) -> None:
    """4 x 3,600 = 14,400 of 20,000 spent there by month 4: 5,600 short, with a tenth of tax."""
    case = worked({"api": API, "fixed": FIXED}, obligations=[OWED], finance={"irrecoverable_vat": 0.1})
    assert case.line("options.api.shortfall_frame")[2:5] == pytest.approx((0, 5600, 0), rel=1e-12)
    assert case.line("options.api.tax")[3] == pytest.approx(0.1 * (3600 + 5600), rel=1e-12)
    assert case.option("fixed").categories["other"] == 20000


def test_usage_until_go_live_and_spill_count_towards_what_is_owed(worked: Work) -> None:
    """Half of month 1 on the api, 1,800; then half of the work spills there, 1,800 a month: 900 + 3 x 1,800 + 1,800 = 8,100."""
    hybrid = {**RENTED, "max_replicas": 2, "spill_to": "api", "deployment_months": 0.5}
    case = worked({"api": API, "hybrid": hybrid}, obligations=[OWED])
    assert case.line("options.hybrid.paid_api")[3] == pytest.approx(8100, rel=1e-12)
    assert case.line("options.hybrid.shortfall_frame")[3] == pytest.approx(11900, rel=1e-12)


def test_the_same_spending_meets_two_obligations(worked: Work) -> None:
    """Each counts by itself: 7,200 by month 2 meets 7,000, and 14,400 by month 4 leaves 5,600 of the other."""
    early = {**OWED, "id": "early", "name": "Early", "amount": 7000, "until_month": 2}
    case = worked({"api": API, "fixed": FIXED}, obligations=[OWED, early])
    assert case.option("api").categories["other"] == pytest.approx(5600, rel=1e-12)


def test_what_a_credit_pays_is_no_spending(worked: Work) -> None:
    """5,000 of the 14,400 come out of the credit: 9,400 of 20,000 are spent, 10,600 are short."""
    case = worked({"api": {**API, "credit": 5000}, "other": API}, obligations=[OWED])
    assert case.line("options.api.paid_api")[3] == pytest.approx(9400, rel=1e-12)
    assert case.line("options.api.shortfall_frame")[3] == pytest.approx(10600, rel=1e-12)


def test_a_credit_pays_the_machines_and_not_what_spills(worked: Work) -> None:
    """2 of 4 replicas at 8,000 and 1,800 of spill a month: a credit of 10,000 pays 8,000 and 2,000 of the machines."""
    hybrid = {**RENTED, "max_replicas": 2, "spill_to": "api", "credit": 10000}
    case = worked({"api": API, "hybrid": hybrid})
    assert case.line("options.hybrid.credited")[:3] == pytest.approx((-8000, -2000, 0), rel=1e-12)
    assert case.option("hybrid").tco == pytest.approx(12 * 9800 - 10000, rel=1e-12)


def test_replacing_the_model_of_an_api_takes_plain_engineers(worked: Work) -> None:
    """1 FTE-month every 4 months at 10,000, whatever specialists earn: 2,500 a month."""
    people = {"ml_premium": 0.5, "specialist_share": 1}
    api = {**API, "refresh_months": 4, "refresh_fte_months": 1}
    assert worked({"api": api, "other": API}, people=people).line("options.api.refresh")[0] == 2500
