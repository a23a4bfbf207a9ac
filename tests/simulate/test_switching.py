"""Switching values of small lines, worked out by hand."""

import numpy as np
import pytest

from reportgen.formula.nodes import Input
from reportgen.simulate.distributions import Range
from reportgen.simulate.ranking import Ranking
from reportgen.simulate.switching import SearchRange, SwitchingPoints, search_points, switching_points
from reportgen.simulate.variables import Event, Variables
from tests.simulate.lines import API, FLEET, RENT, VALUES, VOLUME, cost, event

INF = float("inf")


def ranking(*events: Event, values: dict[str, float] = VALUES) -> Ranking:
    """Rank the api, 500, against three machines, 450."""
    return Ranking(Variables(values, {}, events), {"api": API, "fleet": FLEET})


def reach(
    path: str, *, low: float | None = None, high: float | None = None, whole: bool = False
) -> SearchRange:
    """Follow an assumption from its value."""
    return SearchRange(path, VALUES[path], low, high, 0.0, INF, whole)


def test_the_stated_costs_and_who_is_first() -> None:
    """2 x 250 = 500 against 3 x 150 = 450."""
    assert ranking().expected({}).tolist() == [[500, 450]]
    assert ranking().ranked_first({"price": np.array([1.0, 2.0, 1.8])}).tolist() == [0, 1, 0]


def test_a_price_switches_where_the_costs_are_equal() -> None:
    """The api is first at or below 450/250 = 1.8; a higher price changes nothing."""
    found = switching_points(ranking(), reach("price"))
    assert found.below == pytest.approx(1.8, rel=1e-8)
    assert (found.below_to, found.above, found.above_to) == (0, None, None)


def test_the_search_goes_beyond_the_range() -> None:
    """A range of the rent of 140 to 160 holds no switch; 500/3 = 166.67 lies beyond it."""
    found = switching_points(ranking(), reach("rent", low=140, high=160))
    assert found.above == pytest.approx(500 / 3, rel=1e-8)


def test_the_first_step_of_a_staircase_is_found() -> None:
    """Volume rising from 250: at 300 three machines still serve (450 < 600); falling, at 225 the api costs 450."""
    found = switching_points(ranking(), reach("volume"))
    assert found.below == pytest.approx(225, rel=1e-8)
    assert found.below_to == 0
    assert found.above is None


def test_a_narrow_change_before_the_last_one_is_found() -> None:
    """Rent 198: the fleet is first from 297 to 300, from 396 to 400 and so on; no point of the first search is in the first band."""
    values, volume = {**VALUES, "rent": 198.0}, SearchRange("volume", 250, None, None, 0, INF)
    assert not any(297 <= point <= 300 for point in search_points(volume, 1))
    assert switching_points(ranking(values=values), volume).above == pytest.approx(297, rel=1e-8)


def test_events_are_evaluated_again_at_every_point() -> None:
    """With 1/2 the volume grows by 100: 250p + 50p meets 450 + 75 (with 1/2 a fourth machine) at p = 1.75."""
    found = switching_points(ranking(event("more", 0.5, "volume", "add", 100)), reach("price"))
    assert found.below == pytest.approx(1.75, rel=1e-8)


def test_an_event_that_sets_the_assumption_itself() -> None:
    """With 1/2 the price is set to 4: (250p + 1000)/2 = 450 has no solution above 0, so nothing switches."""
    found = switching_points(ranking(event("set", 0.5, "price", "set", 4)), reach("price"))
    assert found == SwitchingPoints(None, None, None, None, (0, 22))


def test_whole_numbers_switch_at_whole_numbers() -> None:
    """The api is first from 225 down, and 225 is given as it stands."""
    found = switching_points(ranking(), reach("volume", whole=True))
    assert (found.below, found.below_to) == (225, 0)


def test_costs_that_differ_in_their_last_bits_only_never_switch() -> None:
    """0.1v + 0.2v and 0.3v are equal: whichever a computer makes smaller, the first in order holds its place."""
    thrice = cost("thrice", VOLUME * 0.1 + VOLUME * 0.2)
    same = Ranking(Variables(VALUES, {}), {"thrice": thrice, "once": cost("once", VOLUME * 0.3)})
    both = same.expected({"volume": np.arange(1.0, 100.0)})
    assert (both[:, 0] > both[:, 1]).any()
    assert (both[:, 0] <= both[:, 1]).any()
    found = switching_points(same, reach("volume"))
    assert found == SwitchingPoints(None, None, None, None, (0, 2750))


def test_an_assumption_that_no_cost_depends_on_has_no_switching_values() -> None:
    """An assumption of something else is not searched."""
    found = switching_points(ranking(), SearchRange("elsewhere", 1, None, None, 0, INF))
    assert found == SwitchingPoints(None, None, None, None, (0, 11))


def test_an_assumption_of_zero_has_its_switch_found() -> None:
    """A fee of 0 on the fleet switches at 50."""
    values = {**VALUES, "fee": 0.0}
    fleet = cost("fleet", FLEET + Input("fee"))
    found = switching_points(
        Ranking(Variables(values, {}), {"api": API, "fleet": fleet}),
        SearchRange("fee", 0, None, None, 0, INF),
    )
    assert found.above == pytest.approx(50, rel=1e-6)
    assert found.above_to == 0


def test_points_stay_within_the_bounds() -> None:
    """A share of 0.4 is followed from 0 to 1 and no further."""
    share = SearchRange("share", 0.4, 0.2, 0.5, 0.0, 1.0)
    down, up = search_points(share, -1), search_points(share, 1)
    assert (down.min(), down.max(), up.min(), up.max()) == (0, 0.4, 0.4, 1)


@pytest.mark.parametrize("rent", [199.0, 199.9, 199.999])
def test_the_last_value_before_a_machine_is_bought_is_looked_at(rent: float) -> None:
    """At a rent of 199.9 the fleet is first from 299.85 to 300 only: between points of the search, before the step."""
    values = {**VALUES, "rent": rent}
    found = switching_points(ranking(values=values), SearchRange("volume", 250, None, None, 0, INF))
    assert found.above == pytest.approx(3 * rent / 2, rel=1e-8)
    assert found.above_to == 1


def test_what_moves_together_switches_together() -> None:
    """250 at one price and at the other, 10 more there: together they never meet, alone at (500 + 10) / 250 = 2.04."""
    values = {"price": 2.0, "rent": 2.0, "volume": 250.0}
    ranges = {path: Range("triangular", 1, 2, 3) for path in ("price", "rent")}
    together = Variables(values, ranges, (), (("price", "rent"),))
    dearer = cost("dearer", RENT * 250 + 10)
    pair = {"api": API, "dearer": dearer}
    assert switching_points(Ranking(together, pair), SearchRange("price", 2, 1, 3, 0, INF)).above is None
    alone = switching_points(Ranking(Variables(values, ranges), pair), SearchRange("price", 2, 1, 3, 0, INF))
    assert alone.above == pytest.approx(2.04, rel=1e-8)
