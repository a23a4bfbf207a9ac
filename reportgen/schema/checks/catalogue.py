"""Checks of the price book by itself: items once, rates in order, and everything that is named there."""

from collections.abc import Iterator
from itertools import pairwise

from reportgen.schema.loading.document import Location
from reportgen.schema.loading.messages import listed, suggest
from reportgen.schema.loading.reading import Remark
from reportgen.schema.prices import Component, Item, PriceBook

OTHERS: dict[str, tuple[Component, ...]] = {
    "token": ("per_gpu_hour",),
    "gpu_hour": ("input", "cached_input", "output"),
}
"""The rates that a kind of item does not have."""
REQUIRED: dict[str, tuple[Component, ...]] = {"token": ("input", "output"), "gpu_hour": ("per_gpu_hour",)}
PURCHASES = {
    "token": ("standard", "batch", "flex"),
    "gpu_hour": ("on_demand", "spot", "reserved_1y", "reserved_3y"),
}


def catalogue(book: PriceBook) -> Iterator[Remark]:
    """Tell of ids used twice, rates out of order or incomplete, unknown sources, successors that lead nowhere."""
    seen: dict[str, int] = {}
    for number, item in enumerate(book.items):
        here = ("items", number)
        if seen.setdefault(item.id, number) != number:
            yield Remark(
                (*here, "id"), f'The id "{item.id}" is taken by item {seen[item.id] + 1}; ids are used once.'
            )
        if item.purchase not in PURCHASES[item.kind]:
            allowed = listed(PURCHASES[item.kind])
            yield Remark(
                (*here, "purchase"), f"You wrote {item.purchase}; items of kind {item.kind} are {allowed}."
            )
        yield from _succession(book, item, here)
        yield from _dates(item, here)
        yield from _amounts(book, item, here)


def _succession(book: PriceBook, item: Item, here: Location) -> Iterator[Remark]:
    """Check that successors exist, are of the same kind, and do not lead in a circle."""
    if item.successor is None:
        return
    location = (*here, "successor")
    if item.retires is None:
        yield Remark(
            location, "A successor needs `retires`: the last day of this item.", about=((*here, "retires"),)
        )
    following = book.item(item.successor)
    if following is None:
        close = suggest(item.successor, (found.id for found in book.items))
        yield Remark(location, f'There is no item "{item.successor}" in this book.{close}')
    elif following.kind != item.kind:
        yield Remark(
            location, f"{following.id} is of kind {following.kind}; a successor is of kind {item.kind} too."
        )
    chain, step = [item.id], following
    while step and step.id not in chain:
        chain.append(step.id)
        step = book.item(step.successor)
    if step and step.id == item.id:
        yield Remark(
            location, f"These successors lead in a circle: {' -> '.join([*chain, item.id])}. Name another."
        )


def _dates(item: Item, here: Location) -> Iterator[Remark]:
    """Check that rates follow each other day by day."""
    for number, (before, after) in enumerate(pairwise(item.rates), start=1):
        location = (*here, "rates", number)
        if after.effective is None:
            yield Remark(
                location, "Only the first rate may be without `effective`; write its first day.", at_key=True
            )
        elif before.effective and after.effective <= before.effective:
            days = f"{after.effective}, not after the one before, {before.effective}"
            sentence = f"This rate begins on {days}; sort them."
            yield Remark((*location, "effective"), sentence)


def _amounts(book: PriceBook, item: Item, here: Location) -> Iterator[Remark]:
    """Check that each rate has the amounts of its kind and a source of the book."""
    for number, rate in enumerate(item.rates):
        location = (*here, "rates", number)
        if rate.source not in book.sources:
            close = (
                suggest(rate.source, book.sources) or f" The sources are {listed(book.sources) or 'none'}."
            )
            sentence = f'There is no source "{rate.source}" in this book.{close}'
            yield Remark((*location, "source"), sentence, about=(("sources", rate.source),))
        for component in REQUIRED[item.kind]:
            if rate.amount(component) is None:
                sentence = f"`{component}` is missing: a rate of kind {item.kind} needs it."
                yield Remark((*location, component), sentence, at_key=True)
        for component in OTHERS[item.kind]:
            if rate.amount(component) is not None:
                sentence = f"{component} does not belong to items of kind {item.kind}; take it out."
                yield Remark((*location, component), sentence, at_key=True)
