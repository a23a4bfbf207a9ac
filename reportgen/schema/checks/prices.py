"""Checks of an option's prices: each is given once, in the case or by an item with a rate for every month."""

from collections.abc import Iterator

from reportgen.schema.assumption_fields import Range, Stated, measure_of, range_order_problems
from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.suggestions import listed, suggestion
from reportgen.schema.loading.validation import Violation
from reportgen.schema.options import OPTIONAL_PRICES, PRICE_FIELDS, Option
from reportgen.schema.prices import OPTION_FIELDS, Component, Item, PriceBook
from reportgen.schema.schedules import ItemPeriod, Schedule, item_periods, schedules, starting_price

ITEM_KINDS = {"prices": "token", "gpu_prices": "gpu_hour"}
"""The kind of item that each option field must name."""


def check_prices(case: Case) -> Iterator[Violation]:
    """Yield violations: prices missing, given twice, or without a rate of the item in a month of the horizon."""
    for key, option in case.options.items():
        for field in PRICE_FIELDS:
            if field in type(option).model_fields:
                yield from _check_option(case, key, option, field)


HORIZON: tuple[Location, ...] = (("finance", "start"), ("finance", "years"), ("case", "currency"))
"""What decides which rates of an item count."""


def check_item_names(case: Case, book: PriceBook) -> Iterator[Violation]:
    """Yield violations of the names alone, which are known even where the book's rates are not valid."""
    for key, option in case.options.items():
        for field in PRICE_FIELDS:
            if (named := getattr(option, field, None)) and book.item(named) is None:
                yield _no_item(book, ("options", key, field), named, field)


def _no_item(book: PriceBook, here: Location, named: str, field: str) -> Violation:
    known = [found.id for found in book.items if found.kind == ITEM_KINDS[field]]
    close = suggestion(named, known) or (f" It has {listed(known)}." if known else "")
    return Violation(here, f'The price book has no item "{named}".{close}')


def _check_option(case: Case, key: str, option: Option, field: str) -> Iterator[Violation]:
    named = getattr(option, field)
    for price in PRICE_FIELDS[field]:
        yield from _check_price(key, option, price, field, named)
    if named is None or case.book is None:
        return
    here, item = ("options", key, field), case.book.item(named)
    if item is None:
        yield _no_item(case.book, here, named, field)
    elif item.kind != ITEM_KINDS[field]:
        yield Violation(
            here, f'"{named}" is priced per {item.kind}; {field} names an item of kind {ITEM_KINDS[field]}.'
        )
    else:
        yield from _check_item(case, case.book, here, item)
        if not any(map(_missing_rate, item_periods(case.book, item, case.finance))):
            yield from _check_ranges(case, key, option)


def _check_price(key: str, option: Option, price: str, field: str, named: str | None) -> Iterator[Violation]:
    found, here = getattr(option, price), ("options", key, price)
    measured = measure_of(type(option).model_fields[price])
    if named and isinstance(found, Stated):
        sentence = (
            f"{price} is given here and by the item {named}; keep one. "
            "Beside an item only low and high may stand."
        )
        yield Violation(here, sentence, at_key=True, depends_on=(("options", key, field),))
    elif not named and isinstance(found, Range) and not isinstance(found, Stated):
        sentence = f"{price} has no value; write `value:`, or name an item of the price book with `{field}:`."
        yield Violation(here, sentence, at_key=True, depends_on=(("options", key, field),))
    elif not named and found is None and price not in OPTIONAL_PRICES:
        remedy = f"Write it, or name an item of the price book with `{field}:`."
        sentence = f"`{price}` is missing: {measured.meaning if measured else ''}. {remedy}"
        yield Violation(
            here, sentence, at_key=True, depends_on=(("options", key, field), ("options", key, "kind"))
        )


