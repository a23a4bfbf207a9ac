"""The files that a paper of this program carries: workbook, case and price book, read without a PDF library.

Only what WeasyPrint writes is understood: file streams that stand by themselves, their names in a compressed object stream.
"""

import re
import zlib
from pathlib import Path

from reportgen.errors import SurroundingsError

LARGEST_PAPER, LARGEST_FILE, LARGEST_WHOLE = 200 << 20, 64 << 20, 200 << 20
"""Bytes of a paper, of one file in it, and of all files in it, at most."""
PLAIN_NAME = re.compile(r"[^.\x00-\x1f][^\x00-\x1f]*")
"""The name of a file that is neither hidden nor a folder."""
FILE = re.compile(rb"(\d+) 0 obj\s*<<[^\x00]{0,400}?/Type\s*/EmbeddedFile[^\x00]{0,400}?>>\s*stream\r?\n")
OBJECTS = re.compile(rb"/ObjStm[^\x00]{0,200}?>>\s*stream\r?\n")
NAME = re.compile(rb"/Filespec\s*/F \(([^()\\]{1,255})\)[^\x00]{0,600}?/EF\s*<<\s*/F (\d+) 0 R")


def attached_files(path: Path) -> dict[str, bytes]:
    """Return the files that a paper carries, by name, in their order; none where it is not of this program.

    Raises:
        SurroundingsError: for a file that is missing, too large, or no PDF.
    """
    if not path.is_file():
        raise SurroundingsError(f"There is no file {path}.")
    if path.stat().st_size > LARGEST_PAPER:
        raise SurroundingsError(f"{path} is too large for a paper.")
    content = path.read_bytes()
    if not content.startswith(b"%PDF-"):
        raise SurroundingsError(f"{path} is no PDF.")
    names = _names(content)
    out = {}
    for place, found in enumerate(FILE.finditer(content), start=1):
        name = Path(names.get(int(found[1]), "")).name
        plain = name if PLAIN_NAME.fullmatch(name) else f"attachment-{place}"
        out[plain] = _inflated(content, found.end(), path)
        if sum(map(len, out.values())) > LARGEST_WHOLE:
            raise SurroundingsError(f"The files in {path} are too large.")
    return out


def _names(content: bytes) -> dict[int, str]:
    """Return the names of file streams by the number of their object."""
    texts = [content]
    for found in OBJECTS.finditer(content):
        try:
            texts.append(zlib.decompressobj().decompress(content[found.end() :], LARGEST_FILE))
        except zlib.error:
            continue
    return {int(number): name.decode("latin-1") for text in texts for name, number in NAME.findall(text)}


def _inflated(content: bytes, start: int, path: Path) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(content[start:], LARGEST_FILE)
    except zlib.error as error:
        raise SurroundingsError(f"A file in {path} is damaged: {error}.") from error
    if not unpacker.eof:
        raise SurroundingsError(f"A file in {path} is too large, or cut off.")
    return out
