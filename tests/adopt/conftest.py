"""What tests of adoption share: a workbook built once, and the costly steps done once or without a second process."""

import shutil
from pathlib import Path

import pytest

from reportgen.pipeline import verification
from reportgen.workbook import read
from reportgen.workbook.package import confined
from reportgen.workbook.verify import opened
from tests.adopt.returned_pack import ReturnedPack, issued
from tests.adopt.this_process import Rebuilt, in_this_process


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> ReturnedPack:
    """Build the workbook, once."""
    return issued(tmp_path_factory.mktemp("issued") / "pack")


@pytest.fixture
def returned(pristine: ReturnedPack, tmp_path: Path) -> ReturnedPack:
    """Return a copy of the folders."""
    return ReturnedPack(Path(shutil.copytree(pristine.folder, tmp_path / "pack")))


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
