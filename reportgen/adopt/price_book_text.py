"""The text of the price book after a merge: each item's rates are recombined and written with their origin."""

from collections.abc import Sequence
from datetime import date

from reportgen.adopt.choices import Origin
from reportgen.adopt.merge_rates import RateChange, RateMerge, day_sort_key, parse_day
from reportgen.adopt.reading.rates import ALWAYS, Day
from reportgen.prices.book_editor import NewRate
from reportgen.prices.book_text import BookText
from reportgen.prices.quotes import amount_text
from reportgen.runtime.records import dataclass
from reportgen.schema.field_types import slug
from reportgen.schema.prices import Basis, Component, Item, PriceBook, Rate

BASIS: Basis = "assumed"
"""The basis of a rate that was changed in a workbook: it is neither a list price nor a quote."""

Steps = dict[Component, dict[Day, float]]
"""By component: the days on which its amount changes, and the new amounts."""

OPTIONAL: Component = "cache_write"
"""The component that a rate may leave out, whatever the rates before it state."""


@dataclass(frozen=True, slots=True)
class _CombinedRate:
    """A rate to be written: its first day, its amounts, and the position of the rate that it replaces, if any."""

    day: Day
    amounts: dict[Component, float]
    since: dict[Component, Day]
    """The day from which each amount is in force: the rate's own, or an earlier one."""
    replaced: int | None


@dataclass(frozen=True, slots=True)
class _Source:
    """The entry for the workbook in the price book's list of sources."""

    key: str
    origin: Origin

    @property
    def title(self) -> str:
        """Return the title of the source, as the report lists it."""
        return f"{self.origin.book}, typed by {self.origin.who or 'somebody'} on {self.origin.day}"

    @property
    def values(self) -> dict[str, str]:
        """Return the provenance fields of every corrected rate."""
        return {"verified": self.origin.day, "source": self.key, "basis": BASIS}


@dataclass(frozen=True, slots=True)
class RewrittenPriceBook:
    """A price book's new text, and pairs of paths of rates whose amount continues under a later first day.

    A rate of the book has all its components. Where the workbook moved one of them, the others continue unchanged under
    the new day, and the effects of risks on them have to be copied to the new path.
    """

    text: str
    carried: tuple[tuple[str, str], ...]


def rewrite_price_book(text: str, book: PriceBook, merge: RateMerge, origin: Origin) -> RewrittenPriceBook:
    """Return a price book's text with all changes taken from a workbook."""
    out, source, carried = BookText(text), _unused_source(book, origin), []
    for name in merge.items:
        item = book.item(name)
        assert item is not None
        rows = _combined_rates(item, [one for one in merge.taken if one.item == name], merge)
        _write_rates(out, item, rows, source)
        carried += [
            (f"prices.{name}.{component}.{since}", f"prices.{name}.{component}.{row.day}")
            for row in rows
            for component, since in row.since.items()
            if since != row.day
        ]
    if out.text != text and source.key not in book.sources:
        out.add_source(source.key, source.title, date.fromisoformat(origin.day))
    for one in merge.taken:
        if one.kind == "retires" and isinstance(one.merged.theirs, date):
            out.retire(one.item, one.merged.theirs, f"changed {origin.phrase}; was {one.merged.ours}")
    return RewrittenPriceBook(out.text, tuple(carried))


def _unused_source(book: PriceBook, origin: Origin) -> _Source:
    """Return the workbook as a source, under a key that the book does not use for another source."""
    stem = slug(origin.book.rpartition(".")[0]).replace("_", "-") or "workbook"
    number = 1
    while True:
        found = _Source(f"{stem}-{origin.day}" + (f"-{number}" if number > 1 else ""), origin)
        if found.key not in book.sources or book.sources[found.key].title == found.title:
            return found
        number += 1


