"""Exit cost over the month of exit, its parts worked out by hand."""

import pytest

from tests.model.worked import API, RENTED, Work

LEAVING = {
    "exit_fte_months": 2, "parallel_run_months": 1.5, "exit_fees": 5000, "exit_probability": 0.25, "exit_month": 6,
}  # fmt: skip
RUNNING = {
    **RENTED, **LEAVING, "deployment_months": 1.5, "supporting_rate": 0.2, "ongoing_fte": 0.5,
    "commitment_months": 6, "termination_share": 0.5,
}  # fmt: skip
"""In service from 1.5 on; running costs 16,000 x 1.2 + 5,000 = 24,200 a month."""


def test_before_the_first_full_month_leaving_costs_the_fees(worked: Work) -> None:
    """Months 1 and 2 are not served in full."""
    curve = worked({"rented": RUNNING}).option("rented").exit_curve
    assert curve is not None
    assert curve[:2] == (5000, 5000)


def test_leaving_costs_engineers_parallel_running_commitment_and_fees(worked: Work) -> None:
    """Month 6: 20,000 + 1.5 x 24,200 + (6 - (6 - 1.5)) x 16,000 x 0.5 + 5,000 = 73,300; a quarter likely: 18,325."""
    option = worked({"rented": RUNNING}).option("rented")
    assert option.exit_curve is not None
    assert option.exit_curve[5] == pytest.approx(20000 + 36300 + 12000 + 5000, rel=1e-12)
    assert option.expected_exit == pytest.approx(18325, rel=1e-12)
    assert option.exit_parts["commitment"][5] == pytest.approx(12000, rel=1e-12)


def test_the_commitment_runs_out(worked: Work) -> None:
    """Committed to 7.5: in month 7 half a month x 16,000 x 0.5 is due, in month 8 nothing."""
    option = worked({"rented": RUNNING}).option("rented")
    assert option.exit_parts["commitment"][6:8] == pytest.approx((4000, 0), rel=1e-12)


def test_stabilisation_tuning_and_staging_are_no_running_cost(worked: Work) -> None:
    """The old service runs on without the work of its first months: month 3 costs as if there were none."""
    busy = {**RUNNING, "stabilisation_months": 4, "stabilisation_fte": 2, "tuning_months": 4, "tuning_fte_months": 8,
            "staging_replicas": 2}  # fmt: skip
    option = worked({"rented": busy}).option("rented")
    assert option.exit_parts["parallel"][2] == pytest.approx(36300, rel=1e-12)


def test_an_api_is_left_at_the_cost_of_plain_engineers_and_double_tokens(worked: Work) -> None:
    """2 x 10,000 whatever specialists earn + 1.5 x 3,600 + 5,000 = 30,400."""
    people = {"ml_premium": 0.5, "specialist_share": 1}
    option = worked({"api": {**API, **LEAVING}, "other": API}, people=people).option("api")
    assert option.exit_curve is not None
    assert option.exit_curve[0] == pytest.approx(30400, rel=1e-12)


def test_without_probability_and_month_nothing_is_known(worked: Work) -> None:
    """Exit fees alone make no exit cost: curve and expectation are None."""
    option = worked({"other": {**API, "exit_fees": 5000}}).option("other")
    assert option.exit_curve is None
    assert option.expected_exit is None
    assert option.expected_exit_pv is None
    assert "exit" in option.not_quantified
