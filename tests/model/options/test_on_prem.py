"""An option of kind on_prem: bought at go-live in month 7 of 24, every line worked out by hand."""

import pytest

from tests.model.worked import OWNED, Work, Worked

LATE = {**OWNED, "lead_time_months": 6, "deployment_months": 0.5, "hardware_price_change": -0.36}


@pytest.fixture
def case(worked: Work) -> Worked:
    return worked({"owned": {**LATE, "supporting_rate": 0.1}}, finance={"years": 2})


def test_machines_are_bought_when_they_are_needed_at_that_months_price(case: Worked) -> None:
    """4 replicas in month 7 at 60,000 x 0.64^(6/12) = 48,000 each."""
    assert case.line("options.owned.owned")[5:8] == (0, 4, 4)
    assert case.line("options.owned.purchases")[5:8] == pytest.approx((0, 192000, 0), rel=1e-12)


def test_staging_machines_are_bought_first_and_serve_later(worked: Work) -> None:
    """1 replica while deploying, 3 more at go-live: 60,000 in month 1, 180,000 in month 2."""
    case = worked({"owned": {**OWNED, "deployment_months": 1, "staging_replicas": 1}})
    assert case.line("options.owned.owned")[:3] == (1, 4, 4)
    assert case.line("options.owned.purchases")[:3] == (60000, 180000, 0)


def test_machines_bought_for_the_untuned_months_stay(worked: Work) -> None:
    """Untuned at a loss of 20 % it takes 5; from month 3 on 4 would do, and 5 are owned."""
    case = worked({"owned": {**OWNED, "tuning_loss": 0.2, "tuning_months": 2}})
    assert case.line("options.owned.replicas")[:4] == (5, 5, 4, 4)
    assert case.line("options.owned.owned")[:4] == (5, 5, 5, 5)


def test_power_and_upkeep_are_paid_for_what_is_owned(case: Worked) -> None:
    """8 GPUs x 1 kW x 1.2 x 1,000 h x 0.1 = 960; 240,000 x 12 % / 12 = 2,400; a tenth of both: 336."""
    assert case.line("options.owned.power")[5:8] == pytest.approx((0, 960, 960), rel=1e-12)
    assert case.line("options.owned.upkeep")[5:8] == pytest.approx((0, 2400, 2400), rel=1e-12)
    assert case.line("options.owned.supporting_infrastructure")[7] == pytest.approx(336, rel=1e-12)


def test_the_price_of_electricity_drifts(worked: Work) -> None:
    """A rise of 21 % a year is x 1.1 in month 7: 960 x 1.1 = 1,056."""
    case = worked({"owned": {**OWNED, "power_price_change": 0.21}})
    assert case.line("options.owned.power")[6] == pytest.approx(1056, rel=1e-12)


def test_what_is_left_at_the_horizon_comes_back(case: Worked) -> None:
    """18 months after the lead time 240,000 are worth x 0.81^(18/12) = 0.729: 174,960."""
    assert case.line("options.owned.residual")[22:] == pytest.approx((0, -174960), rel=1e-12)


def test_the_total_and_the_run_rate_by_hand(case: Worked) -> None:
    """Bought 192,000, 18 months of 3,360 + 336, sold 174,960, 6.5 months of API; the run rate leaves the sale out."""
    total = 192000 + 18 * 3696 - 174960 + 6.5 * 3600
    assert case.option("owned").tco == pytest.approx(total, rel=1e-12)
    assert case.option("owned").run_rate == pytest.approx(3696, rel=1e-12)


def test_leaving_sells_the_machines_and_forgoes_the_residual(worked: Work) -> None:
    """End of month 12: worth 240,000 x 0.81^(6/12) = 216,000 now, 174,960 at the horizon.

    2 FTE-months 20,000 + one month of 3,360 + fees 5,000 - 216,000 + 174,960 = -12,680.
    """
    leaving = {"exit_fte_months": 2, "parallel_run_months": 1, "exit_fees": 5000, "exit_probability": 0.5,
               "exit_month": 12}  # fmt: skip
    owned = worked({"owned": {**LATE, **leaving}}, finance={"years": 2}).option("owned")
    assert owned.exit_curve is not None
    assert owned.exit_curve[11] == pytest.approx(-12680, rel=1e-12)
    assert owned.expected_exit == pytest.approx(-6340, rel=1e-12)


def test_before_a_full_month_of_service_only_fees_and_machines_count(worked: Work) -> None:
    """Month 6: the fee; month 7, half in service: 5,000 - 240,000 x 0.81^(1/12) + 174,960."""
    leaving = {"exit_fte_months": 2, "parallel_run_months": 1, "exit_fees": 5000, "exit_probability": 0.5,
               "exit_month": 12}  # fmt: skip
    owned = worked({"owned": {**LATE, **leaving}}, finance={"years": 2}).option("owned")
    assert owned.exit_curve is not None
    assert owned.exit_curve[5] == 5000
    assert owned.exit_curve[6] == pytest.approx(5000 - 240000 * 0.81 ** (1 / 12) + 174960, rel=1e-12)
