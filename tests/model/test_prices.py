"""Prices by date: announced changes in their month, a successor in another currency, and what moving to it costs."""

import numpy as np
import pytest

from reportgen.analysis import Analysis
from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state
from tests.agreement.cases import ROOT, analysis_of

DATED = ROOT / "tests" / "cases" / "dated_prices.yaml"


def line(name: str, analysis: Analysis | None = None) -> tuple[float, ...]:
    """Give a line of the case of dated prices by month."""
    done = analysis or analysis_of(DATED)
    found = next(found for found in done.model.lines() if found.key == name)
    return tuple(float(value) for value in np.broadcast_to(done.base[found], (1, found.axis.size))[0])


@pytest.mark.slow
def test_a_change_lands_in_the_first_month_that_begins_after_it() -> None:
    """1.50 from 15 March 2027: March begins before it, April (month 4) is the first at 1.50; a step of 2."""
    rates = line("options.old_model.input_price_rate")
    assert rates[2:4] == (0.75, 1.5)
    assert line("options.old_model.input_price_step")[2:4] == (1.0, 2.0)


@pytest.mark.slow
def test_a_change_on_the_first_of_a_month_lands_in_it() -> None:
    """3.19 from 1 July 2027 is July's rate, month 7."""
    assert line("options.rented.gpu_hourly_price_rate")[5:7] == (3.99, 3.19)


@pytest.mark.slow
def test_a_successor_takes_over_in_its_own_currency() -> None:
    """Swift 3.8 retires on 30 June 2028: from July, month 19, Swift 4 at EUR 2.00 x 1.10; from February 2029 EUR 1.50."""
    rates = line("options.old_model.input_price_rate")
    assert rates[17] == 1.5
    assert rates[18] == pytest.approx(2.2)
    assert rates[24:26] == pytest.approx((2.2, 1.65))


@pytest.mark.slow
def test_price_is_the_start_price_times_step_times_drift() -> None:
    """Month 4: 0.75 x 2 x 0.95^(3/12)."""
    assert line("options.old_model.input_price_by_month")[3] == pytest.approx(0.75 * 2 * 0.95**0.25)


def test_moving_to_the_successor_is_charged_once() -> None:
    """1.5 engineer-months in July 2028, month 19: 1.5 x 200,000 / 12 x 1.03^(18/12); nothing in other months."""
    cost = line("options.old_model.migration")
    assert cost[18] == pytest.approx(1.5 * 200_000 / 12 * 1.03**1.5)
    assert sum(cost) == cost[18]


def test_an_effect_on_a_rate_at_the_start_moves_price_and_steps() -> None:
    """On-demand 3.99 + 0.50 from the start: later months at 3.19 keep their level, the start price moves."""
    done = analysis_of(DATED)
    issue = issue_of(done)
    place = [run.name for run in done.runs].index("The list prices rise by half")
    every = evaluate_state(issue.values, issue.runs).all_runs
    found = next(
        found for found in done.model.lines() if found.key == "options.rented.gpu_hourly_price_by_month"
    )
    prices = every[found][place]
    assert prices[0] == pytest.approx(4.49)
    assert prices[6] == pytest.approx(3.19 * 0.98**0.5)


def test_the_rates_are_told_with_their_sources() -> None:
    """Results carry each price's item, its rates by day, and where they come from."""
    price = next(
        p for p in analysis_of(DATED).results.prices if (p.option, p.field) == ("old_model", "output_price")
    )
    left = [(one.item, str(one.last), one.successor) for one in price.retirements]
    assert (price.item, left) == ("swift-3.8", [("swift-3.8", "2028-06-30", "swift-4")])
    assert [(rate.amount, rate.currency) for rate in price.rates] == [
        (3.75, "USD"), (7.5, "USD"), (8.0, "EUR"), (6.0, "EUR"),
    ]  # fmt: skip
    assert price.rates[0].source == "Price lists of example providers"


def test_a_rate_that_others_follow_cannot_be_free() -> None:
    """Later rates are steps of the first, so it must be above 0; the last of a schedule may be 0."""
    bounds = {
        row.path: row.bounds
        for row in analysis_of(DATED).assumptions
        if row.path.startswith("prices.swift-3.8.output")
    }
    first, *later = bounds.values()
    assert not first.contains(0.0)
    assert later
    assert all(one.contains(0.0) for one in later)
