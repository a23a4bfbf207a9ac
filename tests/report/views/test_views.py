"""Sentences and titles follow the numbers, also where these are unlike the shipped case's."""

import re
from dataclasses import replace
from html import unescape

import pytest

from reportgen.report.figures import NOT_QUANTIFIED
from reportgen.report.views import (  # fmt: skip
    actuals,
    break_even,
    bridge,
    costs,
    distributions,
    exit_cost,
    opportunity,
    risk,
    sensitivity,
    strategic_fit,
    switching,
    triggers,
)
from reportgen.report.views.decision import page as decision
from reportgen.report.views.decision.at_a_glance import options_at_a_glance
from reportgen.report.views.decision.headline import headline, printed_lead
from reportgen.report.views.decision.nearest_switching import nearest_switching_values
from reportgen.report.views.decision.requests import amount_requested, board_requests
from reportgen.report.views.decision.rivals import level_options
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.views.decision.what_would_change import advice_changes
from reportgen.report.wording import cut_at_word
from reportgen.results.actuals import Actual, Measured, MonthResult, Outlook
from reportgen.results.checks import Finding
from reportgen.results.options import BreakEven
from tests.report.contexts import context, switching_value

TIE = {"tco": 100_000.0, "pv": 90_000.0, "core": 90_000.0, "full_cost": 95_000.0, "run_rate": 2_000.0}
ALL = ("api", "self_hosted", "platform")


def text(words: object) -> str:
    """Return a text without its markup."""
    return unescape(re.sub(r"<[^>]*>", "", str(words)))


def test_headline_names_the_recommended_and_its_lead() -> None:
    """Full cost 101 against 278 thousand is a lead of 64%."""
    assert headline(context()) == "Recommended: Commercial API, 64% below the next in full economic cost"


def test_headline_of_a_lead_below_one_percent() -> None:
    """A lead of 0.3% is printed as under 1%, and is too close to call."""
    near = context(lead=0.003, too_close=True, reasons=("lead below 5%",), verdict="too close to call")
    assert (
        headline(near)
        == "Too close to call: Commercial API is under 1% below Managed platform in full economic cost"
    )


def test_headline_of_a_tie() -> None:
    """Equal full costs are level; no option is below another."""
    tie = context(
        dict.fromkeys(ALL, TIE),
        lead=0.0,
        too_close=True,
        reasons=("lead below 5%",),
        verdict="too close to call",
    )
    names = "Commercial API, Self-hosted GPUs and Managed platform"
    assert headline(tie) == f"Too close to call: {names} are level in full economic cost"
    page = decision.decision_page(tie)
    assert "as much as Self-hosted GPUs and as much as Managed platform" in text(page.paragraphs[0])
    assert text(page.paragraphs[2]).count("as is that of Managed platform") == 1
    assert "futures" not in text(page.paragraphs[2])
    assert "Every option has this total cost" in text(page.paragraphs[1])


def test_tie_is_a_choice_on_fit_and_no_approval_of_the_first() -> None:
    """The board chooses, asks each for an offer, and provides for the highest amount: 100 and 20 of contingency."""
    level = dict.fromkeys(ALL, TIE | {"contingency": 0.0}) | {"platform": TIE | {"contingency": 20_000.0}}
    tie = context(level, lead=0.0, too_close=True, reasons=("lead below 5%",), verdict="too close to call")
    asked = [text(one) for one in board_requests(tie)]
    names = "Commercial API, Self-hosted GPUs and Managed platform"
    assert (
        asked[0]
        == f"Choose by 10 December 2026 between {names} on fit and terms: their full economic costs are level at $95k."
    )
    assert asked[1] == "Have binding offers made for each of them before anything is signed."
    assert asked[2].startswith("Provide for up to $120k over three years, the highest of their total costs")
    assert not any("Approve" in one for one in asked)
    assert text(advice_changes(tie)[0]).startswith("Almost anything: between Commercial API")


def test_close_lead_does_not_decide_either() -> None:
    """A lead of 3% leaves the choice to the board, between the two that are close."""
    near = {"api": {"full_cost": 97_000.0}, "platform": {"full_cost": 100_000.0}}
    close = context(near, lead=0.03, too_close=True, reasons=("lead below 5%",), verdict="too close to call")
    assert text(board_requests(close)[0]) == (
        "Choose by 10 December 2026 between Commercial API and Managed platform on fit and terms: "
        "the lead of Commercial API in full economic cost, 3%, does not decide."
    )


