"""What tests of adoption share: a workbook built once, and the costly steps done once or without a second process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import ReportgenError
from reportgen.pipeline import verification
from reportgen.workbook import read
from reportgen.workbook.package import confined
from reportgen.workbook.package.reader import OpenedBook, open_book
from reportgen.workbook.verify import opened
from tests.adopt.returned_pack import ReturnedPack, issued
from tests.packs import pack
from tests.paths import INPUTS

SHIPPED = INPUTS / "one-billion-tokens.yaml"
issued_again = verification.issued_again


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> ReturnedPack:
    """Build the workbook, once."""
    return issued(tmp_path_factory.mktemp("issued") / "pack")


@pytest.fixture
def returned(pristine: ReturnedPack, tmp_path: Path) -> ReturnedPack:
    """Return a copy of the folders."""
    return ReturnedPack(Path(shutil.copytree(pristine.folder, tmp_path / "pack")))


@pytest.fixture(scope="session")
def pristine_shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the workbook of the shipped case over two years, with few futures and volumes, once."""
    folder = tmp_path_factory.mktemp("shipped")
    text = SHIPPED.read_text(encoding="utf-8").replace("years: 3", "years: 2", 1)
    case = folder / "acme.yaml"
    case.write_text(f"{text}\nsimulation: {{draws: 100}}\nbreak_even: {{points: 2}}\n", encoding="utf-8")
    pack(case, folder)
    return folder


@pytest.fixture
def case(pristine_shipped: Path, tmp_path: Path) -> Path:
    """Return a copy of that case, its workbook beside it."""
    for name in ("acme.yaml", "acme.xlsx"):
        shutil.copy(pristine_shipped / name, tmp_path / name)
    return tmp_path / "acme.yaml"


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


@pytest.fixture(scope="session")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    """Return the workbooks that were built again so far."""
    return Rebuilt(tmp_path_factory.mktemp)


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, rebuilt: Rebuilt) -> None:
    """Read workbooks in this process, and build each issue again once; a test marked `confined` does as the program does."""
    if not request.node.get_closest_marker("confined"):
        for module in (confined, opened, read):
            monkeypatch.setattr(module, "confined_process", in_this_process)
        monkeypatch.setattr(verification, "issued_again", rebuilt.build)
        monkeypatch.setattr(opened, "open_book", rebuilt.open)


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
