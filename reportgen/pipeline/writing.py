"""Writing the pack of an analysed case: workbook, results file, and the paper as PDF or web page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportgen.runtime.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor, Future

    from reportgen.analysis import Analysis
    from reportgen.pipeline.drafts import PackDrafts
    from reportgen.report.folders import Folders
    from reportgen.report.page import Fit
    from reportgen.report.paper import Attachment, Paper

Progress = Callable[[str, str], None]
"""Is called with every finished step in the user's words, and its detail."""

SHARED_MODULES = ("reportgen.assessment",)
"""What both processes of a build need."""

WORKER_MODULES = (
    *SHARED_MODULES,
    "reportgen.workbook.write",
    "reportgen.workbook.issue",
    "reportgen.results_file.write",
)
"""What a worker process imports to take its part in a build of a PDF."""

PAGE_MODULES = (
    "reportgen.report.composition",
    "reportgen.report.pdf",
    "reportgen.report.web",
    "reportgen.live.page",
)
"""What it imports beside to take its part in a build of a web page, or in one build after the other."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the paper is wanted: as PDF or as a web page, whose templates go first, and whose brand; how the workbook is.

    `page_first`: a web page of the paper is written before the PDF, which takes longer. `what_if`: with what-if tables
    ("live"), or with the results of all runs as issued alone.
    """

    kind: Literal["pdf", "html"] = "pdf"
    templates: Path | None = None
    page_first: bool = False
    what_if: Literal["live", "issued"] = "live"
    brand: Path | None = None
    """A brand file, which goes before the brand of the case."""
    summary: bool = False
    """Whether the decision page is written as a PDF by itself, too."""

    @property
    def folders(self) -> "Folders":
        """Give the folders that templates are looked up in."""
        from reportgen.files import templates
        from reportgen.report.folders import Folders

        return Folders(templates(), self.templates)

    def paper(self, analysis: "Analysis") -> "Paper":
        """Compose the paper of a case. Raises InputError with the problems of the brand file."""
        from reportgen.report.brand import LocatedBrand
        from reportgen.report.composition import paper_of
        from reportgen.schema.loading.load import load_brand

        located = LocatedBrand(load_brand(self.brand), self.brand.parent) if self.brand else None
        return paper_of(analysis, located)

    def check(self, progress: Progress) -> None:
        """Report whose templates are used. Raises an error with what is wrong with them, or with the brand file."""
        from reportgen.schema.loading.load import load_brand

        if self.brand:
            load_brand(self.brand)
        if own := self.folders.custom_names():
            progress("templates", f"from {self.templates}: {', '.join(own)}")


AS_PDF = Form()


@dataclass(slots=True)
class BuildWorker:
    """A worker process that shares build after build, and how the decision of the last paper fitted its page."""

    executor: "Executor"
    fit: "Fit | None" = None


@dataclass(frozen=True, slots=True)
class PackWriter:
    """Writes the files of one analysis; while this process sets a PDF, a worker writes the rest."""

    analysis: "Analysis"
    progress: Progress
    form: Form
    worker: BuildWorker | None

    def write(
        self, drafts: "PackDrafts", workbook: Path, results_file: Path, page: Path
    ) -> tuple[Path | None, str | None]:
        """Draft all files; gives the paper's file, or the sentence about a missing library.

        The results file comes last, with the digests of the others. A page that is wanted first is no draft.
        """
        book = drafts.of(workbook)
        paper, missing = page, None
        if self.form.kind == "pdf":
            paper = page.with_suffix(".pdf")
            draft = drafts.of(paper)
        summary = page.with_name(f"{page.stem}-summary.pdf")
        summary_draft = drafts.of(summary)
        draft_page = page if self.form.page_first else drafts.of(page)
        results = drafts.of(results_file)
        data = self._submit(
            ("workbook", "results"), write_data, self.analysis, book, results, self.form.what_if
        )
        pending = [data]
        if self.form.page_first or self.form.kind == "html":
            pending.append(self._submit(("report",), write_page, self.analysis, draft_page, self.form))
        if self.form.kind == "pdf":
            missing = write_paper(self.analysis, draft, data, self.progress, self.form, self.worker)
        if self.form.summary and not missing:
            missing = write_summary(self.analysis, summary_draft, self.progress, self.form)
        for file in pending:
            file.result()
        write_digests(results, drafts.digests())
        return (None if missing else paper), missing

    def _submit(
        self, files: tuple[str, ...], write: Callable[..., tuple[str, ...]], *arguments: object
    ) -> "Future[tuple[str, ...]]":
        """Have files written, and report them as soon as they are."""
        from reportgen.workers import SERIAL

        def report(done: "Future[tuple[str, ...]]") -> None:
            if not done.cancelled() and not done.exception():
                for what, detail in zip(files, done.result(), strict=True):
                    self.progress(what, detail)

        writing = (self.worker.executor if self.worker else SERIAL).submit(write, *arguments)
        writing.add_done_callback(report)
        return writing


