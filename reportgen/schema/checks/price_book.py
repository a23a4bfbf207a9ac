"""Checks of a price book: unique ids, rates in order and complete, existing sources and successors."""

from collections.abc import Iterator
from itertools import pairwise

from reportgen.schema.loading.document import Location
from reportgen.schema.loading.suggestions import listed, suggestion
from reportgen.schema.loading.validation import Violation
from reportgen.schema.prices import Component, Item, PriceBook

FOREIGN_COMPONENTS: dict[str, tuple[Component, ...]] = {
    "token": ("per_gpu_hour",),
    "gpu_hour": ("input", "cached_input", "cache_write", "output"),
}
"""The rate components that an item of a kind must not have."""
REQUIRED_COMPONENTS: dict[str, tuple[Component, ...]] = {
    "token": ("input", "output"),
    "gpu_hour": ("per_gpu_hour",),
}
PURCHASES_BY_KIND = {
    "token": ("standard", "batch", "flex"),
    "gpu_hour": ("on_demand", "spot", "reserved_1y", "reserved_3y"),
}


def check_price_book(book: PriceBook) -> Iterator[Violation]:
    """Yield violations: duplicate ids, rates out of order or incomplete, unknown sources, bad successors."""
    seen: dict[str, int] = {}
    for number, item in enumerate(book.items):
        here = ("items", number)
        if seen.setdefault(item.id, number) != number:
            yield Violation(
                (*here, "id"), f'The id "{item.id}" is taken by item {seen[item.id] + 1}; ids are used once.'
            )
        if item.purchase not in PURCHASES_BY_KIND[item.kind]:
            allowed = listed(PURCHASES_BY_KIND[item.kind])
            yield Violation(
                (*here, "purchase"), f"You wrote {item.purchase}; items of kind {item.kind} are {allowed}."
            )
        yield from _check_successors(book, item, here)
        yield from _check_dates(item, here)
        yield from _check_amounts(book, item, here)


def _check_successors(book: PriceBook, item: Item, here: Location) -> Iterator[Violation]:
    """Check that the successor exists, is of the same kind, and that the chain has no cycle."""
    if item.successor is None:
        return
    location = (*here, "successor")
    if item.retires is None:
        yield Violation(
            location,
            "A successor needs `retires`: the last day of this item.",
            depends_on=((*here, "retires"),),
        )
    following = book.item(item.successor)
    if following is None:
        close = suggestion(item.successor, (found.id for found in book.items))
        yield Violation(location, f'There is no item "{item.successor}" in this book.{close}')
    elif following.kind != item.kind:
        yield Violation(
            location, f"{following.id} is of kind {following.kind}; a successor is of kind {item.kind} too."
        )
    chain, step = [item.id], following
    while step and step.id not in chain:
        chain.append(step.id)
        step = book.item(step.successor)
    if step and step.id == item.id:
        yield Violation(
            location, f"These successors lead in a circle: {' -> '.join([*chain, item.id])}. Name another."
        )


def _check_dates(item: Item, here: Location) -> Iterator[Violation]:
    """Check that the first days of an item's rates are strictly increasing."""
    for number, (before, after) in enumerate(pairwise(item.rates), start=1):
        location = (*here, "rates", number)
        if after.effective is None:
            yield Violation(
                location, "Only the first rate may be without `effective`; write its first day.", at_key=True
            )
        elif before.effective and after.effective <= before.effective:
            days = f"{after.effective}, not after the one before, {before.effective}"
            sentence = f"This rate begins on {days}; sort them."
            yield Violation((*location, "effective"), sentence)


def _check_amounts(book: PriceBook, item: Item, here: Location) -> Iterator[Violation]:
    """Check that each rate has the amounts of its kind and a source of the book."""
    for number, rate in enumerate(item.rates):
        location = (*here, "rates", number)
        if rate.source not in book.sources:
            close = (
                suggestion(rate.source, book.sources) or f" The sources are {listed(book.sources) or 'none'}."
            )
            sentence = f'There is no source "{rate.source}" in this book.{close}'
            yield Violation((*location, "source"), sentence, depends_on=(("sources", rate.source),))
        for component in REQUIRED_COMPONENTS[item.kind]:
            if rate.amount(component) is None:
                sentence = f"`{component}` is missing: a rate of kind {item.kind} needs it."
                yield Violation((*location, component), sentence, at_key=True)
        for component in FOREIGN_COMPONENTS[item.kind]:
            if rate.amount(component) is not None:
                sentence = f"{component} does not belong to items of kind {item.kind}; take it out."
                yield Violation((*location, component), sentence, at_key=True)
