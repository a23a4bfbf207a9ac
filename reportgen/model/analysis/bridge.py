"""The naive-to-full bridge: from a first estimate to the full cost, restoring one group of assumptions per step."""

from reportgen import units
from reportgen.casing import first_upper
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Section, WhatIfTable
from reportgen.formula.nodes import (  # fmt: skip
    At,
    Constant,
    Labels,
    Line,
    Node,
    Previous,
    Ref,
    Text,
    Total,
    WhatIf,
    as_node,
    if_error,
    maximum,
)
from reportgen.formula.runs import BASE
from reportgen.model.analysis.decision import NOT_QUANTIFIED
from reportgen.model.analysis.risks import Risks
from reportgen.model.analysis.runs import Runs
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass

NO_MULTIPLE = "none"
"""Shown in place of a multiple where the first estimate is 0."""

ADDED = {
    "risk": "expected risk",
    "opportunity": "opportunity cost",
    "exit": "expected exit",
}
"""The amounts that are added to the TCO once all assumptions are restored (MODEL, "The naive-to-full bridge")."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """The bridge of one option: TCO per step restored, then the amounts added to it; None where not quantified."""

    option: str
    cost: Line
    amounts: dict[str, Line | None]
    cumulative: dict[str, Line]
    table: WhatIfTable
    blocks: tuple[Block, Block]


def bridge(outline: Outline, options: tuple[Option, ...], what_if: Runs, risks: Risks) -> Bridge | None:
    """Define the bridge; None where the case has no bridge."""
    if outline.bridge is None:
        return None
    option = next(option for option in options if option.key == outline.bridge.option)
    steps = outline.bridge.steps
    axis = Axis("bridge", tuple(step.label for step in steps), across=False)
    label = Line("bridge.step", "Restored", units.TEXT, Labels(axis.labels), axis)
    run = what_if.numbers("bridge.run", "Run no.", tuple(step.run for step in steps), axis)
    cost = Line("bridge.cost", "TCO", units.MONEY, what_if.in_run(what_if.tco[option.key], run), axis)
    added = Line("bridge.added", "Added by this step", units.MONEY, cost - Previous(cost), axis)
    previous = Previous(cost)
    rise = Line("bridge.rise", "Dearer by", units.MONEY, maximum(cost - previous, 0), axis)
    chart_lines = (
        Line("bridge.stands_on", "Drawn: stands on", units.MONEY, cost - rise, axis),
        rise,
        Line("bridge.fall", "Cheaper by", units.MONEY, maximum(previous - cost, 0), axis),
    )
    multiple = Line(
        "bridge.multiple", "Multiple of the first", units.RATIO, _multiple(cost, At(cost, as_node(1))), axis
    )
    restored = Block(
        "Each assumption restored in turn",
        axis,
        (Section("", (label, cost, added, multiple)), Section("The chart", chart_lines), Section("", (run,))),
    )
    table = _base_row(option)
    amounts = _amounts(outline, option, risks, table)
    cumulative, beyond = _beyond(At(cost, as_node(len(steps))), At(cost, as_node(1)), amounts)
    return Bridge(option.key, cost, amounts, cumulative, table, (restored, beyond))


def _base_row(option: Option) -> WhatIfTable:
    """Define a what-if table of one row: opportunity and expected exit of the base case, whichever run is selected."""
    axis = Axis("base run", (BASE,), across=False)
    displaced = as_node(option.opportunity.nominal) if option.opportunity else Constant(0.0)
    expected_exit: Node = Ref(option.exit.expected) if option.exit else Constant(0.0)
    heads = (
        Line("bridge.opportunity_shown", "Opportunity", units.MONEY, displaced),
        Line("bridge.exit_shown", "Expected exit", units.MONEY, expected_exit),
    )
    columns = (
        Line("bridge.opportunity_base", "Opportunity", units.MONEY, WhatIf(heads[0], base_only=True), axis),
        Line("bridge.exit_base", "Expected exit", units.MONEY, WhatIf(heads[1], base_only=True), axis),
    )
    return WhatIfTable(f"{option.outline.short_name}, bridge", option.key, heads, columns)


def _amounts(outline: Outline, option: Option, risks: Risks, table: WhatIfTable) -> dict[str, Line | None]:
    """Define the amounts added after the TCO, by the keys of ADDED; None where not quantified."""
    displaced, expected_exit = (At(column, as_node(1)) for column in table.columns)
    nodes: dict[str, Node | None] = {
        "risk": Total(risks.expected[option.key]) if outline.real_risks else None,
        "opportunity": None if "opportunity" in option.unquantified else displaced,
        "exit": expected_exit if option.exit else None,
    }
    return {
        name: Line(f"bridge.{name}", first_upper(ADDED[name]), units.MONEY, node) if node else None
        for name, node in nodes.items()
    }


def _beyond(tco: Node, first: Node, amounts: dict[str, Line | None]) -> tuple[dict[str, Line], Block]:
    """Define the cumulative cost after each added amount, and the block of these lines."""
    lines = [Line("bridge.tco", "TCO, everything restored", units.MONEY, tco)]
    total, cumulative = lines[0], {}
    for name, amount in amounts.items():
        text = ADDED[name]
        lines.append(
            amount or Line(f"bridge.{name}", first_upper(text), units.MONEY, Text(NOT_QUANTIFIED)),
        )
        sum_of = as_node(total) if amount is None else total + amount
        total = Line(f"bridge.with_{name}", f"With {text}", units.MONEY, sum_of, rank="subtotal")
        cumulative[name] = total
        multiple = Line(
            f"bridge.multiple_{name}",
            f"Multiple of the first, with {text}",
            units.RATIO,
            _multiple(total, first),
        )
        lines += [total, multiple]
    block = Block("Beyond the TCO, nominal, base case", SINGLE, (Section("", tuple(lines)),))
    return cumulative, block


def _multiple(cost: Line, first: Node) -> Node:
    return if_error(cost / first, NO_MULTIPLE)
