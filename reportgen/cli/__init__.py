"""The commands: the only part that prints or exits. Results on stdout, everything else on stderr."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reportgen.cli.adopt import adopt
from reportgen.cli.compare import compare
from reportgen.cli.console import say, step
from reportgen.cli.parameters import (
    CaseFile,
    Cases,
    Folder,
    Force,
    Jobs,
    PaperKind,
    Rebuild,
    Since,
    TemplatesFolder,
    WithPortfolio,
)
from reportgen.cli.price_diff import diff
from reportgen.cli.price_import import import_
from reportgen.cli.prices import app as prices
from reportgen.cli.verify import verify
from reportgen.cli.watch import watch
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.pipeline.build import Pack
    from reportgen.results.results import Results

EPILOG = (
    "Exit status: 0 done; 1 the input needs fixing; 2 wrong command line; 3 a check fails, verify has findings, "
    "or the recommendation flips; 4 the surroundings; 70 a bug."
)
CHECK_FAILS, INTERRUPTED, BUG = 3, 130, 70

app = typer.Typer(
    name="reportgen", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _show_version(asked: bool) -> None:
    if asked:
        from reportgen import __version__

        typer.echo(f"reportgen {__version__}")
        raise typer.Exit


@app.callback(epilog=EPILOG)
def commands(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """Build a business case for serving language models: a live workbook and a board paper from one file.

    \b
    reportgen build inputs/one-billion-tokens.yaml     workbook, paper and results in out/
    reportgen build mine.yaml -o /somewhere/else       the same for your own case
    reportgen build inputs --portfolio                 all cases of a folder, and their answers side by side
    reportgen watch mine.yaml                          built again at every save
    reportgen check mine.yaml                          every problem in a case, nothing written
    reportgen explain mine.yaml options.api.compute    one line of the model, in words and figures
    reportgen adopt out/mine.xlsx                      what was typed into the workbook, back into the case
    reportgen compare old.xlsx mine.yaml               what changed, and what each change did to the answer
    reportgen verify out/mine.xlsx                     any workbook: safe, by the rules, true, unchanged
    reportgen prices --help                            the price book: find, check, update, compare
    """


@app.command()
def build(
    cases: Cases,
    folder: Folder = Path("out"),
    force: Force = False,
    since: Since = None,
    kind: PaperKind = "pdf",
    templates: TemplatesFolder = None,
    rebuild: Rebuild = False,
    portfolio: WithPortfolio = False,
    jobs: Jobs = 0,
) -> None:
    """Write workbook, paper and results of a case, or of many.

    Of many cases unchanged ones are skipped, price books are passed over, and a bad one does not stop the rest.

    \b
    reportgen build inputs/one-billion-tokens.yaml
    reportgen build inputs/one-billion-tokens.yaml -o reports --force
    reportgen build inputs/one-billion-tokens.yaml --since out/one-billion-tokens.xlsx
    reportgen build inputs --portfolio
    """
    if len(cases) == 1 and not cases[0].is_dir() and not portfolio:
        _build_one(cases[0], folder, since, force=force, kind=kind, templates=templates)
        return
    if since is not None:
        raise typer.BadParameter("--since is for one case.")
    if kind != "pdf" or templates:
        raise typer.BadParameter("--format and --templates are for one case at a time.")
    from reportgen.batch.build import BatchOptions
    from reportgen.cli.build_many import build_many

    build_many(cases, BatchOptions(folder, force, rebuild), jobs, portfolio=portfolio)


def _build_one(
    case: Path,
    folder: Path,
    since: Path | None,
    *,
    force: bool,
    kind: Literal["pdf", "html"],
    templates: Path | None,
) -> None:
    from reportgen.pipeline.build import build as run
    from reportgen.pipeline.writing import WORKER_MODULES, BuildWorker, Form
    from reportgen.workers import worker_process

    with worker_process(*WORKER_MODULES) as executor:
        form, worker = Form(kind, templates), BuildWorker(executor)
        written = run(case, folder, force=force, progress=step, since=since, form=form, worker=worker)
    typer.echo(answer(written.results))
    _findings(written.results)
    if written.paper_missing:
        say(written.paper_missing)
        raise typer.Exit(4)
    _next(written)
    if not all(check.passes for check in written.results.checks):
        say("A check fails: see the sheet Checks of the workbook.")
        raise typer.Exit(CHECK_FAILS)


@app.command()
def check(case: CaseFile) -> None:
    """Read a case and say what is wrong with it; write nothing.

    \b
    reportgen check inputs/one-billion-tokens.yaml
    """
    from reportgen.pipeline.build import read

    analysis = read(case, step)
    typer.echo(answer(analysis.results))
    _findings(analysis.results)


@app.command()
def explain(
    case: CaseFile,
    line: Annotated[
        str, typer.Argument(help="A line of the model, or the beginning of some.", show_default=False)
    ],
    month: Annotated[int, typer.Option("-m", "--month", min=1, help="The month to show in figures.")] = 1,
) -> None:
    """Show lines of the model in words, and in figures for one month.

    \b
    reportgen explain inputs/one-billion-tokens.yaml options.self_hosted.replicas --month 6
    """
    from reportgen.pipeline.explanation import explained

    for text in explained(case, line, month):
        typer.echo(text)


app.command()(compare)
app.command()(adopt)
app.command()(watch)
app.command()(verify)
prices.command("import")(import_)
prices.command()(diff)
app.add_typer(prices, name="prices")


def answer(results: "Results") -> str:
    """Say the answer in a sentence: who has the lowest full cost, and what the others cost."""
    from reportgen.report.answer import sentence

    return sentence(results)


def _findings(results: "Results") -> None:
    from reportgen.report.advice import advice

    for line in advice(results):
        say(line)


def _next(written: "Pack") -> None:
    say(f"Finance edits the blue cells of {written.workbook}; the paper is {written.paper}.")
    say(
        f"One number in words and figures:  reportgen explain {written.source} options.{written.results.options[0].key}.compute"
    )


def main() -> None:
    """Run the command line; known errors become sentences, unknown ones a sentence and a traceback on request."""
    gc.set_threshold(
        50_000
    )  # what a build makes lives to its end: looking for rubbish often costs a tenth of it
    debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        app(arguments)
    except ReportgenError as error:
        say(str(error))
        sys.exit(error.status)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            say("Interrupted; what was finished is complete.")
        raise
    except Exception as error:  # the last line of defence: a bug must not look like a wrong input
        if debug:
            raise
        say(
            f"This is a bug in reportgen: {type(error).__name__}: {error}. Run again with --debug for the traceback."
        )
        sys.exit(BUG)
