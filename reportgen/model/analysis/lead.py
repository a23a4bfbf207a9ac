"""The lead of the recommended option over the runner-up, and how each assumption at its low or high changes it, live."""

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
from reportgen.model.analysis.tornado import RangedAssumptions, SwingLines, swing_lines


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead on core: `sign` weights the options, +1 the runner-up, -1 the recommended one, 0 all others."""

    option_lines: tuple[Line, ...]
    """The lines over options from which it is computed."""
    sign: Line
    base: Line
    block: Block

    def swings(
        self, ranged: RangedAssumptions, low: Mapping[str, Line], high: Mapping[str, Line]
    ) -> SwingLines:
        """Define how the assumptions change the lead, from the changes of each option's core."""
        ends = [
            Line(
                f"lead.{side}",
                f"At its {side}",
                units.MONEY_PV,
                _weighted_sum(self.sign, _nodes(lines)),
                ranged.label.axis,
            )
            for side, lines in (("low", low), ("high", high))
        ]
        return swing_lines("lead", ranged, *ends)


def lead_lines(decision: Decision, cores: Iterable[Node]) -> Lead:
    """Define the lead of the recommended option over the runner-up on core; `cores` in the case's order.

    The lead and its changes are 0 where there is no recommended option or no runner-up.
    """
    names = decision.names
    is_recommended = absolute(decision.number - decision.place) < 1
    cost = where(is_recommended, "recommended", decision.ranked)
    others = Line("lead.others", "Full cost of the others", units.MONEY_PV, cost, names.axis)
    runner_up = Match(Reduce("MIN", others), others)
    place = Line("lead.next", "Its place among the options", units.PLACE, if_error(runner_up, 0))
    both = Line(
        "lead.both", "There is a lead", units.FLAG, where(all_of(place > 0, decision.place > 0), 1, 0)
    )
    weight = where(absolute(decision.number - place) < 1, 1, 0) - where(is_recommended, 1, 0)
    sign = Line("lead.sign", "Counts in the lead", units.RATIO, weight * both, names.axis)
    base = Line("lead.base", "Lead on core, base case", units.MONEY_PV, _weighted_sum(sign, cores))
    leader = Line("lead.recommended", "Recommended", units.TEXT, decision.recommended.node())
    name = if_error(At(names, place.node()), "no other")
    following = Line("lead.following", "Next", units.TEXT, name)
    return Lead(
        (others, sign),
        sign,
        base,
        Block("The lead", SINGLE, (Section("", (leader, following, base, place, both)),)),
    )


def _weighted_sum(sign: Line, values: Iterable[Node]) -> Node:
    return sum_terms([At(sign, as_node(place)) * value for place, value in enumerate(values, start=1)])


def _nodes(lines: Mapping[str, Line]) -> list[Node]:
    return [line.node() for line in lines.values()]