def test_less_cash_elsewhere_is_in_the_headline() -> None:
    """Where another eligible option costs 40 less cash, headline and text say so, and what decides: 250 of displaced projects."""
    dear = context(
        {
            "api": {"tco": 140_000.0, "pv": 120_000.0, "opportunity_pv": 0.0, "full_cost": 130_000.0},
            "platform": {
                "tco": 100_000.0,
                "pv": 90_000.0,
                "opportunity_pv": 250_000.0,
                "full_cost": 350_000.0,
            },
        }
    )
    assert headline(dear).endswith("in full economic cost, though $40k more in cash than Managed platform")
    third = text(decision.decision_page(dear).paragraphs[2])
    assert (
        "In cash it costs $40k more than Managed platform; what decides is displaced projects: $250k more"
        in third
    )
    assert "in cash" not in headline(
        context({"platform": {"tco": 100_000.0, "eligible": False}, "api": {"tco": 140_000.0}})
    )


def test_headline_without_an_eligible_option() -> None:
    """Nothing is recommended, nothing is asked for, and the paper says what fails."""
    none = context({key: {"eligible": False, "failed_requirements": ("Data stays",)} for key in ALL},
                recommended=None, runner_up=None, lead=None, verdict=None)  # fmt: skip
    assert headline(none) == "No option meets every requirement: nothing is recommended"
    asked = " ".join(map(text, board_requests(none)))
    assert "Approve no spending" in asked
    assert "which requirement may be relaxed" in asked
    assert text(decision.decision_page(none).paragraphs[0]).startswith("No option meets “Data stays”.")


def test_each_missed_must_have_is_said_once_with_those_that_miss_it() -> None:
    """One that all miss, one that one misses and one that two miss; beyond three, the number of the others."""
    missed = {"api": ("A", "B"), "platform": ("A", "C"), "self_hosted": ("A", "C")}
    fails = {key: {"eligible": False, "failed_requirements": names} for key, names in missed.items()}
    none = context(fails, recommended=None, runner_up=None, lead=None, verdict=None)
    said = text(decision.decision_page(none).paragraphs[0])
    assert said.startswith(
        "No option meets “A”, Commercial API does not meet “B” and Self-hosted GPUs and Managed platform do not meet “C”."
    )
    all_five = {key: {"eligible": False, "failed_requirements": tuple("ABCDE")} for key in ALL}
    many = text(
        decision.decision_page(
            context(all_five, recommended=None, runner_up=None, lead=None, verdict=None)
        ).paragraphs[0]
    )
    assert "“C” and two more must-haves are missed too." in many


def test_headline_of_the_only_eligible_option() -> None:
    """There is no lead over options that may not be chosen."""
    fails = {"eligible": False, "failed_requirements": ("Data stays",)}
    only = context({"api": fails, "platform": fails}, recommended="self_hosted", runner_up=None, lead=None)
    assert headline(only) == "Recommended: Self-hosted GPUs, the only option that meets every requirement"
    assert "no other option is eligible" in text(decision.decision_page(only).paragraphs[2])
    assert "(which fails a must-have)" in text(decision.decision_page(only).paragraphs[0])


def test_what_is_not_quantified_is_stated_and_not_zero() -> None:
    """A recommended option without an estimate of exit leaves the answer open, whatever its lead."""
    gap = context({"api": {"expected_exit": None, "expected_exit_pv": None, "exit_curve": None, "not_quantified": ("exit",)}},
               verdict="open", reasons=("not quantified: risk", "not quantified: exit of Commercial API"))  # fmt: skip
    assert headline(gap).endswith("but risk and the cost of leaving Commercial API are not quantified")
    third = text(decision.decision_page(gap).paragraphs[2])
    assert f"The cost of leaving is {NOT_QUANTIFIED} for Commercial API" in third
    assert "the expected cost of leaving" not in third
    assert "Ask for an estimate of what leaving Commercial API would cost" in text(board_requests(gap)[1])


