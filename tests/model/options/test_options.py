"""What an option adds up to: present value, run rate, cost per M tokens, core."""

import pytest

from tests.model.worked import API, FIXED, HALVING, Work


def test_present_value_discounts_every_month(worked: Work) -> None:
    """1,024 in month 1 only, worth half by its end: 512; the rest of the case costs nothing."""
    option = {**FIXED, "one_off_cost": 1024}
    case = worked({"fixed": option}, finance={"discount_rate": HALVING})
    assert case.option("fixed").tco == 1024
    assert case.option("fixed").pv == pytest.approx(512, rel=1e-12)


def test_a_steady_cost_is_worth_its_annuity(worked: Work) -> None:
    """4,096 a month over 12 months at halving: 4,096 x (1 - 2^-12) = 4,095."""
    case = worked({"fixed": {**FIXED, "monthly_fee": 4096}}, finance={"discount_rate": HALVING})
    assert case.option("fixed").pv == pytest.approx(4095, rel=1e-12)


def test_run_rate_is_the_mean_of_the_last_twelve_months(worked: Work) -> None:
    """Two years whose tokens double by month 13: year 2 is twice year 1, the run rate its twelfth."""
    case = worked({"other": API}, finance={"years": 2}, workload={"annual_growth": 1})
    api = case.option("api")
    assert api.years[1] == pytest.approx(2 * api.years[0], rel=1e-12)
    assert api.run_rate == pytest.approx(api.years[1] / 12, rel=1e-12)
    assert api.monthly[12] == pytest.approx(7200, rel=1e-12)


def test_cost_per_m_tokens_is_the_total_over_all_tokens(worked: Work) -> None:
    """43,200 M tokens at 1 each and 43,200 once: 2 per M tokens."""
    case = worked({"other": {**API, "one_off_cost": 43200}})
    assert case.option("other").cost_per_m_tokens == pytest.approx(2, rel=1e-12)


def test_core_is_present_value_with_displaced_projects_and_expected_exit(worked: Work) -> None:
    """Cost 4,095; 2,048 x 0.5 displaced a month: 1,023.75; an exit at month 3 for 800, half likely: 400 / 8 = 50."""
    option = {**FIXED, "monthly_fee": 4096, "exit_fees": 800, "exit_probability": 0.5, "exit_month": 3}
    project = {"name": "Search", "option": "fixed", "during": "operation", "monthly_value": 2048,
               "confidence": 0.5}  # fmt: skip
    case = worked({"fixed": option}, opportunity=[project], finance={"discount_rate": HALVING})
    assert case.option("fixed").opportunity_pv == pytest.approx(1023.75, rel=1e-12)
    assert case.option("fixed").expected_exit_pv == pytest.approx(50, rel=1e-12)
    assert case.option("fixed").core == pytest.approx(4095 + 1023.75 + 50, rel=1e-12)
