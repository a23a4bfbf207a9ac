"""Text measurement in Arial, for column widths and row heights."""

import unicodedata
from functools import cache, lru_cache
from math import ceil

_FIRST, _LAST = " ", "~"
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
"""Widths of the printable ASCII characters in thousandths of the type size; Liberation Sans has the same widths."""

_OTHER, _OTHER_BOLD, _WIDE = 600, 640, 1000
_NARROW = {"·": 278, "’": 278, "‘": 278, "…": 1000, "—": 1000}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the longest line of a text, in points."""
    return max((_line(line, bold) for line in text.split("\n")), default=0) * size / 1000


@lru_cache(maxsize=50_000)  # each text is measured for its column, and again for its row
def _line(text: str, bold: bool) -> int:
    return sum(map(_bold_width if bold else _regular_width, text))


@cache
def _regular_width(character: str) -> int:
    return _character_width(character, bold=False)


@cache
def _bold_width(character: str) -> int:
    return _character_width(character, bold=True)


def _character_width(character: str, *, bold: bool) -> int:
    if _FIRST <= character <= _LAST:
        return (_BOLD if bold else _REGULAR)[ord(character) - ord(_FIRST)]
    if character in _NARROW:
        return _NARROW[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return _WIDE
    plain = unicodedata.normalize("NFD", character)[0]
    if plain != character:
        return _character_width(plain, bold=bold)
    return _OTHER_BOLD if bold else _OTHER


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of the longest word, in points."""
    return max((text_width(word, size, bold=bold) for word in text.split()), default=0.0)


def break_lines(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines of at most `width` points; a single word may be wider."""
    lines = [""]
    for word in text.split():
        extended = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(extended, size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = extended
    return lines


def lines_needed(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Return the number of lines of a text broken at a width in points; longer words are split."""
    return sum(
        max(1, ceil(text_width(line, size, bold=bold) / width))
        for line in break_lines(text, size, width, bold=bold)
    )