def test_amount_asked_for_is_total_cost_plus_contingency() -> None:
    """100 thousand and 20 of contingency are 120; opportunity, exit and expected risk are not in it."""
    spare = context({"api": {"tco": 100_000.0, "contingency": 20_000.0, "enough": 0.8}})
    assert amount_requested(spare) == 120_000
    assert (
        "$120k for Commercial API over three years: nominal total cost of $100k, plus $20k contingency, enough in 80% of simulated futures."
        in text(board_requests(spare)[0])
    )


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (5_400.0, "Accept an expected cost of leaving of $5.4k, nominal"),
        (4_900.0, "Look again"),
        (0.0, "leaving Commercial API is expected to cost nothing"),
        (-7_290.0, "leaving Commercial API is expected to bring $7.3k, nominal"),
        (None, "Ask for an estimate of what leaving Commercial API would cost"),
    ],
)
def test_what_leaving_costs_is_asked_as_it_is(cost: float | None, said: str) -> None:
    """A cost is accepted, zero is to be checked, a gain is no cost, and for an unknown an estimate is requested.

    Of a total cost of 100 thousand 4.9 are a trifle and are not asked for.
    """
    assert said in text(
        board_requests(context(options={"api": {"tco": 100_000.0, "expected_exit": cost}}))[1]
    )


def test_no_risks_say_so() -> None:
    """Without risks no sentence suggests that some were priced."""
    calm = context(
        {
            key: {"expected_risk": None, "expected_risk_core": None, "contingency": None, "enough": None}
            for key in ALL
        },
        risks=(),
        simulation=None,
    )
    section = risk.section(calm)
    assert section.title == "No risks are quantified: the costs in this paper are those of a plan that holds"
    assert section.exhibits == ()
    assert text(board_requests(calm)[0]).endswith("contingency not quantified.")


def test_risks_that_save_on_balance() -> None:
    """Where expected risk is negative for every option, no option is named."""
    saving = context({key: {"expected_risk": -5_000.0} for key in ALL})
    assert risk.section(saving).title == "On balance the named risks add no cost to any option"


def test_no_ranges_no_scenarios_no_sensitivity() -> None:
    """Nothing was varied: no section, and the first page says that nothing was tested."""
    still = context(swings=(), scenarios=(), switching_values=(), two_way=None, findings=(),
                 ladder=context().results.ladder)  # fmt: skip
    bare = context(
        {key: {"break_even": None} for key in ALL},
        swings=(),
        scenarios=(),
        switching_values=(),
        two_way=None,
        findings=(),
    )
    assert sensitivity.section(still) is None
    assert text(advice_changes(bare)[0]) == "No assumption has a range, so none was tested."


@pytest.mark.parametrize(
    ("even", "title"),
    [
        (BreakEven(None, None, "not up to 100,000"), "At no volume shown does the total cost of another option fall to that of Commercial API"),
        (BreakEven(1, None, "at every volume shown"), "Total cost no higher than with Commercial API at every volume shown: Self-hosted GPUs and Managed platform"),
        (BreakEven(None, None, "only at small volumes"), "Total cost no higher than with Commercial API at small volumes only: Self-hosted GPUs and Managed platform"),
        (BreakEven(9, 8_600.0, "about"), "At about 8.6bn tokens a month, the total cost of Self-hosted GPUs and Managed platform falls to that of Commercial API"),
    ],
)  # fmt: skip
def test_break_even_titles(even: BreakEven, title: str) -> None:
    """Never, at once, only at small volumes, or at a volume."""
    bent = context({"self_hosted": {"break_even": even}, "platform": {"break_even": even}})
    assert break_even.section(bent).title == title


def test_break_even_months() -> None:
    """Break-even in the first month, in a later one and never have different titles."""
    some = context(
        {
            "self_hosted": {"break_even": BreakEven(1, None, "about")},
            "platform": {"break_even": BreakEven(9, None, "about")},
        }
    )
    assert costs.section(some).exhibits[2].title == (
        "Cumulative cost no higher than with Commercial API: Self-hosted GPUs from the first month, Managed platform from month 9"
        .replace(", Managed", " and Managed")
    )  # fmt: skip
    never = context(
        {
            "self_hosted": {"break_even": BreakEven(None, None, "")},
            "platform": {"break_even": BreakEven(None, None, "")},
        }
    )
    assert (
        costs.section(never).exhibits[2].title
        == "No option catches up with Commercial API within three years"
    )


