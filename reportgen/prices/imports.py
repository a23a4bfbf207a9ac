"""Quotes of a catalogue as entries of the price book: new items, new rates of existing items, and unchanged ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.prices.book_editor import BookEditor, NewRate, NewSource, item_yaml_lines
from reportgen.prices.quotes import Quote
from reportgen.schema.prices import Item, PriceBook

CATALOGUES = {
    "skypilot": ("SkyPilot catalogue", "https://github.com/skypilot-org/skypilot-catalog", "Apache-2.0"),
    "gpuhunt": ("gpuhunt catalogue", "https://github.com/dstackai/gpuhunt", "MPL-2.0"),
    "litellm": ("LiteLLM, model prices", "https://github.com/BerriAI/litellm", "MIT"),
}
"""Title, link and licence of each catalogue."""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One quote as an entry of the book: the id of its new or existing item, its state, and the rate to add."""

    item: str
    state: Literal["new item", "new rate", "unchanged"]
    quote: Quote
    kind: str
    rate: NewRate

    @property
    def text(self) -> str:
        """Return the entry as YAML text of an item."""
        return "\n".join(item_yaml_lines(self.item, self.quote, self.kind, [self.rate]))


def book_entries(
    book: PriceBook | None, quotes: Sequence[Quote], source: str, day: date
) -> tuple[BookEntry, ...]:
    """Compare quotes with a book and return their entries.

    A catalogue states no dates: a new item's rate is undated, a new rate of an existing item is effective from `day`.
    """
    out: list[BookEntry] = []
    taken = {item.id for item in book.items} if book else set()
    for quote in quotes:
        kind = "gpu_hour" if "per_gpu_hour" in quote.amounts else "token"
        item = next((found for found in book.items if quote.matches(found)), None) if book else None
        id_ = item.id if item else _id(quote, taken)
        taken.add(id_)
        state: Literal["new item", "new rate", "unchanged"] = (
            "new item" if item is None else _state(item, quote)
        )
        since = day if item else None
        out.append(
            BookEntry(
                id_, state, quote, kind, NewRate(id_, since, day, source, "list", quote.amounts, quote.note)
            )
        )
    return tuple(out)


def text_with_entries(text: str, book: PriceBook, found: Sequence[BookEntry], source: str, day: date) -> str:
    """Return the text of a book with the new items, rates and their source added."""
    editor = BookEditor(text)
    for entry in found:
        if entry.state == "new rate":
            editor.add_rates([entry.rate])
        elif entry.state == "new item":
            editor.add_item(entry.item, entry.quote, entry.kind, [entry.rate])
    if source not in book.sources and any(entry.state != "unchanged" for entry in found):
        title, link, licence = CATALOGUES[source]
        editor.add_source(NewSource(source, f"{title}, read on {day}", link, licence, day))
    return editor.text


def _state(item: Item, quote: Quote) -> Literal["new rate", "unchanged"]:
    return "unchanged" if quote.agrees_with(item.rates[-1]) else "new rate"


def _id(quote: Quote, taken: set[str]) -> str:
    """Derive an id from provider, name, region and purchase type, with a number appended if it is taken."""
    ordinary = quote.purchase in ("standard", "on_demand")
    parts = (quote.provider, quote.title, quote.region, "" if ordinary else quote.purchase)
    slug = re.sub(r"[^a-z0-9.]+", "-", " ".join(part for part in parts if part).lower()).strip("-.")
    return next(name for n in range(1, 10_000) if (name := slug if n == 1 else f"{slug}-{n}") not in taken)
