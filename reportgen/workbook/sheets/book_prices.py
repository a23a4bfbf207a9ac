"""Prices from the price book on Inputs: the first month's price before effects, and in the run shown."""

from collections.abc import Iterator
from dataclasses import replace

from openpyxl.utils import get_column_letter

from reportgen.formula.excel import fill_template, template
from reportgen.formula.nodes import Call, Line, Node, Ref
from reportgen.workbook.layout.addresses import Places, SheetAddresses
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import Issue

RATE = 30
"""The column of Inputs with the first month's rate in the run shown; earlier items' stated rates are right of it."""


def stated_places(places: Places, issue: Issue, column: int) -> Places:
    """Return addresses for a look-up of stated values: input cells instead of active values, and rates in `column`."""
    rates = {table.active: replace(places.lines[table.active], column=column) for table in issue.model.rates}
    return replace(places, lines={**places.lines, **rates}, inputs={**places.inputs, **places.input_cells})


def write_book_price(page: Page, line: Line, row: int, column: int, stated: Places) -> None:
    """Write the first month's stated price into `column`, and its steps through earlier items right of RATE."""
    kind, seen, before = line.unit.kind, SheetAddresses(page.canvas.name, stated), ""
    canvas = page.canvas
    canvas.formula(
        row,
        RATE,
        "=" + page.addresses.relative_cell(line, 0),
        float(page.state.shown_run[line][0, 0]),
        "changed",
        kind,
    )
    steps = list(_price_steps(line))
    for number, (through, condition, found) in enumerate(steps):
        text = _formula_text(found, line, seen)
        formula = f"=IF({_formula_text(condition, line, seen)},{text},{before})" if condition else f"={text}"
        value, last = page.state.base_value(through), number == len(steps) - 1
        at = column if last else RATE + 1 + number
        canvas.formula(row, at, formula, value, "number" if last else "changed", kind)
        before = f"{get_column_letter(at)}{row}"


def column_heads(issue: Issue) -> Iterator[tuple[int, str]]:
    """Yield column and head of each column in use."""
    longest = max((len(list(_price_steps(line))) for line in issue.model.looked_up.values()), default=0)
    if longest:
        yield RATE, "Rate in the run"
    for number in range(1, longest):
        yield RATE + number, f"Rate of item {number}, as stated"


def _price_steps(line: Line) -> Iterator[tuple[Line, Node | None, Node]]:
    """Yield the steps of a price, earliest item first: its line, the condition from which it applies, its look-up."""
    match line.formula:
        case Call("IF", (condition, Ref(found), Ref(before))):
            yield from _price_steps(before)
            yield line, condition, found.formula
        case formula:
            yield line, None, formula


def _formula_text(node: Node, line: Line, seen: SheetAddresses) -> str:
    """Return a formula's text for the first month, without the equals sign."""
    return fill_template(template(node, line, seen), 0, seen)[1:]
