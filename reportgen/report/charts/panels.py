"""A panel: a plot of curves over months, with axes, lines and labels at the ends of lines."""

from collections.abc import Sequence

from reportgen.report.charts.drawing.axes import Plot, draw_money_axis, draw_months, money_gutter
from reportgen.report.charts.drawing.labels import (
    Label,
    draw_edge_labels,
    edge_labels_gap,
    edge_labels_height,
)
from reportgen.report.charts.drawing.palette import Colour
from reportgen.report.charts.drawing.scales import Linear, linear_ticks
from reportgen.report.charts.drawing.svg import Box, Point, Svg
from reportgen.report.charts.drawing.typography import NOTE, TITLE, StyledLines, lines_width
from reportgen.runtime.records import dataclass

HEADING, AXIS_TITLE, FOOT = 17, 25, 33
"""Heights in pixels of the heading, the axis title and the labels of the months."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through (month, amount) points, the label at its end, and the position of a dot on it."""

    colour: Colour
    points: tuple[Point, ...]
    words: StyledLines
    dot: Point | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A plot from `left` to `right`, labels included; `heading` may be empty."""

    left: float
    right: float
    heading: str
    axis: str
    curves: tuple[Curve, ...]

    @property
    def top(self) -> float:
        """Return the top of the plotting area."""
        return AXIS_TITLE + (HEADING if self.heading else 0)

    def height(self, least: float) -> float:
        """Return the height of the plotting area, at least `least`, that its edge labels need."""
        return max(least, edge_labels_height(Label(0, curve.words) for curve in self.curves) - 16)


def draw_axes(svg: Svg, panel: Panel, height: float) -> Plot:
    """Draw heading and axes of a panel; `height` is that of the plotting area."""
    amounts = [amount for curve in panel.curves for _, amount in curve.points]
    ticks = linear_ticks(min(0.0, *amounts), max(0.0, *amounts))
    months = max(month for curve in panel.curves for month, _ in curve.points)
    edge = max(lines_width(curve.words) for curve in panel.curves) + edge_labels_gap(len(panel.curves)) + 1
    left = panel.left + money_gutter(ticks, svg.frame.notation)
    box = Box(left, panel.top, panel.right - edge, panel.top + height)
    plot = Plot(box, Linear(0, months, box.left, box.right), Linear(ticks[0], ticks[-1], box.bottom, box.top))
    if panel.heading:
        svg.text(panel.left, 10, panel.heading, TITLE)
    svg.text(panel.left, panel.top - 14, panel.axis, NOTE)
    draw_money_axis(svg, plot, ticks)
    draw_months(svg, plot, round(months))
    return plot


def draw_curves(svg: Svg, plot: Plot, curves: Sequence[Curve]) -> None:
    """Draw the lines (the first on top), their dots, and their labels along the right edge."""
    for curve in reversed(curves):
        svg.curve(to_canvas(plot, curve.points), curve.colour.fill)
    for curve in curves:
        if curve.dot:
            svg.dot(to_canvas(plot, (curve.dot,))[0], 4, curve.colour.fill)
    ends = [to_canvas(plot, curve.points)[-1][1] for curve in curves]
    labels = [Label(y, curve.words, curve.colour.fill) for y, curve in zip(ends, curves, strict=True)]
    draw_edge_labels(svg, labels, plot.box.right, plot.box.top - 8, plot.box.bottom + 8)


def to_canvas(plot: Plot, points: Sequence[Point]) -> list[Point]:
    """Return the canvas coordinates of points of the plot."""
    return [(plot.x(x), plot.y(y)) for x, y in points]
