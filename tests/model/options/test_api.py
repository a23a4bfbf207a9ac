"""An option of kind api, its bill worked out by hand."""

import pytest

from tests.model.worked import API, Work


def test_the_bill_has_caching_batches_and_a_discount(worked: Work) -> None:
    """A quarter output at 8, input at 2 half of it cached at 0.2; 40 % in batches at half price; 10 % off.

    Blended 0.75 x (0.5 x 2 + 0.5 x 0.2) + 0.25 x 8 = 2.825; 3,600 x 2.825 x (1 - 0.4 x 0.5) x 0.9 = 7,322.40.
    """
    api = {
        **API, "input_price": 2, "cached_input_price": 0.2, "output_price": 8,
        "batch_share": 0.4, "batch_discount": 0.5, "committed_discount": 0.1,
    }  # fmt: skip
    other = {**API, "cached_input_price": 1}
    case = worked({"api": api, "other": other}, workload={"cached_share": 0.5, "output_share": 0.25})
    assert case.line("options.api.blended_price")[0] == pytest.approx(2.825, rel=1e-12)
    assert case.line("options.api.token_fees")[0] == pytest.approx(7322.4, rel=1e-12)
    assert case.option("api").tco == pytest.approx(12 * 7322.4, rel=1e-12)
    assert case.option("other").tco == pytest.approx(12 * 3600, rel=1e-12)


def test_all_three_prices_drift_from_month_2_on(worked: Work) -> None:
    """Prices that fall by 36 % a year are 0.64^(6/12) = 0.8 of themselves in month 7, 0.64 in month 13."""
    api = {**API, "cached_input_price": 0.5, "price_change": -0.36}
    case = worked({"api": api, "other": API}, finance={"years": 2})
    for price, start in (("input_price", 1), ("cached_input_price", 0.5), ("output_price", 1)):
        months = case.line(f"options.api.{price}_by_month")
        assert months[0] == start
        assert months[6] == pytest.approx(0.8 * start, rel=1e-12)
        assert months[12] == pytest.approx(0.64 * start, rel=1e-12)


def test_an_api_in_use_costs_its_tokens_from_the_first_day(worked: Work) -> None:
    """Half a month of deployment with itself as fallback: 1,800 before and 1,800 after go-live in month 1."""
    api = {**API, "until_live": "api", "deployment_months": 0.5}
    case = worked({"api": api, "other": API})
    assert case.line("options.api.token_fees")[:2] == (1800, 3600)
    assert case.line("options.api.until_live")[:2] == (1800, 0)
    assert case.option("api").categories["interim"] == 1800


def test_engineers_of_an_api_cost_no_premium(worked: Work) -> None:
    """A tenth of an engineer at 10,000 is 1,000 a month, whatever specialists earn; 2 to deploy for half a month."""
    api = {**API, "until_live": "api", "deployment_months": 0.5, "deployment_fte": 2, "ongoing_fte": 0.1}
    case = worked({"api": api, "other": API}, people={"ml_premium": 0.5, "specialist_share": 1})
    assert case.line("options.api.deployment_engineering")[:2] == (10000, 0)
    assert case.line("options.api.ongoing_engineering")[:2] == (500, 1000)
