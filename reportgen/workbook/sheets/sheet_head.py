"""The head of every sheet: its bar, its name, what it is, the run shown, the checks, and the way back to the contents."""

from dataclasses import dataclass

from reportgen.workbook.layout.addresses import LABEL, UNIT
from reportgen.workbook.layout.styles import link_to
from reportgen.workbook.sheets.canvas import Canvas
from reportgen.workbook.state import Value

BAR, TITLE, NOTE, STATUS, BACK = range(1, 6)
"""The rows of the head."""
CONTENTS = ("Cover", 10)
"""The sheet and the row of the contents, to which every head leads back."""


@dataclass(frozen=True, slots=True)
class Status:
    """The two live texts of every head: formulas and their values."""

    shown: tuple[str, Value]
    checks: tuple[str, Value]


def head(canvas: Canvas, title: str | tuple[str, Value], note: str, status: Status, last_column: int) -> None:
    """Write the head across the columns in use."""
    canvas.stylesheet.across(canvas.sheet, BAR, 1, last_column, "bar", accent=canvas.stylesheet.accent)
    if isinstance(title, str):
        canvas.text(TITLE, LABEL, title, "title")
    else:
        canvas.formula(TITLE, LABEL, *title, "title", "text")
    canvas.text(NOTE, LABEL, note, "subtitle")
    canvas.formula(STATUS, LABEL, *status.shown, "shown", "text")
    canvas.formula(STATUS, UNIT, *status.checks, "check", "text")
    canvas.text(BACK, LABEL, "‹ Contents", "back")
    link_to(canvas.sheet.cell(BACK, LABEL), CONTENTS[0], f"B{CONTENTS[1]}")
    for row, points in ((BAR, 4), (TITLE, 24), (NOTE, 14), (STATUS, 14), (BACK, 12)):
        canvas.height(row, points)
    canvas.widths({1: 2})
