"""What all kinds have in common: go-live, interim, one-off cost, hiring, other running cost."""

import pytest

from tests.model.worked import API, FIXED, MANAGED, Work


def test_go_live_may_fall_within_a_month(worked: Work) -> None:
    """One month of lead time and 1.5 of deployment: go-live at 2.5, half of month 3 in service."""
    case = worked({"managed": {**MANAGED, "lead_time_months": 1, "deployment_months": 1.5}})
    assert case.option("managed").go_live == 2.5
    assert case.line("options.managed.deploying")[:4] == (0, 1, 0.5, 0)
    assert case.line("options.managed.live")[:4] == (0, 0, 0.5, 1)


def test_the_api_carries_the_workload_until_go_live(worked: Work) -> None:
    """3,600 in months 1 and 2, half of it in month 3, nothing after: 9,000 in all."""
    case = worked({"fixed": {**FIXED, "lead_time_months": 1, "deployment_months": 1.5}})
    assert case.line("options.fixed.until_live")[:4] == (3600, 3600, 1800, 0)
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
    assert case.line("options.fixed.hiring")[:2] == (6000, 0)
    assert case.line("options.fixed.other_cost")[:2] == (200, 400)
    assert case.option("fixed").categories["other"] == 7000 + 6000 + 4600


def test_categories_and_years_add_up_to_the_total(worked: Work) -> None:
    """Two years of 8 x 4,000 a month: 384,000 a year, all of it compute, and nothing else."""
    managed = worked({"managed": MANAGED}, finance={"years": 2}).option("managed")
    assert managed.years == pytest.approx((384000, 384000), rel=1e-12)
    assert managed.categories["compute"] == pytest.approx(768000, rel=1e-12)
    assert sum(managed.categories.values()) == pytest.approx(managed.tco, rel=1e-12)
