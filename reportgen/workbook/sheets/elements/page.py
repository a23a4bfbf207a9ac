"""What writing a sheet needs: its canvas, where everything stands, the case as issued, and the numbers shown."""

from dataclasses import dataclass

from reportgen.workbook.layout.addresses import Places, SeenFrom
from reportgen.workbook.sheets.elements.canvas import Canvas
from reportgen.workbook.state import Issue, State


@dataclass(frozen=True, slots=True)
class Page:
    """The canvas of one sheet and all it draws on."""

    canvas: Canvas
    places: Places
    issue: Issue
    state: State

    @property
    def addresses(self) -> SeenFrom:
        """See the places from this sheet."""
        return SeenFrom(self.canvas.name, self.places)

    def unit(self, name: str) -> str:
        """Name a unit in the case's currency."""
        return name.format(currency=self.issue.cover.currency)
