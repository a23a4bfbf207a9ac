"""What writing a sheet needs: its canvas, where everything stands, the case as issued, and the numbers shown."""

from dataclasses import dataclass

from reportgen.workbook.layout.addresses import Places, SheetAddresses
from reportgen.workbook.sheets.canvas import Canvas
from reportgen.workbook.state import Issue, State


@dataclass(frozen=True, slots=True)
class Page:
    """The canvas of one sheet and all it draws on."""

    canvas: Canvas
    places: Places
    issue: Issue
    state: State

    @property
    def seen(self) -> SheetAddresses:
        """See the places from this sheet."""
        return SheetAddresses(self.canvas.name, self.places)

    def unit(self, name: str) -> str:
        """Name a unit in the case's currency."""
        return name.format(currency=self.issue.cover.currency)
