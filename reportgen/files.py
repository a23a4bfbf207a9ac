"""The folders of the program's own files, and atomic replacement of files."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from os import getpid
from pathlib import Path

from reportgen.errors import SurroundingsError


def data_folder(name: str) -> Path:
    """Return a data folder of the project: beside the package in a checkout or an editable install, inside it in a wheel.

    Raises SurroundingsError where the folder is missing.
    """
    here = Path(__file__).resolve().parent
    for folder in (here.parent / name, here / name):
        if folder.is_dir() and (folder.parent / "pyproject.toml").exists() == (folder.parent != here):
            return folder
    raise SurroundingsError(f"The program's own folder {name} is missing; install reportgen again.")


def templates() -> Path:
    """Return the folder of the paper's templates."""
    return data_folder("templates")


def replace_text(target: Path, text: str) -> None:
    """Replace a text file atomically (UTF-8, line feeds)."""
    with atomic_write(target) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """Provide a draft path in the same folder, and move it onto `target` on success.

    Raises SurroundingsError where the file cannot be written.
    """
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
        return f"{target} cannot be written: close it if another program has it open, or allow writing to its folder."
    if error.errno == ENOSPC:
        return f"{target} cannot be written: the disk is full. Make room and build again."
    return f"{target} cannot be written: {error.strerror or error}."
