"""Quotes of a catalogue as entries of the price book: new items, new rates of existing items, and unchanged ones."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from reportgen.prices.book_editor import BookEditor, NewRate, NewSource, item_yaml_lines
from reportgen.prices.quotes import Quote
from reportgen.runtime.records import dataclass
from reportgen.schema.prices import Item, PriceBook

CURRENCY = "USD"
"""The currency of every catalogue."""
CATALOGUES = {
    "skypilot": ("SkyPilot catalogue", "https://github.com/skypilot-org/skypilot-catalog", "Apache-2.0"),
    "gpuhunt": ("gpuhunt catalogue", "https://github.com/dstackai/gpuhunt", "MPL-2.0"),
    "litellm": ("LiteLLM, model prices", "https://github.com/BerriAI/litellm", "MIT"),
}
"""Title, link and licence of each catalogue."""


State = Literal["new item", "new rate", "unchanged", "announced"]


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One quote as an entry of the book: the id of its new or existing item, its state, and the rate to add.

    "announced" is a quote that differs from an item whose next rate the book has already: no rate is added.
    """

    item: str
    state: State
    quote: Quote
    kind: str
    rate: NewRate

    @property
    def text(self) -> str:
        """Return the entry as YAML text of an item."""
        return "\n".join(item_yaml_lines(self.item, self.quote, self.kind, [self.rate]))

    @property
    def adds(self) -> bool:
        """Return whether the entry adds something to the book."""
        return self.state in ("new item", "new rate")


def book_entries(
    book: PriceBook | None, quotes: Sequence[Quote], source: str, day: date
) -> tuple[BookEntry, ...]:
    """Compare quotes with a book and return their entries.

    A catalogue states no dates: a new item's rate is undated, a new rate of an existing item is effective from `day`.
    Of several quotes for one item, such as those of its regions, the cheapest counts.
    """
    out: list[BookEntry] = []
    taken = {item.id for item in book.items} if book else set()
    for quote, item in _cheapest(book, quotes):
        kind = "gpu_hour" if "per_gpu_hour" in quote.amounts else "token"
        id_ = item.id if item else _id(quote, taken)
        taken.add(id_)
        state: State = _state(item, quote, day) if item else "new item"
        since = day if item else None
        out.append(
            BookEntry(
                id_, state, quote, kind, NewRate(id_, since, day, source, "list", quote.amounts, quote.note)
            )
        )
    return tuple(out)


def chosen_entries(found: Sequence[BookEntry], match: str, *, exact: bool) -> tuple[BookEntry, ...]:
    """Return the entries with those named exactly as `match` first; with `exact` those alone."""
    wanted = match.strip().lower()
    named = [
        one
        for one in found
        if wanted in (one.item, one.quote.title.lower(), f"{one.quote.provider} {one.quote.title}".lower())
    ]
    return tuple(named) if exact else (*named, *(one for one in found if one not in named))


def _cheapest(book: PriceBook | None, quotes: Sequence[Quote]) -> list[tuple[Quote, Item | None]]:
    """Pair every quote with its item of the book; None if it has none."""
    found: dict[object, tuple[Quote, Item | None]] = {}
    for quote in quotes:
        item = _item(book, quote) if book else None
        key = item.id if item else quote.key
        if key not in found or quote.total < found[key][0].total:
            found[key] = quote, item
    return list(found.values())


def _item(book: PriceBook, quote: Quote) -> Item | None:
    """Return the item of the book that a quote prices: in US dollars, that of the same region before one without."""
    own = [item for item in book.items if book.currency_of(item) == CURRENCY and quote.matches(item)]
    return next((item for item in own if item.region), own[0]) if own else None


def text_with_entries(text: str, book: PriceBook, found: Sequence[BookEntry], source: str, day: date) -> str:
    """Return the text of a book with the new items, rates and their source added."""
    editor = BookEditor(text)
    added = [entry for entry in found if entry.adds]
    for entry in added:
        if entry.state == "new rate":
            editor.add_rates([entry.rate])
        else:
            editor.add_item(entry.item, entry.quote, entry.kind, [entry.rate])
    if source not in book.sources and added:
        title, link, licence = CATALOGUES[source]
        editor.add_source(NewSource(source, f"{title}, read on {day}", link, licence, day))
    return editor.text


def _state(item: Item, quote: Quote, day: date) -> State:
    rate, last = item.at(day), item.rates[-1]
    if rate and quote.agrees_with(rate):
        return "unchanged"
    return "new rate" if last.effective is None or last.effective < day else "announced"


def _id(quote: Quote, taken: set[str]) -> str:
    """Derive an id from provider, name, region and purchase type, with a number appended if it is taken."""
    ordinary = quote.purchase in ("standard", "on_demand")
    parts = (quote.provider, quote.title, quote.region, "" if ordinary else quote.purchase)
    slug = re.sub(r"[^a-z0-9.]+", "-", " ".join(part for part in parts if part).lower()).strip("-.")
    return next(name for n in range(1, 10_000) if (name := slug if n == 1 else f"{slug}-{n}") not in taken)
