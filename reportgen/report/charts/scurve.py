"""S-curves: cumulative probability of cost, with percentiles and the point estimate."""

from collections.abc import Sequence

from reportgen.report.charts.drawing.axes import Plot, draw_ticks
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.labels import LabelArea, draw_callout, sample_polyline
from reportgen.report.charts.drawing.money import Notation, money, tick_money
from reportgen.report.charts.drawing.palette import AXIS, MUTE, PAPER, Colour
from reportgen.report.charts.drawing.scales import Linear, linear_ticks
from reportgen.report.charts.drawing.svg import Box, Point, Svg
from reportgen.report.charts.drawing.typography import NAME, NOTE, STRONG, TEXT
from reportgen.report.charts.panels import to_canvas
from reportgen.runtime.records import dataclass

HEIGHT, TOP, LEFT, RIGHT = 124, 26, 34, 18
ROW, COLUMN = 17, 74
AXIS_TITLE = "Chance that the cost stays at or below"
VISIBLE = 0.8
"""Steps smaller than this, in pixels, are merged."""


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """One option: a step function of (cost, probability of at most that cost) up to 1, and its estimate."""

    name: str
    colour: Colour
    points: tuple[tuple[float, float], ...]
    estimate: float | None


def percentile(points: Sequence[tuple[float, float]], share: float) -> float:
    """Return the smallest cost whose probability is at least `share`."""
    return next((cost for cost, cumulative in points if cumulative >= share - 1e-9), points[-1][0])


def probability(points: Sequence[tuple[float, float]], cost: float) -> float:
    """Return the probability of at most `cost`."""
    return max((cumulative for value, cumulative in points if value <= cost + 1e-9 * abs(cost)), default=0.0)


def risk_curves(
    frame: Frame,
    curves: Sequence[RiskCurve],
    shares: Sequence[float] = (0.5, 0.8, 0.9),
    *,
    heading: str = "",
) -> str:
    """Draw each option's distribution, percentiles as dots, the estimate as a ring.

    Below the plot stands a table of figures; with a `heading`, a legend of those curves that could not be named.
    """
    rows = [_figures(curve, shares, frame.notation) for curve in curves]
    heads = ("Estimate", "Its percentile", *(f"P{share * 100:.3g}" for share in shares))
    svg = Svg(frame, "; ".join(_sentence(curve, heads, row) for curve, row in zip(curves, rows, strict=True)))
    plot = _draw_axes(svg, curves, heading or AXIS_TITLE)
    traces = [to_canvas(plot, _steps(curve, plot)) for curve in curves]
    for curve, trace in zip(curves, traces, strict=True):
        svg.curve(trace, curve.colour.fill, 2)
    for curve in curves:
        _draw_dots(svg, plot, curve, shares)
    samples = [tuple(sample_polyline(trace)) for trace in traces]
    every = tuple(point for points in samples for point in points)
    nameless = [
        curve
        for place, curve in enumerate(curves)
        if not _draw_name(svg, plot, curve, LabelArea(plot.box, every, _others(samples, place)))
    ]
    if not heading:
        return svg.render(_draw_figures(svg, plot.box.bottom + 46, curves, heads, rows))
    return svg.render(_draw_legend(svg, plot.box.bottom + 24, nameless))


def _figures(curve: RiskCurve, shares: Sequence[float], notation: Notation) -> tuple[str, ...]:
    percentiles = tuple(money(percentile(curve.points, share), notation) for share in shares)
    if curve.estimate is None:
        return "\N{EN DASH}", "\N{EN DASH}", *percentiles
    reached = probability(curve.points, curve.estimate)
    rank = "below P1" if round(reached, 2) == 0 else f"P{reached * 100:.0f}"
    return money(curve.estimate, notation), rank, *percentiles


def _sentence(curve: RiskCurve, heads: Sequence[str], row: Sequence[str]) -> str:
    return f"{curve.name}: " + ", ".join(f"{head} {figure}" for head, figure in zip(heads, row, strict=True))


