"""Prices from the price book on Inputs: the first month's price before effects, and in the run shown."""

from collections.abc import Iterator
from dataclasses import replace

from openpyxl.utils import get_column_letter

from reportgen.formula.excel import fill_template, template
from reportgen.formula.nodes import Call, Line, Node, Ref
from reportgen.workbook.layout.addresses import Places, SheetAddresses
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import Issue

RATE = 31
"""The column of Inputs with the first month's rate in the run shown; the steps to the stated rate are right of it."""


def stated_places(places: Places, issue: Issue, column: int) -> Places:
    """Return addresses for a look-up of stated values: input cells instead of active values, and rates in `column`."""
    rates = {table.active: replace(places.lines[table.active], column=column) for table in issue.model.rates}
    return replace(places, lines={**places.lines, **rates}, inputs={**places.inputs, **places.input_cells})


def write_book_price(page: Page, line: Line, row: int, column: int, stated: Places) -> None:
    """Write the first month's stated price into `column`, and the steps to it right of RATE.

    A step after the first has its look-up in a cell of its own: with long names a formula is short all the same.
    """
    kind, seen = line.unit.kind, SheetAddresses(page.canvas.name, stated)
    canvas, state = page.canvas, page.state

    def write(at: int, formula: str, value: float) -> str:
        """Write a cell of this row, and return its address."""
        canvas.formula(row, at, formula, value, "number" if at == column else "changed", kind)
        return f"{get_column_letter(at)}{row}"

    write(RATE, "=" + page.addresses.relative_cell(line, 0), float(state.shown_run[line][0, 0]))
    steps, before = list(_price_steps(line)), ""
    for number, (through, condition, found) in enumerate(steps):
        formula = "=" + _formula_text(found.formula, line, seen)
        if condition:
            looked_up = write(RATE + 2 * number, formula, state.base_value(found))
            formula = f"=IF({_formula_text(condition, line, seen)},{looked_up},{before})"
        at = column if number == len(steps) - 1 else RATE + 1 + 2 * number
        before = write(at, formula, state.base_value(through))


def column_heads(issue: Issue) -> Iterator[tuple[int, str]]:
    """Yield column and head of each column in use."""
    longest = max((len(list(_price_steps(line))) for line in issue.model.looked_up.values()), default=0)
    if longest:
        yield RATE, "Rate in the run"
    for number in range(longest):
        if number:
            yield RATE + 2 * number, f"Rate {number + 1}, as stated"
        if number < longest - 1:
            yield (
                RATE + 1 + 2 * number,
                f"In force of rates 1 to {number + 1}" if number else "Rate 1, as stated",
            )


def _price_steps(line: Line) -> Iterator[tuple[Line, Node | None, Line]]:
    """Yield the steps of a price, earliest item first: its line, the condition from which it applies, and the line of its look-up."""
    match line.formula:
        case Call("IF", (condition, Ref(found), Ref(before))):
            yield from _price_steps(before)
            yield line, condition, found
        case _:
            yield line, None, line


def _formula_text(node: Node, line: Line, seen: SheetAddresses) -> str:
    """Return a formula's text for the first month, without the equals sign."""
    return fill_template(template(node, line, seen), 0, seen)[1:]
