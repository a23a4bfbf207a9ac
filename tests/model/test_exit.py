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


@pytest.mark.slow
def test_leaving_costs_engineers_parallel_running_commitment_and_fees(worked: Work) -> None:
    """Month 4: 20,000 + 1.5 x 24,200 + (6 - (4 - 1.5) - 1.5) x 16,000 x 0.5 + 5,000 = 77,300; a quarter likely: 19,325."""
    option = worked({"rented": {**RUNNING, "exit_month": 4}}).option("rented")
    assert option.exit_curve is not None
    assert option.exit_curve[3] == pytest.approx(20000 + 36300 + 16000 + 5000, rel=1e-12)
    assert option.expected_exit == pytest.approx(19325, rel=1e-12)
    assert option.exit_parts["commitment"][3] == pytest.approx(16000, rel=1e-12)


def test_the_commitment_runs_out(worked: Work) -> None:
    """Committed to 7.5, 1.5 of it paid in the parallel run: in month 5 one month x 16,000 x 0.5 is due, in month 6 nothing."""
    option = worked({"rented": RUNNING}).option("rented")
    assert option.exit_parts["commitment"][4:6] == pytest.approx((8000, 0), rel=1e-12)


RESERVED = {
    **RENTED, **LEAVING, "lead_time_months": 1, "deployment_months": 1.5, "committed_replicas": 2, "commitment_months": 6,
    "commitment_discount": 0.25, "termination_share": 0.5,
}  # fmt: skip
"""4 GPUs at 2,000 x 0.75 = 1,500 from 1 to 7, in service from 2.5 on."""


def test_a_reserve_is_owed_before_service_too(worked: Work) -> None:
    """Month 2: 5 months x 4 x 1,500 x 0.5 = 15,000; month 4: 3 less 1.5 of parallel run, 4,500; month 7: nothing."""
    option = worked({"rented": RESERVED}).option("rented")
    assert option.exit_curve is not None
    due = option.exit_parts["commitment"]
    assert (due[1], due[3], due[6]) == pytest.approx((15000, 4500, 0), rel=1e-12)
    assert option.exit_curve[1] == pytest.approx(20000, rel=1e-12)


def test_a_reserve_that_renews_is_owed_for_its_term(worked: Work) -> None:
    """From 0 on, terms of 6: nothing is left at the end of month 6; at that of 7, 5 months less 1.5 x 4 x 1,500 x 0.5."""
    option = {**RESERVED, "lead_time_months": 0, "deployment_months": 0, "commitment_renews": True}
    due = worked({"rented": option}).option("rented").exit_parts["commitment"]
    assert due[5:7] == pytest.approx((0, 10500), rel=1e-12)


def test_the_term_at_exit_has_its_own_price(worked: Work) -> None:
    """Prices rise by 44 % a year, x 1.2 in month 7, which signs the second term of 7: 5 x 4 x 2,000 x 1.2 in month 9."""
    option = {
        **RESERVED, "lead_time_months": 0, "deployment_months": 0, "commitment_renews": True, "commitment_months": 7,
        "commitment_discount": 0, "termination_share": 1, "parallel_run_months": 0, "gpu_price_change": 0.44,
    }  # fmt: skip
    due = worked({"rented": option}).option("rented").exit_parts["commitment"]
    assert due[8] == pytest.approx(5 * 4 * 2400, rel=1e-12)


def test_tax_is_due_on_the_service_that_runs_beside(worked: Work) -> None:
    """A tenth on 16,000 x 1.2, none on the engineers: 1.5 x (19,200 x 1.1 + 5,000)."""
    option = worked({"rented": RUNNING}, finance={"irrecoverable_vat": 0.1}).option("rented")
    assert option.exit_parts["parallel"][2] == pytest.approx(1.5 * (21120 + 5000), rel=1e-12)


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


def test_what_runs_beside_is_billed_before_credit(worked: Work) -> None:
    """A minimum of 5,000, all of it paid by the credit: 20,000 + 1.5 x 5,000 + 5,000 = 32,500 all the same."""
    api = {**API, **LEAVING, "minimum_monthly_spend": 5000, "credit": 100000}
    option = worked({"api": api, "other": API}).option("api")
    assert option.categories["compute"] == 0
    assert option.exit_curve is not None
    assert option.exit_curve[0] == pytest.approx(32500, rel=1e-12)
