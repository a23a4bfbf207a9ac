"""`reportgen prices add`: a model of genai-prices as an item of the book."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportgen.cli.console import print_status, print_step
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import SHIPPED_BOOK, Book, On, day_of
from reportgen.cli.prices.writing import write_book

if TYPE_CHECKING:
    from reportgen.schema.prices import PriceBook

Provider = Annotated[str, typer.Argument(help="The provider, as genai-prices calls it.", show_default=False)]
Model = Annotated[
    str, typer.Argument(help="The model; reportgen prices find lists them.", show_default=False)
]
HowBought = Annotated[
    Literal["standard", "batch", "flex"], typer.Option("--purchase", help="How it is bought.")
]
ItemId = Annotated[
    str, typer.Option("--id", help="The item's id; the model's name unless given.", show_default=False)
]
Write = Annotated[bool, typer.Option("--write", help="Write it into the book.")]


def add(
    provider: Provider, model: Model, purchase: HowBought = "standard", id_: ItemId = "", write: Write = False,
    book: Book = SHIPPED_BOOK, on: On = None, as_json: AsJson = False, _quiet: Quiet = False,
) -> None:  # fmt: skip
    """Take a model out of genai-prices as an item of the book, with all its dated rates; shown first, written with --write.

    \b
    reportgen prices add anthropic claude-opus-5-5
    reportgen prices add google gemini-3.8-flash --purchase batch --write
    """
    from reportgen.cli.prices.records import quote_record
    from reportgen.files import read_text
    from reportgen.prices.book_editor import item_yaml_lines
    from reportgen.prices.update import check_currency, item_rates, package_quotes, text_with_item
    from reportgen.schema.loading.load import load_book

    loaded, day = load_book(book), day_of(on)
    check_currency(loaded)
    quotes = package_quotes(provider, model, purchase)
    _require_new(loaded, provider, quotes[-1].title, purchase)
    name, rates = item_rates(loaded, quotes, id_, day)
    text = "\n".join(item_yaml_lines(name, quotes[-1], "token", rates))
    if not as_json:
        typer.echo(text)
    if write:
        write_book(book, text_with_item(read_text(book), loaded, name, quotes, rates, day))
        print_step(f"{name} added", str(book))
    else:
        print_status(f"Nothing was written; --write adds it to {book}.")
    if as_json:
        found = [quote_record(quote) for quote in quotes]
        print_json(
            "prices add", {"book": str(book), "written": write, "item": name, "quotes": found, "yaml": text}
        )


def _require_new(book: "PriceBook", provider: str, model: str, purchase: str) -> None:
    """Raise SurroundingsError where the book has the model already."""
    from reportgen.errors import SurroundingsError

    wanted = (provider, model, purchase)
    same = [item.id for item in book.items if (item.provider, item.model, item.purchase) == wanted]
    if same:
        raise SurroundingsError(
            f"The book has it already: {same[0]}. Its newest rates: reportgen prices update --write"
        )
