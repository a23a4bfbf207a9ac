"""`reportgen prices check`: prices of a book or a case that deserve a second look."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import console, print_status
from reportgen.cli.exit_status import FINDINGS
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import SHIPPED_BOOK
from reportgen.units import counted

if TYPE_CHECKING:
    from reportgen.prices.findings import PriceFinding


def check(
    file: Annotated[
        Path, typer.Argument(help="A price book, or a case with the prices it uses.")
    ] = SHIPPED_BOOK,
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Say which prices deserve a second look: old, retiring, contradicted or implausible ones. Exit 3 where there are any.

    A case is checked as of its own date, a book as of its newest look; never as of today, so that a check can be repeated.

    \b
    reportgen prices check                          the price book
    reportgen prices check inputs/acme.yaml         the prices that a case uses, over its horizon
    """
    from reportgen.cli.prices.records import finding_records
    from reportgen.prices.findings import book_findings, case_findings, latest_verification
    from reportgen.schema.loading.load import is_book, load_book, load_case

    if is_book(file):
        book = load_book(file)
        found, what = (
            book_findings(book),
            f"{counted(len(book.items), 'item')} as of {latest_verification(book)}",
        )
    else:
        case = load_case(file, widen=True)
        found, what = case_findings(case), f"the prices that it uses, as of {case.case.date}"
    if as_json:
        print_json("prices check", {"file": str(file), "what": what}, finding_records(file, found))
    else:
        print_status(f"  ✓ {file}: {what}")
        _print_findings(found)
    if found:
        raise typer.Exit(FINDINGS)


def _print_findings(found: "tuple[PriceFinding, ...]") -> None:
    out = console()
    if not found:
        out.print("Nothing deserves a second look.")
        return
    for finding in found:
        out.print(f"{finding.kind:<22} {finding.sentence}", soft_wrap=True)
