"""The recommendation: lowest full cost of the eligible options, ties, the lead, and when it is too close to call."""

import pytest

from reportgen.formula.evaluate import Evaluation
from reportgen.model.analysis.decision import amount_in_words
from tests.model.worked import API, FIXED, RENTED, Part, Work

LEAVING = {"exit_probability": 0.5, "exit_month": 6}
NOTHING: Part = {
    "name": "Nothing", "probability": 0.5,
    "effects": [{"assumption": "options.api.exit_fees", "multiply": 1}],
}  # fmt: skip
"""A risk, so that risks are quantified."""


def known(fee: float) -> Part:
    """Make an option of which everything is quantified, at a fee a month."""
    return {**FIXED, **LEAVING, "monthly_fee": fee}


@pytest.mark.slow
def test_the_lowest_full_cost_is_recommended_and_the_lead_is_of_the_runner_up(worked: Work) -> None:
    """3,600, 3,000 and 4,000 a month: the second leads by 1 - 3,000 / 3,600 = 1/6."""
    case = worked({"one": known(3000), "two": known(4000)}, risks=[NOTHING])
    assert (case.results.recommended, case.results.runner_up) == ("one", "api")
    assert case.results.lead == pytest.approx(1 / 6, rel=1e-12)


@pytest.mark.slow
def test_ties_go_to_the_first_in_the_cases_order(worked: Work) -> None:
    """Equal fees: the first named; in the other order the other one."""
    cheap = {"one": known(3000), "two": known(3000)}
    assert worked(cheap).results.recommended == "one"
    assert worked(dict(reversed(cheap.items()))).results.recommended == "two"
    assert worked(cheap).results.lead == 0


@pytest.mark.slow
def test_an_option_that_fails_a_must_have_is_shown_and_not_eligible(worked: Work) -> None:
    """The cheapest fails: the next is recommended; a wish that it fails changes nothing."""
    must = {"name": "Within the EU", "must": True, "met_by": {"api": True, "one": False, "two": True}}
    cheap = {"one": known(1000), "two": known(3000)}
    case = worked(cheap, requirements=[must])
    assert case.results.recommended == "two"
    assert case.option("one").failed_requirements == ("Within the EU",)
    assert not case.option("one").eligible
    assert worked(cheap, requirements=[{**must, "must": False}]).results.recommended == "one"


def test_no_eligible_option_means_no_recommendation(worked: Work) -> None:
    """Everybody fails: recommended, runner-up and lead are None."""
    must = {"name": "Within the EU", "must": True, "met_by": {"api": False, "one": False}}
    found = worked({"one": known(1000)}, requirements=[must]).results
    assert (found.recommended, found.runner_up, found.lead) == (None, None, None)


def test_one_eligible_option_has_no_runner_up(worked: Work) -> None:
    """It is recommended without a lead."""
    must = {"name": "Within the EU", "must": True, "met_by": {"api": False, "one": True}}
    found = worked({"one": known(9000)}, requirements=[must]).results
    assert (found.recommended, found.runner_up, found.lead) == ("one", None, None)


@pytest.mark.parametrize(("fee", "close"), [(3430, True), (3400, False)])
def test_a_lead_below_5_per_cent_is_too_close_to_call(worked: Work, fee: float, close: bool) -> None:
    """3,430 of 3,600 leads by 4.7 %, 3,400 by 5.6 %."""
    found = worked({"one": known(fee)}, risks=[NOTHING]).results
    assert found.too_close is close
    assert ("lead below 5%" in found.too_close_reasons) is close


def test_a_recommendation_with_a_part_unknown_is_open(worked: Work) -> None:
    """Far cheaper, without exit cost, displaced projects or risks being estimated."""
    cheap = {**RENTED, "gpu_hourly_price": 0.01}
    found = worked({"api": {**API, **LEAVING}, "rented": cheap}).results
    assert (found.recommended, found.verdict) == ("rented", "open")
    assert found.reasons == (
        "not quantified: risk", "not quantified: opportunity of Rented", "not quantified: exit of Rented",
    )  # fmt: skip


def test_a_lead_over_nothing(worked: Work) -> None:
    """Two that cost 0 are level, the first is recommended; against 0 alone no lead is measured, and the workbook says so."""
    free = {**API, "input_price": 0, "output_price": 0}
    found = worked({"api": free, "other": free})
    assert (found.results.recommended, found.results.lead) == ("api", 0)
    assert found.line("decision.place") == (1,)
    earns = {**FIXED, **LEAVING, "one_off_cost": 100}
    saves = {
        "name": "Saves", "probability": 1,
        "effects": [{"assumption": "options.one.monthly_fee", "multiply": 0},
                    {"assumption": "options.one.one_off_cost", "set": 0}],
    }  # fmt: skip
    twice = {**saves, "name": "Again", "probability": 1}
    below = worked({"api": free, "one": earns}, risks=[saves, twice])
    assert below.option("one").full_cost == pytest.approx(-100)
    assert (below.results.recommended, below.results.lead, below.results.verdict) == (
        "one",
        None,
        "too close to call",
    )
    assert below.results.reasons == (
        "cheapest in fewer than 60% of futures", "Api is first where risks meet in one run",
        "a full cost is not above 0",
    )  # fmt: skip


@pytest.mark.slow
def test_costs_that_differ_by_dust_are_equal(worked: Work) -> None:
    """3,000 and a billionth less of a billion: the first named is recommended, the second is next; more than dust wins."""
    options = {"one": known(3000), "two": known(3000 * (1 - 4e-10))}
    found = worked(options)
    assert (found.results.recommended, found.results.runner_up) == ("one", "two")
    assert (found.line("decision.place"), found.line("decision.next_place")) == ((2,), (3,))
    assert worked({**options, "two": known(3000 * (1 - 4e-9))}).results.recommended == "two"


def test_nothing_names_a_winner_where_no_option_is_eligible(worked: Work) -> None:
    """Place, lead and names say that there is none."""
    must = {"name": "Within the EU", "must": True, "met_by": {"api": False, "one": False}}
    found = worked({"one": known(1000)}, requirements=[must])
    lines = {line.key: line for line in found.analysis.model.lines()}
    texts = [
        str(found.analysis.base[lines[f"decision.{key}"]][0, 0])
        for key in ("recommended", "following", "lead", "verdict", "message")
    ]
    assert texts == ["none eligible", "no other", "no other", "", "No option meets every must-have"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [(176_600, "USD 177k"), (999_499, "USD 999k"), (999_600, "USD 1M"), (1_229_000, "USD 1.23M"), (-1_204_000, "USD -1.2M"), (0, "USD 0k")],
)  # fmt: skip
def test_amounts_in_words_are_in_millions_where_thousands_would_need_a_separator(
    amount: float, words: str
) -> None:
    """Thousands up to 999k, and millions with at most two digits behind the point from what rounds to 1,000k."""
    line = amount_in_words("tco", "USD", amount)
    assert str(Evaluation({})[line].item()) == words
