"""One case under two price books: what each difference between them does to cost, ranking and break-even."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.binding.outline import outline_of, spare_values
from reportgen.binding.prices import price_values
from reportgen.compare.outcome import Outcome
from reportgen.editions.costs import outcomes
from reportgen.model import answer
from reportgen.model.case import business_case
from reportgen.prices.differences import Difference, applied, differences
from reportgen.results.options import BreakEven
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from reportgen.schema.schedules import item_name, used_book


@dataclass(frozen=True, slots=True)
class Priced:
    """What a case comes to under one price book."""

    outcome: Outcome
    break_even: dict[str, BreakEven]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one difference does alone: the change of every option's TCO, and what the case then comes to."""

    difference: Difference
    tco: dict[str, float]
    then: Priced
    flips: bool


@dataclass(frozen=True, slots=True)
class Repricing:
    """A case under the older and the newer book, one difference at a time; `interaction` is the rest of each TCO."""

    currency: str
    names: dict[str, str]
    before: Priced
    effects: tuple[Effect, ...]
    unused: tuple[Difference, ...]
    interaction: dict[str, float]
    after: Priced

    @property
    def flipped(self) -> bool:
        """Say whether another option is recommended under the newer book."""
        return self.before.outcome.recommended != self.after.outcome.recommended


def repriced(case_file: Path, old: Path, new: Path) -> Repricing:
    """Work a case out under two price books; InputError where either does not serve it."""
    was, now = load_case(case_file, old), load_case(case_file, new)
    assert was.book is not None
    assert now.book is not None
    before, after = _priced(was), _priced(now)
    used, unused = _sorted(was, now, differences(was.book, now.book))
    effects = tuple(_effects(was, now, used, before))
    keys = tuple(before.outcome.tco)
    rest = {key: _gap(before, after, key) - sum(effect.tco[key] for effect in effects) for key in keys}
    names = {key: option.short_name for key, option in now.options.items()}
    return Repricing(now.case.currency, names, before, effects, unused, rest, after)


def _gap(before: Priced, after: Priced, key: str) -> float:
    return after.outcome.tco[key] - before.outcome.tco[key]


def _sorted(
    old: Case, new: Case, found: Sequence[Difference]
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Tell the differences in items that the case can come to use from the others."""
    books = (used_book(old), used_book(new))
    reached = {item.id for book in books if book for item in book.items}
    named = {item_name(option) for option in new.options.values()}
    # a successor that is new comes with the retirement that names it
    mine = {d.item.id for d in found if d.item.id in reached and (d.kind != "new" or d.item.id in named)}
    return tuple(d for d in found if d.item.id in mine), tuple(d for d in found if d.item.id not in reached)


def _effects(old: Case, new: Case, found: Sequence[Difference], before: Priced) -> Iterator[Effect]:
    assert old.book is not None
    assert new.book is not None
    for difference in found:
        then = _priced(old.with_book(applied(old.book, new.book, difference)))
        tco = {key: _gap(before, then, key) for key in before.outcome.tco}
        yield Effect(difference, tco, then, then.outcome.recommended != before.outcome.recommended)


def _priced(case: Case) -> Priced:
    rows = assumptions(case)
    lines = business_case(outline_of(case, rows))
    done = answer.evaluate(lines, {row.path: row.value for row in rows} | spare_values() | price_values(case))
    evens = {key: found for key in case.options if (found := answer.break_even(done, key))}
    return Priced(outcomes(case, [{}])[0], evens)
