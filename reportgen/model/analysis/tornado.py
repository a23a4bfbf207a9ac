"""A tornado: the change at both ends of each assumption's range, the order of the swings and their ranking, all live."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (  # fmt: skip
    At,
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
)
from reportgen.model.analysis.runs import Runs
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class RangedAssumptions:
    """The assumptions with a range, numbered, with their two runs, and the unit and the scale in which values are shown."""

    label: Line
    number: Line
    unit: Line
    scale: Line
    low_run: Line
    high_run: Line


@dataclass(frozen=True, slots=True)
class SwingLines:
    """The change at the low and the high of each assumption, and the key by which they are ranked."""

    key: str
    ranged: RangedAssumptions
    low: Line
    high: Line
    order: Line


def ranged_assumptions(outline: Outline, what_if: Runs) -> RangedAssumptions:
    """Define the lines of the assumptions with a range."""
    axis = Axis("swings", tuple(swing.label for swing in outline.swings), across=False)
    texts = tuple(swing.unit for swing in outline.swings)
    scales = tuple(Constant(100.0 if text.startswith("%") else 1.0) for text in texts)
    return RangedAssumptions(
        Line("sensitivity.assumption", "Assumption", units.TEXT, Labels(axis.labels), axis),
        Line("sensitivity.number", "No.", units.PLACE, Previous() + 1, axis),
        Line("sensitivity.unit", "Unit", units.TEXT, Labels(texts), axis),
        Line("sensitivity.scale", "Shown times", units.FACTOR, PerPosition(scales), axis),
        what_if.numbers("sensitivity.low_run", "Run of its low", [s.low_run for s in outline.swings], axis),
        what_if.numbers(
            "sensitivity.high_run", "Run of its high", [s.high_run for s in outline.swings], axis
        ),
    )


def swing_lines(key: str, ranged: RangedAssumptions, low: Line, high: Line) -> SwingLines:
    """Define the ranking key: the width of the swing, less a millionth of the number, which orders equal swings."""
    order = absolute(high - low) - ranged.number / 1e6
    return SwingLines(key, ranged, low, high, Line(f"{key}.order", "Order", units.FACTOR, order, low.axis))


def ranked_block(swings: SwingLines, title: str, change: str, base: Line | None = None) -> Block:
    """Define the assumptions ranked by the width of their swing, widest first: the data of the tornado chart.

    With a `base`, its value at the worse end is given in place of the assumptions' values.
    """
    key, order = swings.key, swings.order
    axis = Axis(f"{key} ranked", tuple(str(n) for n in range(1, order.axis.size + 1)), across=False)
    rank = Line(f"{key}.rank", "Rank", units.PLACE, Previous() + 1, axis)
    place = Line(
        f"{key}.place", "Its place below", units.PLACE, Match(Largest(order, rank.node()), order), axis
    )
    name = _ranked_line(
        swings, "assumption", "Assumption, by the width of its swing", swings.ranged.label, place
    )
    low, high = (
        _ranked_line(swings, side, f"At its {side}", line, place)
        for side, line in (("low", swings.low), ("high", swings.high))
    )
    swing = Line(f"{key}.ranked.swing", "Swing", units.MONEY_PV, absolute(high - low), axis)
    if base is None:
        details = Section("The assumption", _values(swings, name, place))
    else:
        worse = base + minimum(low, high)
        details = Section(
            "Left", (Line(f"{key}.ranked.left", "At the worse end", units.MONEY_PV, worse, axis),)
        )
    sections = (
        Section("", (name,)),
        Section(change, (low, high, swing)),
        details,
        Section("Found by", (rank, place)),
    )
    return Block(title, axis, sections)


def _values(swings: SwingLines, name: Line, place: Line) -> tuple[Line, ...]:
    """Define the values of the ranked assumptions at both ends, and their unit."""
    scale = At(swings.ranged.scale, place.node())
    low, high = (
        Line(
            f"{swings.key}.ranked.{side}_value",
            f"Its {side}",
            units.OWN,
            EffectAmount(At(run, place.node())) * scale,
            name.axis,
        )
        for side, run in (("low", swings.ranged.low_run), ("high", swings.ranged.high_run))
    )
    return low, high, _ranked_line(swings, "unit", "in", swings.ranged.unit, place)


def _ranked_line(swings: SwingLines, name: str, label: str, line: Line, place: Line) -> Line:
    """Define a line whose values are those of another in ranked order."""
    return Line(f"{swings.key}.ranked.{name}", label, line.unit, At(line, place.node()), place.axis)
