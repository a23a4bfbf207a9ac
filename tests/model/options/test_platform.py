"""An option of kind platform: brokered GPUs and fees, worked out by hand."""

import pytest

from tests.model.worked import MANAGED, Work


def test_the_fee_stands_on_the_brokered_price(worked: Work) -> None:
    """4 replicas x 8,000 x 0.75 x 1.1 + 500 = 26,900; 0.6 of it in the month of go-live."""
    option = {
        **MANAGED, "deployment_months": 0.4, "brokerage_discount": 0.25, "fee_rate": 0.1, "monthly_fee": 500,
    }  # fmt: skip
    fleet = worked({"managed": option}).line("options.managed.fleet")
    assert fleet[:2] == pytest.approx((16140, 26900), rel=1e-12)


def test_specialists_of_a_platform_earn_their_premium(worked: Work) -> None:
    """A tenth of an engineer at 10,000 x 1.5."""
    people = {"ml_premium": 0.5, "specialist_share": 1}
    case = worked({"managed": {**MANAGED, "ongoing_fte": 0.1}}, people=people)
    assert case.line("options.managed.ongoing_engineering")[0] == pytest.approx(1500, rel=1e-12)


def test_the_public_cloud_price_drifts(worked: Work) -> None:
    """Prices that fall by 36 % a year are x 0.8 in month 7: 32,000 becomes 25,600."""
    case = worked({"managed": {**MANAGED, "gpu_price_change": -0.36}})
    assert case.line("options.managed.fleet")[6] == pytest.approx(25600, rel=1e-12)
