"""Which files are cases: those named, and those in the folders named; price others and the like are passed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import InputError, Problem
from reportgen.schema.loading.load import is_beside

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Found:
    """The cases, and the files that were passed over: price others, and others that name a form of their own."""

    cases: tuple[Path, ...]
    others: tuple[Path, ...]


def find_cases(named: Sequence[Path]) -> Found:
    """List the cases among files and in folders, each once; InputError where there is none or two share a name."""
    files = list(dict.fromkeys(file for path in named for file in _files(path)))
    others = tuple(file for file in files if _is_beside(file))
    cases = tuple(file for file in files if file not in others)
    if not cases:
        where = ", ".join(map(str, named))
        raise InputError(
            [Problem(where, 1, 1, "", "", "There is no case here: no YAML file that is not a price book.")]
        )
    _unique(cases)
    return Found(cases, others)


def _files(path: Path) -> Iterable[Path]:
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.suffix.lower() in ENDINGS and file.is_file())
    return (path,)


def _is_beside(file: Path) -> bool:
    """Say whether a file names a form of its own; what cannot be read is a case, whose problem is told when it is built."""
    try:
        return is_beside(file)
    except InputError:
        return False


def _unique(cases: Sequence[Path]) -> None:
    """Refuse two cases that would be written to the same files."""
    seen: dict[str, Path] = {}
    problems = []
    for case in cases:
        other = seen.setdefault(case.stem, case)
        if other is not case:
            sentence = f"{other} has the same name, and their packs would overwrite each other; build them into different folders."
            problems.append(Problem(str(case), 1, 1, "", "", sentence))
    if problems:
        raise InputError(problems)
