"""A file that takes the place of an earlier one only when it is complete."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from os import getpid
from pathlib import Path

from reportgen.errors import SurroundingsError


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write to, in the same folder; it takes the place of `target` when all went well."""
    draft = target.with_name(f".{target.name}.{getpid()}.part")
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        raise SurroundingsError(_sentence(target, error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _sentence(target: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"{target} cannot be written: close it if it is open in Excel, or allow writing to its folder."
    if error.errno == ENOSPC:
        return f"{target} cannot be written: the disk is full. Make room and build again."
    return f"{target} cannot be written: {error.strerror or error}."
