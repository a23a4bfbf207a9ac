"""One case under two price books: the effect of each difference on cost, ranking and break-even volume."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.binding.outline import outline_of, spare_values
from reportgen.binding.prices import price_values
from reportgen.compare.outcome import Outcome
from reportgen.editions.costs import outcomes
from reportgen.model import answer
from reportgen.model.case import business_case
from reportgen.prices.differences import Difference, apply_difference, differences
from reportgen.results.options import BreakEven
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import assumptions
from reportgen.schema.case import Case
from reportgen.schema.checks.price_ranges import with_widened_ranges
from reportgen.schema.loading.load import load_case
from reportgen.schema.schedules import price_item_id, used_book


@dataclass(frozen=True, slots=True)
class PricedCase:
    """The outcome and break-even volumes of a case under one price book."""

    outcome: Outcome
    break_even: dict[str, BreakEven]


@dataclass(frozen=True, slots=True)
class DifferenceEffect:
    """The effect of one difference alone: the change of every option's TCO, and the case with it applied."""

    difference: Difference
    tco: dict[str, float]
    after_difference: PricedCase
    changes_answer: bool


@dataclass(frozen=True, slots=True)
class Repricing:
    """A case under the older and the newer book, and after each difference alone.

    `interaction` is the change of each option's TCO that the single differences do not add up to.
    """

    currency: str
    names: dict[str, str]
    before: PricedCase
    effects: tuple[DifferenceEffect, ...]
    unused: tuple[Difference, ...]
    interaction: dict[str, float]
    after: PricedCase
    widened: tuple[str, ...] = ()
    """A sentence for each range that a price has left."""

    @property
    def flipped(self) -> bool:
        """Return whether another option is recommended under the newer book."""
        return self.before.outcome.recommended != self.after.outcome.recommended


def reprice(case_file: Path, old: Path, new: Path) -> Repricing:
    """Evaluate a case under two price books; InputError if the case cannot be loaded with either."""
    old_case, new_case = (load_case(case_file, book, widen=True) for book in (old, new))
    assert old_case.book is not None
    assert new_case.book is not None
    before, after = _priced(old_case), _priced(new_case)
    used, unused = _split_by_use(old_case, new_case, differences(old_case.book, new_case.book))
    effects = tuple(_effects(old_case, new_case, used, before))
    keys = tuple(before.outcome.tco)
    interaction = {
        key: _tco_change(before, after, key) - sum(effect.tco[key] for effect in effects) for key in keys
    }
    names = {key: option.short_name for key, option in new_case.options.items()}
    widened = tuple(dict.fromkeys((*old_case.widened, *new_case.widened)))
    return Repricing(new_case.case.currency, names, before, effects, unused, interaction, after, widened)


def _tco_change(before: PricedCase, after: PricedCase, key: str) -> float:
    return after.outcome.tco[key] - before.outcome.tco[key]


def _split_by_use(
    old: Case, new: Case, found: Sequence[Difference]
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Split differences into those in items that the case can use, and the others."""
    books = (used_book(old), used_book(new))
    reached = {item.id for book in books if book for item in book.items}
    named = {price_item_id(option) for option in new.options.values()}
    # a new successor is applied together with the retirement that names it
    mine = {d.item.id for d in found if d.item.id in reached and (d.kind != "new" or d.item.id in named)}
    return tuple(d for d in found if d.item.id in mine), tuple(d for d in found if d.item.id not in reached)


def _effects(
    old: Case, new: Case, found: Sequence[Difference], before: PricedCase
) -> Iterator[DifferenceEffect]:
    assert old.book is not None
    assert new.book is not None
    for difference in found:
        changed = old.with_book(apply_difference(old.book, new.book, difference))
        after_difference = _priced(with_widened_ranges(changed))
        tco = {key: _tco_change(before, after_difference, key) for key in before.outcome.tco}
        yield DifferenceEffect(
            difference,
            tco,
            after_difference,
            after_difference.outcome.recommended != before.outcome.recommended,
        )


def _priced(case: Case) -> PricedCase:
    rows = assumptions(case)
    lines = business_case(outline_of(case, rows))
    done = answer.evaluate(lines, {row.path: row.value for row in rows} | spare_values() | price_values(case))
    break_even = {key: found for key in case.options if (found := answer.break_even(done, key))}
    return PricedCase(outcomes(case, [{}])[0], break_even)
