"""The head of every sheet: bar, title, note, run shown, status of the checks, and link to the contents."""

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.styles import link_to
from reportgen.workbook.sheets.elements.canvas import Canvas
from reportgen.workbook.state import Value

BAR, TITLE, NOTE, STATUS, CONTENTS_LINK = range(1, 6)
"""The row numbers of the head."""
CHECKS, WHAT_IF = (STATUS, UNIT), (CONTENTS_LINK, UNIT)
"""Row and column of the text of the checks, and below it of the text of the what-if results."""
WHAT_IF_ON_SUMMARY = (CONTENTS_LINK, FIRST + 1)
"""Row and column of the latter on Summary, right of its run selector."""
CONTENTS = ("Cover", 10)
"""The sheet and the row of the contents, the target of the link in every head."""


@dataclass(frozen=True, slots=True)
class Status:
    """The live texts of every head, each as formula and cached value."""

    shown: tuple[str, Value]
    checks: tuple[str, Value]
    what_if: tuple[str, Value]
    """Whether the what-if results are those of the inputs now, or as issued."""


def what_if_cell(sheet: str) -> tuple[int, int]:
    """Return row and column of the text of the what-if results on a sheet."""
    return WHAT_IF_ON_SUMMARY if sheet == "Summary" else WHAT_IF


def write_head(
    canvas: Canvas, title: str | tuple[str, Value], note: str, status: Status, last_column: int
) -> None:
    """Write the head over the columns 1 to `last_column`; a title is a text, or a formula with its cached value."""
    canvas.stylesheet.across(canvas.sheet, BAR, 1, last_column, "bar", accent=canvas.stylesheet.accent)
    if isinstance(title, str):
        canvas.text(TITLE, LABEL, title, "title")
    else:
        canvas.formula(TITLE, LABEL, *title, "headline", "text")
    canvas.text(NOTE, LABEL, note, "subtitle")
    canvas.formula(STATUS, LABEL, *status.shown, "shown", "text")
    canvas.formula(*CHECKS, *status.checks, "check", "text")
    canvas.formula(*what_if_cell(canvas.name), *status.what_if, "check", "text")
    canvas.text(CONTENTS_LINK, LABEL, "‹ Contents", "back")
    link_to(canvas.sheet.cell(CONTENTS_LINK, LABEL), CONTENTS[0], f"B{CONTENTS[1]}")
    for row, points in ((BAR, 4), (TITLE, 24), (NOTE, 14), (STATUS, 14), (CONTENTS_LINK, 12)):
        canvas.height(row, points)
    canvas.widths({1: 2})