def _check_item(case: Case, book: PriceBook, here: Location, item: Item) -> Iterator[Violation]:
    """Check that an item and its successors have a rate in every month, in a currency with an exchange rate."""
    if item.retires and item.retires < case.finance.start:
        sentence = f"{item.id} retires on {item.retires}, before the start, {case.finance.start}; name the item that follows it."
        yield Violation(here, sentence, depends_on=HORIZON)
        return
    used = list(item_periods(book, item, case.finance))
    for period in used:
        if sentence := _missing_rate(period):
            yield Violation(here, sentence, depends_on=HORIZON)
        currency = book.currency_of(period.item)
        if currency != case.case.currency and currency not in case.finance.exchange_rates:
            sentence = (
                f"{period.item.id} is priced in {currency} and this case in {case.case.currency}; "
                f"give finance.exchange_rates.{currency}: what one {currency} costs in {case.case.currency}."
            )
            yield Violation(here, sentence, depends_on=(("finance", "exchange_rates"), *HORIZON))
    if sentence := _end_of_succession(case, used[-1]):
        yield Violation(here, sentence, depends_on=HORIZON)
    for component in item.components:
        yield from _check_steps(case, here, used, component)


def _missing_rate(period: ItemPeriod) -> str:
    item, since = period.item, period.since
    if item.at(since) is None:
        earliest = item.rates[0].effective
        need = f"it is needed from {since}; name another item, or add a rate"
        return f"{item.id} has no rate before {earliest}, and {need}."
    return ""


def _end_of_succession(case: Case, last: ItemPeriod) -> str:
    """Return the message if an item retires within the horizon without a usable successor; "" otherwise."""
    end = case.finance.first_day(case.finance.months + 1)
    if last.until >= end or last.item.retires is None:
        return ""
    if last.item.successor is None:
        return (
            f"{last.item.id} retires on {last.item.retires}, inside the horizon, and names no successor; "
            "name one in the price book, or another item here."
        )
    return f"The successors of {last.item.id} lead nowhere; mend `successor:` in the price book."


def _check_steps(
    case: Case, here: Location, used: list[ItemPeriod], component: Component
) -> Iterator[Violation]:
    """Check that later rates are defined relative to the first (not 0), and that successors have its components."""
    first = used[0].item.at(used[0].since)
    start = first.amount(first.charged(component)) if first else None
    if start is None:
        return
    for dated in schedules(case):
        if (
            dated.option == here[1]
            and dated.field == OPTION_FIELDS[component]
            and len(dated.rates) > 1
            and start == 0
        ):
            sentence = (
                f"The {component} rate of {used[0].item.id} is 0 at the start and changes later, "
                f"which is no step; give {dated.field} in the case."
            )
            yield Violation(here, sentence, depends_on=HORIZON)
    for period in used[1:]:
        rate = period.item.at(period.since)
        if rate and rate.amount(rate.charged(component)) is None:
            sentence = f"{period.item.id}, which follows {used[0].item.id}, has no {component} rate; add it."
            yield Violation(here, sentence, depends_on=HORIZON)


def _check_ranges(case: Case, key: str, option: Option) -> Iterator[Violation]:
    """Check the ranges stated for prices of an item against its rate."""
    schedule_by_field: dict[str, Schedule] = {
        found.field: found for found in schedules(case) if found.option == key
    }
    for price in (price for fields in PRICE_FIELDS.values() for price in fields):
        stated_range = getattr(option, price, None)
        if not isinstance(stated_range, Range) or isinstance(stated_range, Stated):
            continue
        if price not in schedule_by_field:
            yield Violation(
                ("options", key, price),
                f"The item has no rate for {price}; leave the range out.",
                at_key=True,
                depends_on=HORIZON,
            )
            continue
        first = schedule_by_field[price].rates[0]
        if first.exchange_rate and first.currency not in case.finance.exchange_rates:
            continue  # what the price is in the case's currency is not known
        for name, sentence in range_order_problems(
            starting_price(schedule_by_field[price], case), stated_range.low, stated_range.high
        ).items():
            depends_on = (*HORIZON, ("finance", "exchange_rates"))
            yield Violation(("options", key, price, name), sentence, depends_on=depends_on)
