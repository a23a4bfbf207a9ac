"""Parallel builds of many cases: unchanged cases are skipped, a failing one does not stop the rest."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import time_ns
from typing import Literal

from reportgen.batch.answers import Record, portfolio_answer, read_record
from reportgen.batch.crew import PIECES, worked
from reportgen.batch.index import Entry, Index, entry_of
from reportgen.compare.portfolio import Answer
from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.pipeline.writing import WORKER_MODULES
from reportgen.runtime.records import dataclass
from reportgen.workers import garbage_collection_paused, process_pool

BUG = 70
CHECK_FAILS = 3
PACK = (".xlsx", ".pdf", ".json")
"""The files of a pack, by their ending."""

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
    cases: Sequence[Path],
    options: BatchOptions,
    jobs: int,
    finished: Callable[[CaseBuild], None],
    cluster: Executor | None = None,
) -> tuple[CaseBuild, ...]:
    """Build cases in parallel processes, `jobs` at a time, or on a cluster of as many threads; return the results in the order of the cases.

    `finished` is called with each result as soon as it is available. Cases that the index knows to be unchanged are not read.
    """
    found: dict[Path, CaseBuild] = {}
    index = Index(options.folder)
    works = []
    for case in cases:
        verdict = index.verdict(case)
        if verdict == "same" and not options.rebuild:
            found[case] = _unchanged(case, index.answer(case))
            finished(found[case])
        else:
            works.append(Work(case, options, trusted=verdict == "unknown"))
    for done, entry in _builds(works, min(jobs, len(works)), cluster):
        index.add(done.case.stem, entry)
        finished(done)
        found[done.case] = done
    return tuple(found[case] for case in cases)


def _unchanged(case: Path, answer: Answer) -> CaseBuild:
    """Return the result of a case that the index knows to be unchanged."""
    return CaseBuild(case, "unchanged", 0, "", replace(answer, before=answer.recommended or ""))


Built = tuple[CaseBuild, Entry | None]


def _builds(works: "Sequence[Work]", jobs: int, cluster: Executor | None) -> Iterator[Built]:
    """Yield the results of cases as they come: in this process, in worker processes that stay warm, or on a cluster.

    Why many in a process of their own, even one at a time: it is replaced before what libraries never give back adds up.
    """
    if cluster is not None:
        from reportgen.batch.remote import built_elsewhere

        yield from built_elsewhere(works, cluster, jobs)
        return
    if jobs <= 1 and len(works) <= PIECES:
        yield from map(built_here, works)
        return
    for done in worked(works, built_here, partial(process_pool, 1, *WORKER_MODULES), max(jobs, 1)):
        if done.result is None:
            yield _lost(done.item.case, done.attempts), None
        elif done.attempts > 1:
            built, entry = done.result
            yield replace(built, sentence=" ".join(filter(None, (RETRIED, built.sentence)))), entry
        else:
            yield done.result


RETRIED = "The process that built it was ended from outside; it was built again."


def _lost(case: Path, attempts: int) -> CaseBuild:
    """Return the result of a case whose worker processes ended."""
    sentence = f"The process that built {case} was ended from outside, {attempts} times; often memory is short. Build it alone."
    return CaseBuild(case, "failed", SurroundingsError.status, sentence, None)


@dataclass(frozen=True, slots=True)
class Work:
    """A case to be built; `trusted` allows the pack that is there to be compared by its fingerprint.

    Why: the fingerprint says nothing of templates, logos or usual figures, whose change the index has seen.
    """

    case: Path
    options: BatchOptions
    trusted: bool


def built_here(work: Work) -> Built:
    """Build one case unless it is unchanged; return the result with what the index is to know of it."""
    begun = time_ns()
    inputs: list[Path] = []
    options = work.options if work.trusted else replace(work.options, rebuild=True)
    with garbage_collection_paused():
        done = build_one(work.case, options, inputs)
    if done.answer is None or done.status or not inputs:
        return done, None
    pack = [options.folder / f"{work.case.stem}{ending}" for ending in PACK]
    return done, entry_of(inputs, pack, done.answer, begun)


def still_unchanged(work: Work) -> Built | None:
    """Return the result of a case whose pack is what it makes, by the fingerprint; None for every other one."""
    case, folder = work.case, work.options.folder
    before, inputs, begun = read_record(folder / f"{case.stem}.json"), list[Path](), time_ns()
    if before is None or work.options.rebuild or not work.trusted:
        return None
    try:
        if not _is_unchanged(case, folder, before, inputs):
            return None
    except ReportgenError:
        return None
    answer = portfolio_answer(before, before["recommended"] or "")
    pack = [folder / f"{case.stem}{ending}" for ending in PACK]
    return CaseBuild(case, "unchanged", 0, "", answer), entry_of(inputs, pack, answer, begun)


def build_one(case: Path, options: BatchOptions, inputs: list[Path] | None = None) -> CaseBuild:
    """Build one case unless it is unchanged; errors are returned in the result, not raised.

    The files that the pack is made from are added to `inputs`.
    """
    before = read_record(options.folder / f"{case.stem}.json")
    last_recommended = None if before is None else before["recommended"] or ""
    made_from = [] if inputs is None else inputs
    try:
        if (
            before is not None
            and not options.rebuild
            and _is_unchanged(case, options.folder, before, made_from)
        ):
            return CaseBuild(case, "unchanged", 0, "", portfolio_answer(before, last_recommended))
        return _build_changed(case, options, last_recommended, made_from)
    except ReportgenError as error:
        return CaseBuild(case, "failed", error.status, str(error), None)
    except Exception as error:  # noqa: BLE001  a bug in one case must not stop the others
        sentence = f"This is a bug in reportgen: {type(error).__name__}: {error}. Build {case} alone with --debug for the traceback."
        return CaseBuild(case, "failed", BUG, sentence, None)


def _is_unchanged(case: Path, folder: Path, before: Record, inputs: list[Path]) -> bool:
    """Return whether workbook and paper exist, unedited and of one edition, built from the same inputs by the same program."""
    from reportgen.analysis import fingerprint
    from reportgen.pipeline.drafts import mixed_files
    from reportgen.schema.loading.load import input_files, load_case
    from reportgen.workbook.package.digest import is_unmodified

    workbook, paper = (folder / f"{case.stem}{ending}" for ending in (".xlsx", ".pdf"))
    complete = workbook.exists() and paper.exists() and is_unmodified(workbook)
    files = before.get("files")
    if not (complete and files) or mixed_files(folder, files):
        return False
    loaded = load_case(case)
    if fingerprint(loaded) != before["fingerprint"]:
        return False
    inputs += input_files(case, loaded)
    return True


def _build_changed(
    case: Path, options: BatchOptions, last_recommended: str | None, inputs: list[Path]
) -> CaseBuild:
    from reportgen.pipeline.build import build

    written = build(case, options.folder, force=options.force, progress=lambda *_: None)
    inputs += written.inputs
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
