"""The one shape of `--json`, and how much is said on stderr."""

import json
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON on stdout.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print results and errors only.")]
SCHEMA = "reportgen.output/1"


def print_json(command: str, result: Any, problems: "list[dict[str, Any]] | None" = None) -> None:
    """Print the answer of a command: its name, whether it went well, its result, and the problems found."""
    found = problems or []
    errors = any(one.get("severity", "error") == "error" for one in found)
    record = {"schema": SCHEMA, "command": command, "ok": not errors, "result": result, "problems": found}
    typer.echo(json.dumps(record, indent=1, ensure_ascii=False, default=str))
