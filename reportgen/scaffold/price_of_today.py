"""The price of the model that serves today: out of the shipped price book, else out of genai-prices."""

from datetime import date

from reportgen.errors import SurroundingsError
from reportgen.files import data_folder
from reportgen.prices.quotes import Quote
from reportgen.prices.update import package_quotes, package_version
from reportgen.runtime.records import dataclass
from reportgen.schema.loading.load import load_book
from reportgen.schema.prices import Item, PriceBook, Rate


@dataclass(frozen=True, slots=True)
class TodaysPrice:
    """What a million tokens cost in US dollars, and who says so; None where it is not stated."""

    name: str
    input: float
    output: float
    cached: float | None
    source: str
    as_of: date
    is_guess: bool = False


A_GUESS = TodaysPrice("API", 2.0, 10.0, None, "", date(2026, 11, 23), is_guess=True)
"""Within the range of list prices; nobody's."""


def price_of_today(text: str, day: date) -> TodaysPrice:
    """Return the price of "provider:model", of a model or of an item of the shipped book.

    Raises:
        SurroundingsError: where neither has it; the sentence says what to look for.
    """
    if not text:
        return A_GUESS
    provider, _, model = text.rpartition(":")
    book = load_book(data_folder("inputs") / "prices.yaml")
    for item in book.items:
        named = (
            item.kind == "token"
            and item.purchase == "standard"
            and text in (item.id, item.model, f"{item.provider}:{item.model}")
        )
        if named and (rate := item.at(day) or item.rates[0]):
            return _of_book(book, item, rate)
    if not provider:
        raise SurroundingsError(
            f"The shipped price book has no {text}; write provider:model, such as anthropic:{text}."
        )
    quotes = [
        quote
        for quote in package_quotes(provider, model, "standard")
        if quote.effective is None or quote.effective <= day
    ]
    return _of_package(model, quotes[-1], day)


def _of_book(book: PriceBook, item: Item, rate: Rate) -> TodaysPrice:
    source = book.sources[rate.source].title if rate.source in book.sources else rate.source
    return TodaysPrice(
        item.title,
        rate.input or 0.0,
        rate.output or 0.0,
        rate.cached_input,
        f"{source}: {item.id}, list price",
        rate.verified,
    )


def _of_package(model: str, quote: Quote, day: date) -> TodaysPrice:
    amounts = quote.amounts
    source = f"genai-prices {package_version()}: {quote.provider} {model}, list price"
    return TodaysPrice(
        model, amounts.get("input", 0.0), amounts.get("output", 0.0), amounts.get("cached_input"), source, day
    )
