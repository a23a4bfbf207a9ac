"""A workbook as issued, once for all tests of what comes back; every test has folders of its own."""

import shutil
from pathlib import Path

import pytest

from tests.adopt.returning import Desk, issued


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Build the workbook."""
    return issued(tmp_path_factory.mktemp("issued") / "desk")


@pytest.fixture
def desk(pristine: Desk, tmp_path: Path) -> Desk:
    """Give a copy of the folders."""
    return Desk(Path(shutil.copytree(pristine.folder, tmp_path / "desk")))
