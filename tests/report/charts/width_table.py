"""The width table of the paper's fonts, made from the font files; run this file to write it anew."""

import json

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from tests.paths import ROOT

FONTS = ROOT / "templates" / "fonts"
FILES = {
    "regular": "SourceSans3-Regular.ttf",
    "italic": "SourceSans3-It.ttf",
    "semibold": "SourceSans3-Semibold.ttf",
    "bold": "SourceSans3-Bold.ttf",
    "display": "SourceSerif4Display-Regular.ttf",
    "display_semibold": "SourceSerif4Display-Semibold.ttf",
}
RANGES = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A: Western, Central and Northern Europe
    (0x218, 0x21B),  # Romanian
    (0x384, 0x3CE),  # Greek
    (0x400, 0x45F),  # Cyrillic
    (0x490, 0x491),  # Ukrainian
    (0x1E9E, 0x1E9E),  # German capital sharp s
    (0x2002, 0x203A),  # spaces, dashes, quotation marks
    (0x20A0, 0x20BF),  # currencies
    (0x2116, 0x2122),  # numero, trade mark
    (0x2153, 0x215E),  # fractions
    (0x2190, 0x2195),  # arrows
    (0x2200, 0x2265),  # mathematics
    (0x25A0, 0x25CF),  # squares, diamonds, circles
    (0x2713, 0x2717),  # ticks and crosses
)


def width_table() -> dict[str, str | list[int]]:
    """Measure every character of the ranges that Source Sans has, in thousandths of an em; 0 where a font lacks it."""
    fonts = {face: TTFont(FONTS / name) for face, name in FILES.items()}
    known = fonts["regular"].getBestCmap()
    characters = [code for low, high in RANGES for code in range(low, high + 1) if code in known]
    table: dict[str, str | list[int]] = {"characters": "".join(map(chr, characters))}
    for face, font in fonts.items():
        names, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        table[face] = [round(advances[names[c]][0] * 1000 / em) if c in names else 0 for c in characters]
    return table


def width_text() -> str:
    """Write the table as JSON, a line per font."""
    rows = (
        f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}"
        for key, value in width_table().items()
    )
    return "{" + ",\n".join(rows) + "}\n"


if __name__ == "__main__":
    (FONTS / "widths.json").write_text(width_text(), encoding="utf-8")
