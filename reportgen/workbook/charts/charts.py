"""The chart types of the workbook: native Excel charts that refer to cells."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, pairwise, repeat
from math import ceil, log10
from typing import Any

from openpyxl.chart.reference import Reference
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.charts.chart_parts import (
    THOUSANDS,
    THOUSANDS_CHANGED,
    Dash,
    Frame,
    Series,
    Side,
    UntitledBarChart,
    UntitledScatterChart,
    bar_series,
    base_axis,
    legend_below,
    line_series,
    place_chart,
    value_axis,
    value_labels,
)  # fmt: skip
from reportgen.workbook.layout.colours import INK, tint

CLOSE = 0.07
"""Names of lines get different positions when their last points are nearer than this share of the axis."""

MOST_NAMED = 4
"""Above this number of lines a legend replaces the names at their ends, which would overlap."""
NAMES_IN_A_ROW = 3
"""The names of a legend that stand beside each other, at least."""
DASHES: tuple[Dash, ...] = ("solid", "dash", "sysDot", "dashDot")
"""What tells lines apart beside their colours, where a legend names them."""


def stacked_bars(sheet: Worksheet, frame: Frame, categories: Reference, series: Sequence[Series]) -> None:
    """Draw cost components: one horizontal stacked bar per option, with a legend below."""
    chart = _horizontal_bars(THOUSANDS)
    chart.grouping, chart.overlap, chart.gapWidth = "stacked", 100, 55
    chart.series = [bar_series(one, categories) for one in series]
    chart.legend = legend_below()
    place_chart(sheet, chart, frame, None)


def tornado(sheet: Worksheet, frame: Frame, categories: Reference, low: Series, high: Series) -> None:
    """Draw the change of a result at each assumption's low and high, widest first.

    Why: the two series overlap instead of being stacked, which is correct also where both deltas have the same sign.
    """
    chart = _horizontal_bars(THOUSANDS_CHANGED)
    chart.grouping, chart.overlap, chart.gapWidth = "clustered", 100, 35
    pale = replace(low, colour=tint(low.colour, 0.45))
    chart.series = [bar_series(one, categories) for one in (high, pale)]
    chart.legend = legend_below()
    place_chart(sheet, chart, frame, None)


def clustered_bars(sheet: Worksheet, frame: Frame, categories: Reference, series: Sequence[Series]) -> None:
    """Draw clustered horizontal bars, each series in its colour, with a legend below."""
    chart = _horizontal_bars(THOUSANDS)
    chart.grouping, chart.gapWidth = "clustered", 60
    chart.series = [bar_series(one, categories) for one in series]
    chart.legend = legend_below()
    place_chart(sheet, chart, frame, None)


def columns_by_period(
    sheet: Worksheet, frame: Frame, periods: Reference, series: Sequence[Series], number_format: str
) -> None:
    """Draw clustered columns over fiscal periods, one series per option, with a legend below."""
    chart: Any = UntitledBarChart(gapWidth=60)
    chart.type, chart.grouping = "col", "clustered"
    value_axis(chart.y_axis, number_format)
    base_axis(chart.x_axis)
    chart.series = [bar_series(one, periods) for one in series]
    chart.legend = legend_below()
    place_chart(sheet, chart, frame, None)


def exit_lines(
    sheet: Worksheet, frame: Frame, months: Reference, series: Sequence[Series], last_month: int
) -> None:
    """Draw exit cost by the month of exit, lines named at their ends, or in a legend where there are many."""
    cumulative_lines(sheet, frame, months, series, last_month)


def cumulative_lines(
    sheet: Worksheet, frame: Frame, months: Reference, series: Sequence[Series], last_month: int
) -> None:
    """Draw cumulative cost by month, lines named at their ends, or in a legend where there are many."""
    chart = _lines(months, series, last_month)
    chart.x_axis.scaling.min, chart.x_axis.scaling.max = 0, last_month
    chart.x_axis.majorUnit = 6 if last_month <= 36 else 12
    chart.x_axis.number_format = "0"
    place_chart(sheet, chart, frame, _plot(series))


def break_even_lines(
    sheet: Worksheet,
    frame: Frame,
    volumes: Reference,
    series: Sequence[Series],
    points: int,
    least_cost: float,
) -> None:
    """Draw total cost against volume on two logarithmic axes, each line named at its end.

    `least_cost` is the cost at which the axes cross: a power of ten not above the cheapest cost shown.
    """
    chart = _lines(volumes, series, points)
    for axis in (chart.x_axis, chart.y_axis):
        axis.scaling.logBase = axis.majorUnit = 10
        axis.crosses = "min"
    chart.y_axis.scaling.min = least_cost
    chart.x_axis.number_format = "#,##0"
    place_chart(sheet, chart, frame, _plot(series))


def bridge(sheet: Worksheet, frame: Frame, steps: Reference, base: Series, changes: Sequence[Series]) -> None:
    """Draw the bridge from first estimate to full cost: increases and decreases on an invisible base.

    The ranges add up to the height of each column; a range that does not apply to a step is 0.
    """
    chart: Any = UntitledBarChart(gapWidth=45, overlap=100)
    chart.type, chart.grouping, chart.legend = "col", "stacked", None
    value_axis(chart.y_axis, THOUSANDS)
    base_axis(chart.x_axis)
    chart.series = [bar_series(one, steps) for one in (base, *changes)]
    chart.series[0].graphicalProperties.noFill = True
    chart.series[0].graphicalProperties.solidFill = None
    for series in chart.series[1:]:
        series.dLbls = value_labels(
            "#,##0,;-#,##0,;;", INK
        )  # readable on its bar, and beside one that is too thin for it
    place_chart(sheet, chart, frame, None)


def label_sides(last_values: Sequence[float], *, logarithmic: bool = False) -> tuple[Side, ...]:
    """Return the position of each line's name, different for lines that end close together, and never below the axis."""
    heights = [log10(value) if logarithmic else value for value in last_values]
    span = max(heights, default=0.0) - (min(heights, default=0.0) if logarithmic else 0.0) or 1.0
    floor = min(heights, default=0.0) if logarithmic else 0.0

    def on_axis(place: int) -> bool:
        return heights[place] - floor < CLOSE * span

    order = sorted(range(len(heights)), key=lambda place: heights[place])
    chosen: dict[int, Side] = dict.fromkeys(order, "r")
    for lower, upper in pairwise(order):
        if heights[upper] - heights[lower] < CLOSE * span:
            chosen[upper] = "t"
            chosen[lower] = "b" if chosen[lower] == "r" and not on_axis(lower) else chosen[lower]
    return tuple(chosen[place] for place in range(len(heights)))


