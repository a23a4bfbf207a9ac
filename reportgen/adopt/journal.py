"""An adoption that is whole or not at all: what is to be written stands in a journal until all of it is."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from reportgen.adopt.adoption import FileRevision
from reportgen.errors import InputError, Problem, SurroundingsError
from reportgen.files import read_text, replace_text, restore, rewrite_text
from reportgen.workers import interrupts_deferred

ENDING = ".adoption"


def journal_of(case_file: Path) -> Path:
    """Return the place of a case's journal."""
    return case_file.with_name(f".{case_file.name[:60]}{ENDING}")


def write_whole(case_file: Path, files: Sequence[FileRevision], check: Callable[[], object]) -> None:
    """Write every file, then check; on any failure every file is as it was. Ctrl-C takes effect when either is done.

    A process that is killed in between leaves the journal, from which `recover` writes the rest, or takes back what failed.
    """
    journal = journal_of(case_file)
    before = {file.path: file.path.read_bytes() for file in files}
    with interrupts_deferred():
        try:
            _write_journal(journal, files)
            for file in files:
                rewrite_text(file.path, file.after)
            check()
        except BaseException:
            _write_journal(journal, [FileRevision(file.path, file.after, file.before) for file in files])
            for path, content in before.items():
                restore(path, content)
            journal.unlink(missing_ok=True)
            raise
        journal.unlink(missing_ok=True)


def _write_journal(journal: Path, files: Sequence[FileRevision]) -> None:
    replace_text(journal, json.dumps([_entry(file) for file in files], ensure_ascii=False, indent=1) + "\n")


def recover(case_file: Path) -> tuple[Path, ...]:
    """Finish an adoption of a case that was killed between its files; gives the files that were still to be written.

    Raises InputError where a file was edited since, so that nothing tells what is meant.
    """
    journal = journal_of(case_file)
    with suppress(FileNotFoundError):
        entries = _entries(journal)
        written = tuple(path for path, after in entries if _finish(path, after))
        with suppress(OSError):
            journal.unlink()
        return written
    return ()


def _entry(file: FileRevision) -> dict[str, str]:
    return {"path": str(file.path.resolve()), "before": _hash(file.before), "after": file.after}


def _entries(journal: Path) -> list[tuple[Path, str]]:
    """Return the files of a journal with their texts. Raises InputError where one is neither as before nor as after."""
    try:
        entries = json.loads(journal.read_bytes())
        found = [(Path(entry["path"]), str(entry["before"]), str(entry["after"])) for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            [Problem(str(journal), 1, 1, "", "", "This journal is damaged; delete it.")]
        ) from error
    for path, before, after in found:
        if path.name and _hash(read_text(path)) not in (before, _hash(after)):
            sentence = (
                "An adoption was killed before it was done, and this file was edited since. Put it right by hand, and "
                f"delete {journal}."
            )
            raise InputError([Problem(str(path), 1, 1, "", "", sentence)])
    return [(path, after) for path, _, after in found]


def _finish(path: Path, after: str) -> bool:
    """Write a file of a journal where it is not written yet."""
    if _hash(read_text(path)) == _hash(after):
        return False
    try:
        rewrite_text(path, after)
    except OSError as error:
        raise SurroundingsError(f"{path} cannot be written: {error.strerror or error}.") from error
    return True


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
