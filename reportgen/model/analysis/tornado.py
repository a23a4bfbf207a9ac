"""A tornado: what assumptions change at both ends of their ranges, the order of their swings, and the same ranked, all live."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    At,
    Axis,
    Constant,
    EffectAmount,
    Labels,
    Largest,
    Line,
    Match,
    PerPosition,
    Previous,
    absolute,
    minimum,
)  # fmt: skip
from reportgen.model.outline import Outline

LOW, HIGH = ": low", ": high"
"""What the names of the two runs of an assumption end with."""


@dataclass(frozen=True, slots=True)
class RangedAssumptions:
    """The assumptions with a range, numbered, and how their values are shown: in which unit, multiplied with what."""

    label: Line
    number: Line
    unit: Line
    scale: Line


@dataclass(frozen=True, slots=True)
class SwingLines:
    """What the assumptions change at their low and at their high, and the order in which that falls."""

    key: str
    shown: RangedAssumptions
    low: Line
    high: Line
    order: Line


def shown(outline: Outline) -> RangedAssumptions:
    """List the assumptions with a range."""
    axis = Axis("swings", tuple(swing.label for swing in outline.swings), across=False)
    texts = tuple(swing.unit for swing in outline.swings)
    scales = tuple(Constant(100.0 if text.startswith("%") else 1.0) for text in texts)
    return RangedAssumptions(
        Line("sensitivity.assumption", "Assumption", units.TEXT, Labels(axis.labels), axis),
        Line("sensitivity.number", "No.", units.PLACE, Previous() + 1, axis),
        Line("sensitivity.unit", "Unit", units.TEXT, Labels(texts), axis),
        Line("sensitivity.scale", "Shown times", units.FACTOR, PerPosition(scales), axis),
    )


def swings(key: str, of: RangedAssumptions, low: Line, high: Line) -> SwingLines:
    """Order the assumptions by the width of their swing; equal swings by their number."""
    order = absolute(high - low) - of.number / 1e6
    return SwingLines(key, of, low, high, Line(f"{key}.order", "Order", units.FACTOR, order, low.axis))


def ranked(found: SwingLines, title: str, change: str, base: Line | None = None) -> Block:
    """Rank the assumptions, the widest swing first: what a tornado is drawn from.

    With a `base`, what is left of it stands in the place of the assumptions' values.
    """
    key, order = found.key, found.order
    axis = Axis(f"{key} ranked", tuple(str(n) for n in range(1, order.axis.size + 1)), across=False)
    rank = Line(f"{key}.rank", "Rank", units.PLACE, Previous() + 1, axis)
    place = Line(
        f"{key}.place", "Its place below", units.PLACE, Match(Largest(order, rank.node()), order), axis
    )
    name = _taken(found, "assumption", "Assumption, by the width of its swing", found.shown.label, place)
    low, high = (
        _taken(found, side, f"At its {side}", line, place)
        for side, line in (("low", found.low), ("high", found.high))
    )
    swing = Line(f"{key}.ranked.swing", "Swing", units.MONEY_PV, absolute(high - low), axis)
    if base is None:
        more = Section("The assumption", _values(found, name, place))
    else:
        worse = base + minimum(low, high)
        more = Section("Left", (Line(f"{key}.ranked.left", "At the worse end", units.MONEY_PV, worse, axis),))
    sections = (
        Section("", (name,)),
        Section(change, (low, high, swing)),
        more,
        Section("Found by", (rank, place)),
    )
    return Block(title, axis, sections)


def _values(found: SwingLines, name: Line, place: Line) -> tuple[Line, ...]:
    """Give the values of the assumptions at both ends, and their unit."""
    scale = At(found.shown.scale, place.node())
    low, high = (
        Line(
            f"{found.key}.ranked.{side}_value",
            f"Its {side}",
            units.RATIO,
            EffectAmount(name & run) * scale,
            name.axis,
        )
        for side, run in (("low", LOW), ("high", HIGH))
    )
    return low, high, _taken(found, "unit", "in", found.shown.unit, place)


def _taken(found: SwingLines, name: str, label: str, line: Line, place: Line) -> Line:
    return Line(f"{found.key}.ranked.{name}", label, line.unit, At(line, place.node()), place.axis)
