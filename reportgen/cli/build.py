"""`reportgen build`: workbook, paper and results of one case or of many."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportgen.cli.answer import print_answer
from reportgen.cli.console import print_error, print_status
from reportgen.cli.exit_status import CHECK_FAILS
from reportgen.cli.output import AsJson, Quiet, Said, print_json
from reportgen.cli.parameters import (
    AllowOutside,
    BrandOption,
    Cases,
    ExecutorKind,
    Folder,
    Force,
    Jobs,
    PaperKind,
    Rebuild,
    Scheduler,
    Since,
    TemplatesFolder,
    WhatIf,
    WithPortfolio,
    WithSummary,
)
from reportgen.cli.unfinished import finish_adoption
from reportgen.errors import SurroundingsError

if TYPE_CHECKING:
    from reportgen.pipeline.build import Pack
    from reportgen.pipeline.writing import Form


def build(
    cases: Cases, folder: Folder = Path("out"), force: Force = False, since: Since = None, kind: PaperKind = "pdf",
    templates: TemplatesFolder = None, what_if: WhatIf = "live", brand: BrandOption = None, summary: WithSummary = False,
    rebuild: Rebuild = False, portfolio: WithPortfolio = False, jobs: Jobs = 0, executor: ExecutorKind = "processes", scheduler: Scheduler = "",
    as_json: AsJson = False, quiet: Quiet = False, _outside: AllowOutside = False,
) -> None:  # fmt: skip
    """Write workbook, paper and results of a case, or of many.

    Of many cases unchanged ones are skipped, price books are passed over, and a bad one does not stop the rest; with --json each
    is a line of JSON as soon as it is done. A batch that was ended goes on where it stopped.

    \b
    reportgen build inputs/one-billion-tokens.yaml
    reportgen build inputs/one-billion-tokens.yaml -o reports --force
    reportgen build inputs/one-billion-tokens.yaml --since out/one-billion-tokens.xlsx
    reportgen build inputs --portfolio
    """
    from reportgen.pipeline.writing import Form

    if len(cases) == 1 and not cases[0].is_dir() and not portfolio and executor == "processes":
        form = Form(kind, templates, brand=brand, summary=summary, what_if=what_if)
        _build_one(cases[0], folder, since, form, force=force, said=Said(as_json=as_json, quiet=quiet))
        return
    if since is not None:
        raise typer.BadParameter("--since is for one case.")
    if kind != "pdf" or templates or brand or summary or what_if != "live":
        raise typer.BadParameter(
            "--format, --templates, --brand, --summary and --what-if are for one case at a time."
        )
    from reportgen.batch.build import BatchOptions
    from reportgen.cli.build_many import build_many

    said = Said(as_json=as_json, quiet=quiet)
    there = scheduler if executor == "dask" else None
    build_many(cases, BatchOptions(folder, force, rebuild), jobs, said, portfolio=portfolio, scheduler=there)


def _print_pack(written: "Pack", said: Said) -> None:
    """Print the answer of a pack, or everything about it as JSON."""
    if not said.as_json:
        print_answer(written.results, quiet=said.quiet)
        return
    from reportgen.cli.records import answer_record, files_record

    files = files_record([written.workbook, written.results_file, written.paper])
    problems = [] if written.paper_missing is None else [
        {"severity": "error", "code": "surroundings", "message": written.paper_missing}
    ]  # fmt: skip
    print_json("build", {"files": files, **answer_record(written.results)}, problems)


def _build_one(
    case: Path,
    folder: Path,
    since: Path | None,
    form: "Form",
    *,
    force: bool,
    said: Said,
) -> None:
    """Build one case; print its answer and the next steps; exit with a status if the paper is missing or a check fails."""
    from reportgen.pipeline.build import build as run
    from reportgen.pipeline.writing import PAGE_MODULES, SHARED_MODULES, WORKER_MODULES, BuildWorker
    from reportgen.workers import worker_process

    finish_adoption(case)
    modules = (*WORKER_MODULES, *(PAGE_MODULES if form.kind == "html" else ()))
    with worker_process(*modules, shared=SHARED_MODULES) as executor:
        worker = BuildWorker(executor)
        written = run(case, folder, force=force, progress=said.step, since=since, form=form, worker=worker)
    _print_pack(written, said)
    if written.paper_missing:
        print_error(written.paper_missing)
        raise typer.Exit(SurroundingsError.status)
    if not said.as_json and not said.quiet:
        _print_next_steps(written)
    if not all(check.passes for check in written.results.checks):
        print_error("A check fails: see the sheet Checks of the workbook.")
        raise typer.Exit(CHECK_FAILS)


def _print_next_steps(written: "Pack") -> None:
    print_status(f"Finance edits the blue cells of {written.workbook}; the paper is {written.paper}.")
    print_status(
        f"One number in words and figures:  reportgen explain {written.source} options.{written.results.options[0].key}.compute"
    )
