"""Risks are runs: their impact, their expected cost, and the order of effects."""

import pytest

from tests.model.worked import API, FIXED, HALVING, MANAGED, Part, Work

DEARER: Part = {
    "name": "Prices double", "probability": 0.25,
    "effects": [
        {"assumption": "options.api.input_price", "multiply": 2},
        {"assumption": "options.api.output_price", "multiply": 2},
    ],
}  # fmt: skip


def test_impact_is_the_run_less_the_base_and_a_quarter_of_it_expected(worked: Work) -> None:
    """43,200 more for the api; an option that goes live at once pays nothing of it."""
    case = worked({"fixed": FIXED}, risks=[DEARER])
    assert case.results.risks[0].impact["api"] == pytest.approx(43200, rel=1e-12)
    assert case.results.risks[0].impact["fixed"] == 0
    assert case.option("api").expected_risk == pytest.approx(10800, rel=1e-12)


def test_a_delay_can_save_money(worked: Work) -> None:
    """A month later means 3,600 of API instead of 32,000 of GPUs: 28,400 less."""
    late = {"name": "Late", "probability": 0.5,
            "effects": [{"assumption": "options.managed.deployment_months", "add": 1}]}  # fmt: skip
    case = worked({"managed": MANAGED}, risks=[late])
    assert case.results.risks[0].impact["managed"] == pytest.approx(-28400, rel=1e-12)


def test_effects_set_then_multiply_then_add(worked: Work) -> None:
    """Fee 700, set to 100, times 3, plus 50: 350 a month, 350 less than before over 12 months."""
    changed = {"name": "New fee", "probability": 1,
               "effects": [{"assumption": "options.fixed.monthly_fee", "add": 50, "multiply": 3, "set": 100}]}  # fmt: skip
    case = worked({"fixed": {**FIXED, "monthly_fee": 700}}, risks=[changed])
    assert case.results.risks[0].impact["fixed"] == pytest.approx(-4200, rel=1e-12)


def test_impact_on_core_is_discounted_and_full_cost_adds_it(worked: Work) -> None:
    """4,096 a month twice over at halving: + 4,095 on core, half likely: full cost 4,095 x 1.5."""
    twice = {"name": "Twice", "probability": 0.5,
             "effects": [{"assumption": "options.fixed.monthly_fee", "multiply": 2}]}  # fmt: skip
    case = worked(
        {"fixed": {**FIXED, "monthly_fee": 4096}}, risks=[twice], finance={"discount_rate": HALVING}
    )
    assert case.results.risks[0].impact_core["fixed"] == pytest.approx(4095, rel=1e-12)
    assert case.option("fixed").full_cost == pytest.approx(6142.5, rel=1e-12)


def test_a_risk_reaches_the_exit_cost_in_core(worked: Work) -> None:
    """Fees of 800 doubled, half likely to be paid at month 3: + 400 / 8 on core, nothing on TCO."""
    option = {**FIXED, "exit_fees": 800, "exit_probability": 0.5, "exit_month": 3}
    dear = {"name": "Dear exit", "probability": 1,
            "effects": [{"assumption": "options.fixed.exit_fees", "multiply": 2}]}  # fmt: skip
    case = worked({"fixed": option}, risks=[dear], finance={"discount_rate": HALVING})
    assert case.results.risks[0].impact["fixed"] == 0
    assert case.results.risks[0].impact_core["fixed"] == pytest.approx(50, rel=1e-12)


def test_without_risks_nothing_is_expected_and_that_is_not_zero(worked: Work) -> None:
    """A case that names no risk says so; its sums add nothing."""
    option = worked({"other": API}).option("other")
    assert option.expected_risk is None
    assert "risk" in option.not_quantified
    assert option.full_cost == pytest.approx(option.core, rel=1e-12)