def _horizontal_bars(number_format: str) -> Any:
    """Return a chart of horizontal bars, the first category on top and the values below."""
    chart: Any = UntitledBarChart()
    chart.type = "bar"
    value_axis(chart.y_axis, number_format)
    base_axis(chart.x_axis)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblSkip = 1  # every bar has its name
    chart.y_axis.crosses = "max"
    return chart


def _lines(across: Reference, series: Sequence[Series], points: int) -> Any:
    chart: Any = UntitledScatterChart()
    named = len(series) <= MOST_NAMED
    chart.scatterStyle, chart.legend = "lineMarker", None if named else legend_below()
    value_axis(chart.y_axis, THOUSANDS)
    base_axis(chart.x_axis)
    dashes = repeat(DASHES[0]) if named else cycle(DASHES)
    chart.series = [
        line_series(one, across, points, named=named, dash=dash)
        for one, dash in zip(series, dashes, strict=False)
    ]
    return chart


def _plot(series: Sequence[Series]) -> tuple[float, float, float, float]:
    """Return the layout of the plot, with space for the names of lines at their ends or below."""
    if len(series) <= MOST_NAMED:
        return 0.09, 0.04, 0.69, 0.86
    rows = ceil(len(series) / NAMES_IN_A_ROW)
    return 0.09, 0.04, 0.88, 0.82 - 0.08 * rows
