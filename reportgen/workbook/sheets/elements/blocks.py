"""The blocks of the model on a sheet: months or options across, risks and volumes down."""

from typing import assert_never

from reportgen.formula.axis import SINGLE
from reportgen.formula.excel import Template, fill_template, template
from reportgen.formula.nodes import (
    ActiveValues,
    AsIssued,  # fmt: skip
    At,
    Binary,
    Call,
    Constant,
    EffectAmount,
    EnteredValues,
    Input,
    IssuedValues,
    Labels,
    Largest,
    LatestDate,
    Line,
    Match,
    Node,
    PerPosition,
    Previous,
    Rank,
    Reduce,
    Ref,
    SelectedRun,
    Stated,
    SumProduct,
    SumWhere,
    TablesFilled,
    Text,
    Total,
    WhatIf,
)
from reportgen.units import Kind
from reportgen.workbook.layout.addresses import LABEL, UNIT, Place, absolute
from reportgen.workbook.layout.cell_styles import Role, Shape
from reportgen.workbook.layout.plan import PERIODS, PlannedBlock, PlannedSheet
from reportgen.workbook.layout.validation import restrict_to_bounds, restrict_to_list
from reportgen.workbook.sheets.elements.block_headers import (
    unit_of_list,
    write_list_header,
    write_month_header,
    write_option_header,
    write_position_names,
)
from reportgen.workbook.sheets.elements.notes import MOST_NOTED, NOTES
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import Value

LABEL_ROLES: dict[Rank, tuple[Role, Role]] = {
    "line": ("label", "unit"), "subtotal": ("label_subtotal", "unit_subtotal"), "total": ("label_total", "unit_total"),
}  # fmt: skip
YEAR_ROLES: dict[Rank, Role] = {"line": "year", "subtotal": "subtotal", "total": "total_year"}
SENTENCE_LENGTH = 60
"""Number of characters above which a text in a list is a sentence and wraps."""
TITLE_HEIGHT = 12.5
"""Height of a section's title row, in points."""


def write_blocks(page: Page, planned: PlannedSheet) -> None:
    """Write every block of a sheet."""
    for block in planned.blocks:
        if block.title_row is not None:
            page.canvas.text(block.title_row, LABEL, block.block.title, "block")
            page.canvas.height(block.title_row, TITLE_HEIGHT + 1)
        if block.monthly:
            write_month_header(page, block, planned.years)
        elif block.block.axis == SINGLE:
            pass
        elif block.block.axis.across:
            write_option_header(page, block)
        else:
            write_list_header(page, block)
        _write_lines(page, block)


def _write_lines(page: Page, block: PlannedBlock) -> None:
    across = block.block.axis.across
    for section, at in block.sections:
        if across and at:
            page.canvas.text(at, LABEL, section.title, "section")
            page.canvas.height(at, TITLE_HEIGHT)
            if block.block.axis.name in PERIODS:
                write_position_names(page, block, at)
        for line in section.lines:
            if across:
                _write_label(page, line)
                _write_note(page, line)
            write_line(page, line, tuple(unit.kind for unit in block.block.units))
    if not across:
        _write_list_units(page, block)


def _write_label(page: Page, line: Line) -> None:
    row = page.places.lines[line].row
    label, unit = LABEL_ROLES[line.rank]
    page.canvas.text(row, LABEL, line.label, label)
    page.canvas.text(row, UNIT, page.unit(line.unit.name), unit)


def _write_note(page: Page, line: Line) -> None:
    """Write the explanation of a row of options right of it, where `NOTES` has one and there is room."""
    note = NOTES.get(line.key)
    if note and line.axis.size <= MOST_NOTED:
        place = page.places.lines[line]
        page.canvas.text(place.row, place.column + place.size + 1, note, "remark")


def _write_list_units(page: Page, block: PlannedBlock) -> None:
    size = block.block.axis.size
    names = [unit.name for unit in block.block.units] or [unit_of_list(block.block.lines)] * size
    for row, name in enumerate(names, start=block.first):
        page.canvas.text(row, UNIT, page.unit(name), "unit")
    if block.total_row is not None:
        page.canvas.text(block.total_row, LABEL, "Total", "label_total")
        page.canvas.text(block.total_row, UNIT, page.unit("{currency}"), "unit_total")


