"""Print set-up of a sheet: paper, margins, scale, titles and footer; frozen panes; protection."""

from collections.abc import Iterable
from typing import Any, Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak, RowBreak
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.runtime.records import dataclass

Paper = Literal["A4", "Letter"]

SMALLEST_SCALE = 75
"""Minimum scale in percent: text of 8 pt prints at 6 pt."""

MARGIN = 0.3
FOOTER_MARGIN = 0.45
"""The bottom margin in inches, which holds the footer."""

_INCH = 72
_SIZES: dict[Paper, tuple[float, float]] = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}
_CODES: dict[Paper, int] = {"A4": 9, "Letter": 1}
UNIT_POINTS = 5.56
"""Points of one unit of column width in Arial 10: a digit is 0.556 em wide."""
_DEFAULT_WIDTH = 8.43
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


@dataclass(frozen=True, slots=True)
class Pages:
    """The paper size and the texts of the footer."""

    paper: Paper
    case: str
    fingerprint: str


def width(sheet: Worksheet, columns: Iterable[int]) -> float:
    """Add up the widths of columns, in points at 100 %."""
    return UNIT_POINTS * sum(
        sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else _DEFAULT_WIDTH
        for letter in map(get_column_letter, columns)
    )


def row_heights(sheet: Worksheet, least: int) -> list[float]:
    """List the heights of rows 0 (there is none) to the last, row `least` or a later one, in points at 100 %.

    A hidden row has no height.
    """
    rows = (sheet.row_dimensions.get(row) for row in range(1, max(sheet.max_row, least) + 1))
    usual: float = sheet.sheet_format.defaultRowHeight
    return [0.0, *(0.0 if row and row.hidden else (row and row.height) or usual for row in rows)]


def printable_area(paper: Paper, *, portrait: bool = False) -> tuple[float, float]:
    """Return width and height of the printable area in points."""
    short, long = _SIZES[paper]
    across, down = (short, long) if portrait else (long, short)
    return (across - 2 * MARGIN) * _INCH, (down - MARGIN - FOOTER_MARGIN) * _INCH


def room_across(paper: Paper, *, portrait: bool = False) -> float:
    """Return the width of a page at the smallest scale, in points at 100 %."""
    return printable_area(paper, portrait=portrait)[0] / SMALLEST_SCALE * 100


def scale(needed: float, available: float) -> int:
    """Return the scale in percent at which `needed` fits into `available`, at most 100."""
    return min(100, int(100 * available / needed))


def break_pages(sheet: Worksheet, rows: Iterable[int], columns: Iterable[int]) -> None:
    """Set page breaks below each of the rows and right of each of the columns."""
    sheet.row_breaks, sheet.col_breaks = RowBreak(), ColBreak()
    for row in rows:
        sheet.row_breaks.append(Break(id=row, max=_LAST_COLUMN))
    for column in columns:
        sheet.col_breaks.append(Break(id=column, max=_LAST_ROW))


def freeze(sheet: Worksheet, cell: str, zoom: int = 100) -> None:
    """Freeze the panes above and left of a cell; hide gridlines."""
    view: Any = sheet.sheet_view
    view.showGridLines, view.zoomScale, view.zoomScaleNormal = False, zoom, zoom
    sheet.freeze_panes = cell


def protect(sheet: Worksheet) -> None:
    """Protect a sheet without a password; column widths and row heights can still be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: not forbidden


def set_page(
    sheet: Worksheet,
    pages: Pages,
    header_rows: int,
    last_row: int,
    last_column: int,
    *,
    portrait: bool = False,
) -> None:
    """Set paper, margins, print area, title rows and footer."""
    setup: Any = sheet.page_setup
    setup.paperSize = _CODES[pages.paper]
    setup.orientation = "portrait" if portrait else "landscape"
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = MARGIN
    margins.bottom, margins.header, margins.footer = FOOTER_MARGIN, 0.2, 0.2
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
