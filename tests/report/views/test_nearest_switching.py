"""Switching values in words: which side is told, at or beyond which value, and what of them can be watched."""

from typing import Any

from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import (
    NearestSwitch,
    nearest_switching_values,
    reached,
    switches_to_watch,
)
from tests.report.contexts import context, switching_value

MOVED: dict[str, Any] = {
    "path": "options.api.exit_fte_months",
    "paths": (),
    "unit": "FTE-months",
    "value": 2.0,
}
"""What a made switching value is of: an assumption that is no share and no whole number."""


def nearest(**changes: Any) -> tuple[ViewContext, list[NearestSwitch]]:
    """Return a context with one switching value, and its nearest side."""
    sides = {"below": None, "below_to": None, "above": None, "above_to": None, "searched": (0.0, 100.0)}
    now = context(switching_values=(switching_value(**{**MOVED, **sides, **changes}),))
    return now, nearest_switching_values(now)


def test_the_side_within_the_range_is_told_before_a_nearer_one_beyond() -> None:
    """Below 1.5 is nearer than above 4, but only 4 is within 1.8 to 5; without a range the nearer one is told."""
    both = {"below": 1.5, "below_to": "platform", "above": 4.0, "above_to": "self_hosted"}
    found = [
        nearest(**both, low=low, high=high, within=low is not None)[1][0]
        for low, high in ((1.8, 5.0), (None, None))
    ]
    assert [(one.value, one.winner.key, one.within) for one in found] == [
        (4.0, "self_hosted", True),
        (1.5, "platform", False),
    ]


def test_a_side_next_to_zero_gives_way_and_is_not_watched() -> None:
    """A deployment of 0.0000005 months is none that anybody will see; the other side is, and so is none at all."""
    tiny = {"below": 5e-7, "below_to": "platform"}
    assert nearest(**tiny, above=9.0, above_to="self_hosted")[1][0].value == 9.0
    now, found = nearest(**tiny)
    assert len(found) == 1
    assert switches_to_watch(now) == []
    now, found = nearest(below=0.0, below_to="platform")
    assert switches_to_watch(now) == found
    assert reached(now, found[0], 0.0) == "at 0 FTE-months"


def test_a_whole_number_changes_the_advice_at_the_value_itself() -> None:
    """3 hires already do; the review is a whole number as well, and where it would be the same there is none."""
    hires = {"path": "options.self_hosted.hires", "unit": "hires"}
    now, (far,) = nearest(**hires, value=1.0, above=6.0, above_to="platform")
    assert [reached(now, far, value) for value in (far.review, far.value)] == [
        "at 4 hires or more",
        "at 6 hires or more",
    ]
    now, (near,) = nearest(**hires, value=1.0, below=0.0, below_to="platform")
    assert reached(now, near, near.value) == "at 0 hires"
    assert switches_to_watch(now) == []


def test_the_most_that_a_share_may_be_is_reached_not_passed() -> None:
    """Nothing lies above 100 %; below it the value is passed."""
    share = {"path": "options.api.batch_share", "unit": "%", "value": 0.6, "searched": (0.0, 1.0)}
    for value, words in ((1.0, "at 100%"), (0.9997, "at 100%"), (0.9, "above 90%")):
        now, (found,) = nearest(**share, above=value, above_to="platform")
        assert reached(now, found, found.value) == words


def test_what_reads_as_the_plan_or_as_nothing_is_not_watched() -> None:
    """A volume of 100.02 % or 0.02 % of the plan: "change course above 1.00 times" or "below 0 %" says nothing."""
    volume = {
        "path": "workload.tokens_per_month",
        "paths": ("workload.tokens_per_month",),
        "unit": "M tokens / month",
        "value": 1000.0,
    }
    for value, watched in ((1000.2, 0), (1120.0, 1), (4.0e3, 1)):
        assert len(switches_to_watch(nearest(**volume, above=value, above_to="platform")[0])) == watched
    for value, watched in ((0.2, 0), (994.0, 1), (500.0, 1)):
        assert len(switches_to_watch(nearest(**volume, below=value, below_to="platform")[0])) == watched


def test_a_range_down_to_nothing_changes_the_advice_near_zero() -> None:
    """Where no other side is within the range it is told, in these words."""
    now, (found,) = nearest(below=5e-7, below_to="platform", low=0.0, high=4.0, within=True)
    assert (found.within, reached(now, found, found.value)) == (True, "near 0")
    assert switches_to_watch(now) == []
