"""The folders of the program's own files, texts that people wrote, and atomic replacement of files."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from difflib import SequenceMatcher
from errno import ENOSPC
from hashlib import sha256
from os import fstat, getpid
from os import open as os_open
from pathlib import Path
from shutil import copy2, copymode
from stat import S_ISREG

from reportgen.errors import SurroundingsError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_NAME = 60
"""Characters of a file's name that its draft bears, for systems that allow 255 bytes."""
DRAFT = ".part"
LARGEST_INPUT = 1_000_000
"""Bytes of a file that people write: a case, a price book, a brand."""
O_NONBLOCK: int = getattr(os, "O_NONBLOCK", 0)


ALLOW_OUTSIDE = "REPORTGEN_ALLOW_OUTSIDE"
"""The variable of the environment by which cases may name files outside of their folders; `--allow-outside` sets it."""


def lies_outside(folder: Path, name: str) -> bool:
    """Return whether a name leads out of a folder, by dots, a root or a link, and that is not allowed."""
    root = folder.resolve()
    return not os.environ.get(ALLOW_OUTSIDE) and not (root / name).resolve().is_relative_to(root)


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


def digest(path: Path) -> str:
    """Return the SHA-256 digest of a file."""
    return sha256(path.read_bytes()).hexdigest()


class NotAFileError(OSError):
    """What is to be read is no file, or one that is too large to be what it is read as; the message is a sentence."""


def read_input(path: Path, most: int = LARGEST_INPUT) -> bytes:
    """Return the content of a file that people wrote, of at most `most` bytes.

    Raises OSError; NotAFileError before anything is read of a pipe, a device, or a file that is larger.
    """
    with open(path, "rb", opener=_open_at_once) as file:
        found = fstat(file.fileno())
        if not S_ISREG(found.st_mode):
            raise NotAFileError("This is a pipe or a device, not a file; save it as a file first.")
        if found.st_size > most:
            raise NotAFileError(
                f"This file has {found.st_size / 1e6:,.1f} MB; what is read here has at most {most / 1e6:,.0f} MB."
            )
        return file.read(most)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for somebody who writes into it, as a named pipe would."""
    return os_open(path, flags | O_NONBLOCK)


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file with line feeds and without a byte order mark."""
    return text_as_written(path.read_bytes())


def text_as_written(content: bytes) -> str:
    """Return the text of a UTF-8 file's bytes with line feeds and without a byte order mark."""
    return "".join(f"{line}\n" if ending else line for line, ending in _lines(content))


def rewrite_text(target: Path, text: str) -> None:
    """Replace a text that people wrote atomically, so that only the lines that differ from it change.

    A line that stays keeps its line ending, a new one gets the commonest of the file; a byte order mark stays.
    """
    target = target.resolve()  # a link stays a link
    before = target.read_bytes()
    with atomic_write(target) as draft:
        draft.write_bytes(_like(before, text))
        copymode(target, draft)


def restore(target: Path, content: bytes) -> None:
    """Give a file that people wrote its earlier content again, atomically."""
    target = target.resolve()
    with atomic_write(target) as draft:
        draft.write_bytes(content)
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
    draft = target.with_name(f".{target.name[:LONGEST_NAME]}.{getpid()}{DRAFT}")
    _sweep_drafts(target)
    try:
        yield draft
        draft.replace(target)
    except OSError as error:
        raise SurroundingsError(write_error(target, error)) from error
    finally:
        draft.unlink(missing_ok=True)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file with its times, whole or not at all. Raises SurroundingsError where it cannot be written."""
    with atomic_write(target) as draft:
        copy2(source, draft)


def _sweep_drafts(target: Path) -> None:
    """Delete the drafts of a file that processes left which were killed."""
    own = re.compile(rf"\.{re.escape(target.name[:LONGEST_NAME])}\.(\d+){re.escape(DRAFT)}")
    with suppress(OSError):
        for path in target.parent.iterdir():
            found = own.fullmatch(path.name)
            if found and not _is_alive(int(found[1])):
                path.unlink()


def _is_alive(process: int) -> bool:
    """Return whether a process may be alive."""
    if sys.platform == "win32":  # asking would end it there
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def write_error(target: Path, error: OSError) -> str:
    """Return the sentence about a file that cannot be written."""
    if isinstance(error, PermissionError):
        return f"{target} cannot be written: close it if another program has it open, or allow writing to its folder."
    if error.errno == ENOSPC:
        return f"{target} cannot be written: the disk is full. Make room and build again."
    return f"{target} cannot be written: {error.strerror or error}."
