"""Parallel builds of many cases: unchanged cases are skipped, a failing one does not stop the rest."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.batch.answers import Record, portfolio_answer, read_record
from reportgen.compare.portfolio import Answer
from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.workers import process_pool

BUG = 70
CHECK_FAILS = 3

State = Literal["built", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class CaseBuild:
    """The result of building one case; `status` is the exit status of building it alone, `sentence` the reason."""

    case: Path
    state: State
    status: int
    sentence: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """The options of a batch: output folder, overwrite edited workbooks, rebuild unchanged cases."""

    folder: Path
    force: bool
    rebuild: bool


def build_all(
    cases: Sequence[Path], options: BatchOptions, jobs: int, finished: Callable[[CaseBuild], None]
) -> tuple[CaseBuild, ...]:
    """Build cases in parallel processes, `jobs` at a time; return the results in the order of the cases.

    `finished` is called with each result as soon as it is available.
    """
    found: dict[Path, CaseBuild] = {}
    for done in _builds(cases, options, min(jobs, len(cases))):
        finished(done)
        found[done.case] = done
    return tuple(found[case] for case in cases)


def _builds(cases: Sequence[Path], options: BatchOptions, jobs: int) -> Iterator[CaseBuild]:
    if jobs <= 1:
        yield from (build_one(case, options) for case in cases)
        return
    with process_pool(jobs) as pool:
        futures = [pool.submit(build_one, case, options) for case in cases]
        try:
            yield from (one.result() for one in as_completed(futures))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def build_one(case: Path, options: BatchOptions) -> CaseBuild:
    """Build one case unless it is unchanged; errors are returned in the result, not raised."""
    before = read_record(options.folder / f"{case.stem}.json")
    last_recommended = None if before is None else before["recommended"] or ""
    try:
        if before is not None and not options.rebuild and _is_unchanged(case, options.folder, before):
            return CaseBuild(case, "unchanged", 0, "", portfolio_answer(before, last_recommended))
        return _build_changed(case, options, last_recommended)
    except ReportgenError as error:
        return CaseBuild(case, "failed", error.status, str(error), None)
    except Exception as error:  # noqa: BLE001  a bug in one case must not stop the others
        sentence = f"This is a bug in reportgen: {type(error).__name__}: {error}. Build {case} alone with --debug for the traceback."
        return CaseBuild(case, "failed", BUG, sentence, None)


def _is_unchanged(case: Path, folder: Path, before: Record) -> bool:
    """Return whether workbook and paper exist, unedited and of one edition, built from the same inputs by the same program."""
    from reportgen.analysis import fingerprint
    from reportgen.pipeline.drafts import mixed_files
    from reportgen.schema.loading.load import load_case
    from reportgen.workbook.package.writer import is_unmodified

    workbook, paper = (folder / f"{case.stem}{ending}" for ending in (".xlsx", ".pdf"))
    complete = workbook.exists() and paper.exists() and is_unmodified(workbook)
    files = before.get("files")
    whole = complete and bool(files) and not mixed_files(folder, files)
    return whole and fingerprint(load_case(case)) == before["fingerprint"]


def _build_changed(case: Path, options: BatchOptions, last_recommended: str | None) -> CaseBuild:
    from reportgen.pipeline.build import build

    written = build(case, options.folder, force=options.force, progress=lambda *_: None)
    record = read_record(written.results_file)
    assert record is not None
    answer = portfolio_answer(record, last_recommended)
    if written.paper_missing:
        return CaseBuild(case, "built", SurroundingsError.status, written.paper_missing, answer)
    if not all(check.passes for check in written.results.checks):
        return CaseBuild(
            case, "built", CHECK_FAILS, "A check fails: see the sheet Checks of the workbook.", answer
        )
    return CaseBuild(case, "built", 0, "", answer)


def worst_status(done: Sequence[CaseBuild]) -> int:
    """Return the exit status of a batch, the most severe one: bug, surroundings, inputs, failing check, 0."""
    severity = (BUG, SurroundingsError.status, 1, CHECK_FAILS)
    return next((status for status in severity if any(one.status == status for one in done)), 0)
