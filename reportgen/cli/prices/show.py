"""`reportgen prices show`: one item of the price book with its rates."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, new_table
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import SHIPPED_BOOK, Book

if TYPE_CHECKING:
    from reportgen.schema.prices import Item, PriceBook, Rate


def show(
    item: Annotated[str, typer.Argument(help="The id of an item of the book.", show_default=False)],
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", formats=["%Y-%m-%d"], help="Show the rate in force on this day alone.", show_default=False
        ),
    ] = None,
    book: Book = SHIPPED_BOOK,
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Show an item with every rate, or the one in force on a day.

    \b
    reportgen prices show gemini-3.8-flash
    reportgen prices show gemini-3.8-flash --at 2027-01-01
    """
    from reportgen.schema.loading.load import load_book

    loaded = load_book(book)
    found = _require_item(loaded, item, book)
    rates = found.rates if at is None else (_rate_on(found, at.date()),)
    if as_json:
        from reportgen.cli.prices.records import item_record

        print_json("prices show", item_record(loaded, found, rates))
        return
    _print_item(found)
    _print_rates(loaded, found, rates, at)


def _print_item(found: "Item") -> None:
    out = console()
    out.print(f"{found.id}: {found.title} at {found.provider}, {found.purchase}", soft_wrap=True)
    if found.retires:
        out.print(f"Retires on {found.retires}; {found.successor or 'nothing'} follows.", soft_wrap=True)
    if found.note:
        out.print(found.note, soft_wrap=True)


def _print_rates(book: "PriceBook", found: "Item", rates: "tuple[Rate, ...]", at: datetime | None) -> None:
    unit = "GPU and hour" if found.kind == "gpu_hour" else "M tokens"
    stated = tuple(component for component in found.components if found.states(component))
    heads = ("From", *(c.replace("_", " ") for c in stated), "Basis", "Verified", "Source")
    shown = new_table(f"{book.currency_of(found)} per {unit}", heads)
    for rate in rates:
        since = str(rate.effective) if rate.effective else "undated"
        if at and rate.effective is None and at.date() < rate.verified:
            since += " (assumed: nobody had looked yet)"
        amounts = (_amount_text(rate.amount(c)) for c in stated)
        shown.add_row(since, *amounts, rate.basis, str(rate.verified), book.sources[rate.source].title)
    console().print(shown)


def _amount_text(amount: float | None) -> str:
    from reportgen.prices.quotes import amount_text

    return "–" if amount is None else amount_text(amount)


def _require_item(book: "PriceBook", name: str, path: Path) -> "Item":
    from reportgen.schema.loading.suggestions import suggestion

    found = book.item(name)
    if found is None:
        close = suggestion(name, (item.id for item in book.items))
        raise typer.BadParameter(
            f'{path} has no item "{name}".{close} Search with: reportgen prices find TEXT'
        )
    return found


def _rate_on(item: "Item", day: date) -> "Rate":
    rate = item.at(day)
    if rate is None:
        raise typer.BadParameter(
            f"{item.id} has no rate before {item.rates[0].effective}; you asked for {day}."
        )
    return rate
