"""A file is replaced as a whole or not at all, and an error says in one sentence what prevented it."""

import errno
import resource
from pathlib import Path

import pytest
from openpyxl import Workbook

from reportgen.errors import SurroundingsError
from reportgen.workbook.package.writer import save
from tests.workbook.demo import ISSUED, demo, saved_demo


def test_a_failed_save_leaves_the_earlier_file_as_it_was(tmp_path: Path) -> None:
    path = saved_demo(tmp_path)
    before = path.read_bytes()
    book, _ = demo()
    with pytest.raises(KeyError):
        save(book, path, {}, ISSUED)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "close it if another program has it open"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EIO, "cannot be written: Input/output error"),
    ],
)
def test_what_stops_the_writing_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, errno.errorcode[number] if number != errno.EIO else "Input/output error")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SurroundingsError, match=sentence):
        saved_demo(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_grow_is_said_in_a_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    book = Workbook()
    for row in range(1, 4000):
        book.worksheets[0].cell(row, 1, f"{row**7:x}")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(SurroundingsError, match="cannot be written"):
            save(book, tmp_path / "large.xlsx", {}, ISSUED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="cannot be written"):
        saved_demo(tmp_path / "missing")
