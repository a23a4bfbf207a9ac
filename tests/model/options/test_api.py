"""An option of kind api, its bill worked out by hand."""

import pytest

from tests.model.worked import API, Work


def test_the_bill_has_caching_batches_and_a_discount(worked: Work) -> None:
    """A quarter output at 8, input at 2 half of it cached at 0.2; 40 % in batches at half price; 10 % off.

    An input token 0.5 x 2 + 0.5 x 0.2 = 1.1; (2,700 x 1.1 + 900 x 8) x (1 - 0.4 x 0.5) x 0.9 = 7,322.40.
    """
    api = {
        **API, "input_price": 2, "cached_input_price": 0.2, "output_price": 8,
        "batch_share": 0.4, "batch_discount": 0.5, "committed_discount": 0.1,
    }  # fmt: skip
    other = {**API, "cached_input_price": 1}
    case = worked({"api": api, "other": other}, workload={"cached_share": 0.5, "output_share": 0.25})
    assert case.line("options.api.input_mix_price")[0] == pytest.approx(1.1, rel=1e-12)
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
    assert case.line("options.api.interim_usage")[:2] == (1800, 0)
    assert case.option("api").categories["interim"] == 1800


def test_engineers_of_an_api_cost_no_premium(worked: Work) -> None:
    """A tenth of an engineer at 10,000 is 1,000 a month, whatever specialists earn; 2 to deploy for half a month."""
    api = {**API, "until_live": "api", "deployment_months": 0.5, "deployment_fte": 2, "ongoing_fte": 0.1}
    case = worked({"api": api, "other": API}, people={"ml_premium": 0.5, "specialist_share": 1})
    assert case.line("options.api.deployment_engineering")[:2] == (10000, 0)
    assert case.line("options.api.ongoing_engineering")[:2] == (500, 1000)


def test_cache_writes_have_their_own_price(worked: Work) -> None:
    """Input at 2, a quarter of it read at 0.2, a half written at 2.5: 0.25 x 2 + 0.25 x 0.2 + 0.5 x 2.5 = 1.80.

    2,700 x 1.80 + 900 x 8 = 12,060.
    """
    api = {**API, "input_price": 2, "cached_input_price": 0.2, "cache_write_price": 2.5, "output_price": 8}
    workload = {"cached_share": 0.25, "cache_write_share": 0.5}
    case = worked({"api": api, "other": {**API, "cached_input_price": 1}}, workload=workload)
    assert case.line("options.api.token_fees")[0] == pytest.approx(12060, rel=1e-12)


def test_cache_writes_without_a_price_cost_the_input_price(worked: Work) -> None:
    """Half the input is written, at the input price of 2 as the rest: 2,700 x 2 + 900 x 8 = 12,600."""
    api = {**API, "input_price": 2, "output_price": 8}
    case = worked({"api": api, "other": API}, workload={"cache_write_share": 0.5})
    assert case.line("options.api.token_fees")[0] == pytest.approx(12600, rel=1e-12)


def test_cache_writes_give_way_to_reads(worked: Work) -> None:
    """In the run in which four fifths are read, no more than a fifth is written: 0.8 x 1 + 0.2 x 5 = 1.80 an input token."""
    api = {**API, "cached_input_price": 1, "cache_write_price": 5}
    share = {"value": 0.2, "low": 0.1, "high": 0.8}
    workload = {"cached_share": share, "cache_write_share": 0.5}
    case = worked({"api": api, "other": {**API, "cached_input_price": 1}}, workload=workload)
    swing = next(one for one in case.results.swings if one.path == "workload.cached_share")
    assert swing.core_high["api"] == pytest.approx(12 * (2700 * 1.8 + 900), rel=1e-12)


def test_each_model_counts_its_own_tokens(worked: Work) -> None:
    """Half as many input tokens and three times the output: (1,350 x 2 + 2,700 x 8) = 24,300; per M tokens as measured."""
    api = {**API, "input_price": 2, "output_price": 8, "input_token_factor": 0.5, "output_token_factor": 3}
    case = worked({"api": api, "other": API})
    assert case.line("options.api.input_tokens")[0] == pytest.approx(1350, rel=1e-12)
    assert case.line("options.api.output_tokens")[0] == pytest.approx(2700, rel=1e-12)
    assert case.option("api").cost_per_m_tokens == pytest.approx(24300 / 3600, rel=1e-12)


def test_a_minimum_is_spent_while_in_service(worked: Work) -> None:
    """At least 5,000 a month: 3,600 until the middle of month 1 at usage, then 2,500 and 5,000."""
    api = {**API, "until_live": "api", "deployment_months": 0.5, "minimum_monthly_spend": 5000}
    case = worked({"api": api, "other": API})
    assert case.line("options.api.interim_usage")[:2] == (1800, 0)
    assert case.line("options.api.token_fees")[:2] == (2500, 5000)


def test_a_credit_pays_bills_as_they_fall_due(worked: Work) -> None:
    """10,000 of credit on 3,600 a month: two months in full, 2,800 of the third, nothing after."""
    case = worked({"api": {**API, "credit": 10000}, "other": API})
    assert case.line("options.api.credited")[:4] == (-3600, -3600, -2800, 0)
    assert case.option("api").categories["compute"] == pytest.approx(12 * 3600 - 10000, rel=1e-12)


def test_neither_minimum_nor_credit_count_where_it_serves_for_others(worked: Work) -> None:
    """An api with a minimum of 5,000 and a credit carries another option for a month at 3,600."""
    api = {**API, "minimum_monthly_spend": 5000, "credit": 10000}
    late = {**API, "until_live": "api", "deployment_months": 1}
    assert worked({"api": api, "late": late}).option("late").categories["interim"] == 3600
