"""The TCO sheet: cost by category and option, over the horizon and in each year, and unit costs."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section, Sheet
from reportgen.formula.nodes import (
    At,
    Constant,
    Line,
    Match,
    Node,
    PerPosition,
    Reduce,
    Ref,
    Text,
    Total,
    as_node,
    sum_terms,
)
from reportgen.model.analysis.decision import amount_in_words
from reportgen.model.options.ledger import CATEGORY_TITLES
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline

NOTE = "Nominal, run shown, before risk"
NOT_ELIGIBLE = " (not eligible)"


def tco_sheet(
    outline: Outline, options: tuple[Option, ...], break_even: dict[str, Line], names: Line
) -> Sheet:
    """Lay out the TCO by category: the whole horizon, each year, then unit costs.

    `break_even` maps an option's key to its break-even month, `names` is the line of the options' names.
    """
    axis = Axis("options", tuple(option.outline.short_name for option in options))
    horizon = _by_category("tco", axis, options, None)
    years = range(1, outline.years + 1)
    sections = (
        Section("Whole horizon", horizon),
        *(Section(f"Year {year}", _by_category(f"tco.{year}", axis, options, year)) for year in years),
        Section("What it comes to", _unit_costs(axis, options, break_even)),
    )
    marks = _marks(axis, options, horizon[-1])
    lowest = amount_in_words("tco.lowest", outline.currency, Reduce("MIN", horizon[-1]))
    headline = _headline(outline, names, horizon[-1], marks, lowest)
    title = "The lowest, and who is eligible" if marks else "The lowest"
    sections = (*sections, Section(title, (*marks, lowest)))
    block = Block("Cost by category", axis, sections)
    return Sheet("TCO", "Total cost of ownership", NOTE, (block,), role="output", headline=headline)


def _by_category(key: str, axis: Axis, options: tuple[Option, ...], year: int | None) -> tuple[Line, ...]:
    rows = [
        Line(
            f"{key}.{name}",
            title,
            units.MONEY,
            PerPosition(tuple(_category(o, name, year) for o in options)),
            axis,
        )
        for name, title in CATEGORY_TITLES.items()
    ]
    label = f"Cost of year {year}" if year else "Total cost of ownership"
    return (*rows, Line(f"{key}.total", label, units.MONEY, sum_terms(rows), axis, rank="total"))


def _category(option: Option, category: str, year: int | None) -> Node:
    line = option.ledger.categories.get(category)
    return Total(line, year) if line else Constant(0.0)


def _unit_costs(axis: Axis, options: tuple[Option, ...], break_even: dict[str, Line]) -> tuple[Line, ...]:
    def row(key: str, label: str, unit: units.Unit, nodes: tuple[Node, ...]) -> Line:
        return Line(f"tco.{key}", label, unit, PerPosition(nodes), axis)

    return (
        row("pv", "Present value", units.MONEY_PV, tuple(Total(o.ledger.discounted) for o in options)),
        row("per_m_tokens", "Cost per M tokens", units.PRICE_PER_M_TOKENS, tuple(as_node(o.cost_per_m_tokens) for o in options)),
        row("run_rate", "Run rate, last 12 months", units.MONEY_PER_MONTH, tuple(as_node(o.run_rate) for o in options)),
        row(
            "break_even", "Break-even month", units.MONTH_NUMBER,
            tuple(Ref(break_even[o.key]) if o.key in break_even else Text("baseline") for o in options),
        ),
    )  # fmt: skip


def _marks(axis: Axis, options: tuple[Option, ...], total: Line) -> tuple[Line, ...]:
    """Define the place of the lowest TCO, and what the headline says of each option; nothing where all are eligible."""
    if not any(option.outline.failed for option in options):
        return ()
    place = Line("tco.place", "Place of the lowest", units.PLACE, Match(Reduce("MIN", total), total))
    marks = tuple(Text(NOT_ELIGIBLE if option.outline.failed else "") for option in options)
    return place, Line("tco.mark", "Beside its name above", units.TEXT, PerPosition(marks), axis)


def _headline(outline: Outline, names: Line, total: Line, marks: tuple[Line, ...], words: Line) -> Line:
    """Define the headline: the option of lowest TCO in the selected run, marked where it is not eligible."""
    lowest = Reduce("MIN", total)
    cheapest: Node = At(names, Match(lowest, total))
    if marks:
        place = marks[0].node()
        cheapest = At(names, place) & At(marks[1], place)
    text = (
        as_node(cheapest) & " costs least to own: " & words & f" over {units.counted(outline.years, 'year')}"
    )
    return Line("tco.headline", "TCO in a sentence", units.TEXT, text)
