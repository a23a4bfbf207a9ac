"""Stamps of files: their contents' digest, and their state in the file system by which an untouched file is known unread."""

from hashlib import sha256
from os import stat_result
from pathlib import Path
from stat import S_ISDIR
from time import time_ns

from reportgen.runtime.records import dataclass

TICK = 50_000_000
"""Nanoseconds within which two writes may get the same time."""
COARSE_TICK = 2_000_000_000
"""The same on file systems that count whole seconds, or two."""
SECOND = 1_000_000_000

State = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and number of a file."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was: its SHA-256 digest, and its state; None where it may have changed since within the same tick."""

    digest: str
    state: State | None

    def still(self, path: Path) -> "Stamp | None":
        """Return the stamp of a file that still has this content, with its present state; None for another or no file.

        A file whose state is the same is not read.
        """
        try:
            found = path.stat()
            if self.state is not None and _state(found) == self.state:
                return self
            now = stamp(path)
        except OSError:
            return None
        return now if now.digest == self.digest else None


def stamp(path: Path) -> Stamp:
    """Return the stamp of a file, or of a folder, whose content are the names in it; OSError where it cannot be read."""
    begun = time_ns()
    found = path.stat()
    digest = sha256(_content(path, found)).hexdigest()
    return Stamp(digest, _state(found) if _is_settled(found, begun) else None)


def _content(path: Path, found: stat_result) -> bytes:
    if S_ISDIR(found.st_mode):
        return "\n".join(sorted(one.name for one in path.iterdir())).encode()
    return path.read_bytes()


def _state(found: stat_result) -> State:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _is_settled(found: stat_result, now: int) -> bool:
    """Return whether a later change would show in the time of a file."""
    tick = TICK if found.st_mtime_ns % SECOND else COARSE_TICK
    return found.st_mtime_ns < now - tick
