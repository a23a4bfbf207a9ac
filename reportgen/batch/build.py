"""Building many cases side by side: unchanged ones are skipped, a bad one does not stop the rest."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.batch.answers import Record, answer_of, record_of
from reportgen.compare.portfolio import Answer
from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.workers import process_pool

BUG = 70
CHECK_FAILS = 3

State = Literal["built", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one case; `status` is the exit status that it alone would have had, `sentence` says why."""

    case: Path
    state: State
    status: int
    sentence: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is built: where to, over edited workbooks or not, unchanged cases too or not."""

    folder: Path
    force: bool
    rebuild: bool


def build_all(
    cases: Sequence[Path], order: BatchOptions, jobs: int, finished: Callable[[Done], None]
) -> tuple[Done, ...]:
    """Build cases in parallel processes, telling each as it is finished; gives them in the order of the cases."""
    found: dict[Path, Done] = {}
    for done in _each(cases, order, min(jobs, len(cases))):
        finished(done)
        found[done.case] = done
    return tuple(found[case] for case in cases)


def _each(cases: Sequence[Path], order: BatchOptions, jobs: int) -> Iterator[Done]:
    if jobs <= 1:
        yield from (build_one(case, order) for case in cases)
        return
    with process_pool(jobs) as pool:
        waiting = [pool.submit(build_one, case, order) for case in cases]
        try:
            yield from (one.result() for one in as_completed(waiting))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def build_one(case: Path, order: BatchOptions) -> Done:
    """Build one case unless it is unchanged; whatever goes wrong is told, not raised."""
    before = record_of(order.folder / f"{case.stem}.json")
    last = None if before is None else before["recommended"] or ""
    try:
        if before is not None and not order.rebuild and _unchanged(case, order.folder, before):
            return Done(case, "unchanged", 0, "", answer_of(before, last))
        return _built(case, order, last)
    except ReportgenError as error:
        return Done(case, "failed", error.status, str(error), None)
    except Exception as error:  # noqa: BLE001  a bug in one case must not stop the others
        sentence = f"This is a bug in reportgen: {type(error).__name__}: {error}. Build {case} alone with --debug for the traceback."
        return Done(case, "failed", BUG, sentence, None)


def _unchanged(case: Path, folder: Path, before: Record) -> bool:
    """Say whether the pack stands there whole, as it was written, and was made of the same inputs by the same program."""
    from reportgen.analysis import fingerprint
    from reportgen.schema.loading.load import load_case
    from reportgen.workbook.package.writer import untouched

    workbook, paper = (folder / f"{case.stem}{ending}" for ending in (".xlsx", ".pdf"))
    whole = workbook.exists() and paper.exists() and untouched(workbook)
    return whole and fingerprint(load_case(case)) == before["fingerprint"]


def _built(case: Path, order: BatchOptions, last: str | None) -> Done:
    from reportgen.pipeline.build import build

    written = build(case, order.folder, force=order.force, progress=lambda *_: None)
    record = record_of(written.results_file)
    assert record is not None
    answer = answer_of(record, last)
    if written.paper_missing:
        return Done(case, "built", SurroundingsError.status, written.paper_missing, answer)
    if not all(check.passes for check in written.results.checks):
        return Done(
            case, "built", CHECK_FAILS, "A check fails: see the sheet Checks of the workbook.", answer
        )
    return Done(case, "built", 0, "", answer)


def worst(done: Sequence[Done]) -> int:
    """Give the exit status of a batch: a bug before the surroundings, those before the inputs, those before a check."""
    order = (BUG, SurroundingsError.status, 1, CHECK_FAILS)
    return next((status for status in order if any(one.status == status for one in done)), 0)