def _draw_axes(svg: Svg, curves: Sequence[RiskCurve], heading: str) -> Plot:
    costs = [cost for curve in curves for cost, _ in curve.points] + [
        c.estimate for c in curves if c.estimate is not None
    ]
    low, high = min(costs), max(costs)
    ticks = linear_ticks(0 if 0 < low < high / 2 else low, high, 6)
    box = Box(LEFT, TOP, svg.frame.width - RIGHT, TOP + HEIGHT * svg.frame.stretch)
    plot = Plot(box, Linear(ticks[0], ticks[-1], box.left, box.right), Linear(0, 1, box.bottom, box.top))
    svg.text(0, 10, heading, NOTE)
    shares = (0.25, 0.5, 0.75, 1.0)
    svg.strokes(((box.left, plot.y(share)), (box.right, plot.y(share))) for share in shares)
    svg.strokes([((box.left, box.bottom), (box.right, box.bottom))], AXIS, 0.9)
    for share in (0.0, *shares):
        svg.text(box.left - 6, plot.y(share) + NOTE.size * 0.35, svg.frame.notation.share(share), NOTE, "end")
    draw_ticks(svg, box, plot.x, [(tick, tick_money(tick, svg.frame.notation)) for tick in ticks])
    return plot


def _steps(curve: RiskCurve, plot: Plot) -> list[Point]:
    """Return the points of the step function, steps too small to be seen left out."""
    stairs = [(curve.points[0][0], 0.0)]
    for cost, reached in curve.points:
        before = stairs[-1]
        seen = max(plot.x(cost) - plot.x(before[0]), plot.y(before[1]) - plot.y(reached)) > VISIBLE
        if seen or reached >= 1 - 1e-9:
            stairs += [(cost, before[1]), (cost, reached)]
    return stairs


def _draw_dots(svg: Svg, plot: Plot, curve: RiskCurve, shares: Sequence[float]) -> None:
    for share in shares:
        svg.dot((plot.x(percentile(curve.points, share)), plot.y(share)), 3.2, curve.colour.fill)
    if curve.estimate is not None:
        reached = probability(curve.points, curve.estimate)
        svg.dot((plot.x(curve.estimate), plot.y(reached)), 3.4, PAPER, stroke=curve.colour.fill, weight=1.6)


def _draw_name(svg: Svg, plot: Plot, curve: RiskCurve, label_area: LabelArea) -> bool:
    """Write the curve's name beside it; return False where there is no free area."""
    style = NAME.coloured(curve.colour.text)
    shares = (0.5, 0.35, 0.65, 0.2, 0.88)
    places = [(plot.x(percentile(curve.points, share)), plot.y(share)) for share in shares]
    for width in (150, 80):
        words = tuple((line, style) for line in style.wrap(curve.name, width))
        if draw_callout(svg, places, words, label_area, 0):
            return True
    return False


def _others(samples: Sequence[tuple[Point, ...]], place: int) -> tuple[Point, ...]:
    """Return the points of all curves but one."""
    return tuple(point for other, points in enumerate(samples) if other != place for point in points)


def _draw_legend(svg: Svg, bottom: float, curves: Sequence[RiskCurve]) -> float:
    """Draw a legend of curves in rows below the plot; return the height of the chart."""
    x, y = 0.0, bottom + 12
    for curve in curves:
        style = NAME.coloured(curve.colour.text)
        width = style.width(curve.name) + 14
        if x and x + width > svg.frame.width:
            x, y = 0.0, y + ROW
        lines = style.wrap(curve.name, svg.frame.width - 14)
        svg.dot((x + 4, y - 4), 4, curve.colour.fill)
        for line in lines:
            svg.text(x + 12, y, line, style)
            y += ROW if line is not lines[-1] else 0
        x += width + 12
    return y + 4 if curves else bottom


def _draw_figures(
    svg: Svg, top: float, curves: Sequence[RiskCurve], heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> float:
    """Draw the table of figures below the plot, a row per option; return the height of the chart."""
    rights = [svg.frame.width - COLUMN * n for n in reversed(range(len(heads)))]
    room = rights[0] - COLUMN - 13
    for head, right in zip(heads, rights, strict=True):
        svg.text(right, top, head, NOTE, "end")
    y = top + 6
    for curve, row in zip(curves, rows, strict=True):
        svg.strokes([((0, y), (svg.frame.width, y))])
        style = STRONG.coloured(curve.colour.text)
        names = tuple((line, style) for line in style.wrap(curve.name, room))
        height = max(ROW, len(names) * style.pitch + 4)
        svg.dot((4, y + height / 2), 4, curve.colour.fill)
        svg.block(13, y + height / 2, names)
        for n, (figure, right) in enumerate(zip(row, rights, strict=True)):
            svg.block(right, y + height / 2, ((figure, TEXT if n != 1 else TEXT.coloured(MUTE)),), "end")
        y += height
    return y + 2
