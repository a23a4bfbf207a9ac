"""An option of kind self_hosted: go-live at 2.5, tuned from month 6 on, every line worked out by hand."""

import pytest

from tests.model.worked import RENTED, Work, Worked

PEOPLE = {"ml_premium": 0.4, "specialist_share": 0.5}
"""An engineer of the team costs 10,000 x 1.2 = 12,000 a month."""

TEAM = {
    **RENTED, "lead_time_months": 1, "deployment_months": 1.5, "deployment_fte": 2, "ongoing_fte": 0.5,
    "commitment_discount": 0.25, "staging_replicas": 1, "tuning_loss": 0.2, "tuning_months": 2,
    "tuning_fte_months": 3, "stabilisation_months": 1.25, "stabilisation_fte": 1, "supporting_rate": 0.2,
}  # fmt: skip
"""Committed GPUs make a replica 4,000 x 0.75 = 3,000 a month."""


@pytest.fixture
def case(worked: Work) -> Worked:
    return worked({"rented": TEAM}, people=PEOPLE)


def test_more_replicas_run_until_tuning_is_done(case: Worked) -> None:
    """Untuned a replica does 400 of 500: 1,000 / (400 x 0.5) = 5; tuning ends at 4.5, so month 6 is the first with 4."""
    assert case.line("options.rented.tuned")[:7] == (0, 0, 0, 0, 0, 1, 1)
    assert case.line("options.rented.pace")[4:6] == pytest.approx((0.8, 1), rel=1e-12)
    assert case.line("options.rented.replicas")[:7] == (5, 5, 5, 5, 5, 4, 4)


def test_replicas_are_whole_and_never_fewer_than_the_minimum(worked: Work) -> None:
    """1,000 / (500 x 0.45) = 4.4 makes 5; a single M tokens a month still keeps the minimum of 3 running."""
    assert worked({"rented": {**RENTED, "utilisation": 0.45}}).line("options.rented.replicas")[0] == 5
    few = worked({"rented": {**RENTED, "min_replicas": 3}}, workload={"tokens_per_month": 1})
    assert few.line("options.rented.replicas")[0] == 3


@pytest.mark.slow
def test_floating_point_dust_buys_no_machine(worked: Work) -> None:
    """1,000 / (833.333333 x 0.6) is 2.0000000008: two machines, not three; 2.00001 would be three."""
    dusty = {**RENTED, "replica_tps": 833.333333, "utilisation": 0.6}
    assert worked({"rented": dusty}).line("options.rented.replicas")[0] == 2
    short = {**dusty, "replica_tps": 833.329}
    assert worked({"rented": short}).line("options.rented.replicas")[0] == 3


def test_the_fleet_is_paid_for_the_share_of_the_month_in_service(case: Worked) -> None:
    """5 x 0.5 x 3,000 in month 3, 15,000 untuned, 12,000 tuned; staging 1 x 3,000 and half of it before."""
    assert case.line("options.rented.fleet")[1:7] == pytest.approx(
        (0, 7500, 15000, 15000, 12000, 12000), rel=1e-12
    )
    assert case.line("options.rented.staging")[:4] == pytest.approx((0, 3000, 1500, 0), rel=1e-12)


def test_supporting_infrastructure_follows_fleet_and_staging(case: Worked) -> None:
    """A fifth of 3,000; of 7,500 + 1,500; of 15,000."""
    found = case.line("options.rented.supporting_infrastructure")
    assert found[1:4] == pytest.approx((600, 1800, 3000), rel=1e-12)


def test_engineers_deploy_stabilise_tune_and_operate(case: Worked) -> None:
    """12,000 each: 2 deploy for 1.5 months; 1 stabilises for 1.25; 3 FTE-months of tuning over 2 months; 0.5 run it."""
    assert case.line("options.rented.deployment_engineering")[:4] == (0, 24000, 12000, 0)
    assert case.line("options.rented.stabilisation")[2:5] == pytest.approx((6000, 9000, 0), rel=1e-12)
    assert case.line("options.rented.tuning")[2:6] == pytest.approx((9000, 18000, 9000, 0), rel=1e-12)
    assert case.line("options.rented.ongoing_engineering")[2:4] == (3000, 6000)
    assert case.option("rented").categories["deployment"] == 36000
    assert case.option("rented").categories["ongoing"] == pytest.approx(15000 + 36000 + 9.5 * 6000, rel=1e-12)


def test_the_total_is_the_sum_by_hand(case: Worked) -> None:
    """Fleet 7,500 + 2 x 15,000 + 7 x 12,000 = 121,500; staging 4,500; a fifth of both; engineers 144,000; interim 9,000."""
    fleet, staging = 121500, 4500
    total = 1.2 * (fleet + staging) + 36000 + 15000 + 36000 + 57000 + 9000
    assert case.option("rented").tco == pytest.approx(total, rel=1e-12)


def test_the_gpu_price_drifts(worked: Work) -> None:
    """A rise of 44 % a year is x 1.2 in month 7: 4 replicas x 4,000 x 1.2 = 19,200."""
    case = worked({"rented": {**RENTED, "gpu_price_change": 0.44}})
    assert case.line("options.rented.fleet")[6] == pytest.approx(19200, rel=1e-12)
