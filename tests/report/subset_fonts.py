"""Make the fonts of the web page: the characters of European languages, as WOFF2, under names of their own.

Run as `python -m tests.report.subset_fonts` after a change of the fonts. Why: the licence reserves the fonts' names for
unmodified files; the page is to stay small.
"""

from fontTools import subset
from fontTools.ttLib import TTFont

from reportgen.files import templates

FACES = {
    "SourceSans3-Regular": "Reportgen Sans Regular",
    "SourceSans3-It": "Reportgen Sans Italic",
    "SourceSans3-Semibold": "Reportgen Sans Semibold",
    "SourceSerif4Display-Semibold": "Reportgen Serif Semibold",
}
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2BB, 0x2BD), (0x2C6, 0x2C7), (0x2D8, 0x2DD),
    (0x370, 0x3CF), (0x400, 0x45F), (0x490, 0x491), (0x1E80, 0x1E85), (0x1EA0, 0x1EF9), (0x2010, 0x2027),
    (0x202F, 0x204F), (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2116, 0x2116), (0x2122, 0x2122), (0x2126, 0x2126),
    (0x2150, 0x215F), (0x2190, 0x2195), (0x2202, 0x2202), (0x2206, 0x2206), (0x220F, 0x2215), (0x221A, 0x221E),
    (0x2248, 0x2248), (0x2260, 0x2265), (0x25B2, 0x25CF), (0x2713, 0x2717),
)  # fmt: skip
FEATURES = ["kern", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl", "calt", "liga"]
SHOWN_NAMES, LICENCE_NAMES = (1, 3, 4, 6), (2, 13, 14)


def main() -> None:
    """Write a WOFF2 beside each font that the page uses."""
    characters = [code for first, last in RANGES for code in range(first, last + 1)]
    for file, name in FACES.items():
        options = subset.Options()
        options.flavor, options.hinting, options.layout_features = "woff2", False, FEATURES
        options.name_IDs = [*SHOWN_NAMES, *LICENCE_NAMES]
        options.drop_tables += ["STAT", "DSIG"]
        font = TTFont(templates() / "fonts" / f"{file}.ttf", recalcTimestamp=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in SHOWN_NAMES:
                record.string = name.replace(" ", "") if record.nameID == 6 else name
        font.flavor = "woff2"
        font.save(templates() / "fonts" / f"{file}.woff2")


if __name__ == "__main__":
    main()
