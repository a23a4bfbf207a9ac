"""The digest by which a workbook is known to be exactly as saved; openpyxl is not loaded for it."""

from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from reportgen.workbook.package.guard import UNSOUND


def members_digest(archive: ZipFile) -> bytes:
    """Return the SHA-256 digest of the members' names and checksums, as it stands in the archive's comment."""
    members = "".join(f"{info.filename}:{info.CRC:08x};" for info in archive.infolist())
    return b"reportgen " + sha256(members.encode()).hexdigest().encode()


def is_unmodified(path: Path) -> bool:
    """Return whether a workbook is exactly as saved by this program: no other program writes a matching digest."""
    try:
        with ZipFile(path) as archive:
            return archive.comment == members_digest(archive)
    except UNSOUND:
        return False
