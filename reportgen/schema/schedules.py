"""Price schedules: the dated rates of the price book that apply to each option of a case over the horizon."""

from collections.abc import Iterator
from datetime import date, timedelta

from reportgen.runtime.records import dataclass
from reportgen.schema.case import Case
from reportgen.schema.finance import Finance
from reportgen.schema.options import PRICE_FIELDS, Option
from reportgen.schema.prices import OPTION_FIELDS, Component, Item, PriceBook, Rate


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One rate of a schedule, in force from `effective` until the next rate; None means from before the start.

    `path` names the rate among the assumptions (``prices.<item>.<component>.<its own day>``), `amount` is in
    `currency`, and `exchange_rate` is the path of the assumption that turns it into the case's currency
    (None: 1). A successor's rate has as `effective` the day after its predecessor retires, where that is later
    than its own day.
    A rate without a price of its own for cache writes has the path and the amount of its input price.
    `assumed` marks an undated rate that applies before the day on which it was verified.
    """

    effective: date | None
    path: str
    component: Component
    amount: float
    currency: str
    exchange_rate: str | None
    item: Item
    rate: Rate
    assumed: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """One price of one option from the price book over time; its first rate is in force at the start.

    `field` is the option field that the schedule provides (``input_price``, ...); `rates` holds the rates in force
    on the first day of any month of the horizon, in order, successors included. MODEL's ``price`` is the first
    amount times its exchange rate; ``step[m]`` is the amount in force on the first day of month m, times its
    exchange rate, over that.
    """

    option: str
    field: str
    rates: tuple[DatedRate, ...]

    @property
    def path(self) -> str:
        """Return the assumption path of the price."""
        return f"options.{self.option}.{self.field}"


@dataclass(frozen=True, slots=True)
class ItemPeriod:
    """An item and the period in which it is in use: from `since` to the day before `until`."""

    item: Item
    since: date
    until: date


def price_item_id(option: Option) -> str | None:
    """Return the id of the price book item that an option names; None if it names none."""
    return next((name for key in PRICE_FIELDS if (name := getattr(option, key, None))), None)


def item_periods(book: PriceBook, item: Item, finance: Finance) -> Iterator[ItemPeriod]:
    """Yield an item and its successors with their periods of use; stop at a missing or repeated successor."""
    since, end, seen = finance.start, finance.first_day(finance.months + 1), {item.id}
    while True:
        next_day = item.retires + timedelta(days=1) if item.retires else end
        yield ItemPeriod(item, since, min(next_day, end))
        following = book.item(item.successor)
        if next_day >= end or following is None or following.id in seen:
            return
        item, since = following, max(next_day, since)
        seen.add(item.id)


def used_book(case: Case) -> PriceBook | None:
    """Return the part of the price book that the case can use: the items it names, their successors and sources."""
    if (book := case.book) is None:
        return None
    names = {name for option in case.options.values() if (name := price_item_id(option))}
    while more := {item.successor for item in book.items if item.id in names and item.successor} - names:
        names |= more
    items = tuple(item for item in book.items if item.id in names)
    cited = {rate.source for item in items for rate in item.rates}
    sources = {key: source for key, source in book.sources.items() if key in cited}
    return book.model_copy(update={"items": items, "sources": sources})


def schedules(case: Case) -> tuple[Schedule, ...]:
    """Return the schedules of all prices from the price book, in the order of the options; () without a book."""
    if (book := case.book) is None:
        return ()
    return tuple(
        Schedule(key, OPTION_FIELDS[component], rates)
        for key, option in case.options.items()
        if (item := book.item(price_item_id(option)))
        for component in item.components
        if _is_stated(case, book, item, component) and (rates := _rates(case, book, item, component))
    )


def _is_stated(case: Case, book: PriceBook, item: Item, component: Component) -> bool:
    """Return whether an item or one of its successors states a component, the rate in force at the start included.

    Why: a component that begins later has no price at the start, which later rates would be steps from.
    """
    first = item.at(case.finance.start)
    if first and first.amount(first.charged(component)) is None:
        return False
    return any(period.item.states(component) for period in item_periods(book, item, case.finance))


def migrations(case: Case, option: str) -> tuple[date, ...]:
    """Return the first days of the months in which an option moves to a successor: the first after `retires`."""
    item = case.book.item(price_item_id(case.options[option])) if case.book else None
    if item is None or case.book is None:
        return ()
    days = [period.since for period in item_periods(case.book, item, case.finance)][1:]
    months = dict.fromkeys(_first_of_month(day) for day in days)
    last = case.finance.first_day(case.finance.months)
    return tuple(day for day in months if case.finance.start < day <= last)


def _first_of_month(day: date) -> date:
    """Return the first day of a month on or after a day."""
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _rates(case: Case, book: PriceBook, item: Item, component: Component) -> tuple[DatedRate, ...]:
    """Return the rates in force on the first day of any month of the horizon, each once."""
    firsts = [case.finance.first_day(month) for month in range(1, case.finance.months + 1)]
    out: list[DatedRate] = []
    for period in item_periods(book, item, case.finance):
        for day in (day for day in firsts if period.since <= day < period.until):
            rate = period.item.at(day)
            dated = rate and _dated(case, book.currency_of(period.item), period, rate, component)
            if dated and (not out or out[-1].path != dated.path):
                out.append(dated)
    return tuple(out)


def _dated(
    case: Case, currency: str, period: ItemPeriod, rate: Rate, component: Component
) -> DatedRate | None:
    charged = rate.charged(component)
    amount = rate.amount(charged)
    if amount is None:
        return None
    item, foreign = period.item, currency != case.case.currency
    since = None if period.since == case.finance.start else period.since
    own = rate.effective
    effective = own if since is None or (own and own > since) else since
    return DatedRate(
        effective, f"prices.{item.id}.{charged}.{rate.day}", charged, amount, currency,
        f"finance.exchange_rates.{currency}" if foreign else None,
        item, rate, own is None and case.finance.start < rate.verified,
    )  # fmt: skip


def starting_price(schedule: Schedule, case: Case) -> float:
    """Return the price on the first day of the start month, in the case's currency."""
    first = schedule.rates[0]
    if first.exchange_rate is None:
        return first.amount
    rate = case.finance.exchange_rates.get(first.currency)
    return first.amount * (rate.value if rate else 1.0)  # load_case refuses a case without the exchange rate
