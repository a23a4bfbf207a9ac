"""The files of a pack as drafts, moved into place in a row: one pack holds one edition, whenever a build is ended."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from os import getpid
from pathlib import Path

from reportgen.errors import SurroundingsError
from reportgen.files import digest, write_error
from reportgen.workers import interrupts_deferred

DRAFTS = ".drafts"
LONGEST = 60


def hidden_name(stem: str) -> str:
    """Return the beginning of the names of a pack's own files: hidden, short, and of no other pack."""
    short = stem if len(stem) <= LONGEST else f"{stem[:LONGEST]}-{sha256(stem.encode()).hexdigest()[:8]}"
    return f".{short}"


class PackDrafts:
    """Drafts of the files of one pack in a folder of their own, beside the files that they become."""

    def __init__(self, folder: Path, stem: str) -> None:
        self._folder = folder
        self.folder = folder / f"{hidden_name(stem)}.{getpid()}{DRAFTS}"
        self._targets: list[Path] = []

    def of(self, target: Path) -> Path:
        """Return where a file is drafted that goes to `target`."""
        self._targets.append(target)
        return self.folder / target.name

    def shown(self, detail: str) -> str:
        """Return a text with the places of files in place of those of their drafts."""
        return detail.replace(str(self.folder), str(self._folder))

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 digest of every draft by its name."""
        return {path.name: digest(path) for path in sorted(self.folder.iterdir())}

    def publish(self) -> None:
        """Move the drafts into place in the order in which they were asked for; Ctrl-C takes effect behind the last.

        Raises SurroundingsError, which says which files are of which edition.
        """
        drafted = [target for target in self._targets if (self.folder / target.name).exists()]
        with interrupts_deferred():
            for number, target in enumerate(drafted):
                try:
                    (self.folder / target.name).replace(target)
                except OSError as error:
                    raise SurroundingsError(
                        write_error(target, error) + _editions(drafted[:number], drafted[number:])
                    ) from error


def _editions(moved: Sequence[Path], left: Sequence[Path]) -> str:
    """Say which files are of which edition; "" where none was moved."""
    new, old = (", ".join(path.name for path in part) for part in (moved, left))
    return f" Of the new edition are {new}; of the one before {old}." if new else ""


@contextmanager
def drafted(folder: Path, stem: str) -> Iterator[PackDrafts]:
    """Provide a folder for the drafts of a pack, which is gone afterwards; drafts that ended builds left are swept."""
    left = re.compile(rf"{re.escape(hidden_name(stem))}\.\d+{re.escape(DRAFTS)}")
    for path in folder.iterdir():
        if left.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)
    drafts = PackDrafts(folder, stem)
    try:
        drafts.folder.mkdir()
    except OSError as error:
        raise SurroundingsError(write_error(drafts.folder, error)) from error
    try:
        yield drafts
    except SurroundingsError as error:
        raise SurroundingsError(drafts.shown(str(error))) from error
    finally:
        shutil.rmtree(drafts.folder, ignore_errors=True)


def mixed_files(folder: Path, files: object) -> list[str]:
    """Return the files of a pack that are not those that its results file was written with; `files` is what it says."""
    if not isinstance(files, dict):
        return []
    found = []
    for name, stated in files.items():
        with suppress(OSError):
            if digest(folder / Path(str(name)).name) == stated:
                continue
        found.append(str(name))
    return found
