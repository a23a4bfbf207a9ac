"""A workbook built once for all tests of adoption, and a copy of its folders for each test."""

import shutil
from pathlib import Path

import pytest

from tests.adopt.returned_pack import ReturnedPack, issued


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> ReturnedPack:
    """Build the workbook, once."""
    return issued(tmp_path_factory.mktemp("issued") / "pack")


@pytest.fixture
def returned(pristine: ReturnedPack, tmp_path: Path) -> ReturnedPack:
    """Return a copy of the folders."""
    return ReturnedPack(Path(shutil.copytree(pristine.folder, tmp_path / "pack")))
