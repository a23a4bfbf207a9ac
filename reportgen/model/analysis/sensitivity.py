"""Sensitivity and price scenarios: the effect of one assumption at its low or high, or of other prices, on core."""

from reportgen import units
from reportgen.formula.axis import SINGLE, Axis
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import At, Labels, Line, Node, as_node, equals, where
from reportgen.model.analysis.decision import Decision
from reportgen.model.analysis.lead import lead_lines
from reportgen.model.analysis.runs import Runs
from reportgen.model.analysis.tornado import (
    RangedAssumptions,
    SwingLines,
    ranged_assumptions,
    ranked_block,
    swing_lines,
)
from reportgen.model.options.options import Option
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The change of core per option with each ranged assumption at its low and at its high, and the tornados."""

    low: dict[str, Line]
    high: dict[str, Line]
    headline: Line
    blocks: tuple[Block, ...]


def sensitivity(
    outline: Outline, options: tuple[Option, ...], what_if: Runs, decision: Decision
) -> Sensitivity | None:
    """Define the lines of the tornados, on core; None where no assumption has a range."""
    if not outline.swings:
        return None
    ranged = ranged_assumptions(outline, what_if)
    axis, low, high = ranged.label.axis, {}, {}
    for option in options:
        key, short, table = option.key, option.outline.short_name, what_if.core[option.key]
        base = what_if.in_base(table)
        low[key] = _money(f"low.{key}", short, what_if.in_run(table, ranged.low_run) - base, axis)
        high[key] = _money(f"high.{key}", short, what_if.in_run(table, ranged.high_run) - base, axis)
    examined = _ExaminedOption(outline, options, decision.names)
    chosen = swing_lines(
        "sensitivity", ranged, examined.line(low, "low", axis), examined.line(high, "high", axis)
    )
    lead = lead_lines(decision, [what_if.in_base(what_if.core[o.key]) for o in options])
    lead_swings = lead.swings(ranged, low, high)
    all_options = _all_options_block(ranged, (low, high), chosen, lead_swings)
    tornado = ranked_block(chosen, "Ranked", "Change of core")
    base_core = Line("sensitivity.base", "Core, base case", units.MONEY_PV, examined.base_core(what_if))
    single = Block("Option examined", SINGLE, (Section("", (examined.name, base_core)),))
    flags = Block(
        "Which options those are", decision.names.axis, (Section("", (examined.flag, *lead.option_lines)),)
    )
    headline = At(tornado.lines[0], as_node(1)) & " moves the cost of " & examined.name & " most"
    return Sensitivity(
        low, high, Line("sensitivity.headline", "Sensitivity in a sentence", units.TEXT, headline),
        (single, tornado, lead.block, ranked_block(lead_swings, "Ranked by the lead", "Change of the lead", lead.base), all_options, flags),
    )  # fmt: skip


def _all_options_block(
    ranged: RangedAssumptions,
    sides: tuple[dict[str, Line], dict[str, Line]],
    chosen: SwingLines,
    lead_swings: SwingLines,
) -> Block:
    """Define the block of all ranged assumptions with their effect on each option, on the one examined, and on the lead."""
    low, high = sides
    sections = (
        Section("", (ranged.label, ranged.low_run, ranged.high_run)),
        Section("Change of core at the low", tuple(low.values())),
        Section("Change of core at the high", tuple(high.values())),
        Section(
            "Of the option examined",
            (chosen.low, chosen.high, ranged.number, chosen.order, ranged.unit, ranged.scale),
        ),
        Section("Of the lead", (lead_swings.low, lead_swings.high, lead_swings.order)),
    )
    return Block("Every option, one assumption at a time", ranged.label.axis, sections)


class _ExaminedOption:
    """The option of the tornado: an editable name, and a flag per option."""

    def __init__(self, outline: Outline, options: tuple[Option, ...], names: Line) -> None:
        own_services = [o.outline.name for o in options if o.outline.kind in ("self_hosted", "on_prem")]
        first = (*own_services, *(o.outline.name for o in options if o.key != outline.baseline))[0]
        self.name = Line("sensitivity.option", "Option examined", units.TEXT, Labels((first,), editable=True))
        is_examined = where(equals(names, self.name), 1, 0)
        self.flag = Line("sensitivity.examined", "Examined", units.FLAG, is_examined, names.axis)
        self.keys = tuple(option.key for option in options)

    def line(self, lines: dict[str, Line], side: str, axis: Axis) -> Line:
        """Define a line with the values of the option examined."""
        return _money(
            f"examined.{side}", f"At its {side}", self._sum([as_node(line) for line in lines.values()]), axis
        )

    def base_core(self, what_if: Runs) -> Node:
        """Return the core of the option examined, in the base case."""
        return self._sum([what_if.in_base(what_if.core[key]) for key in self.keys])

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
    number = what_if.numbers("scenarios.run", "Run no.", names, axis)
    core, change = {}, {}
    for option in options:
        key, short, table = option.key, option.outline.short_name, what_if.core[option.key]
        core[key] = Line(f"scenarios.core.{key}", short, units.MONEY_PV, what_if.in_run(table, number), axis)
        change[key] = Line(
            f"scenarios.change.{key}", short, units.MONEY_PV, core[key] - what_if.in_base(table), axis
        )
    sections = (
        Section("", (name, number)), Section("Core", tuple(core.values())),
        Section("Change against the base case", tuple(change.values())),
    )  # fmt: skip
    return core, Block("Price scenarios", axis, sections)


def _money(key: str, label: str, formula: Node, axis: Axis) -> Line:
    return Line(f"sensitivity.{key}", label, units.MONEY_PV, formula, axis)
