"""Sensitivity and price scenarios: what one assumption at its low or high, or a move of prices, does to core."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import Axis, Labels, Line, Node, absolute
from reportgen.model.options import Option
from reportgen.model.outline import Outline
from reportgen.model.runs import Runs


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Core per option with each ranged assumption at its low and at its high."""

    low: dict[str, Line]
    high: dict[str, Line]
    block: Block


def sensitivity(outline: Outline, options: tuple[Option, ...], what_if: Runs) -> Sensitivity | None:
    """Define the tornado's lines (MODEL, "Risk scenarios": on core); None where nothing has a range."""
    if not outline.swings:
        return None
    axis = Axis("swings", tuple(swing.label for swing in outline.swings), across=False)
    label = Line("sensitivity.assumption", "Assumption", units.TEXT, Labels(axis.labels), axis)
    low_run = _names("low_run", "Run at its low", tuple(s.low_run for s in outline.swings), axis)
    high_run = _names("high_run", "Run at its high", tuple(s.high_run for s in outline.swings), axis)
    low, high, width = {}, {}, []
    for option in options:
        key, short, table = option.key, option.outline.short_name, what_if.core[option.key]
        base = what_if.base(table)
        low[key] = _money(f"low.{key}", short, what_if.of(table, low_run) - base, axis)
        high[key] = _money(f"high.{key}", short, what_if.of(table, high_run) - base, axis)
        width.append(_money(f"swing.{key}", short, absolute(high[key] - low[key]), axis))
    sections = (
        Section("", (label,)),
        Section("Change of core at the low", tuple(low.values())),
        Section("Change of core at the high", tuple(high.values())),
        Section("Swing", tuple(width)),
        Section("Runs read", (low_run, high_run)),
    )
    return Sensitivity(low, high, Block("One assumption at a time", axis, sections))


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
