"""What a case takes as certain, or as nothing."""

import pytest

from tests.findings.conftest import Find
from tests.model.worked import API, FIXED, MANAGED, OWNED, RENTED, Part, Work


def risk(probability: float) -> Part:
    """Make a risk that doubles the price of the api: 43,200 a year."""
    effects = [
        {"assumption": f"options.api.{name}", "multiply": 2} for name in ("input_price", "output_price")
    ]
    return {"name": "Prices double", "probability": probability, "effects": effects}


@pytest.mark.parametrize(("probability", "cost"), [(0, 43200), (1, -43200)])
def test_a_risk_that_is_certain_or_impossible(found: Find, probability: float, cost: float) -> None:
    """It is priced by the other case, on the option that it moves most."""
    (one,) = found("probability", {"fixed": FIXED}, risks=[risk(probability)])
    assert (one.option, one.path) == ("api", "risks.prices_double.probability")
    assert one.cost == pytest.approx(cost, rel=1e-12)
    assert found("probability", {"fixed": FIXED}, risks=[risk(0.5)]) == ()


@pytest.mark.parametrize(("probability", "cost"), [(0, 800), (1, -800)])
def test_an_exit_that_is_certain_or_impossible(found: Find, probability: float, cost: float) -> None:
    """Fees of 800, due or not."""
    option = {**FIXED, "exit_fees": 800, "exit_probability": probability, "exit_month": 3}
    (one,) = found("probability", {"fixed": option})
    assert one.cost == pytest.approx(cost, rel=1e-12)


@pytest.mark.slow
def test_assumptions_that_matter_without_a_range(found: Find) -> None:
    """A tenth of the volume moves the api by a tenth; a range on it leaves two prices and the fee; hours are agreed on."""
    (one,) = found("range", {"fixed": {**FIXED, "monthly_fee": 100}})
    assert one.title == "No assumption has a range"
    assert "tokens a month at the start" in one.detail
    ranged = {"tokens_per_month": {"value": 3600, "low": 3000, "high": 4000}}
    (rest,) = found("range", {"fixed": {**FIXED, "monthly_fee": 100}}, workload=ranged)
    assert rest.title == "3 assumptions that matter have no range"
    assert rest.path == "options.fixed.monthly_fee"
    assert "hours" not in rest.detail


def test_assumptions_that_move_nothing_need_no_range(found: Find) -> None:
    """Everything that moves a full cost has a range: nothing is found."""
    both = {"value": 1, "low": 0.5, "high": 2}
    api = {**API, "input_price": both, "output_price": both}
    parts = {
        "workload": {"tokens_per_month": {"value": 3600, "low": 3000, "high": 4000},
                     "output_share": {"value": 0.25, "low": 0.2, "high": 0.3}},
    }  # fmt: skip
    assert found("range", {"api": api, "fixed": FIXED}, **parts) == ()


def test_costs_left_at_their_default_are_not_estimated(worked: Work) -> None:
    """A platform of which a fee is stated, as 0; drifts, discounts and terms are no costs; hires without hires cost none."""
    case = worked({"managed": {**MANAGED, "fee_rate": 0}})
    assert case.option("managed").not_estimated == tuple(
        f"options.managed.{name}"
        for name in (
            "min_replicas", "monthly_fee", "lead_time_months", "deployment_months", "deployment_fte", "ongoing_fte",
            "hires", "one_off_cost", "other_monthly_cost", "refresh_fte_months", "exit_fte_months", "exit_fees", "parallel_run_months",
        )
    )  # fmt: skip
    assert case.option("api").not_estimated == ()
    hiring = worked({"managed": {**MANAGED, "hires": 1}}).option("managed").not_estimated
    assert "options.managed.cost_per_hire" in hiring


@pytest.mark.slow
def test_what_is_not_estimated_is_one_finding_for_an_option(found: Find) -> None:
    """Each GPU option has one, in the case's order; an api none."""
    assert [one.option for one in found("not_estimated", {"rented": RENTED, "owned": OWNED})] == ["rented", "owned"]  # fmt: skip
