"""`reportgen prices`: look prices up, check them, bring the book up to date, and see what a change of prices does."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, say, step, table
from reportgen.cli.parameters import SHIPPED_BOOK, Book, On, day_of
from reportgen.units import counted

if TYPE_CHECKING:
    from reportgen.prices.findings import PriceFinding
    from reportgen.prices.update import Finding
    from reportgen.schema.prices import Item, PriceBook, Rate

FINDINGS = 3
"""The exit status of a check with findings."""
MOST_MODELS = 20
"""Models of the package that `find` lists; a narrower text finds the others."""

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


@app.callback(epilog="The price book is inputs/prices.yaml unless --book names another.")
def prices() -> None:
    """Look prices up, check and update them, and see what a change of prices does.

    \b
    reportgen prices find gemini                        in the book, and in the package genai-prices
    reportgen prices check                              which prices deserve a second look
    reportgen prices update --write                     the newest token prices into the book
    reportgen prices diff old.yaml inputs/prices.yaml --case inputs/acme.yaml
    """


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="Part of an id, a provider or a name.", show_default=False)],
    book: Book = SHIPPED_BOOK,
) -> None:
    r"""Find prices in the book, and models in genai-prices that the book does not have.

    \b
    reportgen prices find gemini
    reportgen prices find "H100 SXM"
    """
    from reportgen.schema.loading.load import load_book

    loaded = load_book(book)
    found = [item for item in loaded.items if _contains(item, text)]
    if found:
        shown = table(f"In {book}", ("Id", "What", "Provider", "Purchase", "Newest rate", "Rates"), words=5)
        for item in found:
            newest = item.rates[-1]
            what = item.title + (f", {item.region}" if item.region else "")
            shown.add_row(
                item.id, what, item.provider, item.purchase, _amounts(item, newest), str(len(item.rates))
            )
        console().print(shown, "")
    else:
        console().print(f"Nothing in {book} has {text} in its id, provider or name.")
    _in_package(loaded, text)


def _contains(item: "Item", text: str) -> bool:
    words = f"{item.id} {item.provider} {item.title} {item.purchase} {item.region or ''}".lower()
    return all(word in words for word in text.lower().split())


def _amounts(item: "Item", rate: "Rate") -> str:
    from reportgen.prices.quotes import written

    amounts = [(c, rate.amount(c)) for c in item.components]
    said = (f"{c.replace('_', ' ')} {written(a)}" for c, a in amounts if a is not None)
    return f"{', '.join(said)}" + (f" from {rate.effective}" if rate.effective else "")


def _in_package(book: "PriceBook", text: str) -> None:
    from reportgen.errors import SurroundingsError
    from reportgen.prices import genai

    try:
        found = list(genai.models(text))
    except SurroundingsError as missing:
        say(f"Only the book was searched. {missing}")
        return
    ours = {(item.provider, item.model) for item in book.items}
    others = [pair for pair in found if pair not in ours]
    if not others:
        return
    shown = table(
        f"\nIn genai-prices {genai.version()}, not in the book",
        ("Provider", "Model", "Newest standard price"),
        words=3,
    )
    for provider, model in others[:MOST_MODELS]:
        try:
            quote = genai.quotes(provider, model, "standard")[-1]
        except (genai.NoSuchPrice, IndexError):
            continue
        amounts = ", ".join(f"{part.replace('_', ' ')} {amount:g}" for part, amount in quote.amounts.items())
        shown.add_row(provider, model, amounts + (f" from {quote.effective}" if quote.effective else ""))
    console().print(shown)
    if len(others) > MOST_MODELS:
        say(f"and {len(others) - MOST_MODELS} more; write more of the name.")


@app.command()
def show(
    item: Annotated[str, typer.Argument(help="The id of an item of the book.", show_default=False)],
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", formats=["%Y-%m-%d"], help="Show the rate in force on this day alone.", show_default=False
        ),
    ] = None,
    book: Book = SHIPPED_BOOK,
) -> None:
    r"""Show an item with every rate, or the one in force on a day.

    \b
    reportgen prices show gemini-3.8-flash
    reportgen prices show gemini-3.8-flash --at 2027-01-01
    """
    from reportgen.schema.loading.load import load_book

    loaded = load_book(book)
    found = _item(loaded, item, book)
    out = console()
    out.print(f"{found.id}: {found.title} at {found.provider}, {found.purchase}", soft_wrap=True)
    if found.retires:
        out.print(f"Retires on {found.retires}; {found.successor or 'nothing'} follows.", soft_wrap=True)
    if found.note:
        out.print(found.note, soft_wrap=True)
    rates = found.rates if at is None else (_at(found, at.date()),)
    unit = "GPU and hour" if found.kind == "gpu_hour" else "M tokens"
    heads = ("From", *(c.replace("_", " ") for c in found.components), "Basis", "Verified", "Source")
    shown = table(f"{loaded.currency_of(found)} per {unit}", heads)
    for rate in rates:
        since = str(rate.effective) if rate.effective else "undated"
        if at and rate.effective is None and at.date() < rate.verified:
            since += " (assumed: nobody had looked yet)"
        amounts = (_written(rate.amount(c)) for c in found.components)
        shown.add_row(since, *amounts, rate.basis, str(rate.verified), loaded.sources[rate.source].title)
    out.print(shown)


def _written(amount: float | None) -> str:
    from reportgen.prices.quotes import written

    return "–" if amount is None else written(amount)


def _item(book: "PriceBook", name: str, path: Path) -> "Item":
    from reportgen.schema.loading.messages import suggest

    found = book.item(name)
    if found is None:
        close = suggest(name, (item.id for item in book.items))
        raise typer.BadParameter(
            f'{path} has no item "{name}".{close} Search with: reportgen prices find TEXT'
        )
    return found


def _at(item: "Item", day: date) -> "Rate":
    rate = item.at(day)
    if rate is None:
        raise typer.BadParameter(
            f"{item.id} has no rate before {item.rates[0].effective}; you asked for {day}."
        )
    return rate


@app.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="A price book, or a case with the prices it uses.")
    ] = SHIPPED_BOOK,
) -> None:
    r"""Say which prices deserve a second look: old, retiring, contradicted or implausible ones. Exit 3 where there are any.

    A case is checked as of its own date, a book as of its newest look; never as of today, so that a check can be repeated.

    \b
    reportgen prices check                          the price book
    reportgen prices check inputs/acme.yaml         the prices that a case uses, over its horizon
    """
    from reportgen.prices.findings import book_findings, case_findings, newest
    from reportgen.schema.loading.load import is_book, load_book, load_case

    if is_book(file):
        book = load_book(file)
        found, what = book_findings(book), f"{counted(len(book.items), 'item')} as of {newest(book)}"
    else:
        case = load_case(file)
        found, what = case_findings(case), f"the prices that it uses, as of {case.case.date}"
    say(f"  ✓ {file}: {what}")
    _findings(found)
    if found:
        raise typer.Exit(FINDINGS)


def _findings(found: "tuple[PriceFinding, ...]") -> None:
    out = console()
    if not found:
        out.print("Nothing deserves a second look.")
        return
    for finding in found:
        out.print(f"{finding.kind:<20} {finding.sentence}", soft_wrap=True)


Write = Annotated[bool, typer.Option("--write", help="Write the new rates into the book.")]
Confirm = Annotated[
    bool,
    typer.Option(
        "--confirm", help="With --write: also move `verified` of rates found unchanged to this day."
    ),
]


@app.command()
def update(
    book: Book = SHIPPED_BOOK,
    write: Write = False,
    confirm: Confirm = False,
    on: On = None,
) -> None:
    r"""Hold the token prices of the book against the package genai-prices: what is new, unchanged or contradicted.

    Rates are appended, never corrected; comments and order stay. The package does not say when it last looked, so
    `verified` is the day of the update, and a second source is worth having.

    \b
    reportgen prices update                      what would change
    reportgen prices update --write --confirm    write it, and note that the others were looked at
    """
    from reportgen.files import replace_text
    from reportgen.prices.update import check_currency, rewritten, updates
    from reportgen.schema.loading.load import load_book

    loaded, day = load_book(book), day_of(on)
    check_currency(loaded)
    found = updates(loaded, day)
    _updates(found)
    fresh = sum(len(one.rates) for one in found)
    if not write:
        say(
            f"{counted(fresh, 'new rate')}. Nothing was written; --write does it."
            if fresh
            else "No new rates."
        )
        return
    text = book.read_text(encoding="utf-8")
    after = rewritten(text, loaded, found, day, confirm=confirm)
    if after == text:
        say(f"{book} is as it was.")
        return
    replace_text(book, after)
    load_book(book)
    step(f"{counted(fresh, 'rate')} appended", str(book))


def _updates(found: "tuple[Finding, ...]") -> None:
    shown = table("What the package says", ("Item", "State", "In words"), words=3)
    progress = [one for one in found if one.state != "confirmed"]
    for one in progress:
        shown.add_row(one.item, one.state, one.sentence)
    if progress:
        console().print(shown)
    same = sum(one.state == "confirmed" for one in found)
    say(f"{counted(same, 'item')} {'is' if same == 1 else 'are'} unchanged.")