def test_total_costs_that_read_alike() -> None:
    """$100.1k and $100.4k both read $100k: no option is above another."""
    alike = context(
        {"api": {"tco": 100_100.0}, "self_hosted": {"tco": 100_400.0}, "platform": {"tco": 100_200.0}}
    )
    assert costs.section(alike).title == "The total cost of every option is $100k"


def test_total_costs_near_each_other_are_compared_by_their_difference() -> None:
    """120 is 20 above 100; 200 is twice it."""
    near = context(
        {"api": {"tco": 100_000.0}, "self_hosted": {"tco": 120_000.0}, "platform": {"tco": 110_000.0}}
    )
    assert (
        costs.section(near).title == "The total cost of Self-hosted GPUs is $20k above that of Commercial API"
    )
    far = context(
        {"api": {"tco": 100_000.0}, "self_hosted": {"tco": 200_000.0}, "platform": {"tco": 110_000.0}}
    )
    assert (
        costs.section(far).title == "The total cost of Self-hosted GPUs is 2.0 times that of Commercial API"
    )


def test_bridge_of_an_estimate_that_was_too_high() -> None:
    """A first estimate above the total cost is too high, and no multiple is claimed."""
    steps = tuple(
        replace(s, cost=(s.cost or 0.0) and 2_000_000.0) if n == 0 else s
        for n, s in enumerate(context().results.bridge)
    )
    section = bridge.section(context(bridge=steps))
    assert section is not None
    assert str(section.title).startswith("The first estimate of Self-hosted GPUs is $836k too high")
    assert bridge.section(context(bridge=(), bridge_option=None)) is None


def test_switching_values_within_and_beyond_the_range() -> None:
    """A switching value beyond the range does not change the advice within it."""
    beyond, within = (
        context(switching_values=(switching_value(),)),
        context(switching_values=(switching_value(above=-0.05, within=True),)),
    )
    assert switching.values(beyond).title == "The advice changes only outside the stated ranges"
    assert text(advice_changes(beyond)[0]) == (
        "None of the 32 ranges tested, each by itself, changes the advice."
    )
    assert len(advice_changes(beyond)) == 2
    assert (
        switching.values(within).title
        == "The advice changes within the stated range of price change (Commercial API)"
    )
    assert (
        text(advice_changes(within)[0])
        == "Price change (Commercial API) above −5% a year (assumed: −15% a year): then Managed platform."
    )
    none = context(switching_values=(switching_value(above=None, above_to=None),))
    assert switching.values(none).title == "No value of any one assumption tested changes the advice"
    assert (
        triggers.exhibits(context({key: {"break_even": None} for key in ALL}, switching_values=(), prices=()))
        == ()
    )


def test_volume_is_one_number_and_break_even_on_total_cost_is_elsewhere() -> None:
    """On the first page volume changes the advice at the switching value on full cost: 7bn, not the break-even of 90bn."""
    even = {key: {"break_even": BreakEven(None, 90_000.0, "")} for key in ("self_hosted", "platform")}
    volume = switching_value(
        path="workload.tokens_per_month", label="Tokens a month at the start", unit="M tokens / month",
        value=1_000.0, low=500.0, high=2_000.0, above=7_000.0,
    )  # fmt: skip
    page = decision.decision_page(context(even, switching_values=(volume,), scenarios=()))
    words = " ".join(text(one) for one in (*page.requests, *page.changes, *page.paragraphs))
    assert "volume above 4.0 times the plan, and change course above 7.0 times the plan (7bn tokens" in words
    assert "90bn" not in words
    row = triggers.exhibits(context(even, switching_values=(volume,), prices=()))[0].table
    assert row
    assert [text(cell.words) for cell in row.rows[0].cells][:4] == [
        "as planned", "above 4.0 times the plan", "above 7.0 times the plan", "Managed platform"
    ]  # fmt: skip


def test_facts_of_the_start_are_not_watched() -> None:
    """Hours in a month are known when the paper is written: a price is watched, however far it is."""
    hours = switching_value(path="workload.hours_per_month", label="Hours in a month", unit="hours / month",
                            value=730.0, low=700.0, high=740.0, above=735.0, within=True)  # fmt: skip
    asked = text(board_requests(context(switching_values=(hours, switching_value())))[-1])
    assert asked.startswith(
        "Look again with price change (Commercial API) above 17.5% a year, and change course above 50%"
    )


