"""Quotes of a catalogue as entries of our book: new items, new rates of items that we have, and what is unchanged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.prices.book_editor import BookEditor, NewRate, NewSource, item_lines
from reportgen.prices.quotes import Quote
from reportgen.schema.prices import Item, PriceBook

LINKS = {
    "skypilot": ("SkyPilot catalogue", "https://github.com/skypilot-org/skypilot-catalog", "Apache-2.0"),
    "gpuhunt": ("gpuhunt catalogue", "https://github.com/dstackai/gpuhunt", "MPL-2.0"),
    "litellm": ("LiteLLM, model prices", "https://github.com/BerriAI/litellm", "MIT"),
}
"""Title, link and licence of the catalogues."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One quote as an entry: its item (new or ours), the rate to add, and what the book says today."""

    item: str
    state: Literal["new item", "new rate", "unchanged"]
    quote: Quote
    kind: str
    rate: NewRate

    @property
    def text(self) -> str:
        """Write it as an item of the book."""
        return "\n".join(item_lines(self.item, self.quote, self.kind, [self.rate]))


def entries(book: PriceBook | None, quotes: Sequence[Quote], source: str, day: date) -> tuple[Entry, ...]:
    """Hold quotes against a book; a catalogue dates nothing, so a new rate of an item begins on the day it was read."""
    out: list[Entry] = []
    taken = {item.id for item in book.items} if book else set()
    for quote in quotes:
        kind = "gpu_hour" if "per_gpu_hour" in quote.amounts else "token"
        item = next((found for found in book.items if quote.names(found)), None) if book else None
        id_ = item.id if item else _id(quote, taken)
        taken.add(id_)
        state: Literal["new item", "new rate", "unchanged"] = (
            "new item" if item is None else _state(item, quote)
        )
        since = day if item else None
        out.append(
            Entry(
                id_, state, quote, kind, NewRate(id_, since, day, source, "list", quote.amounts, quote.note)
            )
        )
    return tuple(out)


def with_entries(text: str, book: PriceBook, found: Sequence[Entry], source: str, day: date) -> str:
    """Give the text of a book with the new items and rates in it."""
    manuscript = BookEditor(text)
    for entry in found:
        if entry.state == "new rate":
            manuscript.add_rates([entry.rate])
        elif entry.state == "new item":
            manuscript.add_item(entry.item, entry.quote, entry.kind, [entry.rate])
    if source not in book.sources and any(entry.state != "unchanged" for entry in found):
        title, link, licence = LINKS[source]
        manuscript.add_source(NewSource(source, f"{title}, read on {day}", link, licence, day))
    return manuscript.text


def _state(item: Item, quote: Quote) -> Literal["new rate", "unchanged"]:
    return "unchanged" if quote.says(item.rates[-1]) else "new rate"


def _id(quote: Quote, taken: set[str]) -> str:
    """Make an id of provider, name, place and way to buy; a number is added where it is taken."""
    ordinary = quote.purchase in ("standard", "on_demand")
    parts = (quote.provider, quote.title, quote.region, "" if ordinary else quote.purchase)
    plain = re.sub(r"[^a-z0-9.]+", "-", " ".join(part for part in parts if part).lower()).strip("-.")
    return next(name for n in range(1, 10_000) if (name := plain if n == 1 else f"{plain}-{n}") not in taken)
