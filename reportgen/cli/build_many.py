"""Building many cases at a terminal: progress while they are built, a summary, the problems of those that failed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportgen.cli.console import console, say, table

if TYPE_CHECKING:
    from reportgen.batch.build import BatchOptions, Done
    from reportgen.compare.portfolio import Answer

MARKS = {"built": "✓", "unchanged": "=", "failed": "✗"}


def build_many(paths: Sequence[Path], order: "BatchOptions", jobs: int, *, portfolio: bool) -> None:
    """Build cases, say what became of each, and exit with the worst of it."""
    from reportgen.batch.build import build_all, worst
    from reportgen.batch.cases import find_cases
    from reportgen.workers import processor_count

    found = find_cases(paths)
    for other in found.others:
        say(f"  – {other} is no case: passed over")
    with _progress(len(found.cases)) as finished:
        done = build_all(found.cases, order, jobs or processor_count(), finished)
    _summary(done)
    for one in done:
        if one.sentence:
            say(f"\n{one.sentence}" if one.state == "failed" else f"{one.case}: {one.sentence}")
    if portfolio:
        _portfolio(done, order.folder)
    _counted(done)
    if status := worst(done):
        raise typer.Exit(status)


@contextmanager
def _progress(count: int) -> "Iterator[Callable[[Done], None]]":
    """Show a bar on a terminal, a line per case elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    screen = Console(stderr=True, highlight=False)
    if not screen.is_terminal:
        yield lambda done: say(_line(done))
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("Building", total=count)

        def finished(done: "Done") -> None:
            bar.console.print(_line(done), markup=False)
            bar.advance(task)

        yield finished


def _line(done: "Done") -> str:
    return f"  {MARKS[done.state]} {done.case.stem:<30} {done.state}"


def _summary(done: "Sequence[Done]") -> None:
    from reportgen.report.charts.drawing.money import Notation, money

    shown = table("", ("Case", "State", "Recommended", "How sure", "Full cost", "TCO", "Budget P80"), words=4)
    for one in done:
        answer, best = one.answer, one.answer.best if one.answer else None
        if answer is None:
            shown.add_row(one.case.stem, one.state, "", "", "", "", "")
            continue
        amounts = (best.full_cost, best.tco, answer.budget) if best else ()
        cells = (money(amount, Notation(answer.currency)) for amount in amounts if amount is not None)
        shown.add_row(one.case.stem, one.state, _recommended(answer), answer.verdict if best else "", *cells)
    shown.title = None
    console().print(shown)


def _recommended(answer: "Answer") -> str:
    name = answer.best.name if answer.best else "none eligible"
    return f"{name} (was {answer.previous_name})" if answer.flipped else name


def _portfolio(done: "Sequence[Done]", folder: Path) -> None:
    from reportgen.batch.portfolio import write_portfolio

    written = write_portfolio(done, folder)
    for path in written.files:
        say(f"  ✓ portfolio                 {path}")
    if written.paper_missing:
        say(written.paper_missing)


def _counted(done: "Sequence[Done]") -> None:
    counts = {state: sum(one.state == state for one in done) for state in MARKS}
    flips = [one.answer.title for one in done if one.answer and one.answer.flipped]
    if flips:
        say(f"The recommendation is another than last time: {'; '.join(flips)}.")
    say(", ".join(f"{count} {state}" for state, count in counts.items() if count) + ".")
