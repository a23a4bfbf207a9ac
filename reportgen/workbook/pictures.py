"""The charts of the workbook and where they stand: cost by category and cumulative cost, on live cells."""

from collections.abc import Mapping

from openpyxl.chart.reference import Reference
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.formula.nodes import Line
from reportgen.workbook.chart_parts import Frame, Series
from reportgen.workbook.charts import cumulative_lines, sides, stacked_bars
from reportgen.workbook.colours import CATEGORIES
from reportgen.workbook.page import Page
from reportgen.workbook.places import LABEL, Place
from reportgen.workbook.plan import PlannedSheet, first_month

ROWS = 17
GAP = 2


def draw(pages: Mapping[str, Page], planned: Mapping[str, PlannedSheet]) -> None:
    """Draw both charts under the figures of the Summary sheet."""
    page = pages["Summary"]
    row, last = planned["Summary"].end + GAP, max(planned["Summary"].widest, 7)
    page.canvas.text(row, LABEL, "Total cost by category, thousand, run shown", "block")
    _by_category(pages, Frame(row + 1, LABEL, row + ROWS, last))
    row += ROWS + GAP
    page.canvas.text(row, LABEL, "Cumulative cost by month, thousand, run shown", "block")
    _cumulative(pages, planned, Frame(row + 1, LABEL, row + ROWS, last))


def _cells(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> Reference:
    return Reference(sheet, min_row=first[0], min_col=first[1], max_row=last[0], max_col=last[1])


def _whole(sheet: Worksheet, place: Place) -> Reference:
    return _cells(sheet, place.at(0), place.at(place.size - 1))


def _by_category(pages: Mapping[str, Page], frame: Frame) -> None:
    page, sheet = pages["TCO"], pages["TCO"].canvas.sheet
    rows: list[tuple[Line, Place]] = [
        (line, place)
        for line, place in page.places.lines.items()
        if line.key.startswith("tco.") and line.key != "tco.total"
    ]
    head = rows[0][1]
    names = _cells(sheet, (head.row - 1, head.column), (head.row - 1, head.column + head.size - 1))
    series = [
        Series(_cells(sheet, (place.row, LABEL), (place.row, LABEL)), _whole(sheet, place), colour)
        for (_, place), colour in zip(rows, CATEGORIES, strict=True)
    ]
    stacked_bars(pages["Summary"].canvas.sheet, frame, names, series)


def _cumulative(pages: Mapping[str, Page], planned: Mapping[str, PlannedSheet], frame: Frame) -> None:
    page = pages["Summary"]
    lines = {line.key: line for line in page.places.lines}
    keys = [key for key, _ in page.issue.options]
    own = [lines[f"options.{key}.cumulative"] for key in keys]
    ends = [float(page.state.series(line)[-1]) for line in own]
    series = []
    for key, line, side in zip(keys, own, sides(ends), strict=True):
        place = page.places.lines[line]
        sheet = pages[place.sheet].canvas.sheet
        series.append(
            Series(
                _cells(sheet, (2, LABEL), (2, LABEL)),
                _whole(sheet, place),
                page.canvas.look.options[key],
                side,
            )
        )
    years = page.issue.years
    head = next(s.blocks[0].header_row for s in planned.values() if s.sheet.name == "Workload")
    assert head is not None
    months = pages["Workload"].canvas.sheet
    across = _cells(months, (head + 1, first_month(years)), (head + 1, first_month(years) + 12 * years - 1))
    cumulative_lines(page.canvas.sheet, frame, across, series, 12 * years)
