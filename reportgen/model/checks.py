"""Checks of the arithmetic: each total computed in two ways, per option and over the runs."""

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    At,
    Axis,
    Constant,
    Labels,
    Line,
    Match,
    Node,
    PerPosition,
    SelectedRun,
    SumProduct,
    TablesFilled,
    Text,
    Total,
    absolute,
    as_node,
    maximum,
    sum_terms,
    where,
)  # fmt: skip
from reportgen.formula.runs import BASE
from reportgen.model.analysis.bridge import Bridge
from reportgen.model.analysis.risks import Risks
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.workload import SharedLines

Pair = tuple[str, str, Node, Node]
"""A check: its name, its sheet and its two sides."""


def checks(
    shared: SharedLines, options: tuple[Option, ...], what_if: Runs, register: Risks, bridge: Bridge | None
) -> Block:
    """Define one row per check: both sides, their difference, and whether they agree within 1e-9 of the larger one."""
    pairs: list[Pair] = []
    for option in options:
        pairs += _option_pairs(shared, option)
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
