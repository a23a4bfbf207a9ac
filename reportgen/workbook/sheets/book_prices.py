"""Prices from the price book on Inputs: the first month's price before effects, and in the run shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from reportgen.formula.excel import fill_template, template
from reportgen.formula.nodes import Call, Line, Node, Ref
from reportgen.workbook.layout.addresses import Places, SheetAddresses
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.state import Issue

RATE = 30
"""The column of Inputs with the first month's rate in the run shown; what leads to the stated rate is right of it."""


def stated_places(places: Places, issue: Issue, column: int) -> Places:
    """Return addresses for a look-up of stated values: input cells instead of active values, and rates in `column`."""
    rates = {table.active: replace(places.lines[table.active], column=column) for table in issue.model.rates}
    return replace(places, lines={**places.lines, **rates}, inputs={**places.inputs, **places.input_cells})


def write_book_price(page: Page, line: Line, row: int, column: int, stated: Places) -> None:
    """Write the first month's stated price into `column`, and its steps through earlier items right of RATE.

    A step beyond the first item has two cells, its look-up and the choice between it and what stands before: in one the
    formula would be too long to read.
    """
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
    beside = RATE + 1
    for step in steps:
        text, last = _formula_text(step.rate.formula, line, seen), step is steps[-1]
        if step.condition:
            canvas.formula(row, beside, f"={text}", page.state.base_value(step.rate), "changed", kind)
            text = f"IF({_formula_text(step.condition, line, seen)},{_cell(row, beside)},{before})"
            beside += 1
        at = column if last else beside
        canvas.formula(
            row, at, f"={text}", page.state.base_value(step.line), "number" if last else "changed", kind
        )
        before, beside = _cell(row, at), beside + 1


def _cell(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def column_heads(issue: Issue) -> Iterator[tuple[int, str]]:
    """Yield column and head of each column in use."""
    longest = max((len(list(_price_steps(line))) for line in issue.model.looked_up.values()), default=0)
    if longest:
        yield RATE, "Rate in the run"
    for number in range(1, longest):
        yield RATE + 2 * number - 1, f"Rate up to look-up {number}, as stated"
        yield RATE + 2 * number, f"Look-up {number + 1}, as stated"


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a price: its line, the rate that it looks up, and the condition from which that applies."""

    line: Line
    rate: Line
    condition: Node | None = None


def _price_steps(line: Line) -> Iterator[_Step]:
    """Yield the steps of a price, earliest item first."""
    match line.formula:
        case Call("IF", (condition, Ref(found), Ref(before))):
            yield from _price_steps(before)
            yield _Step(line, found, condition)
        case _:
            yield _Step(line, line)


def _formula_text(node: Node, line: Line, seen: SheetAddresses) -> str:
    """Return a formula's text for the first month, without the equals sign."""
    return fill_template(template(node, line, seen), 0, seen)[1:]
