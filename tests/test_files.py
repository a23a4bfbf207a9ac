"""A file is replaced as a whole or not at all, and an error says in one sentence what prevented it."""

import errno
import os
import resource
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reportgen import files
from reportgen.errors import SurroundingsError
from reportgen.files import NotAFileError, copy_whole, read_input, read_text, replace_text, rewrite_text
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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\r\nb\r\n", b"a\r\nnew\r\n"),
        (b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbfa\nnew\n"),
        (b"a\r\n# c\r\nb", b"a\r\n# c\r\nnew"),
        (b"x\na\r\nb\r\nc\r\n", b"x\na\r\nnew\r\nc\r\n"),
    ],
)
def test_only_the_lines_that_differ_change(before: bytes, after: bytes, tmp_path: Path) -> None:
    """Line endings, mixed ones too, the byte order mark and a missing last line feed stay."""
    path = tmp_path / "case.yaml"
    path.write_bytes(before)
    rewrite_text(path, read_text(path).replace("b", "new"))
    assert path.read_bytes() == after


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from(["", "a", "b: 1"]), st.sampled_from(["\n", "\r\n", "\r"]))))
def test_a_text_written_back_unchanged_has_the_same_bytes(lines: list[tuple[str, str]]) -> None:
    """Whatever the line endings are."""
    before = "".join(line + ending for line, ending in lines).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text"
        path.write_bytes(before)
        rewrite_text(path, read_text(path))
        assert path.read_bytes() == before


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    """The file that a link leads to is replaced, with the rights that it had."""
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_text("a\n", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to(real)
    rewrite_text(link, "b\n")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "b\n"
    assert real.stat().st_mode & 0o777 == 0o600


def test_what_is_no_file_or_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A named pipe that nobody writes into, a device without end, a file of eleven bytes where ten are read."""
    pipe, large = tmp_path / "pipe", tmp_path / "large"
    os.mkfifo(pipe)
    large.write_bytes(b"x" * 11)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(NotAFileError, match="a pipe or a device"):
            read_input(path)
    with pytest.raises(NotAFileError, match=r"This file has 0\.0 MB; what is read here has at most"):
        read_input(large, most=10)
    assert read_input(large, most=11) == b"x" * 11
    with pytest.raises(IsADirectoryError):
        read_input(tmp_path)


def test_a_name_of_two_hundred_and_forty_letters_can_be_written(tmp_path: Path) -> None:
    """The draft beside it has a shorter name, since a system takes 255 bytes."""
    target = tmp_path / ("a" * 240)
    replace_text(target, "x")
    assert target.read_text(encoding="utf-8") == "x"
    assert list(tmp_path.iterdir()) == [target]


def test_drafts_of_killed_processes_are_swept_and_those_of_live_ones_are_not(tmp_path: Path) -> None:
    """The next writing of a file deletes what killed ones left of it, and nothing of other files."""
    dead, live, other = (
        tmp_path / name
        for name in (".a.txt.4194305.part", f".a.txt.{os.getppid()}.part", ".b.txt.4194305.part")
    )
    for path in (dead, live, other):
        path.write_text("half", encoding="utf-8")
    replace_text(tmp_path / "a.txt", "whole\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((live.name, other.name, "a.txt"))


def test_a_copy_is_whole_or_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy bears its name when all of it is written; an earlier file stays until then."""
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"new")
    target.write_bytes(b"old")

    def half(_: Path, draft: Path) -> None:
        draft.write_bytes(b"n")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "copy2", half)
        with pytest.raises(SurroundingsError, match="the disk is full"):
            copy_whole(source, target)
    assert target.read_bytes() == b"old"
    copy_whole(source, target)
    assert target.read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 2
