"""Line charts over months: cumulative cost with its crossovers, and exit cost by month of exit."""

from collections.abc import Sequence

from reportgen.report.charts.drawing.axes import Plot
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.labels import LabelArea, draw_callout, sample_polyline
from reportgen.report.charts.drawing.money import money
from reportgen.report.charts.drawing.palette import INK, PAPER, Colour, tint
from reportgen.report.charts.drawing.svg import Point, Svg
from reportgen.report.charts.drawing.typography import STRONG, TEXT, TITLE, StyledLines
from reportgen.report.charts.panels import FOOT, Curve, Panel, draw_axes, draw_curves, to_canvas
from reportgen.runtime.records import dataclass

HEIGHT, GAP = 130, 22
"""Usual height of a plot, which labels may need more than, and the distance between two panels."""

RIVAL = 0.4
"""Options whose final cost is below this share of the highest get a separate panel."""


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One option's amounts at the end of months 1, 2, ...; `marked` is the month chosen for its exit."""

    key: str
    name: str
    colour: Colour
    amounts: tuple[float, ...]
    marked: int | None = None


@dataclass(frozen=True, slots=True)
class Crossover:
    """The month from whose end `cheaper` (a key) has cost less than `dearer`, and the lines of its annotation."""

    month: int
    cheaper: str
    dearer: str
    words: tuple[str, ...]


def cumulative_cost(frame: Frame, lines: Sequence[MonthLine], crossovers: Sequence[Crossover] = ()) -> str:
    """Draw cumulative cost by month, with a second panel of the cheaper options where the highest flattens them."""
    ends = "; ".join(f"{line.name} {money(line.amounts[-1], frame.notation)}" for line in lines)
    svg = Svg(frame, f"After {len(lines[0].amounts)} months: {ends}")
    panels = _panels(frame, lines)
    height = max(panel.height(HEIGHT * frame.stretch) for panel, _ in panels)
    for panel, shown in panels:
        plot = draw_axes(svg, panel, height)
        marked = (
            [one for one in crossovers if {one.cheaper, one.dearer} <= shown.keys()]
            if shown is panels[-1][1]
            else []
        )
        for crossover in marked:
            _shade_saving(svg, plot, shown[crossover.cheaper], shown[crossover.dearer], crossover.month)
        draw_curves(svg, plot, panel.curves)
        traces = (sample_polyline(to_canvas(plot, curve.points)) for curve in panel.curves)
        label_area = LabelArea(plot.box, tuple(point for trace in traces for point in trace))
        for crossover in marked:
            _mark_crossover(svg, plot, shown, crossover, label_area)
    return svg.render(panels[0][0].top + height + FOOT)


def exit_curve(frame: Frame, lines: Sequence[MonthLine]) -> str:
    """Draw exit cost at the end of each month, each option's chosen month marked with its cost."""
    curves = tuple(_exit_curve(frame, line) for line in lines)
    words = (" ".join(text for text, _ in curve.words) for curve in curves)
    svg = Svg(frame, "Cost of leaving: " + "; ".join(words))
    panel = Panel(0, frame.width, "", "Cost of leaving at the end of the month", curves)
    height = panel.height(HEIGHT * frame.stretch)
    draw_curves(svg, draw_axes(svg, panel, height), curves)
    return svg.render(panel.top + height + FOOT)


def _panels(frame: Frame, lines: Sequence[MonthLine]) -> list[tuple[Panel, dict[str, MonthLine]]]:
    """Return one panel, or two where the scale of the highest cost would flatten two or more other lines."""
    dearest = max(line.amounts[-1] for line in lines)
    rivals = [line for line in lines if line.amounts[-1] < RIVAL * dearest]
    half = (frame.width - GAP) / 2
    if not rivals[1:]:
        return [_panel(frame, 0, frame.width, "", lines)]
    heading = " and ".join(line.name for line in rivals) + " only"
    if rivals[2:] or TITLE.width(heading) > half:
        heading = f"The {len(rivals)} lower lines only"
    return [
        _panel(frame, 0, half, "All options", lines),
        _panel(frame, half + GAP, frame.width, heading, rivals),
    ]


def _panel(
    frame: Frame, left: float, right: float, heading: str, lines: Sequence[MonthLine]
) -> tuple[Panel, dict[str, MonthLine]]:
    axis = "Cumulative cost, larger scale" if left else "Cumulative cost"
    room = min((right - left) * 0.3, 130)
    curves = tuple(
        Curve(
            line.colour,
            ((0, 0), *enumerate(line.amounts, start=1)),
            _words(line, room, money(line.amounts[-1], frame.notation)),
        )
        for line in lines
    )
    return Panel(left, right, heading, axis, curves), {line.key: line for line in lines}


def _exit_curve(frame: Frame, line: MonthLine) -> Curve:
    month = line.marked
    dot = (month, line.amounts[month - 1]) if month else None
    chosen = (
        f"{money(dot[1], frame.notation)} in month {month}"
        if dot
        else money(line.amounts[-1], frame.notation)
    )
    return Curve(line.colour, tuple(enumerate(line.amounts, start=1)), _words(line, 130, chosen), dot)


def _words(line: MonthLine, room: float, amount: str) -> StyledLines:
    name = STRONG.coloured(line.colour.text)
    return *((part, name) for part in name.wrap(line.name, room)), (amount, TEXT)


def _shade_saving(svg: Svg, plot: Plot, cheaper: MonthLine, dearer: MonthLine, month: int) -> None:
    """Shade the saving of the cheaper option since the crossover."""
    start = _crossing(cheaper, dearer, month)
    months = range(month, len(cheaper.amounts) + 1)
    there = [(float(m), dearer.amounts[m - 1]) for m in months]
    back = [(float(m), cheaper.amounts[m - 1]) for m in reversed(months)]
    svg.area(to_canvas(plot, [start, *there, *back]), tint(cheaper.colour.fill, 0.13))


def _mark_crossover(
    svg: Svg, plot: Plot, lines: dict[str, MonthLine], crossover: Crossover, label_area: LabelArea
) -> None:
    crossing = _crossing(lines[crossover.cheaper], lines[crossover.dearer], crossover.month)
    place = to_canvas(plot, [crossing])[0]
    svg.dot(place, 3.8, PAPER, stroke=INK, weight=1.5)
    words = tuple((line, TEXT if i else STRONG) for i, line in enumerate(crossover.words))
    draw_callout(svg, [place], words, label_area)


def _crossing(cheaper: MonthLine, dearer: MonthLine, month: int) -> Point:
    """Return the point in the month at which two lines cross, both linear between month ends."""
    before = (cheaper.amounts[month - 2] - dearer.amounts[month - 2]) if month > 1 else 0.0
    after = cheaper.amounts[month - 1] - dearer.amounts[month - 1]
    share = before / (before - after) if before > 0 >= after else 1.0
    start = cheaper.amounts[month - 2] if month > 1 else 0.0
    return month - 1 + share, start + (cheaper.amounts[month - 1] - start) * share
