"""The values of assumptions under events, and groups that are drawn as one."""

import pickle

import numpy as np

from reportgen.formula.nodes import Input
from reportgen.formula.runs import SCALE, SHIFT, Effect
from reportgen.simulate.monte_carlo import joint_runs
from reportgen.simulate.variables import Event, Variables
from tests.simulate.lines import RENT, VALUES, event, triangular


def affected(
    *events: Event, occurs: tuple[bool, ...], limits: tuple[float, float] | None = None
) -> tuple[float, bool]:
    """Apply events to the price of 2."""
    variables = Variables(VALUES, {}, events, (), {"price": limits} if limits else {})
    flags = {place: np.array([[now]]) for place, now in enumerate(occurs)}
    found, clipped = variables.active("price", np.array([[2.0]]), flags)
    return float(found["price"][0, 0]), bool(clipped[0, 0])


def test_several_events_take_the_last_set_the_product_and_the_sum() -> None:
    """Set 5 and set 3 give 3; times 2 and times 1.5 is 9; plus 1 and plus 0.5 is 10.5."""
    events = (
        Event(
            "a", 0.5, (Effect("price", "set", 5), Effect("price", "multiply", 2), Effect("price", "add", 1))
        ),
        Event(
            "b",
            0.5,
            (Effect("price", "set", 3), Effect("price", "multiply", 1.5), Effect("price", "add", 0.5)),
        ),
    )
    assert affected(*events, occurs=(True, True)) == (10.5, False)
    assert affected(*events, occurs=(True, False)) == (11, False)
    assert affected(*events, occurs=(False, False)) == (2, False)


def test_a_looked_up_value_is_changed_by_events_and_a_draw_is_a_factor_on_it() -> None:
    """A rate x 1.5 + 1; a draw of 3 where 2 is stated makes it half as much again: x 2.25 + 1.5."""
    rise = Event("rise", 0.5, (Effect("price", "multiply", 1.5), Effect("price", "add", 1)))
    variables = Variables(VALUES, {}, (rise,), looked_up={"price": RENT})
    occurs = {0: np.array([[True]])}
    for drawn, expected in ((2.0, (1.5, 1.0)), (3.0, (2.25, 1.5))):
        found, _ = variables.active("price", np.array([[drawn]]), occurs)
        assert (found["price" + SCALE].item(), found["price" + SHIFT].item()) == expected


def test_a_looked_up_value_below_its_bound_is_clipped_and_told() -> None:
    """What is looked up is 150; less 200 it is -50: 0, and clipped in every future in which the event happens."""
    fall = event("fall", 0.5, "price", "add", -200)
    variables = Variables(VALUES, {}, (fall,), (), {"price": (0.0, np.inf)}, {"price": RENT})
    sample = joint_runs(variables, {"price": Input("price", RENT)}, 100, 1)
    assert sample.amounts["price"].tolist() == [150, 0]
    assert sample.clipped == 0.5


def test_what_moves_together_is_equally_far_along_its_range() -> None:
    """2 in 1 to 4 at 3 is halfway up: 20 in 10 to 30 is at 25; at 1.5 halfway down, 15; an equal statement is equal."""
    ranges = {"a": triangular(1, 2, 4), "b": triangular(10, 20, 30), "c": triangular(1, 2, 4)}
    variables = Variables({"a": 2, "b": 20, "c": 2}, ranges, (), (("a", "b", "c"),), {"b": (0, 32)})
    moved = variables.moved("a", np.array([1.5, 3.0, 9.0]))
    assert moved["b"].tolist() == [15, 25, 32]
    assert moved["c"].tolist() == [1.5, 3, 9]
    assert set(variables.moved("elsewhere", np.ones(1))) == {"elsewhere"}


def test_a_value_beyond_a_bound_is_clipped_and_flagged() -> None:
    """2 x 0.6 x 10 = 12 is clipped to 10; 2 - 5 is clipped to 0."""
    up, down = event("up", 0.5, "price", "multiply", 6), event("down", 0.5, "price", "add", -5)
    assert affected(up, occurs=(True,), limits=(0, 10)) == (10, True)
    assert affected(down, occurs=(True,), limits=(0, 10)) == (0, True)
    assert affected(up, occurs=(False,), limits=(0, 10)) == (2, False)


def test_groups_that_share_a_member_move_as_one() -> None:
    """A moves with b, b with c, d alone: two streams, named by their first member."""
    ranges = {name: triangular(0, 1, 2) for name in "dcba"}
    variables = Variables({}, ranges, (), (("b", "a"), ("c", "b"), ("x", "d")))
    assert variables.streams == {"a": ("a", "b", "c"), "d": ("d",)}


def test_what_is_cached_stays_behind_when_variables_are_sent_to_another_process() -> None:
    """Pickled while another thread reads it, a cache would change the dictionary under the pickler."""
    variables = Variables({"a": 1.0}, {})
    before = pickle.dumps(variables)
    assert variables.streams == {}
    assert variables.effects == {}
    assert pickle.dumps(variables) == before
    assert pickle.loads(before) == variables  # noqa: S301  its own bytes
