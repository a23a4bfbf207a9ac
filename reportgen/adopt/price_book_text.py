"""The price book after rates were corrected: each item's days and amounts put together anew, written with their origin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.adopt.choices import Origin
from reportgen.adopt.merge_rates import RateChange, RatesBack, day_named, order
from reportgen.adopt.read_rates import ALWAYS, Day
from reportgen.prices.book_editor import NewRate
from reportgen.prices.book_text import BookText
from reportgen.prices.quotes import amount_text
from reportgen.schema.field_types import slug
from reportgen.schema.prices import Basis, Component, Item, PriceBook, Rate

BASIS: Basis = "assumed"
"""What a price is once somebody typed it into a workbook: no list says it, and no provider has quoted it."""

Steps = dict[Component, dict[Day, float]]
"""By component the days on which it changes, and to what."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A rate as it is to be: its day, its amounts, and the place of the rate that it was, if any."""

    day: Day
    amounts: dict[Component, float]
    since: dict[Component, Day]
    """The day from which each amount holds: its own, or an earlier one that goes on."""
    was: int | None


@dataclass(frozen=True, slots=True)
class _Source:
    """The source that corrected rates name: the workbook."""

    key: str
    origin: Origin

    @property
    def title(self) -> str:
        """Say what it is, for the sources of the paper."""
        return f"{self.origin.book}, typed by {self.origin.who or 'somebody'} on {self.origin.day}"

    @property
    def values(self) -> dict[str, str]:
        """Give what every corrected rate says of itself."""
        return {"verified": self.origin.day, "source": self.key, "basis": BASIS}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A price book's text, and which rates only carry an earlier one on: paths of the earlier and of the later one.

    A rate of a book has all its components; where a workbook moved one of them, the others go on as they were, under
    another day. What a risk does to them has to go on too.
    """

    text: str
    carried: tuple[tuple[str, str], ...]


def rewritten(text: str, book: PriceBook, back: RatesBack, origin: Origin) -> Rewritten:
    """Give a price book with everything that was taken from a workbook."""
    out, source, carried = BookText(text), _source(book, origin), []
    for name in back.items:
        item = book.item(name)
        assert item is not None
        rows = _rows(item, [one for one in back.taken if one.item == name], back)
        _write(out, item, rows, source)
        carried += [
            (f"prices.{name}.{component}.{since}", f"prices.{name}.{component}.{row.day}")
            for row in rows
            for component, since in row.since.items()
            if since != row.day
        ]
    if out.text != text and source.key not in book.sources:
        out.add_source(source.key, source.title, date.fromisoformat(origin.day))
    for one in back.taken:
        if one.kind == "retires" and isinstance(one.merged.theirs, date):
            out.retire(one.item, one.merged.theirs, f"changed {origin.words}; was {one.merged.ours}")
    return Rewritten(out.text, tuple(carried))


def _source(book: PriceBook, origin: Origin) -> _Source:
    """Name the workbook as a source: anew where a book has another one of that name."""
    stem = slug(origin.book.rpartition(".")[0]).replace("_", "-") or "workbook"
    number = 1
    while True:
        found = _Source(f"{stem}-{origin.day}" + (f"-{number}" if number > 1 else ""), origin)
        if found.key not in book.sources or book.sources[found.key].title == found.title:
            return found
        number += 1


def _rows(item: Item, own: Sequence[RateChange], back: RatesBack) -> list[_Row]:
    """Put the rates of an item together: what each component comes to on each day on which one of them changes."""
    steps = _steps(item)
    moved: dict[Day, Day] = {}
    for kind in ("amount", "added", "day"):
        for one in (one for one in own if one.kind == kind and one.day is not None):
            assert one.component is not None
            assert one.day is not None
            if kind == "day":
                moved[one.day] = day_named(one.merged.theirs) or one.day
            else:
                steps[one.component][one.day] = one.amount or 0.0
    _move(steps, [one for one in own if one.kind == "day"])
    for before, after in moved.items():
        _follow(
            steps, before, after, {c for i, c, d in back.shown if i == item.id and day_named(d) == before}
        )
    days = sorted({day for found in steps.values() for day in found}, key=order)
    places = {day_named(rate.day): place for place, rate in enumerate(item.rates)}
    by_new = {
        after: places.get(before) for before, after in moved.items() if before not in days and after != ALWAYS
    }
    out: list[_Row] = []
    for day in days:
        was = places.get(day, by_new.get(day) if day not in places else None)
        if was is not None and any(row.was is not None and row.was >= was for row in out):
            was = None
        since = _since(steps, day)
        if len(since) < sum(map(bool, steps.values())):
            continue  # a rate has all its components, or it is none yet
        out.append(_Row(day, {c: steps[c][one] for c, one in since.items()}, since, was))
    return out


def _steps(item: Item) -> Steps:
    return {
        component: {
            day: amount
            for rate in item.rates
            if (amount := rate.amount(component)) is not None and (day := day_named(rate.day)) is not None
        }
        for component in item.components
    }


def _move(steps: Steps, moves: Sequence[RateChange]) -> None:
    """Move rates to other days, all at once: one may go where another was."""
    amounts = [steps[one.component].pop(one.day) for one in moves if one.component and one.day]
    for one, amount in zip(moves, amounts, strict=True):
        day = day_named(one.merged.theirs)
        assert one.component is not None
        assert day is not None
        steps[one.component][day] = amount


def _follow(steps: Steps, before: Day, after: Day, shown: set[Component]) -> None:
    """Move what the workbook does not show of a rate along, where all that it shows was moved."""
    if any(before in steps[component] for component in shown):
        return
    for component, found in steps.items():
        if component not in shown and before in found:
            found[after] = found.pop(before)


def _since(steps: Steps, day: Day) -> dict[Component, Day]:
    """Give since when what is in force on a day holds, by component."""
    before = {c: [one for one in found if order(one) <= order(day)] for c, found in steps.items()}
    return {component: max(days, key=order) for component, days in before.items() if days}


def _write(out: BookText, item: Item, rows: Sequence[_Row], source: _Source) -> None:
    """Write the rates of an item: corrections where they stand, then what is new, then what is gone."""
    for row in rows:
        if row.was is not None:
            _correct(out, item, row, item.rates[row.was], source)
    places: list[int | Day] = list(range(len(item.rates)))
    before: int | Day | None = None
    for row in rows:
        if row.was is None:
            place = 0 if before is None else places.index(before) + 1
            out.insert_rate(place, _new(item, row, source))
            places.insert(place, row.day)
        before = row.day if row.was is None else row.was
    for gone in set(range(len(item.rates))) - {row.was for row in rows}:
        out.remove_rate(item.id, places.index(gone))
        places.remove(gone)


def _correct(out: BookText, item: Item, row: _Row, rate: Rate, source: _Source) -> None:
    values = {c: amount_text(amount) for c, amount in row.amounts.items() if rate.amount(c) != amount}
    was = [f"{component} was {amount_text(rate.amount(component) or 0.0)}" for component in values]
    every: dict[str, str] = dict(values.items())
    if row.day != day_named(rate.day):
        every["effective"] = str(row.day)
        was.append(f"in force from {rate.effective}" if rate.effective else "always in force")
    if every:
        before = f"{', '.join(was)} (basis {rate.basis}, source {rate.source}, verified {rate.verified})"
        note = f"Changed {source.origin.words}; {before}"
        out.change_rate(item.id, item.rates.index(rate), every | source.values, note)


def _new(item: Item, row: _Row, source: _Source) -> NewRate:
    others = [component for component, since in row.since.items() if since != row.day]
    carried = f"; {' and '.join(others)} as before" if others else ""
    return NewRate(
        item.id, row.day if isinstance(row.day, date) else None, date.fromisoformat(source.origin.day), source.key, BASIS,
        row.amounts, f"Added {source.origin.words}{carried}",
    )  # fmt: skip
