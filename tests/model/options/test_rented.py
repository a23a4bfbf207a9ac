"""Reserved capacity of rented GPUs: what is covered, at which price, and what is rented beside it."""

import pytest

from tests.model.worked import MANAGED, RENTED, Work

RESERVED = {
    **RENTED, "lead_time_months": 1, "deployment_months": 1.5, "committed_replicas": 2, "commitment_months": 6,
    "commitment_discount": 0.25,
}  # fmt: skip
"""4 of 8 GPUs from 1 to 7 at 2,000 x 0.75 = 1,500; in service from 2.5 on."""


def test_a_reserve_is_paid_from_delivery_on_whether_used_or_not(worked: Work) -> None:
    """Month 2: 6,000 for nothing; month 3: the same for half of 8; month 4: 4 more at 2,000; month 8: 8 at 2,000."""
    fleet = worked({"rented": RESERVED}).line("options.rented.fleet")
    assert fleet[:4] == pytest.approx((0, 6000, 6000, 14000), rel=1e-12)
    assert fleet[6:8] == pytest.approx((14000, 16000), rel=1e-12)


def test_staging_uses_the_reserve(worked: Work) -> None:
    """6 GPUs of staging, 2 of them beyond the reserve in month 2; in month 3 half of 6 and half of 8, 3 beyond."""
    case = worked({"rented": {**RESERVED, "staging_replicas": 3}})
    assert case.line("options.rented.fleet")[1:3] == pytest.approx((10000, 12000), rel=1e-12)
    assert case.option("rented").categories["compute"] == pytest.approx(
        sum(case.line("options.rented.fleet")), rel=1e-12
    )


def test_the_price_is_locked_in_the_month_of_delivery(worked: Work) -> None:
    """Prices rise by 44 % a year, x 1.2 in month 7, when it is delivered: 4 x 2,400 in months 8 to 10."""
    option = {
        **RESERVED, "lead_time_months": 7, "deployment_months": 1, "commitment_months": 3, "commitment_discount": 0,
        "gpu_price_change": 0.44,
    }  # fmt: skip
    reserved = worked({"rented": option}).line("options.rented.reserved")
    assert reserved[6:11] == pytest.approx((0, 9600, 9600, 9600, 0), rel=1e-12)


def test_a_reserve_that_renews_is_signed_again_at_the_price_of_then(worked: Work) -> None:
    """Terms of 7 months from the start on: the second, from month 8, at x 1.2; it runs to the horizon."""
    option = {
        **RESERVED, "lead_time_months": 0, "deployment_months": 0, "commitment_months": 7, "commitment_renews": True,
        "gpu_price_change": 0.44,
    }  # fmt: skip
    case = worked({"rented": option})
    assert case.line("options.rented.locked")[6:8] == pytest.approx((2000, 2400), rel=1e-12)
    assert case.line("options.rented.covered") == (4,) * 12


def test_nothing_reserved_is_nothing_discounted(worked: Work) -> None:
    """0 committed replicas: 8 x 2,000 though a discount is stated."""
    option = {**RENTED, "committed_replicas": 0, "commitment_discount": 0.25}
    assert worked({"rented": option}).line("options.rented.fleet")[0] == 16000


def test_a_platform_gives_its_discount_on_a_reserve_only(worked: Work) -> None:
    """8 x 4,000 without one; 4 of 8 GPUs reserved at 3,000, the fee beside them: 12,000 + 16,000 + 500."""
    option = {**MANAGED, "commitment_discount": 0.25, "commitment_months": 12, "monthly_fee": 500}
    assert worked({"managed": option}).line("options.managed.fleet")[0] == 32500
    reserved = worked({"managed": {**option, "committed_replicas": 2}})
    assert reserved.line("options.managed.fleet")[0] == pytest.approx(28500, rel=1e-12)


def test_a_reserve_comes_by_the_server(worked: Work) -> None:
    """One replica of 3 GPUs reserves a server of 8 at 1,500; the 4 take 2 servers, 8 GPUs more at 2,000."""
    option = {
        **RENTED, "gpus_per_replica": 3, "gpus_per_server": 8, "committed_replicas": 1, "commitment_months": 12,
        "commitment_discount": 0.25,
    }  # fmt: skip
    case = worked({"rented": option})
    assert case.line("options.rented.covered")[0] == 8
    assert case.line("options.rented.fleet")[0] == pytest.approx(8 * 1500 + 8 * 2000, rel=1e-12)
