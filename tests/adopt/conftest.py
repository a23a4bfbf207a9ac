"""What tests of adoption share: a workbook built once, and the costly steps done once or without a second process."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import ReportgenError
from reportgen.pipeline import verification
from reportgen.workbook.package import confined
from reportgen.workbook.verify import opened
from tests.adopt.returned_pack import ReturnedPack, issued

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
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, opened.Carried], Path | str]:
    """Build what workbooks carry again, the same once only."""
    known: dict[tuple[str, ...], Path | str] = {}

    def build(_: Path, carried: opened.Carried) -> Path | str:
        key = (carried.case, carried.prices, carried.fingerprint, carried.what_if, repr(carried.editions))
        if key not in known:
            known[key] = issued_again(tmp_path_factory.mktemp("again"), carried)
        return known[key]

    return build


@pytest.fixture(autouse=True)
def quick(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    rebuilt: Callable[[Path, opened.Carried], Path | str],
) -> None:
    """Read workbooks in this process, and build each issue again once; a test marked `confined` does as the program does."""
    if not request.node.get_closest_marker("confined"):
        monkeypatch.setattr(confined, "confined_process", in_this_process)
        monkeypatch.setattr(opened, "confined_process", in_this_process)
        monkeypatch.setattr(verification, "issued_again", rebuilt)


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
