"""The tornado and price scenarios, on core."""

from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.schema.loading.load import load_case
from tests.model.worked import API, FIXED, Work, Worked
from tests.paths import ROOT

SHIPPED = [
    path
    for path in sorted((ROOT / "inputs").glob("*.yaml"))
    if "\noptions:" in path.read_text(encoding="utf-8")
]


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
    """A low without a high has no swing; nor has a risk's probability, which effects do not reach."""
    option = {**FIXED, "monthly_fee": {"value": 1000, "low": 500}}
    chance = {"value": 0.5, "low": 0.1, "high": 0.9}
    risk = {
        "name": "R",
        "probability": chance,
        "effects": [{"assumption": "options.fixed.one_off_cost", "add": 1}],
    }
    assert worked({"fixed": option}, risks=[risk]).results.swings == ()


def test_the_probability_of_leaving_has_a_bar(worked: Work) -> None:
    """Leaving in month 6 costs 100 in fees at 0.1 to 0.9: 10 to 90 beside 12,000."""
    option = {
        **FIXED, "monthly_fee": 1000, "exit_month": 6, "exit_fees": 100,
        "exit_probability": {"value": 0.5, "low": 0.1, "high": 0.9},
    }  # fmt: skip
    (swing,) = worked({"fixed": option}).results.swings
    assert (swing.core_low["fixed"], swing.core_high["fixed"]) == pytest.approx((12010, 12090), rel=1e-12)


@pytest.mark.slow
def test_equal_statements_are_one_bar(worked: Work) -> None:
    """Two fees of 1,000 between 500 and 3,000 move together, and apart where the case says so."""
    option = {**FIXED, "monthly_fee": {"value": 1000, "low": 500, "high": 3000}}
    options = {"one": option, "two": {**option, "one_off_cost": 60}}
    (swing,) = worked(options).results.swings
    assert swing.paths == ("options.one.monthly_fee", "options.two.monthly_fee")
    assert swing.label == "Monthly platform fee, One and Two"
    assert [swing.core_high[key] for key in ("one", "two")] == pytest.approx([36000, 36060], rel=1e-12)
    apart = worked(options, simulation={"independent": True}).results.swings
    assert [one.paths for one in apart] == [("options.one.monthly_fee",), ("options.two.monthly_fee",)]


def test_a_price_scenario_is_core_with_its_effects(worked: Work) -> None:
    """An input price of 3 instead of 1 on three quarters of the tokens: 43,200 x 2.5 = 108,000."""
    dear = {"name": "Dear input", "effects": [{"assumption": "options.api.input_price", "set": 3}]}
    (scenario,) = worked({"other": API}, price_scenarios=[dear]).results.scenarios
    assert scenario.core["api"] == pytest.approx(108000, rel=1e-12)
    assert scenario.core["other"] == pytest.approx(43200, rel=1e-12)


def test_the_lead_is_what_the_next_costs_more_and_what_is_left_of_it(worked: Work) -> None:
    """Fixed at 12,000 leads the api at 43,200 by 31,200; its fee moves that by +6,000 and -24,000, a swing of 30,000: 7,200 left."""
    option = {**FIXED, "monthly_fee": {"value": 1000, "low": 500, "high": 3000}}
    case = worked({"fixed": option, "dear": {**API, "input_price": 9, "output_price": 9}})
    assert (case.results.recommended, case.results.runner_up) == ("fixed", "api")
    assert case.line("lead.sign") == (1, -1, 0)
    assert case.line("lead.base") == pytest.approx((31200,), rel=1e-12)
    ends = [case.line(f"lead.ranked.{end}")[0] for end in ("low", "high", "swing", "left")]
    assert ends == pytest.approx([6000, -24000, 30000, 7200], rel=1e-12)


def test_an_option_that_costs_the_same_is_next(worked: Work) -> None:
    """Two platforms at 12,000: the second follows the first at a lead of 0, which the first one's fee moves."""
    option = {**FIXED, "monthly_fee": {"value": 1000, "low": 500, "high": 3000}}
    case = worked({"fixed": option, "same": {**FIXED, "monthly_fee": 1000}})
    assert case.line("lead.sign") == (0, -1, 1)
    assert case.line("lead.base") == (0,)
    assert case.line("lead.ranked.left") == pytest.approx((-24000,), rel=1e-12)


def test_without_a_next_option_there_is_no_lead(worked: Work) -> None:
    """The api fails a must-have: nothing is ahead of anything, and nothing moves it."""
    option = {**FIXED, "monthly_fee": {"value": 1000, "low": 500, "high": 3000}}
    must = [{"name": "No data outside", "met_by": {"api": False, "fixed": True}}]
    case = worked({"fixed": option}, requirements=must)
    assert case.line("decision.has_lead") == (0,)
    assert case.line("lead.sign") == (0, 0)
    assert case.line("lead.ranked.swing") == (0,)


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_workbook_ranks_the_lead_as_the_paper_does(path: Path) -> None:
    """The live order and widths are those of the results, over the next option's core less the recommended one's."""
    case = Worked(analyse(load_case(path), path))
    results = case.results
    assert results.recommended
    assert results.runner_up
    widths = [swing.lead_width(results.recommended, results.runner_up) for swing in results.lead_swings]
    assert widths
    assert case.line("lead.ranked.swing") == pytest.approx(widths, rel=1e-9, abs=1e-6)
