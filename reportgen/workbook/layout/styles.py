"""The stylesheet of one workbook: each cell style is created once and shared."""

from collections.abc import Mapping
from copy import copy
from dataclasses import field, replace
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout import colours
from reportgen.workbook.layout.cell_styles import APPEARANCES, Appearance, Edge, Role, Shape, number_format

FONT = "Arial"


class OrderedFont(Font):
    """A font whose elements are written in the order of the schema, which openpyxl does not keep."""

    __nested__, __attrs__ = Font.__nested__, Font.__attrs__  # a subclass must restate them
    __elements__ = (
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
        "charset", "scheme",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """Applies styles to cells; `options` are the options' colours by key, `accent` the colour of this sheet's option."""

    book: Workbook
    options: Mapping[str, str] = field(default_factory=dict)
    accent: str | None = None
    prototypes: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def accented(self, colour: str) -> "Stylesheet":
        """Return the stylesheet with section titles and bars in an option's colour."""
        return replace(self, accent=colour)

    def apply(
        self,
        cell: Any,
        role: Role,
        shape: Shape = "text",
        *,
        accent: str | None = None,
        background: str | None = None,
        indent: int = 0,
    ) -> None:
        """Style a cell; `accent` is an option's colour, `background` the fill of a highlighted column."""
        colour = accent or (self.accent if role in ("section", "bar") else None)
        wanted = (role, shape, colour, background, indent)
        if wanted not in self.prototypes:
            self.prototypes[wanted] = self._prototype(*wanted)
        cell._style = copy(self.prototypes[wanted])

    def bar(self, sheet: Worksheet, row: int, first: int, last: int, colour: str) -> None:
        """Draw the coloured bar across the top of a sheet."""
        self.across(sheet, row, first, last, "bar", accent=colour)

    def across(
        self, sheet: Worksheet, row: int, first: int, last: int, role: Role, *, accent: str | None = None
    ) -> None:
        """Apply a role to the empty cells of a row."""
        for column in range(first, last + 1):
            cell = sheet.cell(row, column)
            if cell.value is None:
                self.apply(cell, role, accent=accent)

    def option_rule(self, sheet: Worksheet, row: int, column: int, key: str) -> None:
        """Style the head of an option's column with a border in the option's colour."""
        self.apply(sheet.cell(row, column), "option", accent=self.options[key])

    def _prototype(
        self, role: Role, shape: Shape, accent: str | None, background: str | None, indent: int
    ) -> Any:
        appearance = APPEARANCES[role]
        cell: Any = Cell(self.book.worksheets[0], 1, 1)  # is on no sheet: it only carries the style
        cell.font = _font(appearance, accent)
        painted = (
            accent if accent and appearance.accent == "background" else background or appearance.background
        )
        if painted:
            cell.fill = PatternFill("solid", start_color=painted)
        cell.border = _border(appearance, accent)
        cell.alignment = _alignment(appearance, shape, indent)
        cell.protection = Protection(locked=appearance.locked)
        cell.number_format = number_format(role, shape)
        return cell._style


def make_stylesheet(book: Workbook, options: Mapping[str, str]) -> Stylesheet:
    """Set the workbook's Normal style, which defines the unit of column widths; return the stylesheet."""
    styles: Any = book
    normal = OrderedFont(name=FONT, size=10)
    styles._fonts = IndexedList([normal])
    styles._named_styles["Normal"].font = normal
    return Stylesheet(book, options)


def link_to(cell: Any, sheet: str, coordinate: str = "A1") -> None:
    """Link a cell to another cell of the workbook."""
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{coordinate}")


def mark_changed(sheet: Worksheet, cells: str, condition: str) -> None:
    """Highlight cells as changed since issue where `condition`, a formula for the first cell, holds."""
    _mark(sheet, cells, condition, **_highlight(colours.CHANGED_FILL, colours.CHANGED))


def mark_failing(sheet: Worksheet, cells: str, condition: str) -> None:
    """Highlight cells as failing, white on red, where `condition` holds."""
    _mark(sheet, cells, condition, **_highlight(colours.FAIL_FILL, colours.WHITE))


def mark_recommended(sheet: Worksheet, cells: str, condition: str) -> None:
    """Fill the column of the recommended option where `condition` holds."""
    fill = PatternFill("solid", start_color=colours.RECOMMENDED_FILL, end_color=colours.RECOMMENDED_FILL)
    _mark(sheet, cells, condition, fill=fill)


def _mark(sheet: Worksheet, cells: str, condition: str, **change: Font | PatternFill) -> None:
    rule: Any = FormulaRule
    sheet.conditional_formatting.add(cells, rule(formula=[condition], **change))


def _highlight(background: str, ink: str) -> dict[str, Font | PatternFill]:
    fill = PatternFill("solid", start_color=background, end_color=background)
    return {"font": OrderedFont(bold=True, color=ink), "fill": fill}


def _font(appearance: Appearance, accent: str | None) -> Font:
    ink = colours.ink_of(accent) if accent and appearance.accent == "ink" else appearance.ink
    return OrderedFont(
        name=FONT, size=appearance.size, bold=appearance.bold, italic=appearance.italic, color=ink
    )


def _border(appearance: Appearance, accent: str | None) -> Border:
    below: Edge | None = ("medium", accent) if accent and appearance.accent == "below" else appearance.below
    return Border(
        left=_side(appearance.sides),
        right=_side(appearance.sides),
        top=_side(appearance.above),
        bottom=_side(below),
    )


def _side(edge: Edge | None) -> Side:
    return Side(style=edge[0], color=edge[1]) if edge else Side()


def _alignment(appearance: Appearance, shape: Shape, indent: int) -> Alignment:
    horizontal = "right" if appearance.right or shape != "text" else "left"
    return Alignment(
        horizontal=horizontal,
        vertical=appearance.vertical,
        wrap_text=appearance.wrap,
        shrink_to_fit=appearance.shrink,
        indent=indent or appearance.indent,
    )
