"""Font files of a brand: family, weight and style of each, read from the file itself."""

import struct
from pathlib import Path

from reportgen.runtime.records import dataclass

FONT_SUFFIXES = (".ttf", ".otf")
MAX_FONT_BYTES = 5_000_000
FAMILY_NAMES = (16, 1)
"""Numbers of the name table: the family as typographers group it, and as older programs do."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file: the family that it belongs to, its weight from 1 to 1000, and whether it is italic."""

    path: Path
    family: str
    weight: int
    italic: bool


class UnusableFont(ValueError):
    """A file that is no font, or that may not be embedded; the message is a sentence."""


def font_files(folder: Path) -> tuple[FontFile, ...]:
    """Read the font files of a folder, by name. Raises UnusableFont with the first file that cannot be used."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in FONT_SUFFIXES)
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> FontFile:
    from fontTools.ttLib import TTFont, TTLibError

    if path.stat().st_size > MAX_FONT_BYTES:
        raise UnusableFont(f"{path.name} is larger than {MAX_FONT_BYTES // 1_000_000} MB.")
    try:
        with path.open("rb") as stream, TTFont(stream, lazy=True) as font:
            names, metrics = font["name"], font["OS/2"]
            family = next((found for n in FAMILY_NAMES if (found := names.getDebugName(n))), path.stem)
            return FontFile(path, family, int(metrics.usWeightClass), bool(metrics.fsSelection & 1))
    except (TTLibError, KeyError, AssertionError, ValueError, struct.error) as error:
        raise UnusableFont(f"{path.name} is not a sound font file: {error}.") from error
