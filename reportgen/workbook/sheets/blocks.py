"""The blocks of the model, written out: months or options across, risks and volumes down."""

from typing import assert_never

from reportgen.formula.excel import Template, filled, template
from reportgen.formula.nodes import (
    SINGLE,
    Active,
    At,
    Binary,
    Call,
    Constant,
    Each,
    EffectAmount,
    Entered,
    Input,
    Issued,
    Labels,
    Largest,
    Latest,
    Line,
    Match,
    Node,
    Previous,
    Rank,
    Reduce,
    Ref,
    Shown,
    SumProduct,
    Text,
    Total,
    WhatIf,
)  # fmt: skip
from reportgen.units import Kind
from reportgen.workbook.layout.addresses import LABEL, UNIT, Place, absolute
from reportgen.workbook.layout.cell_styles import Role, Shape
from reportgen.workbook.layout.plan import PlannedBlock, PlannedSheet
from reportgen.workbook.layout.validation import restrict_to_bounds, restrict_to_list
from reportgen.workbook.sheets.block_headers import list_header, month_header, option_header, unit_of_list
from reportgen.workbook.sheets.notes import MOST_NOTED, NOTES
from reportgen.workbook.sheets.page import Page
from reportgen.workbook.state import Value

LABEL_ROLES: dict[Rank, tuple[Role, Role]] = {
    "line": ("label", "unit"), "subtotal": ("label_subtotal", "unit_subtotal"), "total": ("label_total", "unit_total"),
}  # fmt: skip
YEAR_ROLES: dict[Rank, Role] = {"line": "year", "subtotal": "subtotal", "total": "total_year"}
SENTENCE = 60
"""Characters beyond which words of a list are sentences, and wrap."""
SPACE = 16
"""The height of a section's title row, in points."""


def write_blocks(page: Page, planned: PlannedSheet) -> None:
    """Write every block of a sheet."""
    for block in planned.blocks:
        if block.title_row is not None:
            page.canvas.text(block.title_row, LABEL, block.block.title, "block")
            page.canvas.height(block.title_row, SPACE + 1)
        if block.monthly:
            month_header(page, block, planned.years)
        elif block.block.axis == SINGLE:
            pass
        elif block.block.axis.across:
            option_header(page, block)
        else:
            list_header(page, block)
        _write_lines(page, block)


def _write_lines(page: Page, block: PlannedBlock) -> None:
    across = block.block.axis.across
    for section, at in block.sections:
        if across and at:
            page.canvas.text(at, LABEL, section.title, "section")
            page.canvas.height(at, SPACE)
        for line in section.lines:
            if across:
                _label(page, line)
                _note(page, line)
            write_line(page, line, tuple(unit.kind for unit in block.block.units))
    if not across:
        _list_units(page, block)


def _label(page: Page, line: Line) -> None:
    row = page.places.lines[line].row
    label, unit = LABEL_ROLES[line.rank]
    page.canvas.text(row, LABEL, line.label, label)
    page.canvas.text(row, UNIT, page.unit(line.unit.name), unit)


def _note(page: Page, line: Line) -> None:
    """Say beside a row of options how to read it, where that is said."""
    note = NOTES.get(line.key)
    if note and line.axis.size <= MOST_NOTED:
        place = page.places.lines[line]
        page.canvas.text(place.row, place.column + place.size + 1, note, "remark")


def _list_units(page: Page, block: PlannedBlock) -> None:
    size = block.block.axis.size
    names = [unit.name for unit in block.block.units] or [unit_of_list(block.block.lines)] * size
    for row, name in enumerate(names, start=block.first):
        page.canvas.text(row, UNIT, page.unit(name), "unit")
    if block.total_row is not None:
        page.canvas.text(block.total_row, LABEL, "Total", "label_total")
        page.canvas.text(block.total_row, UNIT, page.unit("{currency}"), "unit_total")


