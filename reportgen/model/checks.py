"""Checks of the arithmetic: each total computed in two ways, per option and over the runs."""

from collections.abc import Iterator

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, RateTable, Section
from reportgen.formula.nodes import (  # fmt: skip
    At,
    Constant,
    Labels,
    Line,
    Match,
    Node,
    PerPosition,
    Reduce,
    SelectedRun,
    SumProduct,
    TablesFilled,
    Text,
    Total,
    absolute,
    all_of,
    as_node,
    maximum,
    minimum,
    sum_terms,
    where,
)
from reportgen.formula.runs import BASE
from reportgen.model.analysis.bridge import Bridge
from reportgen.model.analysis.risks import Risks
from reportgen.model.analysis.runs import Runs
from reportgen.model.budget import BudgetSheet
from reportgen.model.options.options import Option
from reportgen.model.outline import TableOutline
from reportgen.model.prices import Tables
from reportgen.model.workload import SharedLines

Pair = tuple[str, str, Node, Node]
"""A check: its name, its sheet and its two sides."""


def checks(
    shared: SharedLines,
    options: tuple[Option, ...],
    what_if: Runs,
    register: Risks,
    bridge: Bridge | None,
    budgets: BudgetSheet,
    tables: Tables,
) -> Block:
    """Define one row per check: both sides, their difference, and whether they agree within 1e-9 of the larger one."""
    pairs: list[Pair] = []
    for option in options:
        pairs += _option_pairs(shared, option)
        pairs += _budget_pairs(option, budgets)
        pairs += _price_pairs(option, tables)
    for option in options:
        pairs += _run_pairs(option, what_if, register)
    if bridge:
        last, tco = (
            At(bridge.cost, as_node(bridge.cost.axis.size)),
            what_if.in_base(what_if.tco[bridge.option]),
        )
        pairs.append(("Bridge: everything restored is the TCO", "Bridge", last, tco))
    pairs.append(("Base case is the first run", "Runs", Match(Text(BASE), what_if.names), Constant(1.0)))
    axis = Axis("checks", tuple(name for name, *_ in pairs), across=False)
    left = Line("checks.left", "Left side", units.AMOUNT, PerPosition(tuple(pair[2] for pair in pairs)), axis)
    right = Line(
        "checks.right", "Right side", units.AMOUNT, PerPosition(tuple(pair[3] for pair in pairs)), axis
    )
    difference = Line("checks.difference", "Difference", units.AMOUNT, left - right, axis)
    agrees = absolute(difference) <= 1e-9 * maximum(absolute(left), absolute(right), 1)
    passes = Line("checks.passes", "Passes", units.FLAG, where(agrees, 1, 0), axis)
    name = Line("checks.name", "Check", units.TEXT, Labels(axis.labels), axis)
    sheet = Line("checks.sheet", "Sheet", units.TEXT, Labels(tuple(pair[1] for pair in pairs)), axis)
    return Block("Arithmetic", axis, (Section("", (name, left, right, difference, passes, sheet)),))


def _option_pairs(shared: SharedLines, option: Option) -> list[Pair]:
    short, ledger = option.outline.short_name, option.ledger
    total: Node = Total(ledger.cost)
    years = sum_terms([Total(ledger.cost, y) for y in range(1, shared.months.size // 12 + 1)])
    return [
        (f"{short}: categories add up to the total", short, as_node(ledger.category_sum), total),
        (f"{short}: years add up to the months", short, years, total),
        (
            f"{short}: last cumulative value is the total",
            short,
            At(ledger.cumulative, shared.horizon.node()),
            total,
        ),
        (
            f"{short}: discounting the total agrees",
            short,
            SumProduct(ledger.cost, shared.discount),
            Total(ledger.discounted),
        ),
        (f"{short}: core is made of its parts", "Runs", as_node(option.core), sum_terms(_core_parts(option))),
    ]


def _budget_pairs(option: Option, budgets: BudgetSheet) -> list[Pair]:
    """Return the checks of an option's budget: its periods, and its books where purchases are depreciated."""
    short, books, tco = option.outline.short_name, option.budget, as_node(option.tco)
    left = sum_terms([Total(residual) for residual in option.ledger.residuals])
    rows = budgets.quarters[option.key].rows
    cash = [Reduce("SUM", rows[name]) for name in ("capital", "operating") if name in rows]
    found: list[Pair] = [(f"{short}: quarters add up to the total", "Budget", sum_terms(cash), tco - left)]
    if books.book_value and books.charge and books.worth:
        end = as_node(books.worth.axis.size)
        right = Total(books.charge) + At(books.book_value, end) - At(books.worth, end)
        found.append((f"{short}: charge, book value and worth make the total", short, right, tco))
    return found


def _price_pairs(option: Option, tables: Tables) -> Iterator[Pair]:
    """Yield a check per price from the price book: no month has a price of 0 unless a rate of the book is 0."""
    short = option.outline.short_name
    for price in option.outline.book_prices:
        in_force = option.looked_up.get(f"options.{option.key}.{price.field}")
        lowest = [node for table in price.tables if (node := _lowest_rate(table, tables[table.key]))]
        if in_force and lowest:
            free = where(all_of(minimum(*lowest) > 0, Reduce("MIN", in_force) <= 0), 1, 0)
            name = f"{short}: {price.field.replace('_', ' ')} above 0 where the book's is"
            yield name, short, free, Constant(0.0)


def _lowest_rate(table: TableOutline, rates: RateTable) -> Node | None:
    """Return the lowest rate of a table; None where it has none. Spare rows, which are 0, are passed over by number."""
    spare = sum(".spare_" in rate.amount for rate in table.rates)
    return Reduce("SMALL", rates.active, spare + 1) if spare < len(table.rates) else None


def _run_pairs(option: Option, what_if: Runs, register: Risks) -> list[Pair]:
    short, key = option.outline.short_name, option.key
    return [
        (f"{short}: what-if TCO of the run shown agrees", "Runs", as_node(option.tco), _run_shown(option.tco, what_if.tco[key])),
        (f"{short}: what-if core of the run shown agrees", "Runs", as_node(option.core), _run_shown(option.core, what_if.core[key])),
        (
            f"{short}: expected risk is the sum over risks", "Risks",
            SumProduct(register.probability, register.impact[key]), Total(register.expected[key]),
        ),
    ]  # fmt: skip


def _run_shown(live: Line, table: Line) -> Node:
    """Return the what-if result of the run shown; the live result where the program fills no what-if tables."""
    return where(TablesFilled() > 0, At(table, SelectedRun()), live)


def _core_parts(option: Option) -> list[Node]:
    parts: list[Node] = [Total(option.ledger.discounted)]
    if option.opportunity:
        parts.append(option.opportunity.present)
    if option.exit:
        parts.append(as_node(option.exit.expected_pv))
    return parts
