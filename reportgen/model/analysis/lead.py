"""The lead of the recommended option over the next, and what one assumption at its low or high does to it, live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    SINGLE,
    At,
    Line,
    Match,
    Node,
    Reduce,
    absolute,
    all_of,
    as_node,
    if_error,
    sum_terms,
    where,
)  # fmt: skip
from reportgen.model.analysis.decision import Decision
from reportgen.model.analysis.tornado import RangedAssumptions, SwingLines, swings


@dataclass(frozen=True, slots=True)
class Lead:
    """How the lead is taken from the options: +1 the next, -1 the recommended one, 0 all others; what it is on core."""

    found: tuple[Line, ...]
    """The rows over options by which it is found."""
    sign: Line
    base: Line
    block: Block

    def swings(self, of: RangedAssumptions, low: Mapping[str, Line], high: Mapping[str, Line]) -> SwingLines:
        """Say how much the assumptions change the lead."""
        ends = [
            Line(
                f"lead.{side}",
                f"At its {side}",
                units.MONEY_PV,
                _taken(self.sign, _nodes(lines)),
                of.label.axis,
            )
            for side, lines in (("low", low), ("high", high))
        ]
        return swings("lead", of, *ends)


def lead_of(decision: Decision, cores: Iterable[Node]) -> Lead:
    """Find the recommended option and the next, and by how much the one's core is below the other's.

    No lead, and nothing that changes it, where either is missing.
    """
    names = decision.names
    own = Match(names.node(), names)
    first = absolute(own - decision.place) < 1
    cost = where(first, "recommended", decision.ranked)
    others = Line("lead.others", "Full cost of the others", units.MONEY_PV, cost, names.axis)
    found = Match(Reduce("MIN", others), others)
    place = Line("lead.next", "Its place among the options", units.PLACE, if_error(found, 0))
    both = Line(
        "lead.both", "There is a lead", units.FLAG, where(all_of(place > 0, decision.place > 0), 1, 0)
    )
    apart = where(absolute(own - place) < 1, 1, 0) - where(first, 1, 0)
    sign = Line("lead.sign", "Counts in the lead", units.RATIO, apart * both, names.axis)
    base = Line("lead.base", "Lead on core, base case", units.MONEY_PV, _taken(sign, cores))
    leader = Line("lead.recommended", "Recommended", units.TEXT, decision.recommended.node())
    name = if_error(At(names, place.node()), "no other")
    following = Line("lead.following", "Next", units.TEXT, name)
    return Lead(
        (others, sign),
        sign,
        base,
        Block("The lead", SINGLE, (Section("", (leader, following, base, place, both)),)),
    )


def _taken(sign: Line, values: Iterable[Node]) -> Node:
    return sum_terms([At(sign, as_node(place)) * one for place, one in enumerate(values, start=1)])


def _nodes(lines: Mapping[str, Line]) -> list[Node]:
    return [line.node() for line in lines.values()]
