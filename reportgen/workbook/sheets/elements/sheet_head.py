"""The head of every sheet: bar, title, note, run shown, status of the checks, and link to the contents."""

from dataclasses import dataclass

from reportgen.workbook.layout.addresses import LABEL, UNIT
from reportgen.workbook.layout.styles import link_to
from reportgen.workbook.sheets.elements.canvas import Canvas
from reportgen.workbook.state import Value

BAR, TITLE, NOTE, STATUS, CONTENTS_LINK = range(1, 6)
"""The row numbers of the head."""
CONTENTS = ("Cover", 10)
"""The sheet and the row of the contents, the target of the link in every head."""


@dataclass(frozen=True, slots=True)
class Status:
    """The two live texts of every head (run shown, checks), each as formula and cached value."""

    shown: tuple[str, Value]
    checks: tuple[str, Value]


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
    canvas.formula(STATUS, UNIT, *status.checks, "check", "text")
    canvas.text(CONTENTS_LINK, LABEL, "‹ Contents", "back")
    link_to(canvas.sheet.cell(CONTENTS_LINK, LABEL), CONTENTS[0], f"B{CONTENTS[1]}")
    for row, points in ((BAR, 4), (TITLE, 24), (NOTE, 14), (STATUS, 14), (CONTENTS_LINK, 12)):
        canvas.height(row, points)
    canvas.widths({1: 2})
