"""The whole program on one page: load a case, analyse it, carry its editions on, write its pack."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.pipeline.writing import AS_PDF, BuildWorker, Form, PackWriter, Progress

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
    from reportgen.editions.carry import carried
    from reportgen.workers import SERIAL

    executor = worker.executor if worker else SERIAL
    workbook, results_file, page = (folder / f"{case_file.stem}{end}" for end in (".xlsx", ".json", ".html"))
    form.check(progress)
    analysis = read(case_file, progress, executor)
    analysis = carried(analysis, workbook, results_file, since)
    if analysis.edition > 1:
        progress(f"edition {analysis.edition}", _change_since(analysis))
    on_results(analysis.results)
    _make(folder)
    if not force:
        refuse_edited(workbook)
    writer = PackWriter(analysis, progress, form, worker)
    paper, missing = writer.write(workbook, results_file, page)
    return Pack(case_file, workbook, results_file, paper, analysis.results, missing)


def read(
    case_file: Path, progress: Progress, executor: "Executor | None" = None, *, widen: bool = False
) -> "Analysis":
    """Load a case and analyse it; an `executor` may take over a part of the searches.

    `widen` widens a range that a price of the book has left, in place of refusing it.

    Raises InputError with every problem of the case.
    """
    from reportgen.assessment import analyse
    from reportgen.schema.loading.load import load_case
    from reportgen.workers import SERIAL

    analysis = analyse(load_case(case_file, widen=widen, limits=True), case_file, executor or SERIAL)
    results = analysis.results
    passed = sum(check.passes for check in results.checks)
    progress(f"{len(analysis.assumptions)} assumptions read", _origin(analysis, case_file))
    if shortened := analysis.case.shortened:
        progress("names shortened by rule", _short_names(analysis, shortened))
    progress(f"{results.lines} lines, {results.runs} runs", f"{passed} of {len(results.checks)} checks pass")
    return analysis


def refuse_edited(workbook: Path) -> None:
    """Raise SurroundingsError where a workbook stands whose inputs were edited since it was issued."""
    from reportgen.adopt.edited_since_issue import edits_since_issue
    from reportgen.errors import SurroundingsError

    if changes := edits_since_issue(workbook):
        shown = "; ".join(changes[:3]) + (f"; and {len(changes) - 3} more" if len(changes) > 3 else "")
        raise SurroundingsError(
            f"{workbook} was edited since it was issued ({shown}). It was left as it is: "
            f"move it, or write over it with --force."
        )


def _change_since(analysis: "Analysis") -> str:
    """Say what became of the answer since the edition before, or that no edition is compared."""
    found = analysis.since
    if found is None:
        return "what changed is not told: name the edition before with --since"
    count = len(found.changes) + len(found.structure)
    changes = f"{count} {'change' if count == 1 else 'changes'}"
    return f"since {found.old.name}: {changes}, the recommendation {'FLIPS' if found.flipped else 'stands'}"


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
