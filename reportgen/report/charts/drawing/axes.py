"""Axes: money along the side, months or amounts along the bottom."""

from collections.abc import Sequence

from reportgen.report.charts.drawing.money import Notation, tick_money
from reportgen.report.charts.drawing.palette import AXIS
from reportgen.report.charts.drawing.scales import Linear, Log, Scale
from reportgen.report.charts.drawing.svg import Box, Svg, text_box
from reportgen.report.charts.drawing.typography import NOTE
from reportgen.runtime.records import dataclass

MONTH_TICKS = 6
"""Maximum number of intervals between the ticks of the month axis."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plotting area: its box on the canvas and the scales across and up."""

    box: Box
    x: Linear | Log
    y: Linear | Log


def money_gutter(ticks: Sequence[float], notation: Notation) -> float:
    """Return the width in pixels of the axis labels, their distance from the axis included."""
    return max(NOTE.width(tick_money(tick, notation)) for tick in ticks) + 8


def draw_money_axis(svg: Svg, plot: Plot, ticks: Sequence[float]) -> None:
    """Draw a grid line and its label per tick, and the base line at zero, or at the bottom of a log axis."""
    box = plot.box
    svg.strokes(((box.left, plot.y(tick)), (box.right, plot.y(tick))) for tick in ticks)
    base = plot.y(0) if isinstance(plot.y, Linear) else box.bottom
    svg.strokes([((box.left, base), (box.right, base))], AXIS, 0.9)
    for tick in ticks:
        svg.text(
            box.left - 6, plot.y(tick) + NOTE.size * 0.35, tick_money(tick, svg.frame.notation), NOTE, "end"
        )


def draw_months(svg: Svg, plot: Plot, months: int) -> None:
    """Draw the month axis with its title, ticks at multiples of a year where they fit."""
    step = next((n for n in (1, 2, 3, 6, 12, 24) if months / n <= MONTH_TICKS), 36)
    draw_ticks(svg, plot.box, plot.x, [(float(month), str(month)) for month in range(0, months + 1, step)])
    svg.text((plot.box.left + plot.box.right) / 2, plot.box.bottom + 29, "Month", NOTE, "middle")


def draw_ticks(svg: Svg, box: Box, scale: Scale, ticks: Sequence[tuple[float, str]]) -> None:
    """Draw ticks and labels along the bottom, leaving out labels that would overlap the ones before."""
    svg.strokes(
        (((scale(value), box.bottom), (scale(value), box.bottom + 4)) for value, _ in ticks), AXIS, 0.8
    )
    for value, words in ticks:
        place = text_box(scale(value), box.bottom + 16, words, NOTE, "middle")
        if svg.is_free(place) and place.right <= svg.frame.width:
            svg.text(scale(value), box.bottom + 16, words, NOTE, "middle")
