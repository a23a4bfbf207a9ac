"""`reportgen usage`: usage exports as the workload of a case."""

from datetime import UTC, tzinfo
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportgen.cli.console import console, print_status, print_step
from reportgen.cli.output import AsJson, Quiet, print_json

if TYPE_CHECKING:
    from reportgen.ingest.usage.summary import Summary

Files = Annotated[
    list[Path],
    typer.Argument(help="Usage exports: JSON, JSON lines, CSV, TSV; gz and zip too.", show_default=False),
]
By = Annotated[
    Literal["model", "project", "tag"] | None,
    typer.Option("--by", help="Several workloads, one for each model, project or tag.", show_default=False),
]
Into = Annotated[
    Path | None, typer.Option("--into", help="A case to write the workload into.", show_default=False)
]
Apply = Annotated[
    bool, typer.Option("--apply", help="Write into the case; without it the difference is shown.")
]
Zone = Annotated[
    str,
    typer.Option("--tz", help="The time zone of times without one, and of months, such as Europe/Berlin."),
]
Columns = Annotated[
    str,
    typer.Option(
        "--columns",
        help="Columns of any other table: time=..,input=..,output=..,cached=..,model=..",
        show_default=False,
    ),
]


def usage(
    files: Files, by: By = None, into: Into = None, apply: Apply = False, zone: Zone = "UTC", columns: Columns = "",
    as_json: AsJson = False, quiet: Quiet = False,
) -> None:  # fmt: skip
    """Print the workload that usage exports show: volume, growth, mix, caches, batches and peaks.

    Formats: OpenAI usage API and dashboard, Anthropic usage report, LiteLLM daily activity and spend logs, Langfuse
    observations, FOCUS 1.x bills, Azure LLM traces, BurstGPT; any other table with --columns.

    \b
    reportgen usage completions-*.json                        the workload as YAML
    reportgen usage logs.csv.gz --by model                    one workload for each model
    reportgen usage logs.csv --into acme.yaml                 what would change in a case
    reportgen usage logs.csv --into acme.yaml --apply         written
    reportgen usage own.csv --columns time=ts,input=in_tok,output=out_tok
    """
    from reportgen.ingest.usage.summary import summary_of

    summary = summary_of(files, by, time_zone(zone), column_pairs(columns))
    if as_json:
        print_json("usage", summary.record())
    elif into is None:
        typer.echo(summary.yaml, nl=False)
    if not quiet:
        for line in summary.lines():
            print_status(line)
    if into is not None:
        _write(into, _texts(summary, into), write=apply, quiet=quiet)
    if not summary.found.totals.buckets:
        raise typer.Exit(1)


def time_zone(name: str) -> tzinfo:
    """Return a time zone by its name; BadParameter where there is none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise typer.BadParameter(
            f"There is no time zone {name}; write one such as Europe/Berlin.", param_hint="--tz"
        ) from error


def column_pairs(text: str) -> dict[str, str] | None:
    """Return the columns of a table by their role; None where none are named."""
    if not text:
        return None
    pairs = [part.partition("=") for part in text.split(",")]
    if any(not middle for _, middle, _ in pairs):
        raise typer.BadParameter(
            "write role=column pairs, such as time=ts,input=in,output=out", param_hint="--columns"
        )
    return {role.strip(): column.strip() for role, _, column in pairs}


def _texts(summary: "Summary", case: Path) -> tuple[str, str]:
    try:
        return summary.into(case)
    except KeyError as several:
        raise typer.BadParameter(
            f"{case} has several workloads; say what each is: --by model, project or tag.",
            param_hint="--into",
        ) from several


def _write(case: Path, texts: tuple[str, str], *, write: bool, quiet: bool) -> None:
    """Show what becomes of a case, and write it where it loads all the same."""
    from reportgen.files import rewrite_text
    from reportgen.schema.loading.load import case_with_text

    before, after = texts
    out = console()
    for line in list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]:
        out.print(line, soft_wrap=True)
    if before == after:
        print_status("The case says so already.")
        return
    case_with_text(case, after)
    if not write:
        print_status(f"Nothing was written; --apply writes it into {case}.")
        return
    rewrite_text(case, after)
    if not quiet:
        print_step("written", str(case))
