"""The dated rates that a case takes out of its price book: a price at the start, and when it changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.schema.case import Case
from reportgen.schema.finance import Finance
from reportgen.schema.options import PRICE_FIELDS, Option
from reportgen.schema.prices import OPTION_FIELDS, Component, Item, PriceBook, Rate


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One rate of a schedule, in force from `effective` until the next one; None: from before the start.

    `path` names the rate among the assumptions (``prices.<item>.<component>.<its own day>``), `amount` is in
    `currency`, and `exchange_rate` is the path of the assumption that turns it into the case's currency
    (None: 1). A successor's rate has as `effective` the day after its predecessor retires, where that is later
    than its own day.
    `assumed` marks an undated rate used before the day on which somebody looked.
    """

    effective: date | None
    path: str
    amount: float
    currency: str
    exchange_rate: str | None
    item: Item
    rate: Rate
    assumed: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """One price of one option out of the price book; its first rate is in force at the start.

    `field` is the assumption that the schedule gives (``input_price``, ...); `rates` holds what is in force on
    the first day of any month of the horizon, in order, successors included. MODEL's ``price`` is the first
    amount times its exchange rate; ``step[m]`` is the amount in force on the first day of month m, times its
    exchange rate, over that.
    """

    option: str
    field: str
    rates: tuple[DatedRate, ...]

    @property
    def path(self) -> str:
        """Name the price among the assumptions."""
        return f"options.{self.option}.{self.field}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """An item, and the days on which it is the one in use: from `since` up to and without `until`."""

    item: Item
    since: date
    until: date


def item_name(option: Option) -> str | None:
    """Give the item of the price book that an option names."""
    return next((name for key in PRICE_FIELDS if (name := getattr(option, key, None))), None)


def stretches(book: PriceBook, item: Item, finance: Finance) -> Iterator[Stretch]:
    """Follow an item and its successors through the horizon; stop where one is missing or repeats."""
    since, end, seen = finance.start, finance.first_day(finance.months + 1), {item.id}
    while True:
        over = item.retires + timedelta(days=1) if item.retires else end
        yield Stretch(item, since, min(over, end))
        following = book.item(item.successor)
        if over >= end or following is None or following.id in seen:
            return
        item, since = following, max(over, since)
        seen.add(item.id)


def used_book(case: Case) -> PriceBook | None:
    """Keep of the price book what the case can come to use: the items it names and all that follow them."""
    if (book := case.book) is None:
        return None
    names = {name for option in case.options.values() if (name := item_name(option))}
    while more := {item.successor for item in book.items if item.id in names and item.successor} - names:
        names |= more
    items = tuple(item for item in book.items if item.id in names)
    cited = {rate.source for item in items for rate in item.rates}
    sources = {key: source for key, source in book.sources.items() if key in cited}
    return book.model_copy(update={"items": items, "sources": sources})


def schedules(case: Case) -> tuple[Schedule, ...]:
    """List the prices that come out of the price book, in the order of the options; none without a book."""
    if (book := case.book) is None:
        return ()
    return tuple(
        Schedule(key, OPTION_FIELDS[component], rates)
        for key, option in case.options.items()
        if (item := book.item(item_name(option)))
        for component in item.components
        if (rates := _rates(case, book, item, component))
    )


def migrations(case: Case, option: str) -> tuple[date, ...]:
    """List the first days of the months in which an option moves to a successor: the first after `retires`."""
    item = case.book.item(item_name(case.options[option])) if case.book else None
    if item is None or case.book is None:
        return ()
    days = [stretch.since for stretch in stretches(case.book, item, case.finance)][1:]
    months = dict.fromkeys(_first_of_month(day) for day in days)
    last = case.finance.first_day(case.finance.months)
    return tuple(day for day in months if case.finance.start < day <= last)


def _first_of_month(day: date) -> date:
    """Give the first day of a month on or after a day."""
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _rates(case: Case, book: PriceBook, item: Item, component: Component) -> tuple[DatedRate, ...]:
    """List the rates in force on the first day of some month of the horizon."""
    firsts = [case.finance.first_day(month) for month in range(1, case.finance.months + 1)]
    out: list[DatedRate] = []
    for stretch in stretches(book, item, case.finance):
        for day in (day for day in firsts if stretch.since <= day < stretch.until):
            rate = stretch.item.at(day)
            dated = rate and _dated(case, book.currency_of(stretch.item), stretch, rate, component)
            if dated and (not out or out[-1].path != dated.path):
                out.append(dated)
    return tuple(out)


def _dated(case: Case, currency: str, stretch: Stretch, rate: Rate, component: Component) -> DatedRate | None:
    amount = rate.amount(component)
    if amount is None:
        return None
    item, foreign = stretch.item, currency != case.case.currency
    since = None if stretch.since == case.finance.start else stretch.since
    own = rate.effective
    effective = own if since is None or (own and own > since) else since
    return DatedRate(
        effective, f"prices.{item.id}.{component}.{rate.day}", amount, currency,
        f"finance.exchange_rates.{currency}" if foreign else None,
        item, rate, own is None and case.finance.start < rate.verified,
    )  # fmt: skip


def price(schedule: Schedule, case: Case) -> float:
    """Give the price on the first day of the start month, in the case's currency."""
    first = schedule.rates[0]
    if first.exchange_rate is None:
        return first.amount
    rate = case.finance.exchange_rates.get(first.currency)
    return first.amount * (rate.value if rate else 1.0)  # load.py refuses a case without the exchange rate
