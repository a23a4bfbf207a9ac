"""`reportgen doctor`: what the program needs here, and the command that mends what is missing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.exit_status import FINDINGS
from reportgen.cli.output import AsJson, Quiet, print_json

if TYPE_CHECKING:
    from reportgen.surroundings import Condition


def doctor(
    case: Annotated[
        Path | None, typer.Argument(help="A case, for the scripts that its texts use.", show_default=False)
    ] = None,
    folder: Annotated[
        Path, typer.Option("-o", "--output", help="The folder that would be written to.")
    ] = Path("out"),
    as_json: AsJson = False,
    _quiet: Quiet = False,
) -> None:
    """Say whether everything is there: Python, libraries, Pango, HarfBuzz, fonts, LibreOffice, write access, extras.

    Exit status 3 where something that a build needs is missing; extras that are missing are told only.

    \b
    reportgen doctor
    reportgen doctor mine.yaml -o /somewhere
    """
    from reportgen.surroundings import examined

    found = examined(case, folder)
    if as_json:
        print_json(
            "doctor", [_record(one) for one in found], [_problem(one) for one in found if not one.is_there]
        )
    else:
        for one in found:
            mark = "✓" if one.is_there else "✗" if one.needed else "·"
            typer.echo(f"  {mark} {one.name:<22} {one.state}")
            if one.remedy:
                typer.echo(f"      {one.remedy}")
    if any(one.needed and not one.is_there for one in found):
        raise typer.Exit(FINDINGS)


def _record(one: "Condition") -> dict[str, object]:
    return {
        "name": one.name,
        "there": one.is_there,
        "needed": one.needed,
        "state": one.state,
        "remedy": one.remedy or None,
    }


def _problem(one: "Condition") -> dict[str, object]:
    severity = "error" if one.needed else "warning"
    return {
        "severity": severity,
        "code": "surroundings",
        "message": f"{one.name}: {one.state}",
        "remedy": one.remedy,
    }
