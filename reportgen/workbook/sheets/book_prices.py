"""Prices out of the price book on Inputs: what the book says as stated, and what the run shown makes of it."""

from collections.abc import Iterator
from dataclasses import replace

from openpyxl.utils import get_column_letter

from reportgen.formula.excel import filled, template
from reportgen.formula.nodes import Call, Line, Node, Ref
from reportgen.workbook.layout.addresses import Places, SheetAddresses
from reportgen.workbook.sheets.page import Page
from reportgen.workbook.state import Issue

RATE = 30
"""The column of Inputs that holds the first month's rate in the run shown; earlier items' rates as stated follow it."""


def as_stated(places: Places, issue: Issue, column: int) -> Places:
    """Give the places as a look-up of stated values reads them: cells typed into, not active ones, and rates in `column`."""
    rates = {table.active: replace(places.lines[table.active], column=column) for table in issue.model.rates}
    return replace(places, lines={**places.lines, **rates}, inputs={**places.inputs, **places.input_cells})


def write_looked_up(page: Page, line: Line, row: int, column: int, stated: Places) -> None:
    """Write the first month's price as stated into a column; where items succeed each other, those before it beside."""
    kind, seen, before = line.unit.kind, SheetAddresses(page.canvas.name, stated), ""
    canvas = page.canvas
    canvas.formula(
        row, RATE, "=" + page.seen.moving(line, 0), float(page.state.here[line][0, 0]), "changed", kind
    )
    links = list(_links(line))
    for number, (through, condition, found) in enumerate(links):
        text = _text(found, line, seen)
        formula = f"=IF({_text(condition, line, seen)},{text},{before})" if condition else f"={text}"
        value, last = page.state.at_base(through), number == len(links) - 1
        at = column if last else RATE + 1 + number
        canvas.formula(row, at, formula, value, "number" if last else "changed", kind)
        before = f"{get_column_letter(at)}{row}"


def heads_of(issue: Issue) -> Iterator[tuple[int, str]]:
    """Give the heads of the columns that are in use here."""
    longest = max((len(list(_links(line))) for line in issue.model.looked_up.values()), default=0)
    if longest:
        yield RATE, "Rate in the run"
    for number in range(1, longest):
        yield RATE + number, f"Rate of item {number}, as stated"


def _links(line: Line) -> Iterator[tuple[Line, Node | None, Node]]:
    """Take a price apart: each item's look-up, from when on it holds, and the line that says so."""
    match line.formula:
        case Call("IF", (condition, Ref(found), Ref(before))):
            yield from _links(before)
            yield line, condition, found.formula
        case formula:
            yield line, None, formula


def _text(node: Node, line: Line, seen: SheetAddresses) -> str:
    """Write a formula for the first month."""
    return filled(template(node, line, seen), 0, seen)[1:]
