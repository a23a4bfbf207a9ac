"""Text measurement by the advance widths of the report's fonts, and line breaking."""

import json
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from reportgen.files import templates

Face = Literal["regular", "italic", "semibold", "bold", "display", "display_semibold"]
"""The fonts of the report: Source Sans 3, and Source Serif 4 Display for titles."""

UNKNOWN, WIDE, COMBINING = 700, 1000, 0
"""Widths in thousandths of an em of characters without an entry: a letter, a full-width one, a combining accent.

The width of a letter is that of the widest fallback fonts: DejaVu Sans Bold, 0.64 em in Arabic, 0.71 in Armenian.
"""


MEASURED = 10_000
"""Texts whose width is kept, and those whose lines are. Why: each chart of a paper is drawn four times, to choose its height."""


@lru_cache(MEASURED)
def text_width(text: str, size: float, face: Face = "regular") -> float:
    """Measure a line of text; the result is in the unit of `size`."""
    widths = _widths()[face]
    return sum(widths.get(character) or _fallback_width(character) for character in text) * size / 1000


def is_measured(text: str) -> bool:
    """Return whether the report's text font has every character of a text."""
    return all(character in _widths()["regular"] for character in text)


@lru_cache(MEASURED)
def wrap(text: str, width: float, size: float, face: Face = "regular") -> tuple[str, ...]:
    """Break text into lines of at most `width`; no-break spaces are kept, a word too long for a line is split."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):  # split() without an argument would break at no-break spaces
        extended = f"{line} {word}" if line else word
        if text_width(extended, size, face) <= width:
            line = extended
            continue
        if line:
            lines.append(line)
        *cut, line = _split_word(word, width, size, face)
        lines.extend(cut)
    return (*lines, line)


def balance(text: str, width: float, size: float, face: Face = "display_semibold") -> tuple[str, ...]:
    """Break a heading into as few lines as `wrap` needs, of widths as equal as possible."""
    lines = wrap(text, width, size, face)
    narrow, wide = width / len(lines) / 2, width
    while wide - narrow > size / 20:
        middle = (narrow + wide) / 2
        candidate = wrap(text, middle, size, face)
        if len(candidate) == len(lines) and "".join(candidate).count(" ") == "".join(lines).count(" "):
            wide, lines = middle, candidate
        else:
            narrow = middle
    return lines


def _split_word(word: str, width: float, size: float, face: Face) -> list[str]:
    pieces = []
    while len(word) > 1 and text_width(word, size, face) > width:
        end = next((n for n in range(len(word) - 1, 1, -1) if text_width(word[:n], size, face) <= width), 1)
        hyphen = max(word.rfind(sign, 0, end) for sign in "-/_\N{EN DASH}") + 1
        end = hyphen if hyphen > end / 2 else end
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _fallback_width(character: str) -> int:
    if unicodedata.combining(character):
        return COMBINING
    return WIDE if unicodedata.east_asian_width(character) in "WF" else UNKNOWN


@cache
def _widths() -> dict[str, dict[str, int]]:
    table = json.loads((templates() / "fonts" / "widths.json").read_text(encoding="utf-8"))
    characters = table.pop("characters")
    return {face: dict(zip(characters, widths, strict=True)) for face, widths in table.items()}
