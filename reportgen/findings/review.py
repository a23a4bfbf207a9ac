"""One case under review: its assumptions and results, and what an option would cost with other figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from reportgen.model.answer import Evaluated
from reportgen.model.options.options import Option
from reportgen.report import notation
from reportgen.report.charts.drawing.money import Notation
from reportgen.results.checks import Finding
from reportgen.results.options import OptionResult
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.usual import Usual, UsualFigures
from reportgen.simulate.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Review:
    """What findings are made from."""

    case: Case
    rows: Mapping[str, Assumption]
    done: Evaluated
    results: Mapping[str, OptionResult]
    ranking: Ranking
    """Full cost of every option, in the case's order, with other figures and the risks run anew."""
    usual: UsualFigures

    def of_kind(self, *kinds: str) -> Iterator[Option]:
        """List the options of some kinds, in the case's order."""
        return (option for option in self.done.case.options if option.outline.kind in kinds)

    def value(self, path: str) -> float:
        """Give an assumption's value in the base case."""
        return self.done.values[path]

    def wrong(self, option: Option, changes: Mapping[str, float]) -> float:
        """Give by how much other figures change the option's full cost."""
        points = {path: np.array([value]) for path, value in changes.items()}
        place = list(self.results).index(option.key)
        return float(self.ranking.expected(points)[0, place]) - self.results[option.key].full_cost

    def finding(
        self, kind: str, usual: Usual, title: str, *,
        option: Option | None = None, path: str | None = None, detail: str = "", cost: float | None = None,
        source: str = "",
    ) -> Finding:  # fmt: skip
        """Write a finding down: what was noticed and what is usual; `source` where it is not the figure's."""
        said = f"{usual.says}. {detail}." if detail else f"{usual.says}."
        origin = source or self.usual.source(usual)
        return Finding(kind, option.key if option else None, path, title, said, origin, cost)

    def number(self, value: float, form: str = ",.6g") -> str:
        """Print a number in the signs of the case's language."""
        return self._notation.number(value, form)

    def percent(self, share: float) -> str:
        """Print a share."""
        return self._notation.share(share, 1)

    def counted(self, count: float, noun: str) -> str:
        """Count things: "1 month", "3.5 months"."""
        return f"{self.number(count)} {noun}{'' if count == 1 else 's'}"

    def day(self, day: date) -> str:
        """Write a day in the case's language."""
        return notation.day(day, self.case.report.language)

    @property
    def _notation(self) -> Notation:
        return notation.notation_of(self.case.report.language, self.case.case.currency)
