"""`reportgen prices import`: rows of public price catalogues as entries of the book."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, print_status, print_step
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import SHIPPED_BOOK, Book, On, day_of
from reportgen.cli.prices.writing import write_book
from reportgen.units import counted

if TYPE_CHECKING:
    from reportgen.prices.catalogues import PassedOver
    from reportgen.prices.findings import PriceFinding
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
        "--provider",
        help="The provider, of catalogues that do not name it; the file's name unless given (of vms.csv its folder's).",
    ),
]
Exact = Annotated[bool, typer.Option("--exact", help="Only what is named exactly so.")]
All = Annotated[bool, typer.Option("--all", help="All that match, however many.")]
MOST_ENTRIES = 20
"""Entries that are shown and written without --all."""
Write = Annotated[bool, typer.Option("--write", help="Write the new items and rates into the book.")]


def import_catalogue(
    catalogue: Catalogue, file: CatalogueFile, match: Match, provider: Provider = "", book: Book = SHIPPED_BOOK,
    exact: Exact = False, every: All = False, write: Write = False, on: On = None, as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:  # fmt: skip
    """Read rows of a public price catalogue as entries of the book: printed to be pasted, or written.

    The price of a machine with several GPUs is divided by their number. A catalogue dates nothing: a new item's rate is
    undated, a new rate of an item begins on the day it was read.

    \b
    reportgen prices import skypilot lambda.csv --match H100
    reportgen prices import litellm model_prices.json --match "azure gpt-6" --write
    """
    from reportgen.files import read_text
    from reportgen.prices.catalogues import read_catalogue
    from reportgen.prices.imports import book_entries, chosen_entries, text_with_entries
    from reportgen.schema.loading.load import load_book

    _require_known(catalogue)
    rows = read_catalogue(catalogue, file, match, provider)  # type: ignore[arg-type]
    if write and not book.exists():
        raise typer.BadParameter(f"There is no price book {book} to write into; name one with --book.")
    loaded, day = (load_book(book) if book.exists() else None), day_of(on)
    found = chosen_entries(book_entries(loaded, rows.quotes, catalogue, day), match, exact=exact)
    shown, adds = found if every else found[:MOST_ENTRIES], [entry.item for entry in found if entry.adds]
    if not as_json:
        _print_entries(shown, match, file, rows.passed_over)
    if len(found) > len(shown):
        _refuse_many(len(found), len(adds), write=write)
    doubts: Sequence[PriceFinding] = ()
    if loaded is not None and adds:
        text = text_with_entries(read_text(book), loaded, found, catalogue, day)
        doubts = _findings(text, book, adds, day)
        if write:
            write_book(book, text)
            print_step(f"{counted(len(adds), 'entry', 'entries')} written", str(book))
    if as_json:
        _print_record(
            shown, len(found) - len(shown), rows.passed_over, doubts, book, written=write and bool(adds)
        )


def _require_known(catalogue: str) -> None:
    """Refuse a format that is not read."""
    from reportgen.prices.imports import CATALOGUES

    if catalogue not in CATALOGUES:
        raise typer.BadParameter(
            f"{catalogue} is no catalogue that can be read; these are: {', '.join(CATALOGUES)}."
        )


def _print_record(
    shown: "Sequence[BookEntry]", more: int, passed_over: "Sequence[PassedOver]",
    doubts: "Sequence[PriceFinding]", book: Path, *, written: bool,
) -> None:  # fmt: skip
    from reportgen.cli.prices.records import entry_records, finding_records, passed_over_records

    result = {
        "book": str(book), "written": written, "entries": entry_records(shown), "more": more,
        "passed_over": passed_over_records(passed_over),
    }  # fmt: skip
    print_json("prices import", result, finding_records(book, doubts))


def _refuse_many(count: int, adds: int, *, write: bool) -> None:
    """Say that there are more entries than are shown; refuse to write more than that without being asked to."""
    print_status(f"and {count - MOST_ENTRIES} more; write more words, --exact, or --all.")
    if write and adds > MOST_ENTRIES:
        sentence = f"{adds} entries would be written; choose with more words or --exact, or take them all with --all."
        raise typer.BadParameter(sentence, param_hint="--match")


def _print_entries(
    found: "tuple[BookEntry, ...]", match: str, file: Path, passed_over: "Sequence[PassedOver]"
) -> None:
    out = console()
    for name, number, reason in _grouped(passed_over):
        more = f" and {number - 1} more" if number > 1 else ""
        print_status(f"{name}{more}: passed over, {reason}.")
    if not found and not passed_over:
        print_status(f'No row of {file} has all of "{match}".')
    for entry in found:
        if entry.state == "unchanged":
            print_status(f"{entry.item}: the book says the same.")
        elif entry.state == "announced":
            print_status(
                f"{entry.item}: another price than the book's, which has a later rate already; mend it by hand:"
            )
            print_status(f"  {entry.rate.text}")
        else:
            out.print(f"# {entry.state}", soft_wrap=True)
            out.print(entry.text, soft_wrap=True)


def _grouped(passed_over: "Sequence[PassedOver]") -> list[tuple[str, int, str]]:
    """Return the first name, the number and the reason of the rows that were passed over, once per reason."""
    by_reason: dict[str, list[str]] = {}
    for row in passed_over:
        by_reason.setdefault(row.reason, []).append(row.name)
    return [(names[0], len(names), reason) for reason, names in by_reason.items()]


def _findings(text: str, book: Path, items: Sequence[str], day: date) -> "tuple[PriceFinding, ...]":
    """Return, and say, what is doubtful about the new entries.

    Raises:
        InputError: where the book with them would not be valid.
    """
    from reportgen.prices.findings import book_findings
    from reportgen.schema.loading.load import book_of

    found = book_findings(book_of(text, f"{book}, as it would be"), day)
    doubts = tuple(one for one in found if one.item in items)
    for one in doubts:
        print_status(f"Look again: {one.sentence}")
    return doubts
