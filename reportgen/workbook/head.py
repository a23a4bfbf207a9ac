"""The head of every sheet: its bar, its name, what it is, which run is shown and whether all checks pass."""

from dataclasses import dataclass

from reportgen.workbook.canvas import Canvas
from reportgen.workbook.places import LABEL, UNIT
from reportgen.workbook.state import Value

BAR, TITLE, NOTE, STATUS = 1, 2, 3, 4
"""The rows of the head."""


@dataclass(frozen=True, slots=True)
class Status:
    """The two live texts of every head: formulas and their values."""

    shown: tuple[str, Value]
    checks: tuple[str, Value]


def head(canvas: Canvas, title: str | tuple[str, Value], note: str, status: Status, last_column: int) -> None:
    """Write the head across the columns in use."""
    canvas.look.across(canvas.sheet, BAR, 1, last_column, "bar", accent=canvas.look.accent)
    if isinstance(title, str):
        canvas.text(TITLE, LABEL, title, "title")
    else:
        canvas.formula(TITLE, LABEL, *title, "title", "text")
    canvas.text(NOTE, LABEL, note, "subtitle")
    canvas.formula(STATUS, LABEL, *status.shown, "shown", "text")
    canvas.formula(STATUS, UNIT, *status.checks, "check", "text")
    for row, points in ((BAR, 4), (TITLE, 24), (NOTE, 14), (STATUS, 14), (STATUS + 1, 6)):
        canvas.height(row, points)
    canvas.widths({1: 2})
