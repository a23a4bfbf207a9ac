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
from tests.packs import pack
from tests.paths import INPUTS

SHIPPED = INPUTS / "one-billion-tokens.yaml"


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
