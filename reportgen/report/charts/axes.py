"""The axes of the curves: money up the side, months or amounts along the bottom, drawn quietly."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.report.charts.money import tick_money
from reportgen.report.charts.palette import AXIS, RULE
from reportgen.report.charts.scales import Linear, Log, Scale
from reportgen.report.charts.svg import Box, Svg
from reportgen.report.charts.type import NOTE


@dataclass(frozen=True, slots=True)
class Plot:
    """A plotting area: its box on the canvas and the scales across and up."""

    box: Box
    x: Linear | Log
    y: Linear | Log


def money_gutter(ticks: Sequence[float], currency: str) -> float:
    """Find the width that the amounts beside the axis need, with their distance to it."""
    return max(NOTE.width(tick_money(tick, currency)) for tick in ticks) + 8


def draw_money_axis(svg: Svg, plot: Plot, ticks: Sequence[float]) -> None:
    """Draw a grid line and its amount per tick; the line at zero, or the lowest on a log axis, is the base line."""
    base = 0.0 if isinstance(plot.y, Linear) else None
    for tick in ticks:
        y, at_base = plot.y(tick), tick == base
        svg.line(plot.box.left, y, plot.box.right, y, AXIS if at_base else RULE, 0.9 if at_base else 0.6)
        svg.text(plot.box.left - 6, y + NOTE.size * 0.35, tick_money(tick, svg.frame.currency), NOTE, "end")
    if base is None:
        svg.line(plot.box.left, plot.box.bottom, plot.box.right, plot.box.bottom, AXIS, 0.9)


def draw_months(svg: Svg, plot: Plot, months: int) -> None:
    """Draw the months along the bottom, in years where they fit, and say that they are months."""
    step = next((n for n in (1, 2, 3, 6, 12, 24) if months / n <= 6), 36)
    draw_ticks(svg, plot.box, plot.x, [(float(month), str(month)) for month in range(0, months + 1, step)])
    svg.text((plot.box.left + plot.box.right) / 2, plot.box.bottom + 28, "Month", NOTE, "middle")


def draw_ticks(svg: Svg, box: Box, scale: Scale, ticks: Sequence[tuple[float, str]]) -> None:
    """Draw ticks with words along the bottom, leaving out words that would touch the ones before."""
    for value, words in ticks:
        x = scale(value)
        svg.line(x, box.bottom, x, box.bottom + 4, AXIS, 0.8)
        half = NOTE.width(words) / 2
        place = Box(x - half, box.bottom + 5, x + half, box.bottom + 17)
        if svg.free(place, 4) and x + half <= svg.frame.width:
            svg.text(x, box.bottom + 15, words, NOTE, "middle")