def write_line(page: Page, line: Line, kinds: tuple[Kind, ...] = ()) -> None:
    """Write one line: its cells, and its total and years where it has them; `kinds` where records differ in unit."""
    place, values = page.places.lines[line], page.state.series(line)
    role: Role = "number" if line.rank == "line" else line.rank
    match line.formula:
        case Labels(texts, editable):
            long = place.column != LABEL and max(map(len, texts), default=0) > SENTENCE
            plain: Role = "prose" if long else "label"
            for position, text in enumerate(texts):
                page.canvas.text(*place.at(position), text, _label_role(line, editable, plain))
            if editable and line.axis == SINGLE:
                _choice(page, line, place)
        case Entered(paths):
            _entered(page, line, place, paths)
        case Issued(found):
            own = kinds if kinds and line.unit.kind != "flag" else (line.unit.kind,) * len(found)
            for position, (each, kind) in enumerate(zip(found, own, strict=True)):
                _issued(page, place.at(position), each, kind)
        case Each(nodes):
            for position, node in enumerate(nodes):
                _cell(page, line, node, place, position, values[position], role)
        case Constant() | Text():
            _cell(page, line, line.formula, place, 0, values[0], role)
        case (
            Input() | Ref() | Previous() | Binary() | Call() | Total() | Reduce() | SumProduct() | At() | Match() | Latest() | Shown()
            | EffectAmount() | Largest()
        ):  # fmt: skip
            _formulas(page, line, place, values, role)
        case Active():
            raise TypeError(f"{line.key}: dated rates are written on Prices")
        case WhatIf():
            raise TypeError(f"{line.key}: what-if tables are written on Runs")
        case _:
            assert_never(line.formula)
    if line.total:
        _totals(page, line, place, values)


def _issued(page: Page, at: tuple[int, int], found: float | str, kind: Kind) -> None:
    if isinstance(found, str):
        page.canvas.text(*at, found, "note_right")
    else:
        page.canvas.value(*at, found, "issued", kind)


def _choice(page: Page, line: Line, place: Place) -> None:
    """Let a single name be chosen among the options' full names."""
    names = next(other for other in page.places.lines if other.key == "summary.names")
    cell = absolute(*place.at(0)).replace("$", "")
    restrict_to_list(page.canvas.sheet, cell, "=" + page.seen.whole(names), line.label)


def _formulas(page: Page, line: Line, place: Place, values: list[Value], role: Role) -> None:
    pieces = template(line.formula, line, page.seen)
    shape = _shape(line)
    for position in range(place.size):
        row, column = place.at(position)
        page.canvas.formula(row, column, filled(pieces, position, page.seen), values[position], role, shape)


def _cell(page: Page, line: Line, node: Node, place: Place, position: int, value: Value, role: Role) -> None:
    """Write one position that has a formula of its own, or a constant."""
    row, column = place.at(position)
    if isinstance(node, Text):
        page.canvas.text(row, column, node.value, "note_right")
    elif isinstance(node, Constant):
        page.canvas.value(row, column, node.value, role, line.unit.kind)
    else:
        pieces: Template = template(node, line, page.seen)
        page.canvas.formula(row, column, filled(pieces, position, page.seen), value, role, _shape(line))


def _label_role(line: Line, editable: bool, plain: Role) -> Role:
    if editable:
        return "input"
    return "note_right" if line.axis.across and line.axis != SINGLE else plain


def _shape(line: Line) -> Shape:
    """Show words in a row of numbers so that they end where numbers end."""
    return "word" if line.unit.kind == "text" and line.axis.across else line.unit.kind


def _entered(page: Page, line: Line, place: Place, paths: tuple[str, ...]) -> None:
    issued = page.issue.values
    by_path = {assumption.path: assumption for assumption in page.issue.assumptions}
    kind: Kind = line.unit.kind
    for position, path in enumerate(paths):
        row, column = place.at(position)
        now = page.state.values[path]
        page.canvas.value(row, column, now, "input", kind)
        restrict_to_bounds(page.canvas.sheet, row, column, by_path[path])
        page.canvas.value(row, column + 1, issued[path], "issued", kind)
        changed = f"=IF({absolute(row, column)}={absolute(row, column + 1)},0,1)".replace("$", "")
        page.canvas.formula(row, column + 2, changed, float(now != issued[path]), "changed", "flag")


def _totals(page: Page, line: Line, place: Place, values: list[Value]) -> None:
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
