"""The head of every sheet on paper and on the screen: how far its texts reach, and the colours of the checks."""

from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.layout.addresses import LABEL, UNIT, absolute
from reportgen.workbook.layout.cell_styles import APPEARANCES
from reportgen.workbook.layout.print_setup import width
from reportgen.workbook.layout.styles import mark_changed, mark_failing
from reportgen.workbook.layout.text_metrics import lines_needed, text_width
from reportgen.workbook.layout.widths import LINE, PADDING, SEVERAL
from reportgen.workbook.sheets.checks import ALL_PASS, AS_ISSUED, FAIL, HOLD, STALE
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.elements.sheet_head import CHECKS, NOTE, TITLE, what_if_cell

STATUS_REACH = 6
"""Over how many further cells the texts of a head run on."""
MARGIN_OF_ERROR = 1.03
"""By how much programs draw a text wider than it is measured, at most."""
NARROW = "Case"
"""The sheet whose column of the checks is the last one, in which their text wraps."""


def mark_status(page: Page) -> None:
    """Add the conditional formats of the head: amber while something was changed, red where something fails."""
    checks, what_if = CHECKS, what_if_cell(page.canvas.name)
    said, filled = absolute(*checks), absolute(*what_if)
    one, other = (
        f"{absolute(row, column)}:{absolute(row, column + STATUS_REACH)}".replace("$", "")
        for row, column in (checks, what_if)
    )
    mark_changed(page.canvas.sheet, one, f'AND({filled}="{HOLD}",{said}="{ALL_PASS}{STALE}")')
    mark_failing(page.canvas.sheet, one, f'OR({filled}="{AS_ISSUED}",{said}<>"{ALL_PASS}")')
    mark_failing(page.canvas.sheet, other, f'{filled}="{AS_ISSUED}"')


def last_head_column(page: Page) -> int:
    """Return the last column that a sheet's title, its note or the longest text of the checks extends over."""
    sheet, seen = page.canvas.sheet, page.canvas.seen
    texts = [(LABEL, seen[row, LABEL].text, APPEARANCES[seen[row, LABEL].role]) for row in (TITLE, NOTE)]
    texts += [(column, text, APPEARANCES["check"]) for (_, column), text in longest_texts(page.canvas.name)]
    return max(_reach(sheet, at, text_width(text, look.size, bold=look.bold)) for at, text, look in texts)


def longest_texts(sheet: str) -> tuple[tuple[tuple[int, int], str], ...]:
    """Return the cells of the checks in a sheet's head, each with the longest text that it can show."""
    return (CHECKS, FAIL + STALE), (what_if_cell(sheet), AS_ISSUED)


def head_width(page: Page) -> float:
    """Return the width in points that the head needs on paper, from the first column on, where its cells run on."""
    sheet, seen = page.canvas.sheet, page.canvas.seen
    looks = [(seen[row, LABEL].text, APPEARANCES[seen[row, LABEL].role]) for row in (TITLE, NOTE)]
    needed = [
        width(sheet, range(1, LABEL)) + text_width(text, look.size, bold=look.bold) for text, look in looks
    ]
    look = APPEARANCES["check"]
    needed += [
        width(sheet, range(1, column)) + text_width(text, look.size, bold=look.bold)
        for (_, column), text in longest_texts(page.canvas.name)
    ]
    return MARGIN_OF_ERROR * max(needed)


def _reach(sheet: Worksheet, column: int, needed: float) -> int:
    """Return the last column that a text of a width in points, written from `column` on, extends over."""
    last = column
    while width(sheet, range(column, last + 1)) < needed:
        last += 1
    return last


def wrap_head(page: Page) -> bool:
    """Wrap the texts of the head that would be cut on paper; return whether there are any.

    On a page that begins with repeated columns, title and note have these columns alone.
    """
    last = UNIT
    sheet, name = page.canvas.sheet, page.canvas.name
    if name == NARROW:
        texts = longest_texts(name)
    elif sheet.print_title_cols:
        texts = tuple(((row, LABEL), page.canvas.seen[row, LABEL].text) for row in (TITLE, NOTE))
        last = range_boundaries(str(sheet.print_title_cols).replace("$", ""))[2] or UNIT
    else:
        return False
    wrapped = [_wrap(page, *cell, text, last) for cell, text in texts]
    return any(wrapped)


def _wrap(page: Page, row: int, column: int, text: str, last: int) -> bool:
    """Wrap a cell whose text is wider than the columns up to `last`; return whether it is."""
    sheet, look = page.canvas.sheet, APPEARANCES[page.canvas.seen[row, column].role]
    if text_width(text, look.size, bold=look.bold) <= width(sheet, range(column, last + 1)):
        return False
    lines = lines_needed(text, look.size, width(sheet, (column,)) - PADDING, bold=look.bold)
    page.canvas.wrap(row, column)
    points = lines * look.size * LINE + SEVERAL
    page.canvas.height(row, round(max(points, sheet.row_dimensions[row].height or 0.0), 1))
    return True
