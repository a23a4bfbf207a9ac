"""The whole program on one page: load a case, analyse it, carry its editions on, write its pack."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.pipeline.writing import AS_PDF, BuildWorker, Form, PackWriter, Progress
from reportgen.runtime.records import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reportgen.analysis import Analysis
    from reportgen.results.results import Results


@dataclass(frozen=True, slots=True)
class Pack:
    """What a build wrote, and the results in it."""

    source: Path
    workbook: Path
    results_file: Path
    paper: Path | None
    results: "Results"
    paper_missing: str | None
    """The sentence about a missing library where there is no paper."""
    inputs: tuple[Path, ...] = ()
    """The files that it was made from."""


def build(
    case_file: Path,
    folder: Path,
    *,
    force: bool,
    progress: Progress,
    since: Path | None = None,
    form: Form = AS_PDF,
    on_results: "Callable[[Results], None]" = lambda _: None,
    worker: BuildWorker | None = None,
) -> Pack:
    """Build everything for a case, as a new edition where `since` names the one before.

    `on_results` is called with the results before anything is written; a `worker` process shares the work.
    Raises InputError before anything is written; SurroundingsError where a file cannot be written.
    """
    from reportgen.pipeline.locks import pack_lock, require_closed

    form.check(progress)
    workbook = folder / f"{case_file.stem}.xlsx"
    building = _Building(case_file, workbook, progress, since, form, on_results, worker)
    if not folder.exists():
        building.read()  # what is wrong with the case is told before anything is made
    _make(folder)
    with pack_lock(folder, case_file.stem):
        require_closed(workbook)
        return building.run(force=force)


@dataclass(slots=True)
class _Building:
    """One build of a case, step by step."""

    case_file: Path
    workbook: Path
    progress: Progress
    since: Path | None
    form: Form
    on_results: "Callable[[Results], None]"
    worker: BuildWorker | None
    analysis: "Analysis | None" = None

    def read(self) -> "Analysis":
        """Load the case and analyse it, once."""
        from reportgen.workers import SERIAL

        if self.analysis is None:
            executor = self.worker.executor if self.worker else SERIAL
            self.analysis = read(self.case_file, self.progress, executor)
        return self.analysis

    def run(self, *, force: bool) -> Pack:
        """Write the pack, all files of one edition."""
        from reportgen.editions.carry import carried
        from reportgen.editions.kept import keep_edition
        from reportgen.pipeline.drafts import drafted
        from reportgen.pipeline.existing import keep_edited, require_own_results, told_mixed
        from reportgen.schema.loading.load import input_files

        results_file, page = (self.workbook.with_suffix(end) for end in (".json", ".html"))
        analysis = carried(self.read(), self.workbook, results_file, self.since)
        if analysis.edition > 1:
            self.progress(f"edition {analysis.edition}", _change_since(analysis))
        self.on_results(analysis.results)
        require_own_results(results_file, force=force)
        if kept := keep_edited(self.workbook, force=force):
            self.progress("edited workbook kept", str(kept))
        elif mixed := told_mixed(results_file):
            self.progress("pack mended", mixed)
        with drafted(self.workbook.parent, self.case_file.stem) as drafts:
            writer = PackWriter(analysis, self._shown(drafts.shown), self.form, self.worker)
            paper, missing = writer.write(drafts, self.workbook, results_file, page)
            if self.since and analysis.edition > 1:
                before = (self.workbook, results_file, page.with_suffix(".pdf"))
                keep_edition(before, analysis.edition - 1)
            drafts.publish()
        made_from = input_files(self.case_file, analysis.case)
        return Pack(self.case_file, self.workbook, results_file, paper, analysis.results, missing, made_from)

    def _shown(self, shown: Callable[[str], str]) -> Progress:
        return lambda what, detail: self.progress(what, shown(detail))


def read(
    case_file: Path, progress: Progress, executor: "Executor | None" = None, *, widen: bool = False
) -> "Analysis":
    """Load a case and analyse it; an `executor` may take over a part of the searches.

    `widen` widens a range that a price of the book has left, in place of refusing it.

    Raises InputError with every problem of the case.
    """
    from reportgen.actuals.recorded import analyse_with_actuals
    from reportgen.schema.loading.load import load_case
    from reportgen.workers import SERIAL

    analysis = analyse_with_actuals(
        load_case(case_file, widen=widen, limits=True), case_file, executor or SERIAL
    )
    results = analysis.results
    passed = sum(check.passes for check in results.checks)
    progress(f"{len(analysis.assumptions)} assumptions read", _origin(analysis, case_file))
    if shortened := analysis.case.shortened:
        progress("names shortened by rule", _short_names(analysis, shortened))
    progress(f"{results.lines} lines, {results.runs} runs", f"{passed} of {len(results.checks)} checks pass")
    return analysis


def _change_since(analysis: "Analysis") -> str:
    """Say what became of the answer since the edition before, or that no edition is compared."""
    found = analysis.since
    if found is None:
        return "what changed is not told: name the edition before with --since"
    count = len(found.changes) + len(found.structure)
    changes = f"{count} {'change' if count == 1 else 'changes'}"
    return f"since {found.old.name}: {changes}, the recommendation {'CHANGES' if found.flipped else 'stands'}"


def _short_names(analysis: "Analysis", keys: tuple[str, ...]) -> str:
    """List the short names made by rule, which a case may state instead."""
    options = analysis.case.options
    pairs = (f"{options[key].short_name} ({options[key].name})" for key in keys)
    return f"{'; '.join(pairs)}; a case may state its own as short_name"


def _origin(analysis: "Analysis", case_file: Path) -> str:
    """Name the case file, and the day of its newest price."""
    book = analysis.case.book
    if book is None:
        return str(case_file)
    newest = max(rate.verified for item in book.items for rate in item.rates)
    return f"{case_file}, prices of {newest}"


def _make(folder: Path) -> None:
    from reportgen.errors import SurroundingsError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error
