"""`reportgen verify x.pdf`: the pack in it is built again, and what stands beside is told apart."""

import shutil
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
from reportgen.pipeline.attached import attached_files
from reportgen.pipeline.build import build
from reportgen.pipeline.paper_verification import verified_paper
from tests.packs import small_case
from tests.paths import INPUTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("paper verification"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the smallest case with a paper of two sections; give its paper."""
    folder = tmp_path_factory.mktemp("pack")
    built = build(small_case(tmp_path_factory.mktemp("case")), folder, force=False, progress=lambda *_: None)
    assert built.paper
    return built.paper


def test_a_paper_carries_what_it_was_made_from(pack: Path) -> None:
    """Workbook, case and price book, byte by byte, under their names."""
    files = attached_files(pack)
    assert list(files) == ["small.xlsx", "small.yaml", "prices.yaml"]
    assert files["small.xlsx"] == pack.with_suffix(".xlsx").read_bytes()
    assert files["small.yaml"].startswith((INPUTS / "small.yaml").read_bytes())
    assert files["small.yaml"].decode().endswith("\nreport: {sections: [decision, tco]}\n")
    assert files["prices.yaml"] == (INPUTS / "prices.yaml").read_bytes()


def test_as_built_and_with_another_workbook_beside(pack: Path, tmp_path: Path) -> None:
    """As built all holds; a workbook of another case beside it, and a changed page, do not."""
    found = verified_paper(pack, recalculate=False)
    assert {point.subject: point.holds for point in found.points} == {
        "its workbook": True, "its pages": True, "workbook beside": True,
    }  # fmt: skip
    assert found.findings == 0
    paper = tmp_path / "small.pdf"
    content = pack.read_bytes()
    changed = content.replace(b"<</Type /EmbeddedFile", b"<< /Type/EmbeddedFile", 1)
    assert changed != content
    paper.write_bytes(changed)
    shutil.copy(pack.with_suffix(".xlsx"), tmp_path / "small.xlsx")
    with (tmp_path / "small.xlsx").open("ab") as book:
        book.write(b"\0")
    other = verified_paper(paper, recalculate=False)
    assert {point.subject: point.holds for point in other.points} == {
        "its workbook": True, "its pages": False, "workbook beside": False,
    }  # fmt: skip
    assert other.findings == 2


def test_what_is_no_paper(tmp_path: Path) -> None:
    """A missing file, another file and a PDF without a workbook are refused in a sentence."""
    with pytest.raises(SurroundingsError, match="There is no file"):
        verified_paper(tmp_path / "none.pdf", recalculate=False)
    (tmp_path / "text.pdf").write_bytes(b"text")
    with pytest.raises(SurroundingsError, match="is no PDF"):
        verified_paper(tmp_path / "text.pdf", recalculate=False)
    (tmp_path / "plain.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n")
    with pytest.raises(SurroundingsError, match="carries no workbook"):
        verified_paper(tmp_path / "plain.pdf", recalculate=False)
