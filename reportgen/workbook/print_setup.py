"""How a sheet prints, readable on paper and with titles on every page; what stays in sight; protection."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Paper = Literal["A4", "Letter"]

SMALLEST_SCALE = 75
"""Percent at which text of 8 pt prints at 6 pt: no page is made smaller."""

MARGIN = 0.3
FOOT = 0.45
"""The margin below, in inches: the footer stands in it."""

_INCH = 72
_SIZES: dict[Paper, tuple[float, float]] = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}
_CODES: dict[Paper, int] = {"A4": 9, "Letter": 1}
_UNIT = 5.56
"""Points of one unit of column width in Arial 10: a digit is 0.556 em wide."""
_DEFAULT_WIDTH = 8.43
_LAST_ROW = 1_048_575
_MONTHS_A_PAGE = (12, 6, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Pages:
    """The paper and what the footer of every page says."""

    paper: Paper
    case: str
    fingerprint: str


def width(sheet: Worksheet, columns: Iterable[int]) -> float:
    """Add up the widths of columns, in points at 100 %."""
    return _UNIT * sum(
        sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else _DEFAULT_WIDTH
        for letter in map(get_column_letter, columns)
    )


def height(sheet: Worksheet, rows: Iterable[int]) -> float:
    """Add up the heights of rows, in points at 100 %."""
    heights = (sheet.row_dimensions[row].height if row in sheet.row_dimensions else None for row in rows)
    return sum(points or sheet.sheet_format.defaultRowHeight for points in heights)


def room(paper: Paper, *, portrait: bool = False) -> tuple[float, float]:
    """Give width and height of the printable area in points."""
    short, long = _SIZES[paper]
    across, down = (short, long) if portrait else (long, short)
    return (across - 2 * MARGIN) * _INCH, (down - MARGIN - FOOT) * _INCH


def scale(needed: float, available: float) -> int:
    """Give the percentage at which something fits, at most 100."""
    return min(100, int(100 * available / needed))


def fit(
    sheet: Worksheet,
    pages: Pages,
    *,
    header_rows: int,
    last_row: int,
    last_column: int,
    portrait: bool = False,
) -> int:
    """Print on one page; where that is too small, on one page's width; where that too, at the smallest scale.

    Gives the percentage.
    """
    across, down = room(pages.paper, portrait=portrait)
    by_width = scale(width(sheet, range(1, last_column + 1)), across)
    by_height = scale(height(sheet, range(1, last_row + 1)), down)
    _page(sheet, pages, header_rows, last_row, last_column, portrait=portrait)
    if by_width < SMALLEST_SCALE:
        sheet.print_title_cols = "A:C"
        sheet.page_setup.scale = SMALLEST_SCALE
        return SMALLEST_SCALE
    high = 1 if by_height >= SMALLEST_SCALE else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, high
    return min(by_width, by_height) if high else by_width


def by_months(
    sheet: Worksheet, pages: Pages, *, header_rows: int, last_row: int, first_month: int, months: int
) -> int:
    """Print twelve months a page, with A to C and the header rows on each, totals and years on the first.

    Wide columns put totals on a page of their own, and then fewer months on a page. Gives the percentage.
    """
    across, down = room(pages.paper)
    breaks, percent = _month_pages(sheet, across, first_month, months)
    by_height = scale(height(sheet, range(1, last_row + 1)), down)
    if by_height >= SMALLEST_SCALE:
        percent = min(percent, by_height)
    _page(sheet, pages, header_rows, last_row, first_month + months - 1)
    sheet.print_title_cols = "A:C"
    sheet.page_setup.scale = percent
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.col_breaks = ColBreak()
    for column in breaks:
        sheet.col_breaks.append(Break(id=column, max=_LAST_ROW))
    return percent


def break_rows(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Begin a new page below each of the rows."""
    for row in rows:
        sheet.row_breaks.append(Break(id=row))


def freeze(sheet: Worksheet, cell: str, zoom: int = 100) -> None:
    """Keep what stands above and left of a cell in sight; no gridlines."""
    view: Any = sheet.sheet_view
    view.showGridLines, view.zoomScale, view.zoomScaleNormal = False, zoom, zoom
    sheet.freeze_panes = cell


def protect(sheet: Worksheet) -> None:
    """Lock all but the inputs, without a password; columns and rows can still be widened."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: not forbidden


def _month_pages(sheet: Worksheet, across: float, first: int, months: int) -> tuple[list[int], int]:
    """Choose the columns after which a page ends, and the percentage at which the widest page fits."""
    titles, end = range(1, 4), first + months
    for per_page in _MONTHS_A_PAGE:
        starts = list(range(first, end, per_page))
        for apart in (False, True):
            begins = [4, *(starts if apart else starts[1:])]
            spans = [range(a, b) for a, b in zip(begins, [*begins[1:], end], strict=True)]
            percent = min(scale(width(sheet, [*titles, *span]), across) for span in spans)
            if percent >= SMALLEST_SCALE:
                return [begin - 1 for begin in begins[1:]], percent
    return [start - 1 for start in range(first + 1, end)], SMALLEST_SCALE


def _page(
    sheet: Worksheet,
    pages: Pages,
    header_rows: int,
    last_row: int,
    last_column: int,
    *,
    portrait: bool = False,
) -> None:
    setup: Any = sheet.page_setup
    setup.paperSize = _CODES[pages.paper]
    setup.orientation = "portrait" if portrait else "landscape"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = MARGIN
    margins.bottom, margins.header, margins.footer = FOOT, 0.2, 0.2
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    sheet.print_title_rows = f"1:{header_rows}"
    _footer(sheet, pages)


def _footer(sheet: Worksheet, pages: Pages) -> None:
    foot: Any = sheet.oddFooter
    texts = {
        "left": f"{pages.case} · {pages.fingerprint}".replace("&", "&&"),
        "center": "&A",
        "right": "Page &P of &N",
    }
    for side, text in texts.items():
        part = getattr(foot, side)
        part.text, part.font, part.size = text, "Arial,Regular", 8
