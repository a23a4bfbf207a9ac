"""Page breaks: as few pages as text of 6 points allows, blocks unsplit, titles on every page."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.print_setup import (
    SMALLEST_SCALE,
    Pages,
    break_pages,
    printable_area,
    room_across,
    row_heights,
    scale,
    set_page,
    width,
)  # fmt: skip

USABLE_SHARE = 0.985
"""The share of a page's height that is used, since programs measure rows slightly differently."""
SHORT_PAGE = 0.15
"""The share of a page's height under which the rows of a last page are few."""
EVENED = (0.85, 0.9, 0.95)
"""The shares of the height that pages are filled to instead, so that the last one has more rows, the smallest first."""
TITLES = range(1, 4)
"""The columns repeated on every page: gutter, label, unit."""
PRINTED_MONTHS = 12
"""The months on paper, beside totals and years; the page breaks of the others stand for those who extend the print area."""


@dataclass(frozen=True, slots=True)
class PrintedArea:
    """The printed area of a sheet: header rows, extent, unsplit parts, and columns at which a page may start."""

    header_rows: int
    last_row: int
    last_column: int
    keep_together: tuple[tuple[int, int], ...] = ()
    """First and last row of parts that are not split where they fit on a page."""
    column_starts: tuple[int, ...] = ()
    portrait: bool | None = None
    """Orientation, None where it is chosen."""
    charts: tuple[tuple[int, int], ...] = ()
    """First and last column of charts, which should not be split nor overlap the repeated columns."""
    repeated: range = TITLES
    """The columns repeated on every page across."""
    head_width: float = 0.0
    """The width in points that the head of the sheet runs on over, which the first page across should have."""


@dataclass(frozen=True, slots=True)
class _Layout:
    portrait: bool
    percent: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    split_blocks: int
    """Number of parts split over pages."""
    split_charts: int
    """Number of charts split over pages side by side, or in the repeated columns."""

    cuts_head: bool
    """Whether the first page across is narrower than the head of the sheet."""

    @property
    def pages(self) -> int:
        return (len(self.rows) + 1) * (len(self.columns) + 1)


def lay_out_pages(sheet: Worksheet, pages: Pages, printed: PrintedArea) -> int:
    """Set orientation, scale and page breaks; return the scale in percent.

    The order of preference is: no split charts, a whole head, fewest pages, fewest split parts, largest scale.
    """
    choices = (False, True) if printed.portrait is None else (printed.portrait,)
    layouts = [layout for portrait in choices for layout in _layouts(sheet, pages, printed, portrait)]
    best = min(
        layouts,
        key=lambda one: (
            one.split_charts,
            one.cuts_head,
            one.pages,
            one.split_blocks,
            -one.percent,
            one.portrait,
        ),
    )
    set_page(sheet, pages, printed.header_rows, printed.last_row, printed.last_column, portrait=best.portrait)
    fits_width = (
        width(sheet, range(1, printed.last_column + 1)) * SMALLEST_SCALE
        <= 100 * printable_area(pages.paper, portrait=best.portrait)[0]
    )
    if best.pages == 1 and fits_width:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
        return best.percent
    sheet.page_setup.scale = best.percent
    if best.columns:
        sheet.print_title_cols = f"A:{get_column_letter(printed.repeated[-1])}"
        sheet.page_setup.pageOrder = "overThenDown"
    break_pages(sheet, best.rows, best.columns)
    return best.percent


def _layouts(sheet: Worksheet, pages: Pages, printed: PrintedArea, portrait: bool) -> list[_Layout]:
    across, down = printable_area(pages.paper, portrait=portrait)
    most = scale(width(sheet, range(1, printed.last_column + 1)), across)
    columns: tuple[int, ...] = ()
    if most < SMALLEST_SCALE:
        room = room_across(pages.paper, portrait=portrait)
        columns = _column_breaks(sheet, printed, printed.column_starts, room)
        if columns and width(sheet, range(1, columns[0] + 1)) < printed.head_width:  # rather split a group
            every = range(printed.repeated.stop + 1, printed.last_column + 1)
            columns = _column_breaks(sheet, printed, every, room)
        most = SMALLEST_SCALE
    heights = row_heights(sheet, printed.last_row)
    first_page = width(sheet, range(1, min(columns, default=printed.last_column) + 1))
    cuts_head = first_page < printed.head_width
    out = []
    for percent in range(SMALLEST_SCALE, most + 1):
        rows = _evened_breaks(heights, printed, USABLE_SHARE * down / percent * 100)
        split_blocks = sum(any(first <= row < last for row in rows) for first, last in printed.keep_together)
        split_charts = sum(
            bool(columns) and (first in printed.repeated or any(first <= column < last for column in columns))
            for first, last in printed.charts
        )
        out.append(_Layout(portrait, percent, rows, columns, split_blocks, split_charts, cuts_head))
    return out


