"""The lead of the recommended option over the runner-up, and how each assumption at its low or high changes it, live."""

from collections.abc import Iterable, Mapping

from reportgen import units
from reportgen.formula.axis import SINGLE
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import At, Line, Node, absolute, as_node, sum_terms, where  # fmt: skip
from reportgen.model.analysis.decision import Decision
from reportgen.model.analysis.tornado import RangedAssumptions, SwingLines, swing_lines
from reportgen.runtime.records import dataclass


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
    number, place = decision.number, decision.next_place
    weight = where(absolute(number - place) < 1, 1, 0) - where(absolute(number - decision.place) < 1, 1, 0)
    sign = Line("lead.sign", "Counts in the lead", units.SIGN, weight * decision.has_lead, number.axis)
    base = Line("lead.base", "Lead on core, base case", units.MONEY_PV, _weighted_sum(sign, cores))
    leader = Line("lead.recommended", "Recommended", units.TEXT, decision.recommended.node())
    following = Line("lead.following", "Next", units.TEXT, decision.following.node())
    return Lead((sign,), sign, base, Block("The lead", SINGLE, (Section("", (leader, following, base)),)))


def _weighted_sum(sign: Line, values: Iterable[Node]) -> Node:
    return sum_terms([At(sign, as_node(place)) * value for place, value in enumerate(values, start=1)])


def _nodes(lines: Mapping[str, Line]) -> list[Node]:
    return [line.node() for line in lines.values()]
