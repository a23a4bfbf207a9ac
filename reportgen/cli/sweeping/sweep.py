"""`reportgen sweep`: many variants of one case at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import print_step
from reportgen.cli.output import AsJson, Quiet, print_json
from reportgen.cli.parameters import AllowOutside, CaseFile, ExecutorKind, Scheduler

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reportgen.library import LoadedCase
    from reportgen.variants.evaluation import Evaluator
    from reportgen.variants.grid import Variants
    from reportgen.variants.running import Block

Over = Annotated[
    list[str] | None,
    typer.Option(
        "--over",
        help="A path and its values: PATH=LOW..HIGH:COUNT, COUNTlog for equal factors, or PATH=V1,V2; several make a grid.",
        show_default=False,
    ),
]
VariantsFile = Annotated[
    Path | None,
    typer.Option(
        "--variants",
        help="A CSV file of variants: paths in the first line, a variant in each other one.",
        show_default=False,
        exists=True,
        dir_okay=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", help="Write every variant into a .csv or .parquet file.", show_default=False
    ),
]
Drawing = Annotated[
    Path | None,
    typer.Option("--heat-map", help="Draw the heat map of a grid into an .svg file.", show_default=False),
]
Processes = Annotated[
    int, typer.Option("--jobs", min=0, help="Processes; 0 is as many as the machine can.", show_default=True)
]
FEW = 5_000
"""Variants below which one process is done before a second one has started."""


def sweep(
    case: CaseFile, over: Over = None, variants: VariantsFile = None, output: Output = None, heat_map: Drawing = None,
    jobs: Processes = 0, executor: ExecutorKind = "processes", scheduler: Scheduler = "", as_json: AsJson = False,
    quiet: Quiet = False, _outside: AllowOutside = False,
) -> None:  # fmt: skip
    """Evaluate many variants of a case: a grid over some assumptions, or a table of variants.

    Costs include expected risks; nothing is simulated. Values out of bounds are refused before anything is evaluated; a variant
    whose values are no case together is left out, with the reason in the table.

    \b
    reportgen sweep mine.yaml --over options.api.input_price=0.5..2:16 --over workload.tokens_per_month=100..100000:16log
    reportgen sweep mine.yaml --over finance.discount_rate=0,0.05,0.1 -o variants.csv
    reportgen sweep mine.yaml --variants variants.csv -o results.parquet --json
    """
    from reportgen.library import load

    if bool(over) == bool(variants):
        raise typer.BadParameter("Say what is varied: --over PATH=VALUES, once or more, or --variants FILE.")
    if output and output.suffix.lower() not in (".csv", ".parquet"):
        raise typer.BadParameter("A file ending in .csv or .parquet.", param_hint="--output")
    loaded = load(case)
    chosen = _variants(loaded, over or [], variants)
    found = _Found(loaded, chosen, heat_map)
    with ExitStack() as stack:
        writers: list[Callable[[Block], None]] = [
            found.summary.add,
            *([found.collector.add] if found.collector else []),
        ]
        if output:
            from reportgen.variants.tables import table

            writers.append(stack.enter_context(table(output, found.evaluator)))
        if not (as_json or quiet):
            writers.append(stack.enter_context(_progress(len(chosen))))
        for block in stack.enter_context(_blocks(found.evaluator, chosen, jobs, executor, scheduler)):
            for write in writers:
                write(block)
    _write_and_print(found, output, heat_map, as_json=as_json)


class _Found:
    """What a sweep gathers."""

    def __init__(self, case: "LoadedCase", variants: "Variants", heat_map: Path | None) -> None:
        from reportgen.schema.loading.load import usual_figures
        from reportgen.variants.evaluation import Evaluator
        from reportgen.variants.grid import Grid
        from reportgen.variants.heat_map import Collector
        from reportgen.variants.summary import Summary

        if heat_map and not isinstance(variants, Grid):
            raise typer.BadParameter("A heat map needs a grid: --over.", param_hint="--heat-map")
        self.case = case
        self.evaluator = Evaluator(case.case, usual_figures(case.file, case.case), variants.paths)
        self.summary: Summary = Summary(self.evaluator)
        own = {path: row.value for path, row in case.assumptions.items()}
        self.collector: Collector | None = (
            Collector(variants, self.evaluator, own) if isinstance(variants, Grid) else None
        )


def _variants(case: "LoadedCase", over: list[str], table: Path | None) -> "Variants":
    """Return the variants, each path and value checked."""
    from reportgen.variants.axes import checked_axes, parse_axis
    from reportgen.variants.grid import Grid, read_table, require_size

    if table:
        found: Variants = read_table(table, case.assumptions)
    else:
        try:
            axes = [parse_axis(text) for text in over]
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--over") from error
        found = Grid(checked_axes(axes, case.assumptions, str(case.file)))
    require_size(found, str(case.file))
    return found


@contextmanager
def _blocks(
    evaluator: "Evaluator", variants: "Variants", jobs: int, kind: str, scheduler: str
) -> "Iterator[Iterator[Block]]":
    """Provide the blocks of a sweep, evaluated here, in processes or on a cluster."""
    from reportgen.variants.running import evaluated

    with _executor(len(variants), jobs, kind, scheduler) as (executor, workers):
        yield evaluated(evaluator, variants, executor, workers)


@contextmanager
def _executor(count: int, jobs: int, kind: str, scheduler: str) -> "Iterator[tuple[Executor, int]]":
    from reportgen.workers import SERIAL, cluster, process_pool, processor_count

    workers = jobs or processor_count()
    if kind == "dask":
        with cluster(scheduler) as found:
            yield found
    elif workers == 1 or count < FEW:
        yield SERIAL, 1
    else:
        with process_pool(workers) as pool:
            try:
                yield pool, workers
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _progress(count: int) -> "Iterator[Callable[[Block], None]]":
    """Show a progress bar on a terminal; say how many variants there were elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    terminal = Console(stderr=True, highlight=False)
    if not terminal.is_terminal:
        yield lambda _: None
        print_step("variants evaluated", f"{count:,}")
        return
    with Progress(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=terminal, transient=True
    ) as bar:
        task = bar.add_task("", total=count)
        yield lambda block: bar.advance(task, len(block))


def _write_and_print(found: _Found, output: Path | None, drawing: Path | None, *, as_json: bool) -> None:
    """Write the heat map, and print the summary."""
    from reportgen.cli.sweeping.shown import heat_map_record, print_heat_map, print_summary
    from reportgen.files import replace_text
    from reportgen.variants.heat_map import draw

    heat = found.collector.heat_map() if found.collector else None
    if drawing and heat:
        drawing.parent.mkdir(parents=True, exist_ok=True)
        replace_text(drawing, draw(heat, found.evaluator, found.case.assumptions) + "\n")
    files = [path for path in (output, drawing) if path]
    if as_json:
        record = {"files": [str(path) for path in files], **found.summary.record()}
        print_json("sweep", {**record, "heat_map": heat_map_record(heat) if heat else None})
        return
    print_summary(found.summary, found.case.case.case.currency)
    if heat:
        print_heat_map(heat, found.evaluator, found.case.assumptions)
    for path in files:
        print_step("written", str(path))
