"""Findings about prices that need review: old, retiring, contradicted or implausible ones."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from reportgen.prices.identity import Place, gpu_key
from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case
from reportgen.schema.prices import Item, PriceBook, Rate
from reportgen.schema.schedules import item_periods, price_item_id
from reportgen.units import counted

STALE_DAYS = 90
MAX_GPU_HOUR_PRICE = 25.0
"""The highest plausible price of one GPU-hour in US dollars; a higher one is probably that of a whole machine."""
CONTRADICTION_THRESHOLD = 0.01
"""Two sources contradict each other if their amounts differ by more than this share of the higher one."""

HALF = 0.5
"""A price below this share of every other price of the same thing is probably another thing's, or a part of a price."""
BID_FLOOR = 0.2
"""A spot price below this share of the price on demand is probably the lowest bid that is accepted."""
BID_MARKETS = ("vast", "vast.ai")
"""Providers whose catalogues give the lowest bid as the spot price."""

Kind = Literal[
    "stale", "retires", "contradicted", "instance price", "no price", "spot above on-demand", "spot equals on-demand",
    "bid floor", "far below others", "no exchange rate", "left its range",
]  # fmt: skip


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
    for component in item.components:
        if rate.amount(component) == 0:
            sentence = (
                f"{item.id}: {component} is 0, which is no price: a catalogue writes 0 where it has none. "
                "Look it up, or say in a note why it costs nothing."
            )
            yield PriceFinding("no price", item.id, sentence)
    hourly = rate.per_gpu_hour
    if hourly is not None and hourly > MAX_GPU_HOUR_PRICE:
        sentence = (
            f"{item.id}: {hourly:g} for one GPU and hour is more than {MAX_GPU_HOUR_PRICE:g}; "
            "it looks like the price of a machine with several GPUs. Divide it by their number."
        )
        yield PriceFinding("instance price", item.id, sentence)
    if hourly and item.purchase == "spot":
        yield from _implausible_spot(book, item, hourly, day)
    yield from _far_below_others(book, item, rate, day)


def _implausible_spot(book: PriceBook, item: Item, hourly: float, day: date) -> Iterator[PriceFinding]:
    """Compare a spot price with the same GPU on demand: it is lower, but not by more than a market gives."""
    if item.provider.casefold() in BID_MARKETS:
        sentence = (
            f"{item.id}: spot at {hourly:g} on {item.provider} is the lowest bid, at which a machine is taken away first; "
            "use a price that was paid, or the one on demand."
        )
        yield PriceFinding("bid floor", item.id, sentence)
        return
    for other in book.items:
        other_rate = rate_in_force(other, day)
        same = _gpu_in_region(other) == _gpu_in_region(item) and other.purchase == "on_demand"
        if not same or other_rate is None or not other_rate.per_gpu_hour:
            continue
        on_demand = f"on demand, {other_rate.per_gpu_hour:g} ({other.id})"
        if hourly > other_rate.per_gpu_hour:
            sentence = f"{item.id}: spot at {hourly:g} costs more than {on_demand}."
            yield PriceFinding("spot above on-demand", item.id, sentence)
        elif hourly == other_rate.per_gpu_hour:
            sentence = f"{item.id}: spot at {hourly:g} costs as much as {on_demand}; one of the two is probably no spot price."
            yield PriceFinding("spot equals on-demand", item.id, sentence)
        elif hourly < BID_FLOOR * other_rate.per_gpu_hour:
            sentence = (
                f"{item.id}: spot at {hourly:g} is less than a fifth of {on_demand}; "
                "it looks like the lowest bid, not a price at which a machine is to be had."
            )
            yield PriceFinding("bid floor", item.id, sentence)


def _gpu_in_region(item: Item) -> tuple[object, ...]:
    return (item.provider, *gpu_key(item.gpu or "")[:2], Place(item.provider, item.region or "").key)


def _far_below_others(book: PriceBook, item: Item, rate: Rate, day: date) -> Iterator[PriceFinding]:
    """Compare an item with every other that prices the same thing, wherever it is sold."""
    others = [
        (other, found)
        for other in book.items
        if other.id != item.id
        and _thing(other) == _thing(item)
        and book.currency_of(other) == book.currency_of(item)
        and (found := rate_in_force(other, day))
    ]
    for component in item.components:
        if component == "cached_input":  # some providers discount it and some do not
            continue
        ours = rate.amount(component)
        theirs = [(amount, other.id) for other, found in others if (amount := found.amount(component))]
        if ours and theirs and ours < HALF * min(theirs)[0]:
            lowest, id_ = min(theirs)
            sentence = (
                f"{item.id}: {component} is {ours:g}, under half of the lowest of {counted(len(theirs), 'other price')} "
                f"for the same, {lowest:g} ({id_}); look whether it is the same thing, and a whole price."
            )
            yield PriceFinding("far below others", item.id, sentence)


def _thing(item: Item) -> tuple[object, ...]:
    name = gpu_key(item.gpu)[:2] if item.gpu else (item.model,)
    return (item.kind, *name, item.purchase)


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
