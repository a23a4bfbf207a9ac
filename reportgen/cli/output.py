"""The one shape of `--json`, and how much is said on stderr."""

import json
from typing import Annotated, Any

import typer

from reportgen.cli.console import print_step, silence
from reportgen.runtime.records import dataclass


def _silenced(context: typer.Context, silent: bool) -> bool:
    """Leave out the status lines of this command; what is wrong is told all the same."""
    if silent:
        silence(context)
    return silent


AsJson = Annotated[
    bool, typer.Option("--json", help="Print everything as JSON on stdout.", callback=_silenced)
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="Print results and errors only.", callback=_silenced)
]
SCHEMA = "reportgen.output/1"


@dataclass(frozen=True, slots=True)
class Said:
    """How much is said: everything, results alone, or JSON alone."""

    as_json: bool = False
    quiet: bool = False

    def step(self, what: str, detail: str) -> None:
        """Print on stderr that a step is done, unless nothing is to be said of it."""
        if not (self.as_json or self.quiet):
            print_step(what, detail)


def print_json(command: str, result: Any, problems: "list[dict[str, Any]] | None" = None) -> None:
    """Print the answer of a command: its name, whether it went well, its result, and the problems found."""
    record = {**head(command, problems or []), "result": result}
    typer.echo(json.dumps(record, indent=1, ensure_ascii=False, default=str))


def head(command: str, problems: "list[dict[str, Any]]") -> dict[str, Any]:
    """Return what every JSON answer begins with; those of compare and verify have their own keys beside these."""
    errors = any(one.get("severity", "error") == "error" for one in problems)
    return {"schema": SCHEMA, "command": command, "ok": not errors, "problems": problems}
