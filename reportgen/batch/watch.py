"""Rebuilding a case whenever it, its price book or a template is saved."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.files import templates
from reportgen.runtime.records import dataclass
from reportgen.workers import garbage_collection_paused

DEBOUNCE, POLL, IDLE = 60, 20, 100
"""Milliseconds: saves within the first are one change; the polling interval; the timeout after which no change is reported.

Why: the first build waits for that timeout, because the watcher is active by then and no save during the build is missed.
"""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The result of one build: the files saved before it, its duration in seconds, and the error if it failed."""

    saved: tuple[str, ...]
    seconds: float
    error: ReportgenError | None


def watch(
    case: Path, build: Callable[[], object], user_templates: Path | None = None, stop: Event | None = None
) -> Iterator[Rebuild]:
    """Build now and after every save of the case, its price book or a template, until `stop` is set.

    Errors of the program's own kind are yielded in the result, and watching continues.

    Raises:
        SurroundingsError: if the library that watches files is not installed.
    """
    watch_files = _library()
    folders, is_watched = _watched(case, user_templates)
    built_once = False
    for changes in watch_files(
        *folders, watch_filter=lambda _, path: is_watched(Path(path)), debounce=DEBOUNCE, step=POLL, recursive=False,
        stop_event=stop, rust_timeout=IDLE, yield_on_timeout=True,
    ):  # fmt: skip
        if changes or not built_once:
            built_once = True
            yield _rebuild(tuple(sorted({Path(path).name for _, path in changes})), build)


def _library() -> Any:
    try:
        from watchfiles import watch as watch_files
    except ImportError as error:
        raise SurroundingsError(
            "The library watchfiles is not installed; install it with: pip install watchfiles"
        ) from error
    return watch_files


def _rebuild(saved: tuple[str, ...], build: Callable[[], object]) -> Rebuild:
    """Build once; return the result with the error if it fails."""
    started, error = monotonic(), None
    with garbage_collection_paused():
        try:
            build()
        except ReportgenError as found:
            error = found
        return Rebuild(saved, monotonic() - started, error)


def _watched(case: Path, user_templates: Path | None) -> tuple[list[Path], Callable[[Path], bool]]:
    """Return the folders to watch and a predicate for the files that matter.

    Why: folders are watched because editors replace files when they save.
    """
    files = {case.resolve(), _price_book(case).resolve()}
    template_folders = {folder.resolve() for folder in (templates(), user_templates) if folder}
    folders = {file.parent for file in files if file.parent.is_dir()} | template_folders
    return sorted(folders), lambda path: path.resolve() in files or path.resolve().parent in template_folders


def _price_book(case: Path) -> Path:
    """Return the price book of a case; the default one if the case cannot be read now."""
    from reportgen.schema.loading.load import DEFAULT_BOOK, book_path, load_case

    try:
        return book_path(case, load_case(case)) or case.parent / DEFAULT_BOOK
    except ReportgenError:
        return case.parent / DEFAULT_BOOK
