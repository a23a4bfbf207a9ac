"""Sensitivity and price scenarios: what one assumption at its low or high, or a move of prices, does to core."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    SINGLE,
    At,
    Axis,
    Labels,
    Line,
    Match,
    Node,
    absolute,
    as_node,
    where,
)  # fmt: skip
from reportgen.model.analysis.decision import Decision
from reportgen.model.analysis.lead import lead_of
from reportgen.model.analysis.runs import Runs
from reportgen.model.analysis.tornado import HIGH, LOW, RangedAssumptions, SwingLines, ranked, shown, swings
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Core per option with each ranged assumption at its low and at its high; those of one option ranked."""

    low: dict[str, Line]
    high: dict[str, Line]
    headline: Line
    blocks: tuple[Block, ...]


def sensitivity(
    outline: Outline, options: tuple[Option, ...], what_if: Runs, decision: Decision
) -> Sensitivity | None:
    """Define the tornados' lines (MODEL, "Risk scenarios": on core); None where nothing has a range."""
    if not outline.swings:
        return None
    of = shown(outline)
    axis, low, high = of.label.axis, {}, {}
    for option in options:
        key, short, table = option.key, option.outline.short_name, what_if.core[option.key]
        base = what_if.base(table)
        low[key] = _money(f"low.{key}", short, what_if.of(table, of.label & LOW) - base, axis)
        high[key] = _money(f"high.{key}", short, what_if.of(table, of.label & HIGH) - base, axis)
    examined = _Examined(outline, options, decision.names)
    chosen = swings("sensitivity", of, examined.of(low, "low", axis), examined.of(high, "high", axis))
    lead = lead_of(decision, [what_if.base(what_if.core[o.key]) for o in options])
    leads = lead.swings(of, low, high)
    every = _every(of, (low, high), chosen, leads)
    first = ranked(chosen, "Ranked", "Change of core")
    base_core = Line("sensitivity.base", "Core, base case", units.MONEY_PV, examined.base(what_if))
    single = Block("Option examined", SINGLE, (Section("", (examined.name, base_core)),))
    flags = Block(
        "Which options those are", decision.names.axis, (Section("", (examined.flag, *lead.found)),)
    )
    headline = At(first.lines[0], as_node(1)) & " moves the cost of " & examined.name & " most"
    return Sensitivity(
        low, high, Line("sensitivity.headline", "Sensitivity in a sentence", units.TEXT, headline),
        (single, first, lead.block, ranked(leads, "Ranked by the lead", "Change of the lead", lead.base), every, flags),
    )  # fmt: skip


def _every(
    of: RangedAssumptions,
    sides: tuple[dict[str, Line], dict[str, Line]],
    chosen: SwingLines,
    leads: SwingLines,
) -> Block:
    """List every assumption with what it does to each option, to the one examined, and to the lead."""
    low, high = sides
    sections = (
        Section("", (of.label,)),
        Section("Change of core at the low", tuple(low.values())),
        Section("Change of core at the high", tuple(high.values())),
        Section(
            "Of the option examined", (chosen.low, chosen.high, of.number, chosen.order, of.unit, of.scale)
        ),
        Section("Of the lead", (leads.low, leads.high, leads.order)),
    )
    return Block("Every option, one assumption at a time", of.label.axis, sections)


class _Examined:
    """The option whose tornado is drawn: a name that people choose, and a flag per option."""

    def __init__(self, outline: Outline, options: tuple[Option, ...], names: Line) -> None:
        owned = [o.outline.name for o in options if o.outline.kind in ("self_hosted", "on_prem")]
        first = (*owned, *(o.outline.name for o in options if o.key != outline.baseline))[0]
        self.name = Line("sensitivity.option", "Option examined", units.TEXT, Labels((first,), editable=True))
        apart = absolute(Match(names.node(), names) - Match(self.name.node(), names))
        self.flag = Line("sensitivity.examined", "Examined", units.FLAG, where(apart < 1, 1, 0), names.axis)
        self.keys = tuple(option.key for option in options)

    def of(self, lines: dict[str, Line], side: str, axis: Axis) -> Line:
        """Take the line of the option examined."""
        return _money(
            f"examined.{side}", f"At its {side}", self._sum([as_node(one) for one in lines.values()]), axis
        )

    def base(self, what_if: Runs) -> Node:
        """Take the core of the option examined."""
        return self._sum([what_if.base(what_if.core[key]) for key in self.keys])

    def _sum(self, terms: list[Node]) -> Node:
        total: Node = At(self.flag, as_node(1)) * terms[0]
        for place, term in enumerate(terms[1:], start=2):
            total = total + At(self.flag, as_node(place)) * term
        return total


def price_scenarios(
    outline: Outline, options: tuple[Option, ...], what_if: Runs
) -> tuple[dict[str, Line], Block] | None:
    """Define core per option in each named price scenario; None where the case names none."""
    names = tuple(run.name for run in outline.purposes("scenario"))
    if not names:
        return None
    axis = Axis("scenarios", names, across=False)
    name = Line("scenarios.name", "Scenario", units.TEXT, Labels(names), axis)
    core, change = {}, {}
    for option in options:
        key, short, table = option.key, option.outline.short_name, what_if.core[option.key]
        core[key] = Line(f"scenarios.core.{key}", short, units.MONEY_PV, what_if.of(table, name), axis)
        change[key] = Line(
            f"scenarios.change.{key}", short, units.MONEY_PV, core[key] - what_if.base(table), axis
        )
    sections = (
        Section("", (name,)), Section("Core", tuple(core.values())),
        Section("Change against the base case", tuple(change.values())),
    )  # fmt: skip
    return core, Block("Price scenarios", axis, sections)


def _money(key: str, label: str, formula: Node, axis: Axis) -> Line:
    return Line(f"sensitivity.{key}", label, units.MONEY_PV, formula, axis)
