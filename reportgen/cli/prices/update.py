"""`reportgen prices update`: the newest token prices of the package genai-prices into the book."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, new_table, print_status, print_step
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import SHIPPED_BOOK, Book, On, day_of
from reportgen.cli.prices.writing import write_book
from reportgen.units import counted

if TYPE_CHECKING:
    from reportgen.prices.update import ItemUpdate
    from reportgen.schema.prices import PriceBook

Write = Annotated[bool, typer.Option("--write", help="Write the new rates into the book.")]
Confirm = Annotated[
    bool,
    typer.Option(
        "--confirm", help="With --write: also move `verified` of rates found unchanged to this day."
    ),
]


def update(
    book: Book = SHIPPED_BOOK,
    write: Write = False,
    confirm: Confirm = False,
    on: On = None,
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Hold the token prices of the book against the package genai-prices: what is new, unchanged or contradicted.

    Rates are appended, never corrected; comments and order stay. The package does not say when it last looked, so
    `verified` is the day of the update, and a second source is worth having.

    \b
    reportgen prices update                      what would change
    reportgen prices update --write --confirm    write it, and note that the others were looked at
    """
    from reportgen.prices.update import check_currency, updates
    from reportgen.schema.loading.load import load_book

    loaded, day = load_book(book), day_of(on)
    check_currency(loaded)
    found = updates(loaded, day)
    if not as_json:
        _print_updates(found)
    fresh = sum(len(item_update.rates) for item_update in found)
    written = write and _write(book, loaded, found, day, confirm=confirm)
    if as_json:
        from reportgen.cli.prices.records import update_records

        print_json("prices update", {"book": str(book), "written": written, "items": update_records(found)})
    elif written:
        print_step(f"{counted(fresh, 'rate')} appended", str(book))
    elif write:
        print_status(f"{book} is as it was.")
    else:
        print_status(
            f"{counted(fresh, 'new rate')}. Nothing was written; --write does it."
            if fresh
            else "No new rates."
        )


def _write(
    path: Path, book: "PriceBook", found: "tuple[ItemUpdate, ...]", day: date, *, confirm: bool
) -> bool:
    """Write what is new into the book; return whether anything was."""
    from reportgen.files import read_text
    from reportgen.prices.update import updated_text

    text = read_text(path)
    after = updated_text(text, book, found, day, confirm=confirm)
    if after != text:
        write_book(path, after)
    return after != text


def _print_updates(found: "tuple[ItemUpdate, ...]") -> None:
    shown = new_table("What the package says", ("Item", "State", "In words"), text_columns=3)
    changed = [item_update for item_update in found if item_update.state != "confirmed"]
    for item_update in changed:
        shown.add_row(item_update.item, item_update.state, item_update.sentence)
    if changed:
        console().print(shown)
    same = sum(item_update.state == "confirmed" for item_update in found)
    print_status(f"{counted(same, 'item')} {'is' if same == 1 else 'are'} unchanged.")
