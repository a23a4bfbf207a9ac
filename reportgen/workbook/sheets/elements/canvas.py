"""The canvas of one sheet: writes cells with their style, and formulas with their cached value."""

from collections.abc import Mapping
from dataclasses import field

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.cell_styles import Role, Shape
from reportgen.workbook.layout.number_formats import display_text
from reportgen.workbook.layout.styles import Stylesheet
from reportgen.workbook.package.writer import set_text
from reportgen.workbook.state import Value


@dataclass(frozen=True, slots=True)
class DisplayedText:
    """The text that a cell displays, and its style role; column widths and row heights are computed from them."""

    text: str
    role: Role


@dataclass(slots=True)
class Canvas:
    """A worksheet with the style of its cells, the cached values of its formulas by coordinate, and its displayed texts."""

    sheet: Worksheet
    stylesheet: Stylesheet
    cached: dict[str, Value] = field(default_factory=dict)
    seen: dict[tuple[int, int], DisplayedText] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return str(self.sheet.title)

    def text(self, row: int, column: int, text: str, role: Role, accent: str | None = None) -> None:
        """Write a text cell; a text that looks like a formula stays text."""
        cell = self.sheet.cell(row, column)
        self.stylesheet.apply(cell, role, accent=accent)
        if text:
            set_text(cell, text)
            self.seen[row, column] = DisplayedText(text, role)

    def value(self, row: int, column: int, value: float | None, role: Role, shape: Shape) -> None:
        """Write a number; None leaves the cell empty but styled."""
        cell = self.sheet.cell(row, column)
        if value is not None:
            cell.value = value
            self.seen[row, column] = DisplayedText(display_text(value, shape), role)
        self.stylesheet.apply(cell, role, shape)

    def formula(self, row: int, column: int, formula: str, value: Value, role: Role, shape: Shape) -> None:
        """Write a formula with its cached value."""
        cell = self.sheet.cell(row, column, formula)
        self.stylesheet.apply(cell, role, shape)
        self.cached[cell.coordinate] = value
        self.seen[row, column] = DisplayedText(display_text(value, shape), role)

    def wrap(self, row: int, column: int) -> None:
        """Wrap a cell's text over several lines."""
        cell = self.sheet.cell(row, column)
        old = cell.alignment
        cell.alignment = Alignment(
            horizontal=old.horizontal, vertical="center", wrap_text=True, indent=old.indent
        )

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set column widths by column number, in units of column width."""
        for column, width in widths.items():
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def height(self, row: int, points: float) -> None:
        """Set the height of a row, in points."""
        self.sheet.row_dimensions[row].height = points
