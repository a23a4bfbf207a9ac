"""Stacked bars add up, and what is negative stands left of zero."""

import pytest

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import CATEGORIES, EXIT_PARTS
from reportgen.report.charts.stacked import StackedBar, category_bars, exit_bars
from tests.report.charts.reading import rects, words

FRAME = Frame("stacked", "Cost by category")
LABELS = {"compute": "Compute", "ongoing": "Engineering", "other": "Other"}


def test_the_lowest_says_that_it_may_not_be_chosen() -> None:
    """The lowest total of an option that is not eligible says so; the others are measured from it."""
    bars = [StackedBar("A", {"compute": 250_000.0}, eligible=False), StackedBar("B", {"compute": 300_000.0})]
    shown = words(category_bars(FRAME, LABELS, bars))
    assert "lowest, not eligible" in shown
    assert "+$50k" in shown


def test_total_and_distance_to_the_lowest() -> None:
    """300 + 100 = 400 is 150 above 250; categories without cost are not in the legend."""
    bars = [
        StackedBar("A", {"compute": 250_000.0}),
        StackedBar("B", {"compute": 300_000.0, "ongoing": 100_000.0}),
    ]
    shown = words(category_bars(FRAME, LABELS, bars))
    assert shown == [
        "Compute",
        "Engineering",
        "A",
        "$250k",
        "$250k",
        "lowest",
        "B",
        "$300k",
        "$100k",
        "$400k",
        "+$150k",
    ]


def test_negative_amounts_stand_left_of_zero() -> None:
    """100 and -25: the negative segment ends where the positive one starts, a quarter as long; the total is 75."""
    svg = category_bars(FRAME, LABELS, [StackedBar("A", {"compute": 100_000.0, "other": -25_000.0})])
    positive, negative = rects(svg, CATEGORIES["compute"])[1], rects(svg, CATEGORIES["other"])[1]
    assert negative.number("x") + negative.number("width") == pytest.approx(positive.number("x"), abs=0.02)
    assert negative.number("width") == pytest.approx(positive.number("width") / 4, abs=0.02)
    assert "$75k" in words(svg)


def test_one_option_has_nothing_to_be_compared_with() -> None:
    """A single bar is not called the lowest."""
    assert "lowest" not in words(category_bars(FRAME, LABELS, [StackedBar("A", {"compute": 1_000.0})]))


def test_exit_that_is_not_quantified() -> None:
    """An option whose exit nobody has estimated has words instead of a bar."""
    labels = dict(zip(EXIT_PARTS, EXIT_PARTS, strict=True))
    svg = exit_bars(
        FRAME, labels, [StackedBar("A", None), StackedBar("B", {"fees": 9_000.0, "forced_sale": -4_000.0})]
    )
    assert words(svg)[2:] == ["A", "not quantified", "B", "$9.0k", "\N{MINUS SIGN}$4.0k", "$5.0k"]


def test_amount_without_a_label_is_an_error() -> None:
    """No cost is left out of the drawing in silence."""
    with pytest.raises(KeyError, match="mystery"):
        category_bars(FRAME, LABELS, [StackedBar("A", {"mystery": 1.0})])
