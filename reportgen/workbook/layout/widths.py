"""Column widths and row heights from the displayed texts, so that nothing is cut or shown as ####."""

from collections.abc import Iterable
from math import ceil, floor

from openpyxl.utils import get_column_letter

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.cell_styles import APPEARANCES, Role
from reportgen.workbook.layout.print_setup import UNIT_POINTS, width
from reportgen.workbook.layout.text_metrics import lines_needed, longest_word, text_width
from reportgen.workbook.sheets.elements.canvas import Canvas, DisplayedText

PADDING = 7.0
"""Padding beside a text, in points."""
INDENT = 7.0
"""Width of one level of indentation, in points."""
LINE = 1.2
"""The height of a line of text as a multiple of its size."""
SINGLE, SEVERAL = 0.2, 2.0
"""What a row is higher than its lines, in points: with one line, and with several."""

OVERFLOWING: frozenset[Role] = frozenset(
    ("title", "headline", "words", "header_group", "subtitle", "shown", "check", "block", "section", "note", "group", "band_kicker", "band_title",
     "band_subtitle", "band_strong", "band_text", "bar", "band")
)  # fmt: skip
"""Roles whose text overflows into empty cells."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Minimum and maximum width of a column, in units of column width."""

    least: float
    most: float


def fit_columns(canvas: Canvas, limits: dict[int, Limits], *, equal_widths: Iterable[range] = ()) -> None:
    """Set the widths of columns from their texts; columns of one range in `equal_widths` get the same width."""
    needed = dict.fromkeys(limits, 0.0)
    for (_, column), seen in canvas.seen.items():
        if column in needed and seen.role not in OVERFLOWING:
            needed[column] = max(needed[column], _needed(seen))
    widths = {
        column: min(max(needed[column] / UNIT_POINTS, limit.least), limit.most)
        for column, limit in limits.items()
    }
    for columns in equal_widths:
        widest = max((widths[column] for column in columns if column in widths), default=0.0)
        widths |= {column: widest for column in columns if column in widths}
    canvas.widths({column: round(width, 1) for column, width in widths.items()})


def narrow_to_page(canvas: Canvas, columns: range, narrowed: int, room: float, least: float) -> None:
    """Narrow one column by what some columns are wider than the room of a page in points, down to a least width in units."""
    have, excess = width(canvas.sheet, (narrowed,)), width(canvas.sheet, columns) - room
    if excess > 0:
        narrower = floor(10 * (have - excess) / UNIT_POINTS) / 10
        canvas.widths({narrowed: max(narrower, min(have / UNIT_POINTS, least))})


def overflowing_width(canvas: Canvas, row: int, column: int) -> float:
    """Return the width that the text of a cell needs as a whole, in units of column width; 0 without one."""
    seen = canvas.seen.get((row, column))
    return (_needed(seen) if seen else 0.0) / UNIT_POINTS


def fit_groups(canvas: Canvas, row: int, groups: Iterable[range]) -> None:
    """Widen the columns of groups whose head, in `row` over the first of them, is wider than they are together."""
    for columns in groups:
        letters = [get_column_letter(column) for column in columns]
        have = sum(canvas.sheet.column_dimensions[letter].width for letter in letters)
        lacking = overflowing_width(canvas, row, columns.start) - have
        if lacking > 0:
            for column, letter in zip(columns, letters, strict=True):
                wider = canvas.sheet.column_dimensions[letter].width + lacking / len(letters)
                canvas.widths({column: ceil(10 * wider) / 10})


def _needed(seen: DisplayedText) -> float:
    appearance = APPEARANCES[seen.role]
    measure = longest_word if appearance.wrap else text_width
    return measure(seen.text, appearance.size, bold=appearance.bold) + PADDING + INDENT * appearance.indent


def fit_rows(canvas: Canvas, least: float, end: int = 0) -> None:
    """Set row heights from their texts down to row `end` at least, and wrap texts that are wider than their column."""
    rows: dict[int, float] = {}
    widths = {column: _width(canvas, column) for column in {column for _, column in canvas.seen}}
    for (row, column), seen in canvas.seen.items():
        if seen.role in OVERFLOWING:
            continue
        appearance = APPEARANCES[seen.role]
        width = widths[column] - PADDING + 1.5 - INDENT * appearance.indent
        over = (
            " " in seen.text.strip() and text_width(seen.text, appearance.size, bold=appearance.bold) > width
        )
        lines = (
            lines_needed(seen.text, appearance.size, width, bold=appearance.bold)
            if over or "\n" in seen.text
            else 1
        )
        if lines > 1 and not appearance.wrap and over:
            canvas.wrap(row, column)
        elif not appearance.wrap:
            lines = 1
        rows[row] = max(
            rows.get(row, 0.0), lines * appearance.size * LINE + (SEVERAL if lines > 1 else SINGLE)
        )
    for row in range(1, max(canvas.sheet.max_row, end) + 1):
        known = canvas.sheet.row_dimensions.get(row)
        points, before = rows.get(row, 0.0), known.height if known else None
        if before is None or points > before:
            canvas.height(row, round(max(points, least), 1))


def _width(canvas: Canvas, column: int) -> float:
    return float(canvas.sheet.column_dimensions[get_column_letter(column)].width) * UNIT_POINTS
