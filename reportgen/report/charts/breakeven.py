"""The break-even chart: cost against volume on logarithmic axes, with a strip of the cheapest option below."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from reportgen.report.charts.drawing.axes import Plot, draw_money_axis, draw_ticks, money_gutter
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.labels import (
    Label,
    LabelArea,
    draw_callout,
    draw_edge_labels,
    edge_labels_gap,
    edge_labels_height,
    sample_polyline,
)
from reportgen.report.charts.drawing.money import volume, volume_range
from reportgen.report.charts.drawing.palette import AXIS, INK, PAPER, SHADE, ink_on
from reportgen.report.charts.drawing.scales import Log, log_bounds, log_ticks
from reportgen.report.charts.drawing.svg import Box, Point, Svg
from reportgen.report.charts.drawing.typography import NAME, NOTE, STRONG, TEXT, StyledLines, lines_width
from reportgen.report.charts.ladder import Band, VolumeLine, amount_at, cheapest_bands
from reportgen.report.charts.panels import to_canvas
from reportgen.report.wording import join_list
from reportgen.runtime.records import dataclass

__all__ = ["Band", "Crossing", "VolumeLine", "break_even", "cheapest_bands"]

PIECES = 3
"""Segments per interval of volume: a line that is linear in volume is curved on logarithmic axes."""

HEIGHT, TOP, STRIP = 128, 46, 17


@dataclass(frozen=True, slots=True)
class Crossing:
    """A volume (M tokens a month) at which the line `key` crosses another, and the lines of its annotation."""

    volume: float
    key: str
    words: tuple[str, ...]


def break_even(
    frame: Frame,
    volumes: Sequence[float],
    lines: Sequence[VolumeLine],
    crossings: Sequence[Crossing] = (),
    forecast: tuple[float, float] | None = None,
) -> str:
    """Draw cost per option against starting volume (rising, M tokens a month), the forecast shaded.

    The strip below has the cheapest of the options that may be chosen, of all where none may.
    """
    head = _strip_head(lines)
    bands, by_key = cheapest_bands(volumes, lines), {line.key: line for line in lines}
    ranges = (
        f"{_named(band, by_key)} {volume(band.low, frame.notation)} to {volume(band.high, frame.notation)} tokens a month"
        for band in bands
    )
    svg = Svg(frame, f"{head}: " + "; ".join(ranges))
    plot = _plot(frame, volumes, lines, head)
    if forecast:
        _draw_forecast(svg, plot, forecast)
    svg.text(0, 10, "Total cost (log scale)", NOTE)
    draw_money_axis(svg, plot, log_ticks(plot.y.low, plot.y.high))
    _draw_volumes(svg, plot)
    curves = {line.key: _curve(plot, volumes, line) for line in lines}
    for line in reversed(lines):
        svg.curve(curves[line.key], line.colour.fill)
    labels = [Label(curves[line.key][-1][1], _name(line), line.colour.fill) for line in lines]
    draw_edge_labels(svg, labels, plot.box.right, plot.box.top - 12, plot.box.bottom + 8)
    label_area = LabelArea(
        plot.box, tuple(point for curve in curves.values() for point in sample_polyline(curve))
    )
    for crossing in crossings:
        _mark_crossing(
            svg,
            plot,
            (crossing.volume, amount_at(volumes, by_key[crossing.key], crossing.volume)),
            crossing,
            label_area,
        )
    return svg.render(_draw_strip(svg, plot, bands, by_key, head))


def _named(band: Band, lines: Mapping[str, VolumeLine]) -> str:
    """Name the options that are cheapest in a band."""
    return join_list([lines[key].name for key in band.keys])


def _strip_head(lines: Sequence[VolumeLine]) -> str:
    """Name the strip by whom it ranks."""
    if not any(line.eligible for line in lines):
        return "Cheapest, not eligible"
    return "Cheapest option" if all(line.eligible for line in lines) else "Cheapest eligible option"


def _name(line: VolumeLine) -> StyledLines:
    style = NAME.coloured(line.colour.text)
    return tuple((part, style) for part in style.wrap(line.name, 125))


def _plot(frame: Frame, volumes: Sequence[float], lines: Sequence[VolumeLine], head: str) -> Plot:
    low, high = log_bounds(amount for line in lines for amount in line.amounts)
    left = money_gutter(log_ticks(low, high), frame.notation)
    right = (
        frame.width
        - max(NOTE.width(head), *(lines_width(_name(line)) for line in lines))
        - edge_labels_gap(len(lines))
        - 1
    )
    height = max(HEIGHT * frame.stretch, edge_labels_height(Label(0, _name(line)) for line in lines) - 20)
    box = Box(left, TOP, right, TOP + height)
    return Plot(box, Log(volumes[0], volumes[-1], left, right), Log(low, high, box.bottom, box.top))


def _curve(plot: Plot, volumes: Sequence[float], line: VolumeLine) -> list[Point]:
    """Return the points of a line on the canvas; amounts of zero or less are drawn at the bottom of the log axis."""
    between = [low + (high - low) * n / PIECES for low, high in pairwise(volumes) for n in range(PIECES)]
    points = [
        (volume, max(amount_at(volumes, line, volume), plot.y.low)) for volume in (*between, volumes[-1])
    ]
    return to_canvas(plot, points)


def _draw_forecast(svg: Svg, plot: Plot, forecast: tuple[float, float]) -> None:
    low, high = (min(max(one, plot.x.low), plot.x.high) for one in forecast)
    left, right = plot.x(low), max(plot.x(high), plot.x(low) + 1.5)
    svg.rect((left, right), (plot.box.top - 4, plot.box.bottom), SHADE)
    span = f"{volume_range(*forecast, svg.frame.notation)} a month"
    half = max(STRONG.width("Forecast volume"), NOTE.width(span)) / 2
    middle = min(max((left + right) / 2, half), plot.box.right - half)
    svg.block(middle, plot.box.top - 19, (("Forecast volume", STRONG), (span, NOTE)), "middle")


def _draw_volumes(svg: Svg, plot: Plot) -> None:
    ticks = log_ticks(plot.x.low, plot.x.high)
    values = (factor * 10.0**power for power in range(-6, 13) for factor in range(1, 10))
    places = [plot.x(value) for value in values if plot.x.low <= value <= plot.x.high]
    svg.strokes((((x, plot.box.bottom), (x, plot.box.bottom + 2.2)) for x in places), AXIS, 0.5)
    draw_ticks(svg, plot.box, plot.x, [(tick, volume(tick, svg.frame.notation)) for tick in ticks])


def _mark_crossing(svg: Svg, plot: Plot, point: Point, crossing: Crossing, label_area: LabelArea) -> None:
    """Mark a crossing where there is room to name it; a dot alone would say nothing that the table does not."""
    place = to_canvas(plot, [point])[0]
    words = tuple((line, TEXT if i else STRONG) for i, line in enumerate(crossing.words))
    if draw_callout(svg, [place], words, label_area):
        svg.dot(place, 3.8, PAPER, stroke=INK, weight=1.5)


def _draw_strip(
    svg: Svg, plot: Plot, bands: Sequence[Band], lines: Mapping[str, VolumeLine], head: str
) -> float:
    """Draw the bands below the axis, named where the name fits; return the height of the chart."""
    top = plot.box.bottom + 24
    base_line = top + STRIP / 2 + STRONG.size * 0.35
    for band in bands:
        left, right, line = plot.x(band.low), plot.x(band.high), lines[band.key]
        svg.rect((left, max(right - 1.5, left + 0.5)), (top, top + STRIP), line.colour.fill)
        first, all_names = line.name.split(" ")[0], _named(band, lines)
        alone = not band.level and sum(one.name.startswith(first) for one in lines.values()) == 1
        names = (f"{all_names} cheapest", all_names, first if alone else "")
        name = next((one for one in names if STRONG.width(one) + 10 < right - left), "")
        if name:
            svg.text((left + right) / 2, base_line, name, STRONG.coloured(ink_on(line.colour.fill)), "middle")
    svg.text(plot.box.right + 8, base_line, head, NOTE)
    middle = (plot.box.left + plot.box.right) / 2
    svg.text(middle, top + STRIP + 14, "Starting volume, tokens a month (log scale)", NOTE, "middle")
    return top + STRIP + 18
