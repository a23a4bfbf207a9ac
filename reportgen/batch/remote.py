"""Cases built elsewhere: each travels as text with the files that it names, its pack comes back as bytes and is written here.

Nothing is shared between the machines but this program, in one version. What is written, is written here, whole or not at all; a case
that a worker did not finish is built by another one.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import time_ns

from reportgen.batch.answers import read_record
from reportgen.batch.build import (
    PACK,
    BatchOptions,
    Built,
    CaseBuild,
    Work,
    build_one,
    built_here,
    still_unchanged,
)
from reportgen.batch.index import entry_of
from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.runtime.records import dataclass

AHEAD = 2
"""Cases under way for each thread of the cluster, so that none waits for the next one."""
ONE_AT_A_TIME = Lock()
"""Held during a build: the typesetter is not made for threads, of which a worker may have several."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A case as it travels: its name, the files that it is made from by their place beside it, and the pack that is there."""

    name: str
    inputs: Mapping[str, bytes]
    pack: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Returned:
    """What comes back: the result, and the files of the pack by name."""

    build: CaseBuild
    pack: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A case that is built elsewhere."""

    work: Work
    parcel: Parcel
    inputs: tuple[Path, ...]
    begun: int


def built_elsewhere(works: Sequence[Work], executor: Executor, threads: int) -> Iterator[Built]:
    """Yield the results of cases as they come, built by an executor whose workers may be on other machines.

    What cannot travel is built here: a case with a problem, one that names files outside of its folder, and one whose workbook was edited.
    """
    waiting, busy = iter(works), dict[Future[Returned], _UnderWay]()
    more = True
    try:
        while more or busy:
            while more and len(busy) < AHEAD * max(threads, 1):
                work = next(waiting, None)
                if work is None:
                    more = False
                elif known := still_unchanged(work):
                    yield known
                elif (sent := _packed(work)) is None:
                    yield built_here(work)
                else:
                    busy[executor.submit(build_parcel, sent.parcel)] = sent
            for future in wait(busy, return_when=FIRST_COMPLETED).done if busy else ():
                yield _received(busy.pop(future), future)
    finally:
        for future in busy:
            future.cancel()


def _packed(work: Work) -> _UnderWay | None:
    """Return a case ready to travel; None where it cannot."""
    from reportgen.schema.loading.load import input_files, load_case
    from reportgen.workbook.package.digest import is_unmodified

    case, folder, begun = work.case, work.options.folder, time_ns()
    workbook = folder / f"{case.stem}.xlsx"
    if workbook.exists() and not is_unmodified(workbook):
        return None
    try:
        inputs = input_files(case, load_case(case))
        files = {
            path.relative_to(case.parent).as_posix(): path.read_bytes() for path in inputs if path.is_file()
        }
    except (ReportgenError, OSError, ValueError):
        return None
    return _UnderWay(work, Parcel(case.name, files, _pack(folder, case.stem)), inputs, begun)


def _pack(folder: Path, stem: str) -> dict[str, bytes]:
    """Return the files of a pack by name; those that there are."""
    paths = (folder / f"{stem}{ending}" for ending in PACK)
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def build_parcel(parcel: Parcel) -> Returned:
    """Build a case that has travelled, in a folder that is gone afterwards; called where it arrives."""
    with ONE_AT_A_TIME, TemporaryDirectory(prefix="reportgen-") as place:
        inputs, out = Path(place) / "inputs", Path(place) / "out"
        for folder, files in ((inputs, parcel.inputs), (out, parcel.pack)):
            folder.mkdir()
            for name, content in files.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        case = inputs / parcel.name
        done = build_one(case, BatchOptions(out, force=False, rebuild=True))
        sentence = done.sentence.replace(f"{inputs}/", "").replace(f"{out}/", "")
        return Returned(replace(done, case=Path(parcel.name), sentence=sentence), _pack(out, case.stem))


def _received(sent: _UnderWay, future: "Future[Returned]") -> Built:
    """Write what came back; return the result with what the index is to know of it."""
    case, folder = sent.work.case, sent.work.options.folder
    try:
        returned = future.result()
        done = replace(returned.build, case=case)
        if done.state != "built":
            return done, None
        _publish(folder, case.stem, sent.parcel.pack, returned.pack)
    except ReportgenError as error:
        return CaseBuild(case, "failed", error.status, str(error), None), None
    except Exception as error:  # noqa: BLE001  whatever the cluster says must not stop the others
        sentence = f"The cluster could not build {case}: {type(error).__name__}: {error}."
        return CaseBuild(case, "failed", SurroundingsError.status, sentence, None), None
    pack = [folder / name for name in returned.pack]
    entry = entry_of(sent.inputs, pack, done.answer, sent.begun) if done.answer and not done.status else None
    return done, entry


def _publish(folder: Path, stem: str, before: Mapping[str, bytes], pack: Mapping[str, bytes]) -> None:
    """Write a pack, all its files of one edition, the results file last.

    Raises SurroundingsError where it was damaged on its way, or where the pack that is there is not the one that was sent.
    """
    from reportgen.pipeline.drafts import drafted
    from reportgen.pipeline.locks import pack_lock, require_closed

    folder.mkdir(parents=True, exist_ok=True)
    with pack_lock(folder, stem):
        require_closed(folder / f"{stem}.xlsx")
        if _pack(folder, stem) != before:
            raise SurroundingsError(
                f"The pack of {stem} in {folder} was changed while it was built elsewhere. It was left as it is: build again."
            )
        with drafted(folder, stem) as drafts:
            for name in sorted(pack, key=lambda name: name.endswith(".json")):
                drafts.of(folder / name).write_bytes(pack[name])
            record = read_record(drafts.folder / f"{stem}.json") or {}
            stated = record.get("files") or {}
            if any(sha256(pack.get(name, b"")).hexdigest() != digest for name, digest in stated.items()):
                raise SurroundingsError(
                    f"The pack of {stem} was damaged on its way back. Nothing was written: build again."
                )
            drafts.publish()
