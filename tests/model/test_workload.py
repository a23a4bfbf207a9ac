"""What all options share by month: tokens, engineers, discounting."""

import pytest

from tests.model.worked import API, HALVING, Work


def test_tokens_compound_by_month_and_month_1_is_unchanged(worked: Work) -> None:
    """Growth of 300 % a year: month 7 is x 4^(6/12) = 2, month 13 is x 4."""
    tokens = worked({"other": API}, workload={"annual_growth": 3}, finance={"years": 2}).line(
        "workload.tokens"
    )
    assert tokens[0] == 3600
    assert tokens[6] == pytest.approx(7200, rel=1e-12)
    assert tokens[12] == pytest.approx(14400, rel=1e-12)


def test_growth_counts_from_the_start_of_a_workload(worked: Work) -> None:
    """Nothing in months 1 to 6; x 4 a year from month 7 on: x 2 in month 13."""
    workload = {"annual_growth": 3, "starts_month": 7}
    tokens = worked({"other": API}, workload=workload, finance={"years": 2}).line("workload.tokens")
    assert tokens[5:7] == (0, 3600)
    assert tokens[12] == pytest.approx(7200, rel=1e-12)


def test_a_ramp_ends_in_the_month_after_its_months(worked: Work) -> None:
    """5 months of ramp: nothing before, a sixth in the first month, two in the second, all of it in the sixth."""
    ramp = worked({"other": API}, workload={"ramp_months": 5, "starts_month": 3}).line("workload.ramp")
    assert ramp[:2] == (0, 0)
    assert ramp[2:5] == pytest.approx((1 / 6, 2 / 6, 3 / 6), rel=1e-12)
    assert ramp[7:9] == (1, 1)


def test_a_ramp_begins_where_it_is_said_to(worked: Work) -> None:
    """From 40 % over 5 months: 0.4 + 0.6 / 6 = 0.5 in month 1, 0.6 in month 2."""
    workload = {"ramp_months": 5, "ramp_start": 0.4}
    tokens = worked({"other": API}, workload=workload).line("workload.tokens")
    assert tokens[:2] == pytest.approx((1800, 2160), rel=1e-12)


def test_a_factor_scales_all_workloads(worked: Work) -> None:
    """1,000 and 2,600 times a half; the sum is what cost per M tokens divides by."""
    chat = {"name": "Chat", "tokens_per_month": 1000, "output_share": 0.25}
    workloads = {"chat": chat, "documents": {**chat, "name": "Documents", "tokens_per_month": 2600}}
    case = worked({"other": API}, workloads=workloads, workload={"volume_factor": 0.5})
    assert case.results.workloads == {"chat": (500,) * 12, "documents": (1300,) * 12}
    assert case.results.tokens == (1800,) * 12
    assert case.option("other").cost_per_m_tokens == pytest.approx(1, rel=1e-12)


def test_specialists_earn_their_premium_on_their_share_of_the_team(worked: Work) -> None:
    """120,000 / 12 = 10,000; half the team at a premium of 40 %: x 1.2; wages + 21 % a year: month 7 x 1.1."""
    people = {"wage_growth": 0.21, "ml_premium": 0.4, "specialist_share": 0.5}
    case = worked({"other": API}, people=people)
    assert case.line("people.fte_month")[6] == pytest.approx(11000, rel=1e-12)
    assert case.line("people.specialist_fte_month")[0] == pytest.approx(12000, rel=1e-12)
    assert case.line("people.specialist_fte_month")[6] == pytest.approx(13200, rel=1e-12)


def test_payments_count_from_the_end_of_their_month(worked: Work) -> None:
    """At a rate that halves money monthly, month 1 counts 1/2 and month 3 counts 1/8."""
    factors = worked({"other": API}, finance={"discount_rate": HALVING}).line("finance.discount")
    assert factors[0] == pytest.approx(0.5, rel=1e-12)
    assert factors[2] == pytest.approx(0.125, rel=1e-12)


def test_a_discount_of_21_per_cent_makes_a_year_1_over_1_21(worked: Work) -> None:
    """The rate is annual: month 12 counts 1 / 1.21, month 6 counts 1 / 1.1."""
    factors = worked({"other": API}, finance={"discount_rate": 0.21}).line("finance.discount")
    assert factors[11] == pytest.approx(1 / 1.21, rel=1e-12)
    assert factors[5] == pytest.approx(1 / 1.1, rel=1e-12)
