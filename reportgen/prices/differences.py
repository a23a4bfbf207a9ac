"""Differences between two price books: rates changed, announced or withdrawn, items new, gone or retired."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from reportgen.runtime.records import dataclass
from reportgen.schema.prices import Component, Item, PriceBook, Rate

Kind = Literal["changed", "announced", "withdrawn", "retired", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two books: the item, the first day it concerns, and the rates before and after.

    `item` is the newer book's item, or the older one's if it is gone; for an announced rate, `before` is the rate in
    force on that day in the older book.
    """

    kind: Kind
    item: Item
    day: date | None
    before: Rate | None
    after: Rate | None
    sentence: str

    @property
    def label(self) -> str:
        """Return a one-line name of the difference."""
        return f"{self.item.id} {self.kind}" + (f" from {self.day}" if self.day else "")

    @property
    def amounts(self) -> tuple[tuple[Component, float | None, float | None], ...]:
        """Return the amounts that differ, each as component, amount before, amount after."""
        pairs = (
            (c, self.before.amount(c) if self.before else None, self.after.amount(c) if self.after else None)
            for c in self.item.components
        )
        return tuple((c, before, after) for c, before, after in pairs if before != after)


def differences(old: PriceBook, new: PriceBook) -> tuple[Difference, ...]:
    """Return all differences in the order of the newer book, followed by the items that are gone."""
    out = [difference for item in new.items for difference in _item_differences(old.item(item.id), item)]
    gone = (item for item in old.items if new.item(item.id) is None)
    return (
        *out,
        *(Difference("gone", item, None, item.rates[-1], None, "no longer in the book") for item in gone),
    )


def _item_differences(before: Item | None, after: Item) -> Iterator[Difference]:
    if before is None:
        yield Difference("new", after, None, None, after.rates[-1], "not in the older book")
        return
    old_rates, new_rates = ({rate.effective: rate for rate in item.rates} for item in (before, after))
    for day, rate in new_rates.items():
        was = old_rates.get(day)
        if was is None:
            earlier = before.at(day) if day else None
            yield Difference(
                "announced", after, day, earlier, rate, "a rate that the older book did not have"
            )
        elif _amounts(after, was) != _amounts(after, rate):
            yield Difference("changed", after, day, was, rate, "another amount from the same day")
    for day, rate in old_rates.items():
        if day not in new_rates:
            yield Difference(
                "withdrawn", after, day, rate, after.at(day) if day else None, "no longer in the book"
            )
    if (before.retires, before.successor) != (after.retires, after.successor):
        sentence = (
            f"retires on {after.retires}, {after.successor or 'nothing'} follows"
            if after.retires
            else "no longer retires"
        )
        yield Difference("retired", after, after.retires, None, None, sentence)


def _amounts(item: Item, rate: Rate) -> tuple[float | None, ...]:
    return tuple(rate.amount(component) for component in item.components)


def apply_difference(old: PriceBook, new: PriceBook, difference: Difference) -> PriceBook:
    """Return the older book with one difference applied; a retired item brings its successors."""
    item_id = difference.item.id
    match difference.kind:
        case "new":
            return _with_item(old, difference.item)
        case "gone":
            return old.model_copy(update={"items": tuple(item for item in old.items if item.id != item_id)})
        case "retired":
            return _with_retirement(old, new, difference.item)
    item = old.item(item_id)
    assert item is not None
    rates = [rate for rate in item.rates if rate.effective != difference.day]
    rates += [difference.after] if difference.after and difference.kind != "withdrawn" else []
    ordered = tuple(sorted(rates, key=lambda rate: rate.effective or date.min))
    return _with_item(old, item.model_copy(update={"rates": ordered}))


def _with_retirement(old: PriceBook, new: PriceBook, item: Item) -> PriceBook:
    old_item = old.item(item.id)
    assert old_item is not None
    book = _with_item(old, old_item.model_copy(update={"retires": item.retires, "successor": item.successor}))
    following = new.item(item.successor)
    while following and book.item(following.id) is None:
        book = _with_item(book, following)
        following = new.item(following.successor)
    return book


def _with_item(book: PriceBook, item: Item) -> PriceBook:
    """Return a book with an item added, or in place of the item with its id."""
    if book.item(item.id) is None:
        return book.model_copy(update={"items": (*book.items, item)})
    return book.model_copy(update={"items": tuple(item if one.id == item.id else one for one in book.items)})
