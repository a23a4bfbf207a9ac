"""Simulated draws of small lines whose distributions are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.formula.nodes import as_node
from reportgen.simulate import monte_carlo
from reportgen.simulate.monte_carlo import sample_amounts
from reportgen.simulate.streams import Stream
from reportgen.simulate.variables import Variables
from tests.simulate.lines import API, FLEET, PRICE, VALUES, VOLUME, cost, event, triangular, year

AMOUNTS = {"api": as_node(API), "fleet": as_node(FLEET)}


def test_without_variables_every_draw_is_the_plan() -> None:
    """2 x 250 = 500; three machines of 150 are 450."""
    drawn = sample_amounts(Variables(VALUES, {}), AMOUNTS, 100, 1)
    assert drawn.clipped == 0
    assert set(drawn.amounts["api"]) == {500}
    assert set(drawn.amounts["fleet"]) == {450}


def test_mean_and_deviation_are_those_of_the_range() -> None:
    """A price of 1, 2, 6 has the mean 3 and the variance 21/18: the cost 750, within four standard errors."""
    variables = Variables(VALUES, {"price": triangular(1, 2, 6)})
    drawn = sample_amounts(variables, AMOUNTS, 40_000, 1).amounts["api"]
    deviation = 250 * np.sqrt(21 / 18)
    assert drawn.mean() == pytest.approx(750, abs=4 * deviation / 200)
    assert drawn.std() == pytest.approx(deviation, rel=0.02)


@pytest.mark.parametrize(("probability", "expected"), [(0.0, 500), (1.0, 1000)])
def test_an_impossible_and_a_certain_event_are_the_runs_without_and_with_it(
    probability: float, expected: float
) -> None:
    """The volume doubles, or it does not: 500 in every future, or 1,000."""
    variables = Variables(VALUES, {}, (event("more", probability, "volume", "multiply", 2),))
    assert set(sample_amounts(variables, AMOUNTS, 200, 3).amounts["api"]) == {expected}


def test_an_event_happens_as_often_as_its_probability() -> None:
    """At 0.3 in 10,000 futures: 3,000, within four standard errors of 46."""
    variables = Variables(VALUES, {}, (event("more", 0.3, "volume", "multiply", 2),))
    happened = np.sum(sample_amounts(variables, AMOUNTS, 10_000, 1).amounts["api"] == 1000)
    assert abs(happened - 3000) < 4 * 46


def test_what_moves_together_has_the_same_rank() -> None:
    """Price and volume of one group: the cheapest price comes with the smallest volume in every future."""
    ranges = {"price": triangular(1, 2, 3), "volume": triangular(100, 250, 300)}
    amounts = {"price": as_node(cost("p", PRICE)), "volume": as_node(cost("v", VOLUME))}
    drawn = sample_amounts(Variables(VALUES, ranges, (), (("price", "volume"),)), amounts, 5000, 1).amounts
    assert np.array_equal(np.argsort(drawn["price"]), np.argsort(drawn["volume"]))
    separate = sample_amounts(Variables(VALUES, ranges), amounts, 5000, 1).amounts
    assert abs(np.corrcoef(separate["price"], separate["volume"])[0, 1]) < 4 / np.sqrt(5000)


def test_a_further_variable_changes_no_other_draw() -> None:
    """A range of the rent and an event leave the price of every future as it was."""
    price = {"price": triangular(1, 2, 3)}
    more = Variables(VALUES, {**price, "rent": triangular(0, 150, 200)}, (event("e", 0.5, "rent", "add", 1),))
    alone = sample_amounts(Variables(VALUES, price), AMOUNTS, 500, 9).amounts["api"]
    assert np.array_equal(sample_amounts(more, AMOUNTS, 500, 9).amounts["api"], alone)


def test_results_do_not_depend_on_the_block_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 7 and of 1,000 give the same futures."""
    variables = Variables(VALUES, {"price": triangular(1, 2, 3)}, (event("e", 0.5, "volume", "add", 90),))
    whole = sample_amounts(variables, AMOUNTS, 100, 5)
    monkeypatch.setattr(monte_carlo, "BLOCK", 7)
    parts = sample_amounts(variables, AMOUNTS, 100, 5)
    assert np.array_equal(parts.amounts["fleet"], whole.amounts["fleet"])
    assert parts.clipped == whole.clipped


def test_the_share_of_clipped_draws_is_reported() -> None:
    """An event of 1/2 takes the price from about 2 to below 0: clipped in the draws in which it happens."""
    fall = event("fall", 0.5, "price", "add", -5)
    variables = Variables(VALUES, {"price": triangular(1, 2, 3)}, (fall,), (), {"price": (0.0, np.inf)})
    drawn = sample_amounts(variables, AMOUNTS, 1000, 1)
    happened = Stream(1, "fall").take(1000)[:, 0] < 0.5
    assert drawn.clipped == pytest.approx(happened.mean())
    assert np.array_equal(drawn.amounts["api"] == 0, happened)


@settings(max_examples=30, deadline=None)
@given(
    st.floats(0, 5), st.floats(0, 5), st.floats(0, 5), st.floats(0, 1), st.floats(0.1, 10), st.integers(0, 99)
)
def test_raising_a_cost_never_lowers_a_cost(
    low: float, more: float, width: float, probability: float, factor: float, seed: int
) -> None:
    """A range moved up by `more` costs at least as much in every single future; so does a dearer price elsewhere."""
    events = (event("e", probability, "price", "multiply", factor),)
    lower = Variables(VALUES, {"price": triangular(low, low + width / 2, low + width)}, events)
    upper = Variables(
        VALUES, {"price": triangular(low + more, low + more + width / 2, low + more + width)}, events
    )
    before, after = (sample_amounts(u, AMOUNTS, 50, seed).amounts for u in (lower, upper))
    assert (after["api"] >= before["api"] - 1e-9 * np.abs(before["api"])).all()
    assert np.array_equal(after["fleet"], before["fleet"])


@settings(max_examples=20, deadline=None)
@given(st.floats(0.01, 100), st.integers(0, 99))
def test_scaling_all_money_scales_every_future(scale: float, seed: int) -> None:
    """Price and rent times a factor, ranges too: every cost of every future times that factor."""

    def drawn(by: float) -> dict[str, np.ndarray]:
        values = {**VALUES, "price": 2 * by, "rent": 150 * by}
        ranges = {"price": triangular(by, 2 * by, 6 * by), "volume": triangular(100, 250, 400)}
        return dict(sample_amounts(Variables(values, ranges), AMOUNTS, 50, seed).amounts)

    one, many = drawn(1), drawn(scale)
    for key in AMOUNTS:
        assert many[key] == pytest.approx(one[key] * scale, rel=1e-12)


def test_order_of_lines_does_not_matter() -> None:
    """Amounts asked for in another order are the same."""
    variables = Variables(VALUES, {"price": triangular(1, 2, 3), "volume": triangular(100, 250, 300)})
    turned = {key: AMOUNTS[key] for key in reversed(AMOUNTS)}
    first, second = sample_amounts(variables, AMOUNTS, 100, 1), sample_amounts(variables, turned, 100, 1)
    assert all(np.array_equal(first.amounts[key], second.amounts[key]) for key in AMOUNTS)


def test_months_add_up_in_every_future() -> None:
    """Twelve months at the price drawn: 12 times the cost of one."""
    variables = Variables(VALUES, {"price": triangular(1, 2, 3)})
    drawn = sample_amounts(
        variables, {"year": as_node(year("y", PRICE * VOLUME)), "api": as_node(API)}, 100, 1
    ).amounts
    assert drawn["year"] == pytest.approx(12 * drawn["api"])
