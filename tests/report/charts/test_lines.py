"""Curves over the months say where they end, where they cross and which month was chosen."""

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND
from reportgen.report.charts.lines import Crossover, MonthLine, cumulative_cost, exit_curve
from tests.report.charts.reading import shapes, words

FRAME = Frame("lines", "Cumulative cost")


def line(key: str, first: float, monthly: float, marked: int | None = None) -> MonthLine:
    """Make a straight line over 36 months."""
    amounts = tuple(first + monthly * month for month in range(1, 37))
    return MonthLine(key, key, BY_KIND[key], amounts, marked)


def test_ends_are_labelled() -> None:
    """36 months at 10,000 are 360,000."""
    assert words(cumulative_cost(FRAME, [line("api", 0, 10_000)]))[-2:] == ["api", "$360k"]


def test_cheap_options_get_a_panel_of_their_own() -> None:
    """Two options below 40 % of the dearest are drawn again at a larger scale."""
    lines = [line("api", 0, 10_000), line("platform", 0, 8_000), line("self_hosted", 0, 40_000)]
    shown = words(cumulative_cost(FRAME, lines))
    assert "All options" in shown
    assert "api and platform only" in shown
    assert shown.count("$360k") == 2
    assert shown.count("$1.44M") == 1


def test_one_cheap_option_needs_no_panel() -> None:
    """There is nothing to compare it with."""
    assert "All options" not in words(
        cumulative_cost(FRAME, [line("api", 0, 1_000), line("platform", 0, 9_000)])
    )


def test_crossover_stands_where_the_lines_cross() -> None:
    """100,000 down and 6,000 a month against 10,000 a month: they meet at month 25 with 250,000 of 400,000."""
    lines = [line("platform", 100_000, 6_000), line("api", 0, 10_000)]
    svg = cumulative_cost(FRAME, lines, [Crossover(25, "platform", "api", ("Month 25", "cheaper from here"))])
    (ring,) = [shape for shape in shapes(svg) if shape.tag == "circle"]
    grid = (
        next(shape for shape in shapes(svg) if shape.tag == "path")
        .attributes["d"]
        .removeprefix("M")
        .split("M")
    )
    tops = [[float(number) for number in stroke.replace("L", " ").split()] for stroke in grid]
    left, right, foot, head = tops[0][0], tops[0][2], tops[0][1], tops[-1][1]
    assert abs(ring.number("cx") - (left + (right - left) * 25 / 36)) < 0.2
    assert abs(ring.number("cy") - (foot + (head - foot) * 250 / 400)) < 0.2
    assert words(svg)[-2:] == ["Month 25", "cheaper from here"]


def test_exit_month_is_marked() -> None:
    """Leaving in month 12 costs 50,000 + 12 x 1,000."""
    svg = exit_curve(FRAME, [line("api", 50_000, 1_000, 12)])
    assert "$62k in month 12" in words(svg)
    assert len([shape for shape in shapes(svg) if shape.tag == "circle"]) == 1
