"""The context for writing one sheet."""

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import Places, SheetAddresses
from reportgen.workbook.sheets.elements.canvas import Canvas
from reportgen.workbook.state import Issue, State


@dataclass(frozen=True, slots=True)
class Page:
    """The canvas of one sheet, the addresses of all lines, the case as issued, and the values to show."""

    canvas: Canvas
    places: Places
    issue: Issue
    state: State

    @property
    def addresses(self) -> SheetAddresses:
        """Return the addresses as formulas of this sheet write them."""
        return SheetAddresses(self.canvas.name, self.places)

    def unit(self, name: str) -> str:
        """Return a unit's name with the case's currency filled in."""
        return name.format(currency=self.issue.cover.currency)
