"""`reportgen build` for many cases: progress, a summary table, the problems of cases that failed, the portfolio."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportgen.cli.console import console, new_table, print_error, print_status
from reportgen.cli.output import SCHEMA, Said
from reportgen.cli.unfinished import finish_adoption

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reportgen.batch.build import BatchOptions, CaseBuild
    from reportgen.compare.portfolio import Answer

EVERYTHING = Said()
MARKS = {"built": "✓", "unchanged": "=", "failed": "✗"}


def build_many(
    paths: Sequence[Path],
    options: "BatchOptions",
    jobs: int,
    said: Said = EVERYTHING,
    *,
    portfolio: bool,
    scheduler: str | None = None,
) -> None:
    """Build cases, print the result of each, and exit with the most severe status; on a cluster where its `scheduler` is given."""
    from reportgen.batch.build import build_all, worst_status
    from reportgen.batch.cases import find_cases
    from reportgen.batch.index import Index

    found = find_cases(paths, Index(options.folder).knows)
    for case in found.cases:
        finish_adoption(case)
    for other in found.skipped:
        print_status(f"  – {other} is no case: passed over")
    with _workers(jobs, scheduler) as (count, cluster), _finished(len(found.cases), said) as finished:
        builds = build_all(found.cases, options, count, finished, cluster)
    if not said.as_json:
        _print_summary(builds)
        _print_sentences(builds)
    files = _write_portfolio(builds, options.folder) if portfolio else ()
    status = worst_status(builds)
    if said.as_json:
        _print_end(builds, files, status)
    _print_counts(builds)
    if status:
        raise typer.Exit(status)


@contextmanager
def _workers(jobs: int, scheduler: str | None) -> "Iterator[tuple[int, Executor | None]]":
    """Provide the number of cases at a time, and the executor of a cluster where its scheduler is given."""
    from reportgen.workers import cluster, processor_count

    if scheduler is None:
        yield jobs or processor_count(), None
        return
    with cluster(scheduler) as (executor, threads):
        yield threads, executor


@contextmanager
def _finished(count: int, said: Said) -> "Iterator[Callable[[CaseBuild], None]]":
    """Provide what is called with each result: it prints a line of JSON, shows progress, or says nothing."""
    if said.as_json:
        yield _print_case
    elif said.quiet:
        yield lambda _: None
    else:
        with _progress(count) as finished:
            yield finished


def _print_case(build: "CaseBuild") -> None:
    """Print a line of JSON for a case that is done."""
    answer = build.answer
    best = answer.best if answer else None
    amounts = {"full_cost": best.full_cost, "tco": best.tco} if best else {}
    line = {
        "schema": SCHEMA, "command": "build", "event": "case", "case": str(build.case), "state": build.state, "status": build.status,
        "message": build.sentence, "recommended": answer.recommended if answer else None,
        "verdict": answer.verdict if answer else None, **amounts, "flipped": bool(answer and answer.flipped),
    }  # fmt: skip
    typer.echo(json.dumps(line, ensure_ascii=False))
    sys.stdout.flush()


def _print_end(builds: "Sequence[CaseBuild]", files: Sequence[Path], status: int) -> None:
    """Print the last line of JSON: how many cases there were of each state."""
    counts = {state: sum(build.state == state for build in builds) for state in MARKS}
    line = {
        "schema": SCHEMA,
        "command": "build",
        "event": "end",
        "ok": not status,
        "status": status,
        **counts,
    }
    typer.echo(json.dumps({**line, "files": [str(path) for path in files]}, ensure_ascii=False))


def _print_sentences(builds: "Sequence[CaseBuild]") -> None:
    """Print what is wrong with cases, or what happened while they were built."""
    for build in builds:
        if build.sentence:
            print_error(
                f"\n{build.sentence}" if build.state == "failed" else f"{build.case}: {build.sentence}"
            )


@contextmanager
def _progress(count: int) -> "Iterator[Callable[[CaseBuild], None]]":
    """Show a progress bar on a terminal, a line per case elsewhere; yield the callback for finished cases."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    terminal = Console(stderr=True, highlight=False)
    if not terminal.is_terminal:
        yield lambda build: print_status(_line(build))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal, transient=True) as bar:
        task = bar.add_task("Building", total=count)

        def finished(build: "CaseBuild") -> None:
            bar.console.print(_line(build), markup=False)
            bar.advance(task)

        yield finished


def _line(build: "CaseBuild") -> str:
    return f"  {MARKS[build.state]} {build.case.stem:<30} {build.state}"


def _print_summary(builds: "Sequence[CaseBuild]") -> None:
    from reportgen.report.charts.drawing.money import Notation, money

    shown = new_table(
        "", ("Case", "State", "Recommended", "How sure", "Full cost", "TCO", "Budget P80"), text_columns=4
    )
    for build in builds:
        answer, best = build.answer, build.answer.best if build.answer else None
        if answer is None:
            shown.add_row(build.case.stem, build.state, "", "", "", "", "")
            continue
        amounts = (best.full_cost, best.tco, answer.budget) if best else ()
        cells = (money(amount, Notation(answer.currency)) for amount in amounts if amount is not None)
        shown.add_row(
            build.case.stem, build.state, _recommended(answer), answer.verdict if best else "", *cells
        )
    shown.title = None
    console().print(shown)


def _recommended(answer: "Answer") -> str:
    name = answer.best.name if answer.best else "none eligible"
    return f"{name} (was {answer.previous_name})" if answer.flipped else name


def _write_portfolio(builds: "Sequence[CaseBuild]", folder: Path) -> tuple[Path, ...]:
    from reportgen.batch.portfolio import write_portfolio

    written = write_portfolio(builds, folder)
    for path in written.files:
        print_status(f"  ✓ portfolio                 {path}")
    if written.paper_missing:
        print_error(written.paper_missing)
    return written.files


def _print_counts(builds: "Sequence[CaseBuild]") -> None:
    counts = {state: sum(build.state == state for build in builds) for state in MARKS}
    changed = [build.answer.title for build in builds if build.answer and build.answer.flipped]
    if changed:
        print_status(f"The recommendation is another than last time: {'; '.join(changed)}.")
    print_status(", ".join(f"{count} {state}" for state, count in counts.items() if count) + ".")
