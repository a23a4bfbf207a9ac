"""Bringing token prices up to date out of genai-prices: what would change, and the book with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen.errors import SurroundingsError
from reportgen.prices import genai
from reportgen.prices.book_editor import BookEditor, NewRate, NewSource
from reportgen.prices.findings import in_force
from reportgen.prices.quotes import Quote
from reportgen.schema.prices import Item, PriceBook, Rate

SOURCE = "genai-prices"
FIRST_SEEN = "First seen on this day; the package does not date it"
State = Literal["confirmed", "new", "contradicted", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the package says about one item: confirmed, rates to add, a contradiction with a rate we have, or nothing."""

    item: str
    state: State
    sentence: str
    rates: tuple[NewRate, ...] = ()
    confirmed: int | None = None
    """The number of the rate that is found unchanged."""


def updates(book: PriceBook, day: date) -> tuple[Finding, ...]:
    """Hold every token item against the package, as of a day: the one on which its rates will be called verified."""
    source = source_key(book)
    return tuple(_finding(item, source, day) for item in book.items if item.kind == "token")


def source_key(book: PriceBook) -> str:
    """Name the source of the installed version: the book's own where it is that version, else a new one."""
    version = genai.version()
    for key, source in book.sources.items():
        if source.title.startswith(f"{SOURCE} {version},"):
            return key
    return SOURCE if SOURCE not in book.sources else f"{SOURCE}-{version}"


def rewritten(text: str, book: PriceBook, found: tuple[Finding, ...], day: date, *, confirm: bool) -> str:
    """Give the text of the book with the new rates, and with `verified` moved where a rate was found unchanged."""
    manuscript, source = BookEditor(text), source_key(book)
    if confirm:
        for one in found:
            if one.confirmed is not None:
                manuscript.verify(one.item, one.confirmed, day)
    rates = [rate for one in found for rate in one.rates]
    manuscript.add_rates(rates)
    if rates and source not in book.sources:
        title = genai.TITLE.format(genai.version())
        manuscript.add_source(NewSource(source, title, genai.LINK, "MIT", day))
    return manuscript.text


def _finding(item: Item, source: str, day: date) -> Finding:
    try:
        quotes = genai.quotes(item.provider, item.model or "", item.purchase)
    except genai.NoSuchPrice as nothing:
        return Finding(item.id, "unknown", str(nothing))
    if clash := _clash(item, quotes):
        return Finding(item.id, "contradicted", clash)
    rates = tuple(_rates(item, quotes, source, day))
    if rates:
        said = "; ".join(f"from {rate.effective}: {_amounts(rate)}" for rate in rates)
        return Finding(item.id, "new", said, rates)
    here = in_force(item, day)
    number = item.rates.index(here) if here else 0
    return Finding(item.id, "confirmed", "unchanged", confirmed=number)


def _amounts(rate: NewRate) -> str:
    return ", ".join(f"{component} {amount:g}" for component, amount in rate.amounts.items())


def _clash(item: Item, quotes: tuple[Quote, ...]) -> str:
    """Say where the package dates a rate as we do and gives other amounts: the book is never corrected in place."""
    own = {rate.effective: rate for rate in item.rates if rate.effective}
    for quote in quotes:
        rate = own.get(quote.effective) if quote.effective else None
        if rate and not quote.says(rate):
            amounts = ", ".join(f"{component} {amount:g}" for component, amount in quote.amounts.items())
            return f"from {quote.effective} the package says {amounts}, the book something else; nothing was added: look yourself."
    return ""


def _rates(item: Item, quotes: tuple[Quote, ...], source: str, day: date) -> Iterator[NewRate]:
    """List what the package has beyond the book: later dates, and a price without a date that is not the last one."""
    last = item.rates[-1]
    if len(quotes) == 1 and quotes[0].effective is None:
        if not quotes[0].says(in_force(item, day) or last) and _after(day, last):
            yield _new(item, quotes[0], source, day, day, FIRST_SEEN)
        return
    for quote in quotes:
        if quote.effective and _after(quote.effective, last) and not _said(item, quote):
            yield _new(item, quote, source, quote.effective, day, quote.note)


def _after(day: date, rate: Rate) -> bool:
    return rate.effective is None or day > rate.effective


def _said(item: Item, quote: Quote) -> bool:
    """Say whether an undated first rate already is what the package dates."""
    return len(item.rates) == 1 and item.rates[0].effective is None and quote.says(item.rates[0])


def _new(item: Item, quote: Quote, source: str, effective: date, day: date, note: str) -> NewRate:
    return NewRate(item.id, effective, day, source, "list", quote.amounts, note)


def check_currency(book: PriceBook) -> None:
    """Refuse a book in another currency: the package's prices are US dollars."""
    if book.currency != "USD":
        raise SurroundingsError(
            f"genai-prices is in US dollars and this book in {book.currency}; nothing was changed."
        )