def write_data(
    analysis: "Analysis", workbook: Path, results_file: Path, what_if: Literal["live", "issued"] = "live"
) -> tuple[str, ...]:
    """Write the workbook and the results file; gives their places.

    Why both at once: the analysis is sent to a worker process as often as it is given work.
    """
    return write_workbook(analysis, workbook, what_if), write_results(analysis, results_file)


def write_workbook(analysis: "Analysis", target: Path, what_if: Literal["live", "issued"] = "live") -> str:
    """Write the workbook; gives its place."""
    from reportgen.workbook.issue import issue_of
    from reportgen.workbook.write import write_workbook as write

    write(issue_of(analysis, what_if), target)
    return str(target)


def write_results(analysis: "Analysis", target: Path) -> str:
    """Write the results file, the same numbers as the workbook and the paper, unrounded; gives its place."""
    import json

    from reportgen.files import replace_text
    from reportgen.results_file.write import record

    replace_text(target, json.dumps(record(analysis), indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    return str(target)


def write_digests(results_file: Path, digests: "Mapping[str, str]") -> None:
    """Write the digests of the other files of a pack into its results file."""
    import json

    from reportgen.files import replace_text

    found = json.loads(results_file.read_bytes())
    found["files"] = {name: text for name, text in digests.items() if name != results_file.name}
    replace_text(results_file, json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def write_page(analysis: "Analysis", target: Path, form: Form) -> tuple[str, ...]:
    """Write the paper as a web page; gives its place and size."""
    from reportgen.live.page import live_parts
    from reportgen.report.web import write_html

    paper, folders = form.paper(analysis), form.folders
    size = write_html(paper, target, folders, live_parts(analysis, paper, folders))
    return (f"{target}, {size / 1e3:.0f} kB",)


def write_summary(analysis: "Analysis", target: Path, progress: Progress, form: Form) -> str | None:
    """Write the decision page by itself; gives the sentence about a missing library, if any."""
    from datetime import UTC, datetime

    from reportgen.report.pdf import MissingLibrary, first_fit
    from reportgen.report.pdf import write_summary as write
    from reportgen.units import counted

    paper, created = form.paper(analysis), datetime.combine(analysis.case.case.date, datetime.min.time(), UTC)
    try:
        pages = write(paper, target, form.folders, created, first_fit(paper, form.folders))
    except MissingLibrary as missing:
        return str(missing)
    progress("summary", f"{target}, {counted(pages, 'page')}")
    return None


def write_paper(
    analysis: "Analysis",
    target: Path,
    data: "Future[tuple[str, ...]]",
    progress: Progress,
    form: Form,
    worker: BuildWorker | None,
) -> str | None:
    """Write the paper with its workbook and case attached; gives the sentence about a missing library, if any."""
    from datetime import UTC, datetime

    from reportgen.report.pdf import ExpectedFit, MissingLibrary, first_fit, write_pdf
    from reportgen.units import counted

    paper, guess = form.paper(analysis), None
    if worker and worker.fit:
        guess = ExpectedFit(worker.fit, worker.executor.submit(first_fit, paper, form.folders))
    created = datetime.combine(analysis.case.case.date, datetime.min.time(), UTC)
    try:
        done = write_pdf(paper, target, form.folders, created, partial(_attached, analysis, data), guess)
    except MissingLibrary as missing:
        return str(missing)
    if worker:
        if form.page_first and guess is None:  # warms the worker's typesetter up before the next save
            worker.executor.submit(first_fit, paper, form.folders)
        worker.fit = done.fit
    progress("report", f"{target}, {counted(done.pages, 'page')}")
    return None


def _attached(analysis: "Analysis", data: "Future[tuple[str, ...]]") -> "tuple[Attachment, ...]":
    """List what the paper carries, once the workbook is written, whose place the result of `data` begins with."""
    from reportgen.report.paper import Attachment

    book = Path(data.result()[0])
    return (
        Attachment(book.name, book.read_bytes(), "The workbook: every figure as a live formula", "Source"),
        *(Attachment(name, content, what, "Data") for name, content, what in _inputs(analysis)),
    )


def _inputs(analysis: "Analysis") -> list[tuple[str, bytes, str]]:
    """List the files that the paper was made from, as they were read: name, content, and what each is."""
    from reportgen.schema.loading.load import book_path

    book = book_path(analysis.file, analysis.case)
    case, prices = analysis.case.files
    listed = [(analysis.file.name, case, "The inputs")]
    return [*listed, (book.name, prices, "The price book")] if book else listed
