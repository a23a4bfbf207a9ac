"""An option of kind on_prem: bought at go-live in month 7 of 24, every line worked out by hand."""

import pytest

from tests.model.worked import OWNED, Work, Worked

LATE = {**OWNED, "lead_time_months": 6, "deployment_months": 0.5, "hardware_price_change": -0.36}


@pytest.fixture
def case(worked: Work) -> Worked:
    return worked({"owned": {**LATE, "supporting_rate": 0.1}}, finance={"years": 2})


def test_machines_are_bought_when_they_are_needed_at_that_months_price(case: Worked) -> None:
    """4 replicas of 2 GPUs in month 7 at 30,000 x 0.64^(6/12) = 24,000 a GPU."""
    assert case.line("options.owned.owned")[5:8] == (0, 8, 8)
    assert case.line("options.owned.purchases")[5:8] == pytest.approx((0, 192000, 0), rel=1e-12)


def test_staging_machines_are_bought_first_and_serve_later(worked: Work) -> None:
    """The 2 GPUs of a replica while deploying, 6 more at go-live: 60,000 in month 1, 180,000 in month 2."""
    case = worked({"owned": {**OWNED, "deployment_months": 1, "staging_replicas": 1}})
    assert case.line("options.owned.owned")[:3] == (2, 8, 8)
    assert case.line("options.owned.purchases")[:3] == (60000, 180000, 0)


def test_machines_bought_for_the_untuned_months_stay(worked: Work) -> None:
    """Untuned at a loss of 20 % it takes 5; from month 3 on 4 would do, and the 10 GPUs of 5 are owned."""
    case = worked({"owned": {**OWNED, "tuning_loss": 0.2, "tuning_months": 2}})
    assert case.line("options.owned.replicas")[:4] == (5, 5, 4, 4)
    assert case.line("options.owned.owned")[:4] == (10, 10, 10, 10)


@pytest.mark.slow
def test_power_and_upkeep_are_paid_for_what_is_owned(case: Worked) -> None:
    """8 GPUs x 1 kW x 1.2 x 1,000 h x 0.1 = 960; the 192,000 paid x 12 % / 12 = 1,920; a tenth of both: 288."""
    assert case.line("options.owned.power")[5:8] == pytest.approx((0, 960, 960), rel=1e-12)
    assert case.line("options.owned.upkeep")[5:8] == pytest.approx((0, 1920, 1920), rel=1e-12)
    assert case.line("options.owned.supporting_infrastructure")[7] == pytest.approx(288, rel=1e-12)


def test_the_price_of_electricity_drifts(worked: Work) -> None:
    """A rise of 21 % a year is x 1.1 in month 7: 960 x 1.1 = 1,056."""
    case = worked({"owned": {**OWNED, "power_price_change": 0.21}})
    assert case.line("options.owned.power")[6] == pytest.approx(1056, rel=1e-12)


def test_machines_are_worth_less_from_month_to_month(case: Worked) -> None:
    """192,000 in month 7; half a year later, x 0.81^(6/12) = 0.9: 172,800."""
    worth = case.line("options.owned.worth")
    assert (worth[5], worth[6]) == pytest.approx((0, 192000), rel=1e-12)
    assert worth[12] == pytest.approx(172800, rel=1e-12)


def test_each_purchase_is_worth_what_it_is_by_its_own_age(worked: Work) -> None:
    """60,000 in month 1 and 180,000 in month 7: in month 13 60,000 x 0.81 + 180,000 x 0.9 = 210,600."""
    option = {**OWNED, "deployment_months": 6, "staging_replicas": 1}
    case = worked({"owned": option}, finance={"years": 2})
    assert case.line("options.owned.worth")[12] == pytest.approx(60000 * 0.81 + 180000 * 0.9, rel=1e-12)


def test_what_is_left_at_the_horizon_comes_back(case: Worked) -> None:
    """In month 24, 17 months after the purchase: 192,000 x 0.81^(17/12)."""
    left = 192000 * 0.81 ** (17 / 12)
    assert case.line("options.owned.residual")[22:] == pytest.approx((0, -left), rel=1e-12)


def test_the_total_and_the_run_rate_by_hand(case: Worked) -> None:
    """Bought 192,000, 18 months of 2,880 + 288, what is left, 6.5 months of API; the run rate leaves the sale out."""
    total = 192000 + 18 * 3168 - 192000 * 0.81 ** (17 / 12) + 6.5 * 3600
    assert case.option("owned").tco == pytest.approx(total, rel=1e-12)
    assert case.option("owned").run_rate == pytest.approx(3168, rel=1e-12)


LEAVING = {"exit_fte_months": 2, "parallel_run_months": 1, "exit_fees": 5000, "exit_probability": 0.5,
           "exit_month": 13, "resale_loss": 0.25}  # fmt: skip


def test_leaving_loses_a_part_of_what_the_machines_are_worth(worked: Work) -> None:
    """End of month 13: 2 FTE-months 20,000 + one month of 2,880 + fees 5,000 + a quarter of 172,800 = 71,080."""
    owned = worked({"owned": {**LATE, **LEAVING}}, finance={"years": 2}).option("owned")
    assert owned.exit_curve is not None
    assert owned.exit_curve[12] == pytest.approx(71080, rel=1e-12)
    assert owned.exit_parts["forced_sale"][12] == pytest.approx(43200, rel=1e-12)
    assert owned.expected_exit == pytest.approx(35540, rel=1e-12)


def test_before_a_full_month_of_service_only_fees_and_machines_count(worked: Work) -> None:
    """Month 6: the fee; month 7, half in service: 5,000 and a quarter of 192,000."""
    owned = worked({"owned": {**LATE, **LEAVING}}, finance={"years": 2}).option("owned")
    assert owned.exit_curve is not None
    assert owned.exit_curve[5:7] == pytest.approx((5000, 53000), rel=1e-12)
