"""What deserves a second look in a price book: old, retiring, contradicted or implausible prices."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.schema.case import Case
from reportgen.schema.prices import Item, PriceBook, Rate
from reportgen.schema.schedules import item_name, stretches

STALE_DAYS = 90
DEAREST_GPU_HOUR = 25.0
"""No GPU is rented for more an hour: beyond it stands the price of a machine with several."""
APART = 0.01
"""Two sources that differ by more than this share contradict each other."""

Kind = Literal[
    "stale", "retires", "contradicted", "instance price", "spot above on-demand", "no exchange rate"
]


@dataclass(frozen=True, slots=True)
class PriceFinding:
    """One finding about one item: what was noticed, in a sentence."""

    kind: Kind
    item: str
    sentence: str


def book_findings(book: PriceBook, day: date | None = None) -> tuple[PriceFinding, ...]:
    """Look a whole book over, as of a day: that of its newest look unless given."""
    return tuple(_items(book, book.items, day or newest(book)))


def case_findings(case: Case) -> tuple[PriceFinding, ...]:
    """Look over the prices that a case uses, as of its own date and over its horizon."""
    book = case.book
    if book is None:
        return ()
    used = _used(case, book)
    return (
        *_items(book, used, case.case.date),
        *_retiring(case, book),
        *_foreign(case, book, used),
    )


def newest(book: PriceBook) -> date:
    """Give the day on which somebody last looked at any price of a book."""
    return max((rate.verified for item in book.items for rate in item.rates), default=date.min)


def _used(case: Case, book: PriceBook) -> tuple[Item, ...]:
    named = (book.item(item_name(option)) for option in case.options.values())
    chain = (s.item for item in named if item for s in stretches(book, item, case.finance))
    return tuple({item.id: item for item in chain}.values())


def _items(book: PriceBook, items: Sequence[Item], day: date) -> Iterator[PriceFinding]:
    for place, item in enumerate(items):
        told = {other.id for other in items[: place + 1]}
        rate = in_force(item, day)
        if rate is None:
            continue
        age = (day - rate.verified).days
        if age > STALE_DAYS:
            sentence = f"{item.id}: last looked at on {rate.verified}, {age} days before {day}; look again."
            yield PriceFinding("stale", item.id, sentence)
        yield from _implausible(book, item, rate, day)
        yield from _contradicted(book, item, rate, day, told)


def in_force(item: Item, day: date) -> Rate | None:
    """Give the rate in force on a day; before the first one, the first."""
    return item.at(day) or (item.rates[0] if item.rates else None)


def _implausible(book: PriceBook, item: Item, rate: Rate, day: date) -> Iterator[PriceFinding]:
    hourly = rate.per_gpu_hour
    if hourly is None:
        return
    if hourly > DEAREST_GPU_HOUR:
        sentence = (
            f"{item.id}: {hourly:g} for one GPU and hour is more than {DEAREST_GPU_HOUR:g}; "
            "it looks like the price of a machine with several GPUs. Divide it by their number."
        )
        yield PriceFinding("instance price", item.id, sentence)
    if item.purchase != "spot":
        return
    for other in book.items:
        beside = in_force(other, day)
        same = (other.provider, other.gpu, other.region) == (item.provider, item.gpu, item.region)
        if same and other.purchase == "on_demand" and beside and (beside.per_gpu_hour or hourly) < hourly:
            sentence = f"{item.id}: spot at {hourly:g} costs more than on demand, {beside.per_gpu_hour:g} ({other.id})."
            yield PriceFinding("spot above on-demand", item.id, sentence)


def _contradicted(
    book: PriceBook, item: Item, rate: Rate, day: date, told: set[str]
) -> Iterator[PriceFinding]:
    """Compare an item with others of the book that price the same thing out of another source."""
    for other in book.items:
        beside = in_force(other, day)
        same = other.id not in told and _identity(other) == _identity(item)
        if not same or beside is None or beside.source == rate.source:
            continue
        for component in item.components:
            ours, theirs = rate.amount(component), beside.amount(component)
            if ours is not None and theirs is not None and abs(ours - theirs) > APART * max(ours, theirs):
                sentence = (
                    f"{item.id}: {component} is {ours:g} by {rate.source} and {theirs:g} by {beside.source} "
                    f"({other.id}); find out which."
                )
                yield PriceFinding("contradicted", item.id, sentence)


def _identity(item: Item) -> tuple[object, ...]:
    return (item.kind, item.provider, item.model, item.gpu, item.purchase, item.region, item.currency)


def _retiring(case: Case, book: PriceBook) -> Iterator[PriceFinding]:
    for option in case.options.values():
        item = book.item(item_name(option))
        end = case.finance.first_day(case.finance.months + 1)
        for stretch in stretches(book, item, case.finance) if item else ():
            old = stretch.item
            if old.retires and old.retires < end:
                sentence = (
                    f"{old.id}: retires on {old.retires}, within the horizon of {option.name}; "
                    f"{old.successor or 'nothing'} follows."
                )
                yield PriceFinding("retires", old.id, sentence)


def _foreign(case: Case, book: PriceBook, used: Iterable[Item]) -> Iterator[PriceFinding]:
    for item in used:
        currency = book.currency_of(item)
        if currency != case.case.currency and currency not in case.finance.exchange_rates:
            sentence = f"{item.id}: priced in {currency}; the case has no finance.exchange_rates.{currency}."
            yield PriceFinding("no exchange rate", item.id, sentence)
