"""The packs of earlier editions, kept in a folder beside the one that replaced them."""

from collections.abc import Iterable
from pathlib import Path

from reportgen.errors import SurroundingsError
from reportgen.files import copy_whole, write_error

EDITIONS = ".editions"
"""The name of the folder."""


def kept_edition(file: Path, number: int) -> Path:
    """Return where a file of an earlier edition is kept."""
    return file.parent / EDITIONS / f"{file.stem}.edition-{number}{file.suffix}"


def keep_edition(files: Iterable[Path], number: int) -> None:
    """Keep the files of an edition that the next one replaces; what is kept already stays. Raises SurroundingsError."""
    for path in files:
        target = kept_edition(path, number)
        if path.exists() and not target.exists():
            try:
                target.parent.mkdir(exist_ok=True)
            except OSError as error:
                raise SurroundingsError(write_error(target, error)) from error
            copy_whole(path, target)
