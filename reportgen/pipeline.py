"""The whole program on one page: read a case, work it out, write the workbook, the results and the paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from reportgen.analysis import Analysis
    from reportgen.model.results import Results
    from reportgen.report.folders import Folders
    from reportgen.report.page import Fit
    from reportgen.report.paper import Attachment
    from reportgen.workbook.package.reader import OpenedBook
    from reportgen.workbook.verify.verify import Verification

Progress = Callable[[str, str], None]
"""Takes a finished step in the user's words, and its detail."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the paper is wanted: as PDF or as a web page, and whose templates go first.

    `page_first`: a PDF takes its time, and until it is set a web page of the same paper is there.
    """

    kind: Literal["pdf", "html"] = "pdf"
    templates: Path | None = None
    page_first: bool = False

    @property
    def folders(self) -> "Folders":
        """Give the folders that templates are looked up in."""
        from reportgen.files import templates
        from reportgen.report.folders import Folders

        return Folders(templates(), self.templates)


AS_PDF = Form()


NEEDED = (
    "reportgen.analysis",
    "reportgen.workbook.write",
    "reportgen.results_file.write",
    "reportgen.report.pdf",
    "reportgen.report.web",
)
"""What a second process imports to take its part in a build."""


@dataclass(slots=True)
class BuildWorker:
    """A second process to share the work of build after build, and how the decision of the last paper fitted its page."""

    executor: "Executor"
    fit: "Fit | None" = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a build wrote, and what it says; `paper_missing` is the sentence about a missing library, if any."""

    source: Path
    example: str
    """The key of an option, to ask more about."""
    workbook: Path
    results_file: Path
    paper: Path | None
    results: "Results"
    paper_missing: str | None


def build(
    case_file: Path,
    folder: Path,
    *,
    force: bool,
    progress: Progress,
    since: Path | None = None,
    form: Form = AS_PDF,
    known: "Callable[[Results], None]" = lambda _: None,
    worker: BuildWorker | None = None,
) -> Written:
    """Build everything for a case, as a new edition where it is told `since` which one.

    `known` takes the results before anything is written. While this process sets a PDF, a `second` one writes the rest.
    Raises InputError before anything is written; SurroundingsError where it stops.
    """
    from reportgen.editions.carry import carried
    from reportgen.workers import SERIAL

    executor = worker.executor if worker else SERIAL
    workbook, results_file, page = (folder / f"{case_file.stem}{end}" for end in (".xlsx", ".json", ".html"))
    analysis = carried(read(case_file, progress, executor), workbook, results_file, since)
    if analysis.edition > 1:
        progress(f"edition {analysis.edition}", _since(analysis))
    known(analysis.results)
    _make(folder)
    if not force:
        leave_edited(workbook)
    give = partial(_given, executor, progress)
    book = give("workbook", write_workbook, analysis, workbook)
    given = [book, give("results", write_results, analysis, results_file)]
    if form.page_first or form.kind == "html":
        given.append(give("report", write_page, analysis, page, form))
    paper, missing = page, None
    if form.kind == "pdf":
        paper = page.with_suffix(".pdf")
        missing = write_paper(analysis, paper, book, progress, form, worker)
    for one in given:
        one.result()
    example, results = analysis.results.options[0].key, analysis.results
    return Written(case_file, example, workbook, results_file, None if missing else paper, results, missing)


def read(case_file: Path, progress: Progress, executor: "Executor | None" = None) -> "Analysis":
    """Read a case, define its model, and evaluate all its runs; other `hands` may take over a part of that."""
    from reportgen.analysis import analyse
    from reportgen.schema.loading.load import load_case
    from reportgen.workers import SERIAL

    case = load_case(case_file)
    analysis = analyse(case, case_file, executor or SERIAL)
    count = len(analysis.assumptions)
    progress(f"{count} assumptions read", _origin(analysis, case_file))
    passed = sum(check.passes for check in analysis.results.checks)
    progress(
        f"{analysis.results.lines} lines, {analysis.results.runs} runs",
        f"{passed} of {len(analysis.results.checks)} checks pass",
    )
    return analysis


def _since(analysis: "Analysis") -> str:
    """Say what became of the answer since the edition before, or that nothing is said of changes."""
    found = analysis.since
    if found is None:
        return "what changed is not told: name the edition before with --since"
    count = len(found.changes) + len(found.structure)
    changes = f"{count} {'change' if count == 1 else 'changes'}"
    return f"since {found.old.name}: {changes}, the recommendation {'FLIPS' if found.flipped else 'stands'}"


def _origin(analysis: "Analysis", case_file: Path) -> str:
    book = analysis.case.book
    if book is None:
        return str(case_file)
    newest = max(rate.verified for item in book.items for rate in item.rates)
    return f"{case_file}, prices of {newest}"


def _given(
    executor: "Executor", progress: Progress, what: str, work: Callable[..., str], *of: object
) -> "Future[str]":
    """Have a file written, and tell of it as soon as it is."""

    def tell(written: "Future[str]") -> None:
        if not written.cancelled() and not written.exception():
            progress(what, written.result())

    writing = executor.submit(work, *of)
    writing.add_done_callback(tell)
    return writing


def leave_edited(workbook: Path) -> None:
    """Raise SurroundingsError where a workbook stands whose inputs were edited since it was issued."""
    from reportgen.adopt.edited_since_issue import edits_since_issue
    from reportgen.errors import SurroundingsError

    if changes := edits_since_issue(workbook):
        shown = "; ".join(changes[:3]) + (f"; and {len(changes) - 3} more" if len(changes) > 3 else "")
        raise SurroundingsError(
            f"{workbook} was edited since it was issued ({shown}). It was left as it is: "
            f"move it, or write over it with --force."
        )