def test_nearest_switching_value_is_measured_by_the_range() -> None:
    """0.65 away at a half range of 0.2 is 3.25; 4,000 away at a half range of 1,000 is 4: the first is nearer."""
    far = switching_value(
        path="x", label="Other", unit="M tokens / month", value=1_000.0, low=0.0, high=2_000.0, above=5_000.0
    )
    assert [
        one.switching_value.label
        for one in nearest_switching_values(context(switching_values=(far, switching_value())))
    ] == [
        "Price change, Commercial API",
        "Other",
    ]


def test_exit_cost_not_quantified() -> None:
    """Without exits the section states that they are not estimated, not that leaving is free."""
    tied = context({key: {"exit_curve": None, "expected_exit": None} for key in ALL})
    section = exit_cost.section(tied)
    assert section.title == "What leaving would cost is not quantified for any option"
    assert "not to say that it is free" in text(section.lede)


def test_displaced_projects_unknown_are_not_none() -> None:
    """None is no estimate; zero displaces nothing."""
    nobody = context({key: {"opportunity": None} for key in ALL}, projects=())
    assert opportunity.section(nobody).title == "No displaced project is priced"
    nothing = context({key: {"opportunity": 0.0} for key in ALL}, projects=())
    assert opportunity.section(nothing).title == "No option displaces a project"


def test_all_live_at_once() -> None:
    """Options in service from the start are not ordered by go-live."""
    now = context(
        {
            key: {
                "go_live": 0.0,
                "lead_time_months": 0.0,
                "deployment_months": 0.0,
                "stabilisation_months": 0.0,
            }
            for key in ALL
        }
    )
    assert opportunity.section(now).exhibits[-1].title == "Every option is in service from the start"


def test_an_api_that_serves_until_it_is_live_serves_throughout() -> None:
    """Nothing is said of today, which a case knows of its baseline alone: nor of new terms, since its prices are the same before and after."""
    later, now = (context(options) for options in ({}, {"api": {"go_live": 0.0}}))
    charts = [unescape(str(opportunity.section(one).exhibits[-1].chart)) for one in (later, now)]
    assert ["Serves throughout; set-up ends here" in chart for chart in charts] == [True, False]
    assert all("Serves throughout" in chart and "today" not in chart for chart in charts)


def test_what_serves_throughout_is_stable_from_the_start_unless_it_has_to_settle() -> None:
    """Its set-up delays nothing; a stabilisation that is planned, drawn after the set-up, does."""
    titles = [
        opportunity.section(context(options)).exhibits[-1].title
        for options in ({}, {"api": {"go_live": 20.0}}, {"api": {"stabilisation_months": 3.0}})
    ]
    at_once = "Stable service: Commercial API from the start, Self-hosted GPUs after 6 months"
    assert titles[:2] == [at_once, at_once]
    assert titles[2].startswith("Stable service: Managed platform after")


def test_a_mix_serves_from_the_start_where_all_its_parts_do() -> None:
    """Of an API in use and GPUs that are to be set up it does not."""
    now = context()
    parts = ({"api": ("chat",)}, {"api": ("chat",), "self_hosted": ("search",)})
    mixes = [replace(now.options[0], key="mix", parts=one) for one in parts]
    assert [now.serves_from_the_start(mix) for mix in mixes] == [True, False]


def test_one_of_a_unit_is_singular() -> None:
    """1 month and 1 GPU, but 1 token / s as it is written, and 2 months."""
    now = context()
    said = [
        unit_value(now, *one)
        for one in ((1.0, "months"), (1.0, "GPUs"), (1.0, "tokens / s"), (2.0, "months"))
    ]
    assert said == ["1 month", "1 GPU", "1 tokens / s", "2 months"]


def test_who_leads_another_ranking_is_among_those_to_choose_between() -> None:
    """Self-hosted GPUs cost far more, but are first on the average: the choice is between all three."""
    reasons = (
        "cheapest in fewer than 60% of futures",
        "Self-hosted GPUs is first on the average of the futures",
    )
    now = context(verdict="too close to call", too_close=True, reasons=reasons)
    assert {option.key for option in level_options(now)} == set(ALL)


