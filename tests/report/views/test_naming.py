"""Names of assumptions in sentences, ends of ranges with their units, and break-even at other growth rates."""

from dataclasses import replace
from datetime import date

import pytest

from reportgen.report.composition import paper_of
from reportgen.report.views import break_even, costs, distributions, exit_cost, sensitivity
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import moving_name
from reportgen.report.views.decision.requests import board_requests
from reportgen.results.runs import Growth
from tests.report.charts.reading import words
from tests.report.claims.body import plain
from tests.report.claims.section_claims import section_faults
from tests.report.claims.small_cases import small
from tests.report.claims.test_checker import results_of
from tests.report.contexts import context
from tests.report.views.test_views import switching_value

PRICES = ("options.api.input_price", "options.api.output_price")


@pytest.mark.parametrize(
    ("label", "paths", "name"),
    [
        ("Price change, Commercial API", ("options.api.price_change",), "Price change (Commercial API)"),
        ("Input price, Commercial API and Output price, Commercial API", PRICES, "Input price (Commercial API; output price in step)"),
        ("GPU price, Self-hosted GPUs and Managed platform", ("options.self_hosted.gpu_hourly_price", "options.platform.gpu_hourly_price"), "GPU price (Self-hosted GPUs and Managed platform)"),
        ("Utilisation, Self-hosted GPUs and Managed platform", ("options.self_hosted.utilisation", "options.platform.utilisation"), "Utilisation (Self-hosted GPUs; that of Managed platform in step)"),
        ("Tokens a month at the start", ("workload.tokens_per_month",), "Tokens a month at the start"),
    ],
)  # fmt: skip
def test_what_moves_in_step_is_named_with_whose_value_it_is(
    label: str, paths: tuple[str, ...], name: str
) -> None:
    """An input price of 1 and an output price of 3 that move together are no single price; equal ones are."""
    moved = switching_value(path=paths[0], label=label, paths=paths)
    assert moving_name(context(), moved) == name


def test_ends_of_ranges_have_their_units() -> None:
    """Volumes, prices, shares and plain numbers say which they are: 500 to 2,000 M tokens, 2 to 4.5 a GPU-hour, 0.05 to 0.25 FTE."""
    section = sensitivity.section(context())
    assert section is not None
    shown = words(str(section.exhibits[0].chart))
    assert {"500M", "2bn", "$2", "$4.5", "$200k", "$300k", "0.05", "0.25", "100%"} <= set(shown)


def growing(*months: int | None) -> ViewContext:
    """Return the shipped case with a break-even month of the platform at three growth rates; none of the other option."""
    rows = [
        Growth(key, None, rate, month if key == "platform" else None, None, "not up to 100,000", None)
        for rate, month in zip((0.0, 0.3, 1.0), months, strict=True)
        for key in ("self_hosted", "platform")
    ]
    return context(growth=tuple(rows))


@pytest.mark.parametrize(
    ("months", "title"),
    [
        ((3, 4, 5), "At every one of these growth rates there is a break-even with Commercial API within three years: Managed platform"),
        ((None, None, 5), "At one of these growth rates at least there is a break-even with Commercial API within three years: Managed platform"),
        ((None, None, None), "At none of these growth rates is there a break-even with Commercial API within three years"),
    ],
)  # fmt: skip
def test_break_even_at_other_growth_rates(months: tuple[int | None, ...], title: str) -> None:
    """The title says at how many rates there is one; the table has a row per rate and a column per option."""
    exhibit = next(
        one for one in break_even.section(growing(*months)).exhibits if one.id == "break-even-growth"
    )
    assert exhibit.title == title
    assert exhibit.table is not None
    rows = [(plain(row.head), *(plain(cell.words) for cell in row.cells)) for row in exhibit.table.rows]
    shown = ["none" if month is None else str(month) for month in months]
    assert rows[:4] == [
        ("Break-even month",), ("0% a year", "none", shown[0]), ("30% a year", "none", shown[1]), ("100% a year", "none", shown[2]),
    ]  # fmt: skip


def test_one_growth_rate_has_no_table() -> None:
    """Where a single rate was examined, the break-even table says it all."""
    alone = context(growth=(Growth("platform", None, 0.0, None, None, "not up to 100,000", None),))
    assert "break-even-growth" not in [one.id for one in break_even.section(alone).exhibits]


def test_a_forecast_outside_the_chart_is_not_said_to_be_shaded() -> None:
    """The chart ends at 100bn: a service of 200bn lies outside it."""
    inside, outside = (
        break_even.section(context(**changes)) for changes in ({}, {"tokens": (200_000.0, 400_000.0)})
    )
    assert inside.exhibits[0].subtitle.endswith("; forecast volume shaded")
    assert outside.exhibits[0].subtitle.endswith("; the forecast volume lies outside")


def test_the_title_of_break_even_prefers_who_may_be_chosen() -> None:
    """Of two that cross, the one at a smaller volume fails a must-have."""
    crossing = {
        "self_hosted": {"break_even": replace_volume(2_000.0), "eligible": False},
        "platform": {"break_even": replace_volume(9_000.0)},
    }
    title = break_even.section(context(crossing)).title
    assert (
        title
        == "At about 9bn tokens a month, the total cost of Managed platform falls to that of Commercial API"
    )


def replace_volume(volume: float) -> object:
    """Return a break-even at a volume."""
    found = context().results.option("platform").break_even
    assert found is not None
    return replace(found, volume=volume)


def test_a_share_short_of_the_whole_is_not_all_of_it() -> None:
    """999 of 1,000 are over 99%, and 1 of 1,000 under 1%."""
    parts = dict.fromkeys(context().options[0].categories, 0.0) | {"compute": 999.0, "ongoing": 1.0}
    found = context({"api": {"categories": parts, "tco": 1_000.0}})
    assert "compute is over 99% of it" in plain(costs.section(found).lede)


def test_leaving_that_costs_nothing_has_no_chart() -> None:
    """Title and table say that it costs nothing; an axis from $0 to $1 would not add to it."""
    free = {
        option.key: {"exit_curve": (0.0,) * 36, "exit_parts": {}, "expected_exit": 0.0}
        for option in context().options
    }
    exhibit = exit_cost.section(context(free)).exhibits[0]
    assert exhibit.title == "Leaving costs nothing in any month"
    assert exhibit.chart is None
    assert exhibit.table is not None


def test_the_board_is_not_asked_to_decide_before_a_month_that_has_passed() -> None:
    """Without a day to decide by, the start is named while it is to come; afterwards the decision is due now."""
    found = context()
    before, after = (
        ViewContext.from_paper(replace(found.paper, decide_by=None, date=day))
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert plain(board_requests(before)[0]).startswith("Approve before January 2027 $155k")
    assert plain(board_requests(after)[0]).startswith("Approve now $155k")


@pytest.mark.slow
def test_on_a_tie_neither_bars_nor_futures_speak_for_the_first() -> None:
    """Between two providers that are alike nothing moves the lead, and a share of futures would be that of both."""
    tie = ViewContext.from_paper(paper_of(small("tie")))
    section = sensitivity.section(tie)
    assert section is not None
    assert "tornado" not in [one.id for one in section.exhibits]
    assert distributions.exhibits(tie)[0].title.startswith("In 8 of 10 simulated futures the total cost of")
    false = "In every simulated future the lowest full cost is that of Bought by the token"
    assert section_faults([false], results_of(small("tie"))) != []
