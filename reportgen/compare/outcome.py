"""The outcome of a case: the figures by which options are compared."""

from collections.abc import Mapping

from reportgen.formula.comparison import ranked
from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case comes to: full cost and TCO by option, and who is recommended (None: nobody is eligible)."""

    full_cost: Mapping[str, float]
    tco: Mapping[str, float]
    recommended: str | None

    @property
    def ranking(self) -> tuple[str, ...]:
        """List the options, the lowest full cost first; ties in the case's order."""
        keys = tuple(self.full_cost)
        return tuple(keys[place] for place in ranked(tuple(self.full_cost.values())))