def test_a_mix_serves_when_the_last_part_does_that_does_not_serve_from_the_start() -> None:
    """The set-up of an API that serves throughout delays it not, though it takes longer."""
    now = context({"api": {"go_live": 20.0}})
    mix = replace(
        now.options[0], key="mix", parts={"api": ("chat",), "self_hosted": ("search",)}, go_live=20.0
    )
    assert now.months_to_service(mix) == now.results.option("self_hosted").go_live == 4.0
    assert now.months_to_service(now.results.option("api")) == 0.0


def test_texts_without_spaces_are_cut_within_a_word() -> None:
    """One early space is no place to cut at; no mark stands before the ellipsis."""
    assert cut_at_word("GPU " + "x" * 60, 30) == "GPU " + "x" * 26 + "…"
    assert cut_at_word("Move what can be moved. Then wait.", 24) == "Move what can be moved…"
    assert cut_at_word("short", 30) == "short"


def test_one_month_is_singular() -> None:
    """1 month, 2 months."""
    assert (context().months(1.0), context().months(2.0), context().months(0.5)) == (
        "1 month",
        "2 months",
        "0.5 months",
    )
    assert context().months(0.03) == "under 0.1 months"


def test_simulated_share_is_never_rounded_to_certainty() -> None:
    """9,990 of 10,000 futures are over 99%, all of them are 100%; the title of the chart is of what it draws."""
    simulation = context().results.simulation
    assert simulation is not None
    nearly, all_of_them = (context(simulation=replace(simulation, holds=holds)) for holds in (0.999, 1.0))
    said = [text(decision.decision_page(one).paragraphs[2]) for one in (nearly, all_of_them)]
    assert ["option in over 99% of" in said[0], "option in 100% of" in said[1]] == [True, True]
    first = distributions.exhibits(nearly)[0]
    assert first is not None
    assert (
        first.title
        == "In 8 of 10 simulated futures the total cost of Commercial API lies between $87k and $180k"
    )


def test_a_share_that_is_one_but_for_its_sum_is_certain() -> None:
    """The weights of four combinations add up to 0.9999999999999999; 99.9 % of futures are not all of them."""
    shares = [context().chance(value) for value in (1 - 2**-53, 0.999, 1.0)]
    assert shares == ["100%", "over 99%", "100%"]


def test_a_plan_that_lies_low_is_told_with_what_half_of_the_futures_cost_or_more() -> None:
    """Of two combinations the dearer one is the median and the most: none costs more; shares are by their chance."""
    simulation = context().results.simulation
    assert simulation is not None
    own = simulation.options["api"]
    low = replace(own, point_percentile=0.15, tco=replace(own.tco, p50=522_000.0))
    two = replace(simulation, exact=True, options={**simulation.options, "api": low})
    said = " ".join(map(text, decision.decision_page(context(simulation=two)).estimate))
    assert (
        "15% of combinations of the risks, by their chance, cost no more than this plan; half cost $522k or more."
        in said
    )


def test_an_option_that_is_the_cheapest_more_often_is_named_with_its_share() -> None:
    """The recommended one in 23 % of the futures, another in 77 %."""
    simulation = context().results.simulation
    assert simulation is not None
    shares = {"api": 0.23, "self_hosted": 0.0, "platform": 0.77}
    options = {key: replace(one, cheapest=shares[key]) for key, one in simulation.options.items()}
    said = text(
        decision.decision_page(
            context(simulation=replace(simulation, holds=0.23, options=options))
        ).paragraphs[2]
    )
    assert "option in 23% of 10,000 simulated futures, Managed platform in 77%: the answer" in said


def test_a_lead_is_printed_so_that_it_does_not_contradict_its_word() -> None:
    """14.53 % is not called 15 % where 15 % is what a robust answer has; nor 4.6 % 5 %."""
    printed = [printed_lead(context(lead=lead)) for lead in (0.1453, 0.1549, 0.046, 0.044, 0.641)]
    assert printed == ["14.5%", "15%", "4.6%", "4%", "64%"]


