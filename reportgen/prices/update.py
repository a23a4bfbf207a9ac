"""Updates of token prices from the package genai-prices: what would change, and the text of the changed book."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from reportgen.errors import SurroundingsError
from reportgen.prices import genai
from reportgen.prices.book_editor import BookEditor, NewRate, NewSource
from reportgen.prices.findings import rate_in_force
from reportgen.prices.quotes import Quote
from reportgen.runtime.records import dataclass
from reportgen.schema.prices import Item, PriceBook, Purchase, Rate

SOURCE = "genai-prices"
FIRST_SEEN = "First seen on this day; the package does not date it"
State = Literal["confirmed", "new", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class ItemUpdate:
    """The comparison of one item with the package: confirmed, new rates, contradicted, or unknown to the package."""

    item: str
    state: State
    sentence: str
    rates: tuple[NewRate, ...] = ()
    confirmed: int | None = None
    """The index of the rate that the package confirms."""


def updates(book: PriceBook, day: date) -> tuple[ItemUpdate, ...]:
    """Compare every token item with the package; `day` becomes the `verified` day of new rates."""
    source = source_key(book)
    return tuple(_item_update(item, source, day) for item in book.items if item.kind == "token")


def source_key(book: PriceBook) -> str:
    """Return the source key of the installed package version: the book's key for that version, else a new key."""
    version = genai.version()
    for key, source in book.sources.items():
        if source.title.startswith(f"{SOURCE} {version},"):
            return key
    return SOURCE if SOURCE not in book.sources else f"{SOURCE}-{version}"


def updated_text(
    text: str, book: PriceBook, found: tuple[ItemUpdate, ...], day: date, *, confirm: bool
) -> str:
    """Return the text of the book with the new rates; with `confirm`, also with `verified` set on confirmed rates."""
    editor, source = BookEditor(text), source_key(book)
    if confirm:
        for one in found:
            if one.confirmed is not None:
                editor.set_verified(one.item, one.confirmed, day)
    rates = [rate for one in found for rate in one.rates]
    editor.add_rates(rates)
    if rates and source not in book.sources:
        title = genai.SOURCE_TITLE.format(genai.version())
        editor.add_source(NewSource(source, title, genai.SOURCE_URL, "MIT", day))
    return editor.text


def package_quotes(provider: str, model: str, purchase: Purchase) -> tuple[Quote, ...]:
    """Return the dated prices of a model in the package, oldest first; NoSuchPrice if it has none."""
    return genai.quotes(provider, model, purchase)


def package_version() -> str:
    """Return the version of the package; SurroundingsError if it is not installed."""
    return genai.version()


def item_rates(
    book: PriceBook, quotes: tuple[Quote, ...], wanted: str, day: date
) -> tuple[str, tuple[NewRate, ...]]:
    """Return the id of a new item, unique in the book, and its rates out of dated quotes."""
    last = quotes[-1]
    ordinary = "" if last.purchase == "standard" else f"-{last.purchase}"
    base = wanted or re.sub(r"[^a-z0-9._-]+", "-", f"{last.title}{ordinary}".lower()).strip("-.")
    name = next(one for n in range(1, 10_000) if book.item(one := base if n == 1 else f"{base}-{n}") is None)
    source = source_key(book)
    rates = tuple(NewRate(name, one.effective, day, source, "list", one.amounts, one.note) for one in quotes)
    return name, rates


def text_with_item(
    text: str, book: PriceBook, name: str, quotes: tuple[Quote, ...], rates: tuple[NewRate, ...], day: date
) -> str:
    """Return the text of a book with a new token item, and with the package as its source."""
    editor, source = BookEditor(text), source_key(book)
    editor.add_item(name, quotes[-1], "token", rates)
    if source not in book.sources:
        editor.add_source(
            NewSource(source, genai.SOURCE_TITLE.format(genai.version()), genai.SOURCE_URL, "MIT", day)
        )
    return editor.text


def _item_update(item: Item, source: str, day: date) -> ItemUpdate:
    try:
        quotes = genai.quotes(item.provider, item.model or "", item.purchase)
    except genai.NoSuchPrice as nothing:
        return ItemUpdate(item.id, "unknown", str(nothing))
    if contradiction := _contradiction(item, quotes):
        return ItemUpdate(item.id, "contradicted", contradiction)
    rates = tuple(_new_rates(item, quotes, source, day))
    if rates:
        sentence = "; ".join(f"from {rate.effective}: {_amounts(rate)}" for rate in rates)
        return ItemUpdate(item.id, "new", sentence, rates)
    current = rate_in_force(item, day)
    number = item.rates.index(current) if current else 0
    return ItemUpdate(item.id, "confirmed", "unchanged", confirmed=number)


def _amounts(rate: NewRate) -> str:
    return ", ".join(f"{component} {amount:g}" for component, amount in rate.amounts.items())


def _contradiction(item: Item, quotes: tuple[Quote, ...]) -> str:
    """Return the sentence about a rate with the same first day and other amounts; "" if there is none.

    Why: the book is never corrected in place, so such a rate needs a person's decision.
    """
    rate_by_day = {rate.effective: rate for rate in item.rates if rate.effective}
    for quote in quotes:
        rate = rate_by_day.get(quote.effective) if quote.effective else None
        if rate and not quote.agrees_with(rate):
            amounts = ", ".join(f"{component} {amount:g}" for component, amount in quote.amounts.items())
            return f"from {quote.effective} the package says {amounts}, the book something else; nothing was added: look yourself."
    return ""


def _new_rates(item: Item, quotes: tuple[Quote, ...], source: str, day: date) -> Iterator[NewRate]:
    """Yield the rates that the book lacks: later ones, and an undated price that differs from the rate in force."""
    last = item.rates[-1]
    if len(quotes) == 1 and quotes[0].effective is None:
        if not quotes[0].agrees_with(rate_in_force(item, day) or last) and _is_after(day, last):
            yield _new_rate(item, quotes[0], source, day, day, FIRST_SEEN)
        return
    for quote in quotes:
        if quote.effective and _is_after(quote.effective, last) and not _dates_undated_rate(item, quote):
            yield _new_rate(item, quote, source, quote.effective, day, quote.note)


def _is_after(day: date, rate: Rate) -> bool:
    return rate.effective is None or day > rate.effective


def _dates_undated_rate(item: Item, quote: Quote) -> bool:
    """Return whether the item's only, undated rate has the amounts of the dated quote."""
    return len(item.rates) == 1 and item.rates[0].effective is None and quote.agrees_with(item.rates[0])


def _new_rate(item: Item, quote: Quote, source: str, effective: date, day: date, note: str) -> NewRate:
    return NewRate(item.id, effective, day, source, "list", quote.amounts, note)


def check_currency(book: PriceBook) -> None:
    """Raise SurroundingsError for a book in another currency than US dollars, the currency of the package."""
    if book.currency != "USD":
        raise SurroundingsError(
            f"genai-prices is in US dollars and this book in {book.currency}; nothing was changed."
        )
