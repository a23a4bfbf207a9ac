"""`reportgen prices find`: items of the price book, and models in genai-prices that it does not have."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportgen.cli.console import console, new_table, print_status
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import SHIPPED_BOOK, Book

if TYPE_CHECKING:
    from reportgen.prices.quotes import Quote
    from reportgen.schema.prices import Item, PriceBook, Rate

MAX_MODELS = 20
"""Models of the package that are listed; a narrower text finds the others."""


def find(
    text: Annotated[str, typer.Argument(help="Part of an id, a provider or a name.", show_default=False)],
    book: Book = SHIPPED_BOOK,
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Find prices in the book, and models in genai-prices that the book does not have.

    \b
    reportgen prices find gemini
    reportgen prices find "H100 SXM"
    """
    from reportgen.schema.loading.load import load_book

    loaded = load_book(book)
    found = [item for item in loaded.items if _matches(item, text)]
    if as_json:
        print_json("prices find", _record(loaded, found, text))
        return
    if found:
        shown = new_table(
            f"In {book}", ("Id", "What", "Provider", "Purchase", "Newest rate", "Rates"), text_columns=5
        )
        for item in found:
            latest_verification = item.rates[-1]
            what = item.title + (f", {item.region}" if item.region else "")
            shown.add_row(
                item.id,
                what,
                item.provider,
                item.purchase,
                _amounts(item, latest_verification),
                str(len(item.rates)),
            )
        console().print(shown, "")
    else:
        console().print(f"Nothing in {book} has {text} in its id, provider or name.")
    _print_package_models(loaded, text)


def _record(book: "PriceBook", found: "list[Item]", text: str) -> dict[str, Any]:
    """Return the items of the book, and the models of the package that it does not have; null without the package."""
    from reportgen.cli.prices.records import item_record, quote_record
    from reportgen.errors import SurroundingsError

    items = [item_record(book, item) for item in found]
    try:
        models = [quote_record(quote) for _, _, quote in _package_models(book, text)]
    except SurroundingsError:
        return {"items": items, "models": None}
    return {"items": items, "models": models}


def _matches(item: "Item", text: str) -> bool:
    words = f"{item.id} {item.provider} {item.title} {item.purchase} {item.region or ''}".lower()
    return all(word in words for word in text.lower().split())


def _amounts(item: "Item", rate: "Rate") -> str:
    from reportgen.prices.quotes import amount_text

    amounts = [(c, rate.amount(c)) for c in item.components]
    parts = (f"{c.replace('_', ' ')} {amount_text(a)}" for c, a in amounts if a is not None)
    return f"{', '.join(parts)}" + (f" from {rate.effective}" if rate.effective else "")


def _print_package_models(book: "PriceBook", text: str) -> None:
    from reportgen.errors import SurroundingsError
    from reportgen.prices import genai

    try:
        found = _package_models(book, text)
    except SurroundingsError as missing:
        print_status(f"Only the book was searched. {missing}")
        return
    if not found:
        return
    shown = new_table(
        f"\nIn genai-prices {genai.version()}, not in the book",
        ("Provider", "Model", "Newest standard price"),
        text_columns=3,
    )
    for provider, model, quote in found[:MAX_MODELS]:
        amounts = ", ".join(f"{part.replace('_', ' ')} {amount:g}" for part, amount in quote.amounts.items())
        shown.add_row(provider, model, amounts + (f" from {quote.effective}" if quote.effective else ""))
    console().print(shown)
    if len(found) > MAX_MODELS:
        print_status(f"and {len(found) - MAX_MODELS} more; write more of the name.")


def _package_models(book: "PriceBook", text: str) -> "list[tuple[str, str, Quote]]":
    """Return provider, model and newest standard price of the models that the book does not have."""
    from reportgen.prices import genai

    known, out = {(item.provider, item.model) for item in book.items}, []
    for provider, model in genai.models(text):
        if (provider, model) not in known:
            with suppress(genai.NoSuchPrice, IndexError):
                out.append((provider, model, genai.quotes(provider, model, "standard")[-1]))
    return out
