"""The answers of many cases side by side, as their results files give them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OptionAnswer:
    """One option of a case: its names and what it comes to."""

    key: str
    name: str
    tco: float
    full_cost: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What one case comes to; `before` is who was recommended last time (None: there was no last time)."""

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
        """Give the recommended option."""
        return next((option for option in self.options if option.key == self.recommended), None)

    @property
    def ranked(self) -> tuple[OptionAnswer, ...]:
        """List the options, the lowest full cost first."""
        return tuple(sorted(self.options, key=lambda option: option.full_cost))

    @property
    def flipped(self) -> bool:
        """Say whether another option was recommended last time."""
        return self.before is not None and self.before != (self.recommended or "")

    @property
    def previous_name(self) -> str:
        """Name what was recommended last time."""
        names = {option.key: option.name for option in self.options}
        return names.get(self.before or "", self.before or "none eligible")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All answers, in the order of the cases; `failed` names the cases that could not be built."""

    answers: tuple[Answer, ...]
    failed: tuple[str, ...]

    @property
    def date(self) -> date:
        """Give the newest date of the cases: the portfolio's own, so that it can be made again."""
        return max((answer.date for answer in self.answers), default=date(2000, 1, 1))

    @property
    def flipped(self) -> tuple[Answer, ...]:
        """List the cases whose recommendation is another than last time."""
        return tuple(answer for answer in self.answers if answer.flipped)

    @property
    def currencies(self) -> tuple[str, ...]:
        """List the currencies, the most frequent first: amounts of different ones are never added."""
        return tuple(key for key, _ in Counter(answer.currency for answer in self.answers).most_common())

    def totals(self, currency: str) -> Mapping[str, float]:
        """Add up TCO, full cost and budget of what is recommended, in one currency."""
        own = [answer for answer in self.answers if answer.currency == currency and answer.best]
        return {
            "tco": sum(answer.best.tco for answer in own if answer.best),
            "full_cost": sum(answer.best.full_cost for answer in own if answer.best),
            "budget": sum(answer.budget or 0.0 for answer in own),
        }
