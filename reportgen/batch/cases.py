"""The case files among paths given as files and folders; price books and similar files are skipped."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from reportgen.errors import InputError, Problem
from reportgen.runtime.records import dataclass
from reportgen.schema.loading.load import is_auxiliary

ENDINGS = (".yaml", ".yml")
SCHEMA = re.compile(rb"^[^#\n]*schema", re.MULTILINE)
"""What the text of a file with a key `schema` has somewhere outside of comments; in UTF-16 there are zeros between."""


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """The case files, and the skipped ones: price books and other files of this program with a `schema` key."""

    cases: tuple[Path, ...]
    skipped: tuple[Path, ...]


def find_cases(paths: Sequence[Path], is_known: Callable[[Path], bool] = lambda _: False) -> CaseFiles:
    """Return the case files among files and in folders, each once; `is_known` says of a file unread that it is a case.

    Raises:
        InputError: if there is none, or two have the same name.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    skipped = tuple(file for file in files if not is_known(file) and _is_auxiliary(file))
    others = set(skipped)
    cases = tuple(file for file in files if file not in others)
    if not cases:
        where = ", ".join(map(str, paths))
        raise InputError(
            [Problem(where, 1, 1, "", "", "There is no case here: no YAML file that is not a price book.")]
        )
    _require_unique_names(cases)
    return CaseFiles(cases, skipped)


def _files(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    return (path,)


def _is_auxiliary(file: Path) -> bool:
    """Return whether a file is no case; an unreadable file counts as a case, whose problem its build reports.

    Why the text is searched first: reading the YAML of a case takes a hundred times as long.
    """
    try:
        content = file.read_bytes()
        if b"\0" not in content and not SCHEMA.search(content):
            return False
        return is_auxiliary(file)
    except (InputError, OSError):
        return False


def _require_unique_names(cases: Sequence[Path]) -> None:
    """Raise InputError for two cases that would be written to the same files."""
    seen: dict[str, Path] = {}
    problems = []
    for case in cases:
        other = seen.setdefault(case.stem, case)
        if other is not case:
            sentence = f"{other} has the same name, and their packs would overwrite each other; build them into different folders."
            problems.append(Problem(str(case), 1, 1, "", "", sentence))
    if problems:
        raise InputError(problems)
