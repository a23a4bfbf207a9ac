"""`reportgen build` for many cases: progress, a summary table, the problems of cases that failed, the portfolio."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportgen.cli.console import console, new_table, print_error, print_status
from reportgen.cli.unfinished import finish_adoption

if TYPE_CHECKING:
    from reportgen.batch.build import BatchOptions, CaseBuild
    from reportgen.compare.portfolio import Answer

MARKS = {"built": "✓", "unchanged": "=", "failed": "✗"}


def build_many(paths: Sequence[Path], options: "BatchOptions", jobs: int, *, portfolio: bool) -> None:
    """Build cases, print the result of each, and exit with the most severe status."""
    from reportgen.batch.build import build_all, worst_status
    from reportgen.batch.cases import find_cases
    from reportgen.workers import processor_count

    found = find_cases(paths)
    for case in found.cases:
        finish_adoption(case)
    for other in found.skipped:
        print_status(f"  – {other} is no case: passed over")
    with _progress(len(found.cases)) as finished:
        builds = build_all(found.cases, options, jobs or processor_count(), finished)
    _print_summary(builds)
    for build in builds:
        if build.sentence:
            print_error(
                f"\n{build.sentence}" if build.state == "failed" else f"{build.case}: {build.sentence}"
            )
    if portfolio:
        _write_portfolio(builds, options.folder)
    _print_counts(builds)
    if status := worst_status(builds):
        raise typer.Exit(status)


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


def _write_portfolio(builds: "Sequence[CaseBuild]", folder: Path) -> None:
    from reportgen.batch.portfolio import write_portfolio

    written = write_portfolio(builds, folder)
    for path in written.files:
        print_status(f"  ✓ portfolio                 {path}")
    if written.paper_missing:
        print_error(written.paper_missing)


def _print_counts(builds: "Sequence[CaseBuild]") -> None:
    counts = {state: sum(build.state == state for build in builds) for state in MARKS}
    changed = [build.answer.title for build in builds if build.answer and build.answer.flipped]
    if changed:
        print_status(f"The recommendation is another than last time: {'; '.join(changed)}.")
    print_status(", ".join(f"{count} {state}" for state, count in counts.items() if count) + ".")
