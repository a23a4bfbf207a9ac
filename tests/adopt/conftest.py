"""A workbook as issued, once for all tests of what comes back; every test has folders of its own."""

import shutil
from pathlib import Path

import pytest

from tests.adopt.returned_pack import ReturnedPack, issued


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> ReturnedPack:
    """Build the workbook."""
    return issued(tmp_path_factory.mktemp("issued") / "pack")


@pytest.fixture
def returned(pristine: ReturnedPack, tmp_path: Path) -> ReturnedPack:
    """Give a copy of the folders."""
    return ReturnedPack(Path(shutil.copytree(pristine.folder, tmp_path / "pack")))
