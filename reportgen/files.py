"""Where the program's own files are, and how a file is replaced whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from os import getpid
from pathlib import Path

from reportgen.errors import SurroundingsError


def beside(name: str) -> Path:
    """Find a folder of the project: in a checkout or an editable install beside the package, in a wheel within it."""
    here = Path(__file__).resolve().parent
    for folder in (here.parent / name, here / name):
        if folder.is_dir() and (folder.parent / "pyproject.toml").exists() == (folder.parent != here):
            return folder
    raise SurroundingsError(f"The program's own folder {name} is missing; install reportgen again.")


def templates() -> Path:
    """Find the templates of the paper."""
    return beside("templates")


def replace_text(target: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never half of it."""
    with replacing(target) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


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
        return f"{target} cannot be written: close it if another program has it open, or allow writing to its folder."
    if error.errno == ENOSPC:
        return f"{target} cannot be written: the disk is full. Make room and build again."
    return f"{target} cannot be written: {error.strerror or error}."
