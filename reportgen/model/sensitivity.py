"""Sensitivity and price scenarios: what one assumption at its low or high, or a move of prices, does to core."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    SINGLE,
    At,
    Axis,
    Constant,
    Each,
    EffectAmount,
    Labels,
    Largest,
    Line,
    Match,
    Node,
    Previous,
    absolute,
    as_node,
    where,
)  # fmt: skip
from reportgen.model.options import Option
from reportgen.model.outline import Outline
from reportgen.model.runs import Runs

LOW, HIGH = ": low", ": high"
"""What the names of the two runs of an assumption end with."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Core per option with each ranged assumption at its low and at its high; those of one option ranked."""

    low: dict[str, Line]
    high: dict[str, Line]
    headline: Line
    blocks: tuple[Block, ...]


def sensitivity(
    outline: Outline, options: tuple[Option, ...], what_if: Runs, names: Line
) -> Sensitivity | None:
    """Define the tornado's lines (MODEL, "Risk scenarios": on core); None where nothing has a range."""
    if not outline.swings:
        return None
    axis = Axis("swings", tuple(swing.label for swing in outline.swings), across=False)
    label = Line("sensitivity.assumption", "Assumption", units.TEXT, Labels(axis.labels), axis)
    low, high = {}, {}
    for option in options:
        key, short, table = option.key, option.outline.short_name, what_if.core[option.key]
        base = what_if.base(table)
        low[key] = _money(f"low.{key}", short, what_if.of(table, label & LOW) - base, axis)
        high[key] = _money(f"high.{key}", short, what_if.of(table, label & HIGH) - base, axis)
    examined = _Examined(outline, options, names)
    chosen = _Chosen(
        label, examined.of(low, "low", axis), examined.of(high, "high", axis), *_shown(outline, axis)
    )  # fmt: skip
    columns = chosen.lines()
    sections = (
        Section("", (label,)),
        Section("Change of core at the low", tuple(low.values())),
        Section("Change of core at the high", tuple(high.values())),
        Section("Of the option examined", columns),
    )
    ranked = _ranked(outline, chosen, columns[3])
    base_core = Line("sensitivity.base", "Core, base case", units.MONEY_PV, examined.base(what_if))
    single = Block("Option examined", SINGLE, (Section("", (examined.name, base_core)),))
    flags = Block("Which option that is", examined.flag.axis, (Section("", (examined.flag,)),))
    every = Block("Every option, one assumption at a time", axis, sections)
    headline = At(ranked.lines[0], as_node(1)) & " moves the cost of " & examined.name & " most"
    return Sensitivity(
        low, high, Line("sensitivity.headline", "Sensitivity in a sentence", units.TEXT, headline),
        (single, ranked, every, flags),
    )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The option examined: both deltas per assumption, the order of the swings, and the values that cause them."""

    label: Line
    low: Line
    high: Line
    unit: Line
    scale: Line

    def lines(self) -> tuple[Line, ...]:
        """List the columns; the order falls by the swing, equal swings by their number."""
        number = Line("sensitivity.number", "No.", units.PLACE, Previous() + 1, self.low.axis)
        order = absolute(self.high - self.low) - number / 1e6
        falling = Line("sensitivity.order", "Order", units.FACTOR, order, self.low.axis)
        return self.low, self.high, number, falling, self.unit, self.scale


def _shown(outline: Outline, axis: Axis) -> tuple[Line, Line]:
    """Give the unit of each assumption, and what its values are multiplied with to be shown in it."""
    texts = tuple(swing.unit for swing in outline.swings)
    scales = tuple(Constant(100.0 if text.startswith("%") else 1.0) for text in texts)
    return _names("unit", "Unit", texts, axis), Line(
        "sensitivity.scale", "Shown times", units.FACTOR, Each(scales), axis
    )


def _ranked(outline: Outline, chosen: _Chosen, order: Line) -> Block:
    """Rank the assumptions by the width of their swing: what the tornado is drawn from."""
    axis = Axis("ranked", tuple(str(n) for n, _ in enumerate(outline.swings, start=1)), across=False)
    rank = Line("sensitivity.rank", "Rank", units.PLACE, Previous() + 1, axis)
    place = Line(
        "sensitivity.place", "Its place below", units.PLACE, Match(Largest(order, rank.node()), order), axis
    )

    def taken(key: str, label: str, line: Line) -> Line:
        return Line(f"sensitivity.ranked.{key}", label, line.unit, At(line, place.node()), axis)

    name = taken("assumption", "Assumption, by the width of its swing", chosen.label)
    low, high = taken("low", "At its low", chosen.low), taken("high", "At its high", chosen.high)
    swing = Line("sensitivity.ranked.swing", "Swing", units.MONEY_PV, absolute(high - low), axis)
    scale = At(chosen.scale, place.node())
    low_value, high_value = (
        Line(
            f"sensitivity.ranked.{side}_value",
            f"Its {side}",
            units.RATIO,
            EffectAmount(name & run) * scale,
            axis,
        )
        for side, run in (("low", LOW), ("high", HIGH))
    )
    unit = taken("unit", "in", chosen.unit)
    sections = (
        Section("", (name,)),
        Section("Change of core", (low, high, swing)),
        Section("The assumption", (low_value, high_value, unit)),
        Section("Found by", (rank, place)),
    )
    return Block("Ranked", axis, sections)


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


def _names(key: str, label: str, texts: tuple[str, ...], axis: Axis) -> Line:
    return Line(f"sensitivity.{key}", label, units.TEXT, Labels(texts), axis)


def _money(key: str, label: str, formula: Node, axis: Axis) -> Line:
    return Line(f"sensitivity.{key}", label, units.MONEY_PV, formula, axis)
