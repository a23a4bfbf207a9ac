"""Cost against volume says that its axes are logarithmic, who is cheapest where and what is forecast."""

from dataclasses import replace

from reportgen.report.charts.breakeven import Crossing, VolumeLine, break_even
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND
from tests.report.charts.reading import rects, shapes, words

FRAME = Frame("volumes", "Cost against volume")
VOLUMES = (1.0, 10.0, 100.0, 1_000.0)
API = VolumeLine("api", "API", BY_KIND["api"], (1_000, 10_000, 100_000, 1_000_000))
PLATFORM = VolumeLine("platform", "Platform", BY_KIND["platform"], (31_623,) * 4)


def test_axes_say_that_they_are_logarithmic() -> None:
    """Both axes name their scale."""
    shown = words(break_even(FRAME, VOLUMES, [API, PLATFORM]))
    assert "Total cost (log scale)" in shown
    assert "Starting volume, tokens a month (log scale)" in shown


def test_strip_is_divided_where_the_lines_meet() -> None:
    """1,000 times the volume meets 31,623 at 31.6 M tokens, half way along three decades."""
    svg = break_even(FRAME, VOLUMES, [API, PLATFORM])
    (one,), (other,) = rects(svg, API.colour.fill), rects(svg, PLATFORM.colour.fill)
    assert abs(one.number("width") - other.number("width")) < 0.2
    assert {"API cheapest", "Platform cheapest"} <= set(words(svg))


def test_the_strip_says_whom_it_ranks() -> None:
    """All options, the eligible ones, or none that is eligible."""
    barred, other = replace(PLATFORM, eligible=False), replace(API, eligible=False)
    assert "Cheapest option" in words(break_even(FRAME, VOLUMES, [API, PLATFORM]))
    shown = words(break_even(FRAME, VOLUMES, [API, barred]))
    assert "Cheapest eligible option" in shown
    assert "API cheapest" in shown
    assert "Platform cheapest" not in shown
    assert "Cheapest, not eligible" in words(break_even(FRAME, VOLUMES, [other, barred]))


def test_forecast_and_crossing_are_named() -> None:
    """The range is shaded and named; the crossing has its words."""
    svg = break_even(
        FRAME, VOLUMES, [API, PLATFORM], [Crossing(31.6, "api", ("32M", "platform = API"))], (10, 40)
    )
    assert {"Forecast volume", "10\N{EN DASH}40M a month", "32M", "platform = API"} <= set(words(svg))


def test_a_crossing_that_there_is_no_room_to_name_has_no_mark() -> None:
    """Of twenty crossings at one place as many are marked as are named, and not all are."""
    crowd = [Crossing(31.6, "api", ("32M:", f"option {number} draws level")) for number in range(20)]
    svg = break_even(FRAME, VOLUMES, [API, PLATFORM], crowd)
    marks = [shape for shape in shapes(svg) if shape.tag == "circle"]
    named = [text for text in words(svg) if text.endswith("draws level")]
    assert 0 < len(marks) == len(named) < len(crowd)


def test_an_option_without_positive_cost_can_be_drawn() -> None:
    """A logarithmic axis has no zero; the line runs along the foot."""
    free = VolumeLine("free", "Free", BY_KIND["on_prem"], (0, -1, 0, 0))
    assert "Free" in words(break_even(FRAME, VOLUMES, [API, free]))
