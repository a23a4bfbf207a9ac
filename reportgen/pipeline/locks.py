"""One builder for each pack, and nobody else who has its workbook open."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportgen.errors import SurroundingsError
from reportgen.files import write_error
from reportgen.pipeline.drafts import hidden_name

OWNER_LENGTH = 54
"""Bytes of the name in the lock file of Excel, after the one with its length."""


@contextmanager
def pack_lock(folder: Path, stem: str) -> Iterator[None]:
    """Hold the lock of a pack; one that a process holds is released with its end, however it ends.

    Raises SurroundingsError where another build of the pack is under way.
    """
    path = folder / f"{hidden_name(stem)}.lock"
    descriptor = _opened(path)
    while (is_free := _locked(descriptor)) and not _is_at(path, descriptor):
        os.close(descriptor)  # the build before this one has ended in between, and took its lock file away
        descriptor = _opened(path)
    try:
        if not is_free:
            owner = os.read(descriptor, 20).decode(errors="replace").strip() or "unknown"
            raise SurroundingsError(
                f"Another build of {stem} in {folder} is under way (process {owner}). Nothing was written: build again "
                "when it has ended."
            )
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise SurroundingsError(write_error(path, error)) from error


def _is_at(path: Path, descriptor: int) -> bool:
    """Return whether an open file is the one at a path: another process may have taken it away since it was opened."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _locked(descriptor: int) -> bool:
    """Take a lock of the system on a file; False where another process has it."""
    try:
        import fcntl
    except ImportError:  # Windows: a file that is open there cannot be replaced by another build either
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def require_closed(workbook: Path) -> None:
    """Raise SurroundingsError where Excel or LibreOffice has a workbook open, with the name of who has it."""
    for lock, read in (
        (workbook.with_name(f"~${workbook.name}"), _excel_owner),
        (workbook.with_name(f".~lock.{workbook.name}#"), _libreoffice_owner),
    ):
        if lock.exists():
            who = "somebody"
            with suppress(OSError, ValueError, IndexError):
                who = read(lock.read_bytes()) or who
            raise SurroundingsError(
                f"{workbook} is open: {who} has it. Close it there and build again; where nobody has it open any more, "
                f"delete {lock}."
            )


def _excel_owner(content: bytes) -> str:
    """Return the name in a lock file of Excel: a byte with its length, then the name."""
    return content[1 : 1 + min(content[0], OWNER_LENGTH)].decode("utf-8", "replace").strip()


def _libreoffice_owner(content: bytes) -> str:
    """Return the name in a lock file of LibreOffice: name, login, machine, time, profile, separated by commas."""
    name, login, machine, *_ = content.decode("utf-8", "replace").split(",")
    return name.strip() or " on ".join(part for part in (login.strip(), machine.strip()) if part)
