"""`reportgen prices import`: rows of public price catalogues as entries of the book."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, print_status, print_step
from reportgen.cli.parameters import SHIPPED_BOOK, Book, On, day_of
from reportgen.units import counted

if TYPE_CHECKING:
    from reportgen.prices.imports import BookEntry

Catalogue = Annotated[
    str, typer.Argument(help="skypilot, gpuhunt or litellm: the format of the file.", show_default=False)
]
CatalogueFile = Annotated[
    Path, typer.Argument(help="The catalogue: a CSV file, of litellm the JSON file.", show_default=False)
]
Match = Annotated[
    str,
    typer.Option(
        "--match",
        help="Words that all stand in a row: its provider, GPU or model, region.",
        show_default=False,
    ),
]
Provider = Annotated[
    str,
    typer.Option(
        "--provider", help="The provider, of catalogues that do not name it; the file's name unless given."
    ),
]
Write = Annotated[bool, typer.Option("--write", help="Write the new items and rates into the book.")]


def import_catalogue(
    catalogue: Catalogue,
    file: CatalogueFile,
    match: Match,
    provider: Provider = "",
    book: Book = SHIPPED_BOOK,
    write: Write = False,
    on: On = None,
) -> None:
    r"""Read rows of a public price catalogue as entries of the book: printed to be pasted, or written.

    The price of a machine with several GPUs is divided by their number. A catalogue dates nothing: a new item's rate is
    undated, a new rate of an item begins on the day it was read.

    \b
    reportgen prices import skypilot lambda.csv --match H100
    reportgen prices import litellm model_prices.json --match "azure gpt-6" --write
    """
    from reportgen.prices.catalogues import read_catalogue
    from reportgen.prices.imports import CATALOGUES, book_entries, text_with_entries
    from reportgen.schema.loading.load import load_book

    if catalogue not in CATALOGUES:
        raise typer.BadParameter(
            f"{catalogue} is no catalogue that can be read; these are: {', '.join(CATALOGUES)}."
        )
    quotes = read_catalogue(catalogue, file, match, provider)  # type: ignore[arg-type]
    loaded, day = (load_book(book) if book.exists() else None), day_of(on)
    found = book_entries(loaded, quotes, catalogue, day)
    _print_entries(found, match, file)
    if write and loaded is not None:
        from reportgen.files import replace_text

        replace_text(book, text_with_entries(book.read_text(encoding="utf-8"), loaded, found, catalogue, day))
        load_book(book)
        count = sum(entry.state != "unchanged" for entry in found)
        print_step(f"{counted(count, 'entry', 'entries')} written", str(book))


def _print_entries(found: "tuple[BookEntry, ...]", match: str, file: Path) -> None:
    out = console()
    if not found:
        print_status(f'No row of {file} has all of "{match}".')
    for entry in found:
        if entry.state == "unchanged":
            print_status(f"{entry.item}: the book says the same.")
        else:
            out.print(f"# {entry.state}", soft_wrap=True)
            out.print(entry.text, soft_wrap=True)
