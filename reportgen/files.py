"""The folders of the program's own files, texts that people wrote, and atomic replacement of files."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from errno import ENOSPC
from os import getpid
from pathlib import Path
from shutil import copymode

from reportgen.errors import SurroundingsError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file with line feeds and without a byte order mark."""
    return "".join(f"{line}\n" if ending else line for line, ending in _lines(path.read_bytes()))


def rewrite_text(target: Path, text: str) -> None:
    """Replace a text that people wrote atomically, so that only the lines that differ from it change.

    A line that stays keeps its line ending, a new one gets the commonest of the file; a byte order mark stays.
    """
    target = target.resolve()  # a link stays a link
    before = target.read_bytes()
    with atomic_write(target) as draft:
        draft.write_bytes(_like(before, text))
        copymode(target, draft)


def _like(before: bytes, text: str) -> bytes:
    """Return a text with line feeds as bytes with the line endings and the byte order mark of its earlier version."""
    old, new = _lines(before), text.split("\n")
    counted = Counter(ending for _, ending in old if ending)
    usual = counted.most_common(1)[0][0] if counted else "\n"
    endings = [usual] * len(new)
    if len(counted) > 1:
        blocks = SequenceMatcher(None, [line for line, _ in old], new, autojunk=False).get_matching_blocks()
        for block in blocks:
            for place in range(block.size):
                endings[block.b + place] = old[block.a + place][1] or usual
    endings[-1] = ""  # what follows the last line feed
    mark = BYTE_ORDER_MARK if before.startswith(BYTE_ORDER_MARK) else b""
    return mark + "".join(map(str.__add__, new, endings)).encode()


def _lines(content: bytes) -> list[tuple[str, str]]:
    """Return the lines of a UTF-8 text, each with its ending; the ending of the last may be empty."""
    text = content.removeprefix(BYTE_ORDER_MARK).decode()
    return [(found[1], found[2]) for found in re.finditer(r"([^\r\n]*)(\r\n|\r|\n|\Z)", text) if found[0]]


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
