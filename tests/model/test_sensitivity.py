"""The tornado and price scenarios, on core."""

import pytest

from tests.model.worked import API, FIXED, Work


def test_each_range_is_taken_to_its_ends_alone(worked: Work) -> None:
    """A fee of 1,000 between 500 and 3,000: core of 6,000, 12,000 and 36,000; the api stays at 43,200."""
    option = {**FIXED, "monthly_fee": {"value": 1000, "low": 500, "high": 3000}}
    (swing,) = worked({"fixed": option}).results.swings
    assert (swing.path, swing.low, swing.value, swing.high) == (
        "options.fixed.monthly_fee", 500, 1000, 3000,
    )  # fmt: skip
    assert (swing.core_low["fixed"], swing.core_high["fixed"]) == pytest.approx((6000, 36000), rel=1e-12)
    assert swing.core_low["api"] == swing.core_high["api"] == pytest.approx(43200, rel=1e-12)


def test_half_a_range_and_a_range_of_the_register_make_no_bar(worked: Work) -> None:
    """A low without a high has no swing; nor has a probability, which effects do not reach."""
    option = {
        **FIXED, "monthly_fee": {"value": 1000, "low": 500}, "exit_month": 6,
        "exit_probability": {"value": 0.5, "low": 0.1, "high": 0.9},
    }  # fmt: skip
    assert worked({"fixed": option}).results.swings == ()


def test_a_price_scenario_is_core_with_its_effects(worked: Work) -> None:
    """An input price of 3 instead of 1 on three quarters of the tokens: 43,200 x 2.5 = 108,000."""
    dear = {"name": "Dear input", "effects": [{"assumption": "options.api.input_price", "set": 3}]}
    (scenario,) = worked({"other": API}, price_scenarios=[dear]).results.scenarios
    assert scenario.core["api"] == pytest.approx(108000, rel=1e-12)
    assert scenario.core["other"] == pytest.approx(43200, rel=1e-12)