def write_line(page: Page, line: Line, kinds: tuple[Kind, ...] = ()) -> None:
    """Write the cells of one line, with its total and years where it has them.

    `kinds` gives the kind of unit of each record where they differ. Raises TypeError for dated rates and what-if tables,
    which have sheets of their own.
    """
    place, values = page.places.lines[line], page.state.series(line)
    role: Role = "number" if line.rank == "line" else line.rank
    match line.formula:
        case Labels(texts, editable):
            long = place.column != LABEL and max(map(len, texts), default=0) > SENTENCE_LENGTH
            plain: Role = "prose" if long else "label"
            for position, text in enumerate(texts):
                page.canvas.text(*place.at(position), text, _label_role(line, editable, plain))
            if editable and line.axis == SINGLE:
                _add_choice(page, line, place)
        case EnteredValues(paths):
            _write_entered(page, line, place, paths)
        case IssuedValues(found):
            own = kinds if kinds and line.unit.kind != "flag" else (line.unit.kind,) * len(found)
            for position, (each, kind) in enumerate(zip(found, own, strict=True)):
                _write_issued(page, place.at(position), each, kind)
        case PerPosition(nodes):
            for position, node in enumerate(nodes):
                _write_cell(page, line, node, place, position, values[position], role)
        case Constant() | Text():
            _write_cell(page, line, line.formula, place, 0, values[0], role)
        case (
            Input() | Ref() | Previous() | Binary() | Call() | Total() | Reduce() | SumProduct() | At() | Match() | LatestDate() | SelectedRun()
            | TablesFilled() | AsIssued() | EffectAmount() | Largest() | SumWhere() | Stated()
        ):  # fmt: skip
            _write_formulas(page, line, place, values, role)
        case ActiveValues():
            raise TypeError(f"{line.key}: dated rates are written on Prices")
        case WhatIf():
            raise TypeError(f"{line.key}: what-if tables are written on Runs")
        case _:
            assert_never(line.formula)
    if line.total:
        _write_totals(page, line, place, values)


def _write_issued(page: Page, at: tuple[int, int], found: float | str, kind: Kind) -> None:
    if isinstance(found, str):
        page.canvas.text(*at, found, "note_right")
    else:
        page.canvas.value(*at, found, "issued", kind)


def _add_choice(page: Page, line: Line, place: Place) -> None:
    """Validate a single-name cell with a drop-down of the options' full names."""
    names = next(other for other in page.places.lines if other.key == "summary.names")
    cell = absolute(*place.at(0)).replace("$", "")
    restrict_to_list(page.canvas.sheet, cell, "=" + page.addresses.line_range(names), line.label)


def _write_formulas(page: Page, line: Line, place: Place, values: list[Value], role: Role) -> None:
    pieces = template(line.formula, line, page.addresses)
    shape = _shape(line)
    if line.unit.kind == "text" and line.axis == SINGLE:
        role, shape = "words", "text"  # which run on over empty cells: a sentence may get longer
    for position in range(place.size):
        row, column = place.at(position)
        page.canvas.formula(
            row, column, fill_template(pieces, position, page.addresses), values[position], role, shape
        )


def _write_cell(
    page: Page, line: Line, node: Node, place: Place, position: int, value: Value, role: Role
) -> None:
    """Write one position of a line with its own formula, text or constant."""
    row, column = place.at(position)
    if isinstance(node, Text):
        page.canvas.text(row, column, node.value, "note_right")
    elif isinstance(node, Constant):
        page.canvas.value(row, column, node.value, role, line.unit.kind)
    else:
        pieces: Template = template(node, line, page.addresses)
        page.canvas.formula(
            row, column, fill_template(pieces, position, page.addresses), value, role, _shape(line)
        )


def _label_role(line: Line, editable: bool, plain: Role) -> Role:
    if editable:
        return "input"
    return "note_right" if line.axis.across and line.axis != SINGLE else plain


def _shape(line: Line) -> Shape:
    """Return the number format of a line; text in a row of numbers is aligned with them."""
    return "word" if line.unit.kind == "text" and line.axis.across else line.unit.kind


def _write_entered(page: Page, line: Line, place: Place, paths: tuple[str, ...]) -> None:
    issued = page.issue.values
    by_path = {assumption.path: assumption for assumption in page.issue.assumptions}
    kind: Kind = line.unit.kind
    for position, path in enumerate(paths):
        row, column = place.at(position)
        now = page.state.values[path]
        page.canvas.value(row, column, now, "input", kind)
        restrict_to_bounds(page.canvas.sheet, row, (column, column), by_path[path])
        page.canvas.value(row, column + 1, issued[path], "issued", kind)
        changed = f"=IF({absolute(row, column)}={absolute(row, column + 1)},0,1)".replace("$", "")
        page.canvas.formula(row, column + 2, changed, float(now != issued[path]), "changed", "flag")


def _write_totals(page: Page, line: Line, place: Place, values: list[Value]) -> None:
    numbers = [float(value) for value in values]
    first, last = place.at(0), place.at(place.size - 1)
    cells = f"{absolute(*first)}:{absolute(*last)}".replace("$", "")
    assert place.total is not None
    role: Role = "total" if line.rank == "total" or not place.across else "subtotal"
    page.canvas.formula(*place.total, f"=SUM({cells})", sum(numbers), role, line.unit.kind)
    for year, (row, column) in enumerate(place.years):
        start, end = place.at(12 * year), place.at(12 * year + 11)
        months = f"{absolute(*start)}:{absolute(*end)}".replace("$", "")
        total = sum(numbers[12 * year : 12 * year + 12])
        page.canvas.formula(row, column, f"=SUM({months})", total, YEAR_ROLES[line.rank], line.unit.kind)
