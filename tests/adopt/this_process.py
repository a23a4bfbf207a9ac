"""The costly steps of reading a workbook, done once or without a second process: what tests put in their place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportgen.errors import ReportgenError
from reportgen.pipeline import verification
from reportgen.workbook.package import confined
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.verify import opened

issued_again = verification.issued_again


class Rebuilt:
    """Builds what workbooks carry again and opens it, the same once only."""

    def __init__(self, new_folder: Callable[[str], Path]) -> None:
        self._new_folder = new_folder
        self._books: dict[tuple[str, ...], Path | str] = {}
        self._opened: dict[Path, OpenedBook] = {}

    def build(self, _: Path, carried: opened.Carried) -> Path | str:
        """Stand in for `issued_again`."""
        key = (carried.case, carried.prices, carried.fingerprint, carried.what_if, repr(carried.editions))
        if key not in self._books:
            self._books[key] = issued_again(self._new_folder("again"), carried)
        return self._books[key]

    def open(self, path: Path) -> OpenedBook:
        """Stand in for `open_book`."""
        if path not in self._books.values():
            return open_book(path)
        if path not in self._opened:
            self._opened[path] = open_book(path)
        return self._opened[path]


class InThisProcess:
    """What stands in for a confined process: the same answers and errors, without the limits."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def ask(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what the work gives for the state."""
        return answer(work, self._state, *args, **kwargs)


def answer(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return what the work gives; any error that is none of this program's is one of reading."""
    try:
        return work(*args, **kwargs)
    except ReportgenError:
        raise
    except Exception as error:
        raise confined.Unreadable(str(error)) from error


@contextmanager
def in_this_process(make: Callable[..., Any], *args: Any, **kwargs: Any) -> Iterator[InThisProcess]:
    """Provide the state that `make` makes."""
    yield InThisProcess(answer(make, *args, **kwargs))
