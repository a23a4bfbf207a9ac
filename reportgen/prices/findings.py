"""Findings about prices that need review: old, retiring, contradicted or implausible ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.schema.case import Case
from reportgen.schema.prices import Item, PriceBook, Rate
from reportgen.schema.schedules import item_periods, price_item_id

STALE_DAYS = 90
MAX_GPU_HOUR_PRICE = 25.0
"""The highest plausible price of one GPU-hour in US dollars; a higher one is probably that of a whole machine."""
CONTRADICTION_THRESHOLD = 0.01
"""Two sources contradict each other if their amounts differ by more than this share of the higher one."""

Kind = Literal[
    "stale",
    "retires",
    "contradicted",
    "instance price",
    "spot above on-demand",
    "no exchange rate",
    "left its range",
]


@dataclass(frozen=True, slots=True)
class PriceFinding:
    """One finding about one item, in a sentence."""

    kind: Kind
    item: str
    sentence: str


def book_findings(book: PriceBook, day: date | None = None) -> tuple[PriceFinding, ...]:
    """Return the findings about all items of a book as of `day`; its latest verification unless given."""
    return tuple(_item_findings(book, book.items, day or latest_verification(book)))


def case_findings(case: Case) -> tuple[PriceFinding, ...]:
    """Return the findings about the prices that a case uses, as of its date and over its horizon."""
    book = case.book
    if book is None:
        return ()
    used = _used_items(case, book)
    return (
        *(PriceFinding("left its range", sentence.partition(":")[0], sentence) for sentence in case.widened),
        *_item_findings(book, used, case.case.date),
        *_retiring(case, book),
        *_without_exchange_rate(case, book, used),
    )


def latest_verification(book: PriceBook) -> date:
    """Return the latest `verified` day of a book; date.min if it has no rates."""
    return max((rate.verified for item in book.items for rate in item.rates), default=date.min)


def _used_items(case: Case, book: PriceBook) -> tuple[Item, ...]:
    named = (book.item(price_item_id(option)) for option in case.options.values())
    chain = (s.item for item in named if item for s in item_periods(book, item, case.finance))
    return tuple({item.id: item for item in chain}.values())


def _item_findings(book: PriceBook, items: Sequence[Item], day: date) -> Iterator[PriceFinding]:
    for place, item in enumerate(items):
        compared = {other.id for other in items[: place + 1]}
        rate = rate_in_force(item, day)
        if rate is None:
            continue
        age = (day - rate.verified).days
        if age > STALE_DAYS:
            sentence = f"{item.id}: last looked at on {rate.verified}, {age} days before {day}; look again."
            yield PriceFinding("stale", item.id, sentence)
        yield from _implausible(book, item, rate, day)
        yield from _contradicted(book, item, rate, day, compared)


def rate_in_force(item: Item, day: date) -> Rate | None:
    """Return the rate in force on a day; before the first rate, the first rate."""
    return item.at(day) or (item.rates[0] if item.rates else None)


def _implausible(book: PriceBook, item: Item, rate: Rate, day: date) -> Iterator[PriceFinding]:
    hourly = rate.per_gpu_hour
    if hourly is None:
        return
    if hourly > MAX_GPU_HOUR_PRICE:
        sentence = (
            f"{item.id}: {hourly:g} for one GPU and hour is more than {MAX_GPU_HOUR_PRICE:g}; "
            "it looks like the price of a machine with several GPUs. Divide it by their number."
        )
        yield PriceFinding("instance price", item.id, sentence)
    if item.purchase != "spot":
        return
    for other in book.items:
        other_rate = rate_in_force(other, day)
        same = (other.provider, other.gpu, other.region) == (item.provider, item.gpu, item.region)
        if (
            same
            and other.purchase == "on_demand"
            and other_rate
            and (other_rate.per_gpu_hour or hourly) < hourly
        ):
            sentence = f"{item.id}: spot at {hourly:g} costs more than on demand, {other_rate.per_gpu_hour:g} ({other.id})."
            yield PriceFinding("spot above on-demand", item.id, sentence)


def _contradicted(
    book: PriceBook, item: Item, rate: Rate, day: date, compared: set[str]
) -> Iterator[PriceFinding]:
    """Compare an item with other items that price the same thing from another source; `compared` ids are skipped."""
    for other in book.items:
        other_rate = rate_in_force(other, day)
        same = other.id not in compared and _identity(other) == _identity(item)
        if not same or other_rate is None or other_rate.source == rate.source:
            continue
        for component in item.components:
            ours, theirs = rate.amount(component), other_rate.amount(component)
            if (
                ours is not None
                and theirs is not None
                and abs(ours - theirs) > CONTRADICTION_THRESHOLD * max(ours, theirs)
            ):
                sentence = (
                    f"{item.id}: {component} is {ours:g} by {rate.source} and {theirs:g} by {other_rate.source} "
                    f"({other.id}); find out which."
                )
                yield PriceFinding("contradicted", item.id, sentence)


def _identity(item: Item) -> tuple[object, ...]:
    return (item.kind, item.provider, item.model, item.gpu, item.purchase, item.region, item.currency)


def _retiring(case: Case, book: PriceBook) -> Iterator[PriceFinding]:
    for option in case.options.values():
        item = book.item(price_item_id(option))
        end = case.finance.first_day(case.finance.months + 1)
        for period in item_periods(book, item, case.finance) if item else ():
            retiring = period.item
            if retiring.retires and retiring.retires < end:
                sentence = (
                    f"{retiring.id}: retires on {retiring.retires}, within the horizon of {option.name}; "
                    f"{retiring.successor or 'nothing'} follows."
                )
                yield PriceFinding("retires", retiring.id, sentence)


def _without_exchange_rate(case: Case, book: PriceBook, used: Iterable[Item]) -> Iterator[PriceFinding]:
    for item in used:
        currency = book.currency_of(item)
        if currency != case.case.currency and currency not in case.finance.exchange_rates:
            sentence = f"{item.id}: priced in {currency}; the case has no finance.exchange_rates.{currency}."
            yield PriceFinding("no exchange rate", item.id, sentence)
