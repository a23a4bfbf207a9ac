"""The results of several cases side by side, as read from their results files."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from reportgen.runtime.records import dataclass


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """One option of a case: its key, name, TCO, full cost, and whether it meets every must-have."""

    key: str
    name: str
    tco: float
    full_cost: float
    eligible: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one case.

    `before` is the key of the option recommended by the previous build; None where there was none.
    """

    case: str
    title: str
    date: date
    currency: str
    years: int
    fingerprint: str
    options: tuple[OptionAnswer, ...]
    recommended: str | None
    verdict: str
    budget: float | None
    """Nominal TCO of the recommended option with its contingency at P80."""
    findings: tuple[str, ...]
    before: str | None = None

    @property
    def best(self) -> OptionAnswer | None:
        """Return the recommended option."""
        return next((option for option in self.options if option.key == self.recommended), None)

    @property
    def ranked(self) -> tuple[OptionAnswer, ...]:
        """List the options, the lowest full cost first."""
        return tuple(sorted(self.options, key=lambda option: option.full_cost))

    @property
    def flipped(self) -> bool:
        """Return whether the previous build recommended another option."""
        return self.before is not None and self.before != (self.recommended or "")

    @property
    def previous_name(self) -> str:
        """Return the name of the option recommended by the previous build."""
        names = {option.key: option.name for option in self.options}
        return names.get(self.before or "", self.before or "none eligible")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The results of all cases, in their order; `failed` names the cases that could not be built."""

    answers: tuple[Answer, ...]
    failed: tuple[str, ...]

    @property
    def date(self) -> date:
        """Return the latest date of the cases, so that a rebuild gives the same portfolio."""
        return max((answer.date for answer in self.answers), default=date(2000, 1, 1))

    @property
    def flipped(self) -> tuple[Answer, ...]:
        """List the cases whose recommendation has changed since the previous build."""
        return tuple(answer for answer in self.answers if answer.flipped)

    @property
    def currencies(self) -> tuple[str, ...]:
        """List the currencies, the most frequent first.

        Amounts in different currencies are never added.
        """
        return tuple(key for key, _ in Counter(answer.currency for answer in self.answers).most_common())

    def totals(self, currency: str) -> Mapping[str, float]:
        """Return the sums of TCO, full cost and budget of the recommended options in one currency."""
        own = [answer for answer in self.answers if answer.currency == currency and answer.best]
        return {
            "tco": sum(answer.best.tco for answer in own if answer.best),
            "full_cost": sum(answer.best.full_cost for answer in own if answer.best),
            "budget": sum(answer.budget or 0.0 for answer in own),
        }
