"""Checks of prices: each is given once, in the case or by an item of the book that has it when needed."""

from collections.abc import Iterator

from reportgen.schema.case import Case
from reportgen.schema.loading.document import Location
from reportgen.schema.loading.messages import listed, suggest
from reportgen.schema.loading.reading import Remark
from reportgen.schema.options import PRICE_FIELDS, Option
from reportgen.schema.prices import OPTION_FIELDS, Component, Item, PriceBook
from reportgen.schema.schedules import Schedule, Stretch, schedules, stretches
from reportgen.schema.schedules import price as price_of
from reportgen.schema.stated import Range, Stated, measure, order

KINDS = {"prices": "token", "gpu_prices": "gpu_hour"}
"""The kind of item that each field names."""


def pricing(case: Case) -> Iterator[Remark]:
    """Tell of prices that are missing, given twice, or not to be had from the item when they are needed."""
    for key, option in case.options.items():
        for field in PRICE_FIELDS:
            if field in type(option).model_fields:
                yield from _prices(case, key, option, field)


def _prices(case: Case, key: str, option: Option, field: str) -> Iterator[Remark]:
    named = getattr(option, field)
    for price in PRICE_FIELDS[field]:
        yield from _price(key, option, price, field, named)
    if named is None or case.book is None:
        return
    here, item = ("options", key, field), case.book.item(named)
    if item is None:
        known = [found.id for found in case.book.items if found.kind == KINDS[field]]
        close = suggest(named, known) or f" It has {listed(known)}." if known else ""
        yield Remark(here, f'The price book has no item "{named}".{close}')
    elif item.kind != KINDS[field]:
        yield Remark(
            here, f'"{named}" is priced per {item.kind}; {field} names an item of kind {KINDS[field]}.'
        )
    else:
        yield from _item(case, case.book, here, item)
        if item.retires is None or item.retires >= case.finance.start:
            yield from _ranges(case, key, option)


def _price(key: str, option: Option, price: str, field: str, named: str | None) -> Iterator[Remark]:
    found, here = getattr(option, price), ("options", key, price)
    measured = measure(type(option).model_fields[price])
    if named and isinstance(found, Stated):
        sentence = (
            f"{price} is given here and by the item {named}; keep one. "
            "Beside an item only low and high may stand."
        )
        yield Remark(here, sentence, at_key=True, about=(("options", key, field),))
    elif not named and isinstance(found, Range) and not isinstance(found, Stated):
        sentence = f"{price} has no value; write `value:`, or name an item of the price book with `{field}:`."
        yield Remark(here, sentence, at_key=True, about=(("options", key, field),))
    elif not named and found is None and price != "cached_input_price":
        remedy = f"Write it, or name an item of the price book with `{field}:`."
        sentence = f"`{price}` is missing: {measured.meaning if measured else ''}. {remedy}"
        yield Remark(here, sentence, at_key=True, about=(("options", key, field), ("options", key, "kind")))


def _item(case: Case, book: PriceBook, here: Location, item: Item) -> Iterator[Remark]:
    """Check that an item and its successors have a rate every month, in a currency that can be converted."""
    if item.retires and item.retires < case.finance.start:
        sentence = f"{item.id} retires on {item.retires}, before the start, {case.finance.start}; name the item that follows it."
        yield Remark(here, sentence)
        return
    used = list(stretches(book, item, case.finance))
    for stretch in used:
        if sentence := _gap(stretch):
            yield Remark(here, sentence)
        currency = book.currency_of(stretch.item)
        if currency != case.case.currency and currency not in case.finance.exchange_rates:
            sentence = (
                f"{stretch.item.id} is priced in {currency} and this case in {case.case.currency}; "
                f"give finance.exchange_rates.{currency}: what one {currency} costs in {case.case.currency}."
            )
            yield Remark(here, sentence, about=(("finance", "exchange_rates"), ("case", "currency")))
    if sentence := _ends(case, used[-1]):
        yield Remark(here, sentence)
    for component in item.components:
        yield from _steps(case, here, used, component)


def _gap(stretch: Stretch) -> str:
    item, since = stretch.item, stretch.since
    if item.at(since) is None:
        earliest = item.rates[0].effective
        need = f"it is needed from {since}; name another item, or add a rate"
        return f"{item.id} has no rate before {earliest}, and {need}."
    return ""


def _ends(case: Case, last: Stretch) -> str:
    """Say that an item retires inside the horizon and nothing usable follows."""
    end = case.finance.first_day(case.finance.months + 1)
    if last.until >= end or last.item.retires is None:
        return ""
    if last.item.successor is None:
        return (
            f"{last.item.id} retires on {last.item.retires}, inside the horizon, and names no successor; "
            "name one in the price book, or another item here."
        )
    return f"The successors of {last.item.id} lead nowhere; mend `successor:` in the price book."


def _steps(case: Case, here: Location, used: list[Stretch], component: Component) -> Iterator[Remark]:
    """Check that later rates can be told as steps of the first one, and that successors have what it has."""
    first = used[0].item.at(used[0].since)
    start = first.amount(component) if first else None
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
            yield Remark(here, sentence)
    for stretch in used[1:]:
        rate = stretch.item.at(stretch.since)
        if rate and rate.amount(component) is None:
            yield Remark(
                here, f"{stretch.item.id}, which follows {used[0].item.id}, has no {component} rate; add it."
            )


def _ranges(case: Case, key: str, option: Option) -> Iterator[Remark]:
    """Check the ranges that stand beside an item against its rate."""
    booked: dict[str, Schedule] = {found.field: found for found in schedules(case) if found.option == key}
    for price in (price for fields in PRICE_FIELDS.values() for price in fields):
        beside = getattr(option, price, None)
        if not isinstance(beside, Range) or isinstance(beside, Stated):
            continue
        if price not in booked:
            yield Remark(
                ("options", key, price),
                f"The item has no rate for {price}; leave the range out.",
                at_key=True,
            )
            continue
        for name, sentence in order(price_of(booked[price], case), beside.low, beside.high).items():
            yield Remark(("options", key, price, name), sentence)
