"""A case under review: its assumptions and results, and the cost of an option at other values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from reportgen.model.answer import EvaluatedCase
from reportgen.model.options.options import Option
from reportgen.report import notation
from reportgen.report.charts.drawing import money
from reportgen.report.charts.drawing.money import Notation
from reportgen.results.checks import Finding
from reportgen.results.options import OptionResult
from reportgen.results.uncertainty import Simulation
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.schema.case import Case
from reportgen.schema.usual_figures import UsualFigure, UsualFigures
from reportgen.simulate.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Review:
    """The data that findings are derived from."""

    case: Case
    rows: Mapping[str, Assumption]
    evaluated: EvaluatedCase
    results: Mapping[str, OptionResult]
    ranking: Ranking
    """Computes the expected full cost of every option, in the case's order, at other values."""
    usual: UsualFigures
    simulation: Simulation | None = None
    """The simulated futures of the case; None where nothing is drawn."""

    def of_kind(self, *kinds: str) -> Iterator[Option]:
        """List the options of some kinds, in the case's order."""
        return (option for option in self.evaluated.case.options if option.outline.kind in kinds)

    def value(self, path: str) -> float:
        """Return an assumption's value in the base case."""
        return self.evaluated.values[path]

    def cost_difference(self, option: Option, changes: Mapping[str, float]) -> float:
        """Return the change of an option's full cost at other values, positive where it rises."""
        points = {path: np.array([value]) for path, value in changes.items()}
        place = list(self.results).index(option.key)
        return float(self.ranking.expected(points)[0, place]) - self.results[option.key].full_cost

    def finding(
        self, kind: str, usual: UsualFigure, title: str, *,
        option: Option | None = None, path: str | None = None, detail: str = "", cost: float | None = None,
        source: str = "",
    ) -> Finding:  # fmt: skip
        """Build a finding.

        `source` is the origin of the finding; by default that of the reference figure `usual`.
        """
        explanation = f"{usual.says}. {detail}." if detail else f"{usual.says}."
        origin = source or self.usual.source(usual)
        return Finding(kind, option.key if option else None, path, title, explanation, origin, cost)

    def number(self, value: float, form: str = ",.6g") -> str:
        """Format a number in the notation of the case's locale."""
        return self._notation.number(value, form)

    def percent(self, share: float) -> str:
        """Format a share as a percentage with one decimal at most."""
        return self._notation.share(share, 1)

    def money(self, amount: float) -> str:
        """Format an amount in the case's currency."""
        return money.money(amount, self._notation)

    def present(self, amounts: Sequence[float]) -> float:
        """Return the present value of amounts by month."""
        discount = self.evaluated.series(self.evaluated.case.shared.discount)
        return sum(amount * factor for amount, factor in zip(amounts, discount, strict=True))

    def counted(self, count: float, noun: str) -> str:
        """Format a quantity with its noun: "1 month", "3.5 months"."""
        return f"{self.number(count)} {noun}{'' if count == 1 else 's'}"

    def day(self, day: date) -> str:
        """Format a date in the form of the case's locale."""
        return notation.format_day(day, self.case.report.locale)

    @property
    def _notation(self) -> Notation:
        return notation.number_notation(self.case.report.locale, self.case.case.currency)
