"""The header rows of blocks: months with their dates, options side by side, or the columns of a list."""

from datetime import date

from openpyxl.utils import get_column_letter

from reportgen.formula.lines import Section
from reportgen.formula.nodes import EnteredValues, Labels, Line
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.cell_styles import Role
from reportgen.workbook.layout.plan import PlannedBlock, first_month
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import EXCEL_EPOCH

OPTIONS = "options"
"""The name of the axis of options."""


def write_month_header(page: Page, block: PlannedBlock, years: int) -> None:
    """Write the header of a monthly block: total, years and months.

    Dates are counted from the start month, month numbers from the blank opening column.
    """
    if block.header_row is None:
        return
    canvas, row = page.canvas, block.header_row
    for column, text in ((LABEL, "Line"), (UNIT, "Unit")):
        canvas.text(row, column, text, "header")
    canvas.text(row + 1, LABEL, "Month number", "header_rule")
    canvas.text(row + 1, UNIT, "no.", "header_rule")
    canvas.text(row, FIRST, "Total", "header_right")
    canvas.text(row + 1, FIRST, f"{12 * years} months", "header_rule_right")
    for year in range(years):
        canvas.text(row, FIRST + 1 + year, _year_label(page.issue.start, year), "header_right")
        canvas.text(row + 1, FIRST + 1 + year, f"Year {year + 1}", "header_rule_right")
    start = page.addresses.input("finance.start")
    for month in range(1, 12 * years + 1):
        column = first_month(years) + month - 1
        before, shown_run = get_column_letter(column - 1), get_column_letter(column)
        serial = month_serial(page.issue.start, month)
        canvas.formula(
            row, column, f"=EDATE({start},{shown_run}{row + 1}-1)", serial, "header_right", "month_name"
        )
        canvas.formula(row + 1, column, f"={before}{row + 1}+1", float(month), "header_rule_right", "count")


def _year_label(start: date, year: int) -> str:
    return (
        str(start.year + year)
        if start.month == 1
        else f"{start.year + year}/{(start.year + year + 1) % 100:02}"
    )


def month_serial(start: date, month: int) -> float:
    """Return the first day of a month (1 is the first) as an Excel serial."""
    index = start.month + month - 2
    return float((date(start.year + index // 12, index % 12 + 1, 1) - EXCEL_EPOCH).days)


def write_option_header(page: Page, block: PlannedBlock) -> None:
    """Write the options' names over their columns, underlined in their colours; plain heads on another axis."""
    row = block.header_row
    if row is None:
        return
    page.canvas.text(row, LABEL, block.block.title, "header_rule")
    page.canvas.text(row, UNIT, "Unit", "header_rule")
    if block.block.axis.name != OPTIONS:
        write_position_names(page, block, row, "header_rule_right")
        return
    for place, ((key, _), name) in enumerate(zip(page.issue.options, block.block.axis.labels, strict=True)):
        page.canvas.text(row, FIRST + place, name, "option", page.canvas.stylesheet.options[key])
    page.canvas.height(row, 28)


def write_position_names(page: Page, block: PlannedBlock, row: int, role: Role = "header_right") -> None:
    """Write the names of the positions of a block over its columns."""
    for place, name in enumerate(block.block.axis.labels):
        page.canvas.text(row, FIRST + place, name, role)


def write_list_header(page: Page, block: PlannedBlock) -> None:
    """Write the header of a list: groups of columns, their labels and their units."""
    row = block.header_row
    assert row is not None
    page.canvas.text(row + 1, LABEL, block.block.title, "header")
    page.canvas.text(row + 2, LABEL, "", "header_rule")
    page.canvas.text(row + 1, UNIT, "Unit", "header")
    page.canvas.text(row + 2, UNIT, "", "header_rule")
    for section, column in block.sections:
        if section.title:
            page.canvas.text(row, column, section.title, "header_group")
        _write_columns(page, section, row)
    page.canvas.height(row + 1, 28)
    page.canvas.height(row + 3, 4)


def _write_columns(page: Page, section: Section, row: int) -> None:
    for line in section.lines:
        column = page.places.lines[line].column
        if column == LABEL:
            page.canvas.text(row + 1, LABEL, line.label, "header")
            continue
        heads = (
            [line.label, "As issued", "Changed?"] if isinstance(line.formula, EnteredValues) else [line.label]
        )
        role_right = not isinstance(line.formula, Labels)
        for shift, text in enumerate(heads):
            page.canvas.text(row + 1, column + shift, text, "header_right" if role_right else "header")
            unit = page.unit(line.unit.name) if not shift else ""
            page.canvas.text(
                row + 2, column + shift, unit, "header_rule_right" if role_right else "header_rule"
            )


def unit_of_list(lines: tuple[Line, ...]) -> str:
    """Return the unit of a list's first column of numbers."""
    return next((line.unit.name for line in lines if line.unit.kind != "text"), "text")