def test_nine_in_ten_are_of_the_futures_that_the_request_is_of() -> None:
    """The overview has the simulated futures' ninth decile, ranges included; without ranges that of all combinations."""
    simulation = context().results.simulation
    assert simulation is not None
    rows = {row.head: row for row in options_at_a_glance(context()).rows}
    drawn = rows["Total cost not exceeded in 9 of 10 simulated futures"]
    assert [text(cell.words) for cell in drawn.cells] == ["180", "2,316", "464"]
    exact = context(simulation=replace(simulation, exact=True))
    labels = {row.head for row in options_at_a_glance(exact).rows}
    assert "Total cost not exceeded in 9 of 10 combinations of the risks, by their chance" in labels


def test_no_option_meets_the_must_haves() -> None:
    """Where every option fails a must-have, the title says so."""
    none = context({key: {"eligible": False} for key in ALL}, recommended=None)
    section = strategic_fit.section(none)
    assert section is not None
    assert section.title == "Every option fails a must-have"


def passed(forecast: str, **month: float) -> Actual:
    """Make plan against actual of one month of the api, 1,000 planned."""
    amounts = {
        "spend": 1000.0,
        "deviation": 0.0,
        "by_volume": 0.0,
        "by_mix": 0.0,
        "by_price": 0.0,
        "rest": 0.0,
    }
    one = MonthResult(Measured(2, "2027-02", 500.0), 400.0, 1000.0, **{**amounts, **month})
    return Actual(
        "api", (one,), {}, dict.fromkeys(ALL, Outlook(90_000, 95_000, 100_000, 105_000)), "api", forecast
    )


def test_plan_and_actual() -> None:
    """500 beyond a plan of 1,000 are told with their causes, the largest first; without months there is no section."""
    assert actuals.section(context()) is None
    found = actuals.section(
        context(actual=passed("api", spend=1500.0, deviation=500.0, by_volume=150.0, by_price=350.0))
    )
    assert found is not None
    assert found.title == "The recommendation would still be made: Commercial API"
    assert "$500 more than the plan: $350 more by price and $150 more by volume." in text(found.lede)
    flipped = actuals.section(context(actual=passed("platform")))
    assert flipped is not None
    assert (
        flipped.title
        == "With what was measured the recommendation would be Managed platform; it was Commercial API"
    )
    assert text(flipped.lede).endswith("as planned.")


def test_the_request_says_what_the_months_have_measured() -> None:
    """What would be recommended with it; and the volume, where it is beyond the point at which to look again."""
    flipped = replace(passed("platform"), changes={"workload.volume_factor": 5.0})
    requests = [text(one) for one in board_requests(context(actual=flipped))]
    assert any(one.endswith("not $107k, and Managed platform would be recommended.") for one in requests)
    assert requests[-1].endswith("Measured so far: 5.0 times the plan.")
    below = replace(flipped, changes={"workload.volume_factor": 3.0})
    assert "Measured so far" not in text(board_requests(context(actual=below))[-1])


def test_a_finding_is_applied_to_every_option_that_has_it() -> None:
    """Alone it would put another option first; where the other has the same finding, the advice stands and nothing is said."""
    results = context().results
    best, other = results.option("api"), results.option("platform")
    gap = other.full_cost - best.full_cost

    def of(option: str, cost: float) -> Finding:
        return Finding(
            "throughput", option, f"options.{option}.replica_tps", "No latency target", "Why.", "Who.", cost
        )

    alone, both = (of("api", gap + 1000.0),), (of("api", gap + 1000.0), of("platform", 2000.0))
    mixed = context(
        {"platform": {"kind": "mix", "parts": {"api": ("chat",), "self_hosted": ("documents",)}}},
        findings=alone,
    )
    assert not any("the usual figure" in text(one) for one in advice_changes(mixed))
    line = "No latency target (Commercial API): the usual figure adds"
    assert any(text(one).startswith(line) for one in advice_changes(context(findings=alone)))
    assert not any("the usual figure" in text(one) for one in advice_changes(context(findings=both)))


def test_a_price_that_the_plan_has_fall_is_said_to_be_that_of_the_start() -> None:
    """The plan has the price of the api fall by 15 % a year: what is asked to be watched is the price of the start."""
    price = switching_value(path="options.api.input_price", paths=("options.api.input_price",), label="Input price, Commercial API",
                            unit="USD / M tokens", value=1.0, low=0.6, high=1.4, above=7.2, within=False)  # fmt: skip
    asked = " ".join(map(text, board_requests(context(switching_values=(price,)))))
    assert "above $7.2 per M tokens (prices of the start, not of a later month): the full" in asked
