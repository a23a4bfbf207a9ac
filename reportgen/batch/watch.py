"""Building a case again whenever it, its prices or the templates are saved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.files import templates
from reportgen.workers import garbage_collection_paused

SETTLE, LOOK, QUIET = 60, 20, 100
"""Milliseconds: saves within the first belong together; how often the system is asked; after how many it has nothing to say.

The first build waits for that nothing, so that what is saved while it runs is not missed.
"""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of one build: which files were saved before it, how long it took, and the error if it failed."""

    saved: tuple[str, ...]
    seconds: float
    error: ReportgenError | None


def watch(
    case: Path, build: Callable[[], object], own: Path | None = None, stop: Event | None = None
) -> Iterator[Rebuilt]:
    """Build now and after every save of the case, its price book, our templates or the user's `own`, until `stop`.

    Errors of the input are told and recovered from.

    Raises SurroundingsError where the library that watches files is not installed.
    """
    look = _library()
    folders, wanted = _watched(case, own)
    begun = False
    for changes in look(
        *folders, watch_filter=lambda _, path: wanted(Path(path)), debounce=SETTLE, step=LOOK, recursive=False,
        stop_event=stop, rust_timeout=QUIET, yield_on_timeout=True,
    ):  # fmt: skip
        if changes or not begun:
            begun = True
            yield _built(tuple(sorted({Path(path).name for _, path in changes})), build)


def _library() -> Any:
    try:
        from watchfiles import watch as look
    except ImportError as error:
        raise SurroundingsError(
            "The library watchfiles is not installed; install it with: pip install 'reportgen[watch]'"
        ) from error
    return look


def _built(saved: tuple[str, ...], build: Callable[[], object]) -> Rebuilt:
    """Build, and keep the error if it fails."""
    began, error = monotonic(), None
    with garbage_collection_paused():
        try:
            build()
        except ReportgenError as found:
            error = found
        return Rebuilt(saved, monotonic() - began, error)


def _watched(case: Path, own: Path | None) -> tuple[list[Path], Callable[[Path], bool]]:
    """Give the folders to be watched, and which files in them matter: folders, because editors replace files."""
    files = {case.resolve(), _price_book(case).resolve()}
    looks = {folder.resolve() for folder in (templates(), own) if folder}
    folders = {file.parent for file in files if file.parent.is_dir()} | looks
    return sorted(folders), lambda path: path.resolve() in files or path.resolve().parent in looks


def _price_book(case: Path) -> Path:
    """Find the price book of a case; where the case cannot be read now, the one that it would have by default."""
    from reportgen.schema.loading.load import BOOK, book_path, load_case

    try:
        return book_path(case, load_case(case)) or case.parent / BOOK
    except ReportgenError:
        return case.parent / BOOK
