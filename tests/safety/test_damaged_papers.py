"""What a paper carries is read whatever was done to it: files with plain names, or a sentence."""

import zlib
from pathlib import Path
from random import Random

import pytest

from reportgen.errors import SurroundingsError
from reportgen.pipeline import attached
from reportgen.pipeline.attached import attached_files
from tests.safety.archive_mutants import in_bytes

SEED, MUTANTS = 20_261_128, 80


def paper(path: Path, *names: str, content: bytes = b"PK\x03\x04 a workbook") -> Path:
    """Write what a paper with attached files looks like to the reader of attachments."""
    objects = b"".join(
        b"%d 0 obj\n<</Type /EmbeddedFile /Filter /FlateDecode>>\nstream\n" % number
        + zlib.compress(content)
        + b"\nendstream\nendobj\n"
        for number in range(1, len(names) + 1)
    )
    specs = "".join(
        f"<</Type /Filespec /F ({name}) /UF ({name}) /EF <</F {number} 0 R>>>>\n"
        for number, name in enumerate(names, start=1)
    )
    path.write_bytes(b"%PDF-1.7\n" + objects + specs.encode("latin-1"))
    return path


def test_files_are_found_by_their_names(tmp_path: Path) -> None:
    """A name with folders before it is the name alone."""
    assert list(attached_files(paper(tmp_path / "a.pdf", "acme.xlsx", "../../etc/acme.yaml"))) == [
        "acme.xlsx",
        "acme.yaml",
    ]


@pytest.mark.parametrize("name", ["..", ".", "a/..", ".bashrc", "a\x00b", "a\x07", "/"])
def test_a_name_that_is_none_is_not_taken(name: str, tmp_path: Path) -> None:
    """Folders, hidden files and control characters: the file gets a name of its own."""
    assert list(attached_files(paper(tmp_path / "a.pdf", "acme.xlsx", name))) == ["acme.xlsx", "attachment-2"]


def test_files_that_are_too_large_together_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be small enough, and all together not."""
    monkeypatch.setattr(attached, "LARGEST_WHOLE", 100)
    with pytest.raises(SurroundingsError, match="are too large"):
        attached_files(paper(tmp_path / "a.pdf", "a.xlsx", "b.xlsx", content=bytes(60)))


def test_a_damaged_paper_is_read_or_refused(tmp_path: Path) -> None:
    """Eighty seeds: files by plain names, or a sentence; never another error."""
    sound, told = (
        paper(tmp_path / "a.pdf", "acme.xlsx", "acme.yaml", content=bytes(range(256)) * 8).read_bytes(),
        0,
    )
    for seed in range(SEED, SEED + MUTANTS):
        path = tmp_path / "mutant.pdf"
        path.write_bytes(in_bytes(sound, Random(seed)))  # noqa: S311  damage, no secrets
        try:
            names = list(attached_files(path))
        except SurroundingsError:
            told += 1
        else:
            assert all(attached.PLAIN_NAME.fullmatch(name) and "/" not in name for name in names)
    assert 0 < told < MUTANTS
