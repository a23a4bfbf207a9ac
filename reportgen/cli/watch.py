"""`reportgen watch`: a case built again at every save, its errors shown and recovered from."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from reportgen.cli.console import say
from reportgen.cli.parameters import CaseFile, Folder, Force, PaperKind, TemplatesFolder

if TYPE_CHECKING:
    from reportgen.batch.watch import Rebuilt
    from reportgen.pipeline.writing import BuildWorker, Form


def watch(
    case: CaseFile,
    folder: Folder = Path("out"),
    force: Force = False,
    kind: PaperKind = "pdf",
    templates: TemplatesFolder = None,
) -> None:
    """Build a case again whenever it, its price book or a template is saved; stop with Ctrl-C.

    The answer, the workbook and a web page of the paper are there within a second or so, the PDF a second later; with
    --format html there is no PDF.

    \b
    reportgen watch inputs/one-billion-tokens.yaml
    reportgen watch inputs/one-billion-tokens.yaml --format html --templates my-templates
    """
    from reportgen.batch.watch import watch as rebuilds
    from reportgen.pipeline.writing import WORKER_MODULES, BuildWorker, Form
    from reportgen.workers import worker_process

    form = Form(kind, templates, page_first=True)
    say(f"Watching {case}, its price book and the templates; packs go to {folder}. Stop with Ctrl-C.")
    with worker_process(*WORKER_MODULES) as executor:
        again = partial(_again, case, folder, form, BuildWorker(executor), force=force)
        for done in rebuilds(case, again, templates):
            _say(done)


def _say(done: "Rebuilt") -> None:
    """Say what became of a build."""
    cause = f"after {', '.join(done.saved)} was saved" if done.saved else "to begin with"
    if done.error is None:
        say(f"  ✓ built {cause}; waiting for the next save")
    else:
        say(f"{done.error}\n  ✗ not built {cause}; waiting for the next save")


def _again(case: Path, folder: Path, form: "Form", worker: "BuildWorker", *, force: bool) -> None:
    """Build once, the answer as soon as it is known, each step with the time since the save."""
    from time import monotonic

    from reportgen.pipeline.build import build
    from reportgen.report.answer import sentence

    began = monotonic()
    written = build(
        case,
        folder,
        force=force,
        progress=lambda what, detail: _told(monotonic() - began, what, detail),
        form=form,
        on_results=lambda results: typer.echo(sentence(results)),
        worker=worker,
    )
    if written.paper_missing:
        say(written.paper_missing)


def _told(seconds: float, what: str, detail: str) -> None:
    """Say that a step is done, and how long after the save."""
    say(f"  {seconds:4.1f} s  {what:<25} {detail}")
