"""What all options share by month: tokens, load, engineers, discounting."""

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


def test_average_load_is_tokens_over_the_seconds_of_the_month(worked: Work) -> None:
    """3,600 M tokens in 1,000 h x 3,600 s are 1,000 tokens a second; in 500 hours twice as many."""
    assert worked({"other": API}).line("workload.average_tps")[0] == pytest.approx(1000, rel=1e-12)
    busy = worked({"other": API}, workload={"hours_per_month": 500})
    assert busy.line("workload.average_tps")[0] == pytest.approx(2000, rel=1e-12)


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
