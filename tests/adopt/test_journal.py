"""An adoption is whole or not at all, wherever it is ended."""

import json
import signal
from pathlib import Path

import pytest

from reportgen.adopt import journal
from reportgen.adopt.adoption import FileRevision
from reportgen.adopt.journal import journal_of, recover, write_whole
from reportgen.errors import InputError


def revisions(folder: Path) -> tuple[FileRevision, FileRevision]:
    """Write a case and a price book, and give their revisions."""
    case, book = folder / "acme.yaml", folder / "prices.yaml"
    case.write_bytes(b"a: 1\r\n")
    book.write_bytes(b"b: 1\n")
    return FileRevision(case, "a: 1\n", "a: 2\n"), FileRevision(book, "b: 1\n", "b: 2\n")


def contents(folder: Path) -> list[bytes]:
    """Return both files."""
    return [(folder / name).read_bytes() for name in ("acme.yaml", "prices.yaml")]


OLD, NEW = [b"a: 1\r\n", b"b: 1\n"], [b"a: 2\r\n", b"b: 2\n"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_interruption_leaves_every_file_as_it_was(
    error: type[BaseException], place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first file, between the two, and in the check behind both: nothing is written and no journal is left."""
    files, written = revisions(tmp_path), []

    def rewrite(path: Path, text: str) -> None:
        if len(written) == place:
            raise error
        written.append(path)
        original(path, text)

    def check() -> None:
        if place == 2:
            raise error

    original = journal.rewrite_text
    monkeypatch.setattr(journal, "rewrite_text", rewrite)
    with pytest.raises(error):
        write_whole(files[0].path, files, check)
    assert contents(tmp_path) == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.yaml", "prices.yaml"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_next_command_finishes_what_was_killed(place: int, tmp_path: Path) -> None:
    """Killed before, between and behind the files: the journal writes the rest, and is gone."""
    files = revisions(tmp_path)
    write_whole(files[0].path, files, lambda: None)
    assert contents(tmp_path) == NEW
    content = json.dumps([journal._entry(file) for file in files])
    revisions(tmp_path)
    for file in files[:place]:
        journal.rewrite_text(file.path, file.after)
    journal_of(files[0].path).write_text(content, encoding="utf-8")
    assert recover(files[0].path) == tuple(file.path for file in files[place:])
    assert contents(tmp_path) == NEW
    assert recover(files[0].path) == ()


def test_a_failed_adoption_that_is_killed_while_it_is_taken_back_is_taken_back_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check fails, and the process dies between the two files that get their earlier text again."""
    files, restored = revisions(tmp_path), []

    class KilledError(BaseException):
        """Stands for the end of the process."""

    def restore(path: Path, content: bytes) -> None:
        if restored:
            raise KilledError
        restored.append(path)
        original(path, content)

    def check() -> None:
        raise ValueError

    original = journal.restore
    monkeypatch.setattr(journal, "restore", restore)
    with pytest.raises(KilledError):
        write_whole(files[0].path, files, check)
    assert contents(tmp_path) == [OLD[0], NEW[1]]
    assert recover(files[0].path) == (files[1].path,)
    assert contents(tmp_path) == OLD


def test_ctrl_c_takes_effect_when_all_is_written(tmp_path: Path) -> None:
    """Between the two files: both are written, no journal is left, and the interruption is raised then."""
    files, written = revisions(tmp_path), []

    def check() -> None:
        signal.raise_signal(signal.SIGINT)
        written.extend(contents(tmp_path))

    with pytest.raises(KeyboardInterrupt):
        write_whole(files[0].path, files, check)
    assert written == contents(tmp_path) == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.yaml", "prices.yaml"]


def test_a_file_that_was_edited_since_is_not_written_over(tmp_path: Path) -> None:
    """What was typed after the kill is kept, and the sentence says what to do."""
    files = revisions(tmp_path)
    content = json.dumps([journal._entry(file) for file in files])
    journal_of(files[0].path).write_text(content, encoding="utf-8")
    files[1].path.write_text("b: 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="this file was edited since"):
        recover(files[0].path)
    assert contents(tmp_path) == [OLD[0], b"b: 3\n"]