def _combined_rates(item: Item, own: Sequence[RateChange], merge: RateMerge) -> list[_CombinedRate]:
    """Return an item's rates after the merge: one per day on which any component changes, with all components."""
    steps = _price_steps(item)
    moved: dict[Day, Day] = {}
    for kind in ("amount", "added", "day"):
        for one in (one for one in own if one.kind == kind and one.day is not None):
            assert one.component is not None
            assert one.day is not None
            if kind == "day":
                moved[one.day] = parse_day(one.merged.theirs) or one.day
            else:
                steps[one.component][one.day] = one.amount or 0.0
    _move_rates(steps, [one for one in own if one.kind == "day"])
    for before, after in moved.items():
        _move_hidden_components(
            steps, before, after, {c for i, c, d in merge.shown if i == item.id and parse_day(d) == before}
        )
    days = sorted({day for found in steps.values() for day in found}, key=day_sort_key)
    places = {parse_day(rate.day): place for place, rate in enumerate(item.rates)}
    by_new = {
        after: places.get(before) for before, after in moved.items() if before not in days and after != ALWAYS
    }
    out: list[_CombinedRate] = []
    for day in days:
        replaced = places.get(day, by_new.get(day) if day not in places else None)
        if replaced is not None and any(row.replaced is not None and row.replaced >= replaced for row in out):
            replaced = None
        since = _in_force_since(steps, day)
        needed = {component for component, found in steps.items() if found} - {OPTIONAL}
        if not needed <= since.keys():
            continue  # a rate needs these components: some of them are not in force yet
        if replaced is not None and since.get(OPTIONAL, day) != day:
            del since[OPTIONAL]  # this rate states none, so that the input rate is charged
        out.append(_CombinedRate(day, {c: steps[c][one] for c, one in since.items()}, since, replaced))
    return out


def _price_steps(item: Item) -> Steps:
    return {
        component: {
            day: amount
            for rate in item.rates
            if (amount := rate.amount(component)) is not None and (day := parse_day(rate.day)) is not None
        }
        for component in item.components
    }


def _move_rates(steps: Steps, moves: Sequence[RateChange]) -> None:
    """Move rates to other days in one pass, since one may take the former day of another."""
    amounts = [steps[one.component].pop(one.day) for one in moves if one.component and one.day]
    for one, amount in zip(moves, amounts, strict=True):
        day = parse_day(one.merged.theirs)
        assert one.component is not None
        assert day is not None
        steps[one.component][day] = amount


def _move_hidden_components(steps: Steps, before: Day, after: Day, shown: set[Component]) -> None:
    """Move the components that the workbook does not show, where all those that it shows were moved."""
    if any(before in steps[component] for component in shown):
        return
    for component, found in steps.items():
        if component not in shown and before in found:
            found[after] = found.pop(before)


def _in_force_since(steps: Steps, day: Day) -> dict[Component, Day]:
    """Map each component in force on a day to the day since which its amount is in force."""
    before = {
        c: [one for one in found if day_sort_key(one) <= day_sort_key(day)] for c, found in steps.items()
    }
    return {component: max(days, key=day_sort_key) for component, days in before.items() if days}


def _write_rates(out: BookText, item: Item, rows: Sequence[_CombinedRate], source: _Source) -> None:
    """Write the rates of an item: corrections in place, then additions, then removals."""
    for row in rows:
        if row.replaced is not None:
            _correct_rate(out, item, row, item.rates[row.replaced], source)
    places: list[int | Day] = list(range(len(item.rates)))
    before: int | Day | None = None
    for row in rows:
        if row.replaced is None:
            place = 0 if before is None else places.index(before) + 1
            out.insert_rate(place, _new_rate(item, row, source))
            places.insert(place, row.day)
        before = row.day if row.replaced is None else row.replaced
    for removed in set(range(len(item.rates))) - {row.replaced for row in rows}:
        out.remove_rate(item.id, places.index(removed))
        places.remove(removed)


def _correct_rate(out: BookText, item: Item, row: _CombinedRate, rate: Rate, source: _Source) -> None:
    values = {c: amount_text(amount) for c, amount in row.amounts.items() if rate.amount(c) != amount}
    replaced = [f"{component} was {amount_text(rate.amount(component) or 0.0)}" for component in values]
    every: dict[str, str] = dict(values.items())
    if row.day != parse_day(rate.day):
        every["effective"] = str(row.day)
        replaced.append(f"in force from {rate.effective}" if rate.effective else "always in force")
    if every:
        before = f"{', '.join(replaced)} (basis {rate.basis}, source {rate.source}, verified {rate.verified})"
        note = f"Changed {source.origin.phrase}; {before}"
        out.change_rate(item.id, item.rates.index(rate), every | source.values, note)


def _new_rate(item: Item, row: _CombinedRate, source: _Source) -> NewRate:
    others = [component for component, since in row.since.items() if since != row.day]
    carried = f"; {' and '.join(others)} as before" if others else ""
    return NewRate(
        item.id, row.day if isinstance(row.day, date) else None, date.fromisoformat(source.origin.day), source.key, BASIS,
        row.amounts, f"Added {source.origin.phrase}{carried}",
    )  # fmt: skip
