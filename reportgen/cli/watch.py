"""`reportgen watch`: a case rebuilt at every save; errors are printed and watching continues."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportgen.cli.console import print_error, print_status
from reportgen.cli.output import Quiet
from reportgen.cli.parameters import (
    AllowOutside,
    BrandOption,
    CaseFile,
    Folder,
    Force,
    PaperKind,
    TemplatesFolder,
)
from reportgen.cli.unfinished import finish_adoption

if TYPE_CHECKING:
    from reportgen.batch.preview import Preview
    from reportgen.batch.watch import Rebuild
    from reportgen.pipeline.writing import BuildWorker, Form

Open = Annotated[
    bool,
    typer.Option("--open", help="Show the web page in the browser, which reloads it after each build."),
]


def watch(
    case: CaseFile,
    folder: Folder = Path("out"),
    force: Force = False,
    kind: PaperKind = "pdf",
    templates: TemplatesFolder = None,
    brand: BrandOption = None,
    open_page: Open = False,
    _quiet: Quiet = False,
    _outside: AllowOutside = False,
) -> None:
    """Build a case again whenever it, its price book or a template is saved; stop with Ctrl-C.

    The answer, the workbook and a web page of the paper are there within a second or so, the PDF a second later; with
    --format html there is no PDF. --open serves the page to browsers of this machine, and to nobody else.

    \b
    reportgen watch inputs/one-billion-tokens.yaml
    reportgen watch inputs/one-billion-tokens.yaml --open
    reportgen watch inputs/one-billion-tokens.yaml --format html --templates my-templates
    """
    from reportgen.batch.watch import watch as rebuilds
    from reportgen.pipeline.writing import PAGE_MODULES, WORKER_MODULES, BuildWorker, Form
    from reportgen.workers import worker_process

    finish_adoption(case)
    form = Form(kind, templates, page_first=True, brand=brand)
    print_status(
        f"Watching {case}, its price book and the templates; packs go to {folder}. Stop with Ctrl-C."
    )
    with ExitStack() as stack:
        executor = stack.enter_context(worker_process(*WORKER_MODULES, *PAGE_MODULES))
        shown = _show(stack, folder / f"{case.stem}.html") if open_page else None
        build_again = partial(_build_again, case, folder, form, BuildWorker(executor), force=force)
        for rebuild in rebuilds(case, build_again, templates):
            _print_rebuild(rebuild)
            if shown and rebuild.error is None:
                shown.builds.add()


def _show(stack: ExitStack, page: Path) -> "Preview":
    """Serve the page while the stack lasts, and open it in the browser."""
    import webbrowser

    from reportgen.batch.preview import preview

    shown = stack.enter_context(preview(page))
    print_status(f"The page is shown at {shown.address}, on this machine only.")
    webbrowser.open(shown.address)
    return shown


def _print_rebuild(rebuild: "Rebuild") -> None:
    """Print the result of a build."""
    cause = f"after {', '.join(rebuild.saved)} was saved" if rebuild.saved else "to begin with"
    if rebuild.error is None:
        print_status(f"  ✓ built {cause}; waiting for the next save")
    else:
        print_error(f"{rebuild.error}\n  ✗ not built {cause}; waiting for the next save")


def _build_again(case: Path, folder: Path, form: "Form", worker: "BuildWorker", *, force: bool) -> None:
    """Build once; print the answer as soon as it is available, and each step with the seconds since the save."""
    from time import monotonic

    from reportgen.pipeline.build import build
    from reportgen.report.answer import answer_sentence

    started = monotonic()
    written = build(
        case,
        folder,
        force=force,
        progress=lambda what, detail: _print_timed_step(monotonic() - started, what, detail),
        form=form,
        on_results=lambda results: typer.echo(answer_sentence(results)),
        worker=worker,
    )
    if written.paper_missing:
        print_error(written.paper_missing)


def _print_timed_step(seconds: float, what: str, detail: str) -> None:
    """Print that a step is done, and the seconds since the save."""
    print_status(f"  {seconds:4.1f} s  {what:<25} {detail}")
