"""`reportgen verify`: checks of a workbook: safety, modelling rules, recalculated values, changes since issue."""

from pathlib import Path
from typing import Annotated, Any

import typer

from reportgen.cli.exit_status import FINDINGS
from reportgen.cli.output import AsJson, Quiet, head

File = Annotated[
    Path,
    typer.Argument(
        help="A workbook (xlsx), of this program or any other; or a paper (pdf) of this program.",
        show_default=False,
    ),
]
Most = Annotated[
    int, typer.Option("--max", min=0, help="Show at most so many places of each rule, after the summary.")
]
Fast = Annotated[bool, typer.Option("--fast", help="Leave out the recalculation by LibreOffice.")]
PublicKey = Annotated[
    Path | None,
    typer.Option(
        "--key",
        help="A public SSH key, or a file of several: the signature beside the file has to be by one of them.",
        show_default=False,
    ),
]


def verify(
    book: File, as_json: AsJson = False, most: Most = 5, fast: Fast = False, key: PublicKey = None, _quiet: Quiet = False
) -> None:  # fmt: skip
    """Say whether a workbook is safe, keeps the rules, holds true values, passes its checks, and was changed.

    A workbook of this program is built again from the case that it carries, and compared. Exit status 3 where something is
    found: a rule, a value, a cell written over that was not to be edited. What finance typed where it edits is none.

    \b
    reportgen verify out/one-billion-tokens.xlsx
    reportgen verify theirs.xlsx --max 50 --fast
    reportgen verify theirs.xlsx --json
    reportgen verify out/one-billion-tokens.pdf           the workbook in it, built again, and the one beside
    reportgen verify theirs.xlsx --key finance.pub        signed by whom (reportgen sign)
    """
    signed = None if key is None else _signature(book, key.expanduser(), as_json=as_json)
    if book.suffix.lower() == ".pdf":
        count = _verify_paper(book, most, signed, recalculate=not fast, as_json=as_json)
    else:
        count = _verify_workbook(book, most, signed, recalculate=not fast, as_json=as_json)
    if count or signed is False:
        raise typer.Exit(FINDINGS)


def _print_json(record: dict[str, Any], findings: int, signed: bool | None) -> None:
    import json

    answer = {**head("verify", []), "ok": not findings and signed is not False, "signed": signed, **record}
    typer.echo(json.dumps(answer, indent=1, ensure_ascii=False))


def _verify_workbook(book: Path, most: int, signed: bool | None, *, recalculate: bool, as_json: bool) -> int:
    """Verify a workbook, print what was found, and return its number of findings."""
    from reportgen.pipeline.verification import verified
    from reportgen.workbook.verify.report import record, table

    found = verified(book, recalculate=recalculate)
    if as_json:
        _print_json(record(found), found.findings, signed)
    else:
        for line in table(found, most):
            typer.echo(line)
    return found.findings


def _signature(path: Path, key: Path, *, as_json: bool) -> bool:
    """Check the signature beside a file, and say what was found."""
    from reportgen.pipeline.signature import is_signed_by

    holds, sentence = is_signed_by(path, key)
    if not as_json:
        typer.echo(f"  {'✓' if holds else '✗'} {'signature':<25} {sentence}")
    return holds


def _verify_paper(paper: Path, most: int, signed: bool | None, *, recalculate: bool, as_json: bool) -> int:
    """Verify a paper, print what it carries and what stands beside it, and return the number of findings."""
    from dataclasses import asdict

    from reportgen.pipeline.paper_verification import verified_paper
    from reportgen.workbook.verify.report import record, table

    found = verified_paper(paper, recalculate=recalculate)
    if as_json:
        points = [asdict(point) for point in found.points]
        own = {
            "file": str(paper),
            "findings": found.findings,
            "paper": points,
            "workbook": record(found.book),
        }
        _print_json(own, found.findings, signed)
        return found.findings
    for point in found.points:
        mark = {True: "✓", False: "✗", None: "–"}[point.holds]
        typer.echo(f"  {mark} {point.subject:<25} {point.sentence}")
    typer.echo("The workbook in it:")
    for line in table(found.book, most):
        typer.echo(line)
    return found.findings