def first_page_end(sheet: Worksheet, pages: Pages, printed: PrintedArea) -> int:
    """Return the last column of the first page across, where a page starts only at one of the area's column starts."""
    last, room = printed.last_column, room_across(pages.paper)
    if width(sheet, range(1, last + 1)) <= room:
        return last
    return next(iter(_column_breaks(sheet, printed, printed.column_starts, room)), last)


def _column_breaks(
    sheet: Worksheet, printed: PrintedArea, groups: Sequence[int], room: float
) -> tuple[int, ...]:
    """Return the last columns of all pages but the last; a page starts only where a group starts."""
    titles, first = width(sheet, printed.repeated), printed.repeated.stop
    starts = [*(group for group in groups if group <= printed.last_column), printed.last_column + 1]
    breaks, page_start, before = [], first, first
    for start in starts:
        wide = titles + width(sheet, range(page_start, start))
        if wide > room and before > page_start:
            breaks.append(before - 1)
            page_start = before
        before = start
    return tuple(breaks)


def row_breaks(heights: Sequence[float], printed: PrintedArea, room_down: float) -> tuple[int, ...]:
    """Return the last rows of all pages but the last; parts that fit on a page are not split.

    `heights` are those of the rows, as `row_heights` gives them.
    """
    free = room_down - sum(heights[1 : printed.header_rows + 1])
    parts = {first: last for first, last in printed.keep_together if sum(heights[first : last + 1]) <= free}
    breaks, used, row = [], 0.0, printed.header_rows + 1
    while row <= printed.last_row:
        last = min(parts.get(row, row), printed.last_row)
        high = sum(heights[row : last + 1])
        if used and used + high > free:
            breaks.append(row - 1)
            used = 0.0
        used += high
        row = last + 1
    return tuple(breaks)


def _evened_breaks(heights: Sequence[float], printed: PrintedArea, room_down: float) -> tuple[int, ...]:
    """Return the last rows of all pages but the last, which takes rows of the pages before it where it is nearly empty."""
    rows = row_breaks(heights, printed, room_down)
    if not rows or sum(heights[rows[-1] + 1 : printed.last_row + 1]) > SHORT_PAGE * room_down:
        return rows
    for share in EVENED:
        evened = row_breaks(heights, printed, share * room_down)
        if len(evened) == len(rows) and evened != rows:
            return evened
    return rows


def lay_out_months(
    sheet: Worksheet, pages: Pages, printed: PrintedArea, *, first_month: int, months: int
) -> int:
    """Print totals, years and the first months on one page across; return the scale in percent.

    On paper stand twelve months, fewer where twelve do not fit beside the totals. Page breaks are set for all months,
    for those who extend the print area.
    """
    across, down = printable_area(pages.paper)
    down *= USABLE_SHARE
    last_column, percent = _first_months(sheet, across, first_month, min(months, PRINTED_MONTHS))
    heights = row_heights(sheet, printed.last_row)
    needed = sum(heights[: printed.last_row + 1])
    by_height = scale(needed, down)
    if by_height >= SMALLEST_SCALE:
        percent = min(percent, by_height)
    set_page(sheet, pages, printed.header_rows, printed.last_row, last_column)
    sheet.print_title_cols = "A:C"
    sheet.page_setup.scale = percent
    sheet.page_setup.pageOrder = "overThenDown"
    later = range(last_column, first_month + months - 1, PRINTED_MONTHS)
    break_pages(sheet, row_breaks(heights, printed, down / percent * 100), later)
    return percent


def _first_months(sheet: Worksheet, across: float, first: int, most: int) -> tuple[int, int]:
    """Return the last column that fits on a page with all before it, and the scale in percent at which it does."""
    for last in range(first + most - 1, first - 1, -1):
        percent = scale(width(sheet, range(1, last + 1)), across)
        if percent >= SMALLEST_SCALE:
            return last, percent
    return first - 1, max(SMALLEST_SCALE, scale(width(sheet, range(1, first)), across))


def printed_months(sheet: Worksheet, pages: Pages, first_month: int, months: int) -> tuple[int, int]:
    """Return the first and last column on paper of a monthly sheet, without the repeated columns."""
    most = min(months, PRINTED_MONTHS)
    return TITLES.stop, _first_months(sheet, printable_area(pages.paper)[0], first_month, most)[0]