def write_workbook(analysis: "Analysis", target: Path) -> str:
    """Write the workbook and say where."""
    from reportgen.workbook.write import write_workbook as write

    write(analysis.issue, target)
    return str(target)


def write_results(analysis: "Analysis", target: Path) -> str:
    """Write the results file, the same numbers as the workbook and the paper, unrounded; say where."""
    import json

    from reportgen.files import replace_text
    from reportgen.results_file.write import record

    replace_text(target, json.dumps(record(analysis), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    return str(target)


def write_page(analysis: "Analysis", target: Path, form: Form) -> str:
    """Write the paper as a web page; say where, and how large it is."""
    from reportgen.report.web import write_html

    return f"{target}, {write_html(analysis.paper, target, form.folders) / 1e6:.1f} MB"


def write_paper(
    analysis: "Analysis",
    target: Path,
    workbook: "Future[str]",
    progress: Progress,
    form: Form,
    worker: BuildWorker | None,
) -> str | None:
    """Write the paper with its workbook and case attached; gives the sentence about a missing library, if any."""
    from datetime import UTC, datetime

    from reportgen.report.pdf import ExpectedFit, MissingLibrary, first_fit, write_pdf
    from reportgen.units import counted

    paper, guess = analysis.paper, None
    if worker and worker.fit:
        guess = ExpectedFit(worker.fit, worker.executor.submit(first_fit, paper, form.folders))
    created = datetime.combine(analysis.case.case.date, datetime.min.time(), UTC)
    try:
        done = write_pdf(paper, target, form.folders, created, partial(_attached, analysis, workbook), guess)
    except MissingLibrary as missing:
        return str(missing)
    if worker:
        if form.page_first and guess is None:  # what takes long the first time, before anybody waits for it
            worker.executor.submit(first_fit, paper, form.folders)
        worker.fit = done.fit
    progress("report", f"{target}, {counted(done.pages, 'page')}")
    return None


def _attached(analysis: "Analysis", workbook: "Future[str]") -> "tuple[Attachment, ...]":
    """List what the paper carries, once the workbook is written."""
    from reportgen.report.paper import Attachment

    book = Path(workbook.result())
    return (
        Attachment(book.name, book.read_bytes(), "The workbook: every figure as a live formula", "Source"),
        *(Attachment(one.name, one.read_bytes(), what, "Data") for one, what in _inputs(analysis)),
    )


def _inputs(analysis: "Analysis") -> list[tuple[Path, str]]:
    """List the files that the paper was made from, and what each is."""
    from reportgen.schema.loading.load import book_path

    book = book_path(analysis.file, analysis.case)
    return [(analysis.file, "The inputs"), *([(book, "The price book")] if book else [])]


def explained(case_file: Path, start: str, month: int) -> list[str]:
    """Put the lines whose names begin so into words, and into figures for one month."""
    from reportgen.analysis import analyse
    from reportgen.casing import first_lower
    from reportgen.errors import SurroundingsError
    from reportgen.formula.explain import formula_in_figures, formula_in_words
    from reportgen.schema.loading.load import load_case

    analysis = analyse(load_case(case_file), case_file)
    labels = {row.path: first_lower(row.label) for row in analysis.assumptions}
    lines = [line for line in analysis.model.lines() if line.key.startswith(start)]
    if not lines:
        raise SurroundingsError(
            f"No line of the model begins with {start}; options.KEY. lists those of an option."
        )
    return [
        f"{line.key}\n  {formula_in_words(line, labels)}\n"
        f"  month {month}: {formula_in_figures(line, analysis.evaluated.shown, month - 1, _printed)}\n"
        for line in lines
    ]


def verified(book: Path, *, recalculate: bool) -> "Verification":
    """Hold a workbook against everything that can be asked of it; one that was saved again also against its issue."""
    from tempfile import TemporaryDirectory

    from reportgen.errors import SurroundingsError
    from reportgen.workbook.verify.verify import verify

    if not book.is_file():
        raise SurroundingsError(f"There is no file {book}.")
    with TemporaryDirectory(prefix="reportgen-") as folder:
        return verify(book, partial(_issued_again, Path(folder)), recalculate=recalculate)


def _issued_again(folder: Path, opened: "OpenedBook") -> Path | str:
    """Build a workbook again from the case it carries; a sentence where that gives another one."""
    from reportgen.analysis import analyse
    from reportgen.errors import ReportgenError
    from reportgen.schema.loading.load import case_of
    from reportgen.workbook.sheets.change_log import read_editions
    from reportgen.workbook.sheets.cover import read_case_text, read_fingerprint, read_price_text
    from reportgen.workbook.write import write_workbook as write

    case_file, book = folder / "case.yaml", folder / "issued.xlsx"
    text, prices = read_case_text(opened.book), read_price_text(opened.book)
    case_file.write_text(text, encoding="utf-8")
    try:
        analysis = analyse(case_of(text, str(case_file), prices), case_file)
    except ReportgenError:
        return "not known: the case in it cannot be built again here (it was edited, or another version wrote it)"
    if analysis.fingerprint[:8] != read_fingerprint(opened.book):
        return "not known: it was issued by another version of the program"
    write(replace(analysis, history=read_editions(opened.book)[:-1]).issue, book)
    return book


def _printed(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1000 else f"{value:,.0f}"


def _make(folder: Path) -> None:
    from reportgen.errors import SurroundingsError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error
