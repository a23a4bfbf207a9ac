"""Checks of a brand: contrast of its colours, its logo, and its fonts."""

from collections.abc import Iterator
from pathlib import Path

from reportgen.colour import contrast
from reportgen.schema.appearance.brand import Brand
from reportgen.schema.checks.font_files import UnusableFont, font_files
from reportgen.schema.checks.pictures import logo_problem

TEXT_CONTRAST = 4.5
"""The contrast ratio that text needs with what is behind it (WCAG 2.2, 1.4.3)."""

AREA_CONTRAST = 3.0
"""The contrast ratio that areas and lines need on white (WCAG 2.2, 1.4.11)."""

WHITE = "#FFFFFF"
FieldProblem = tuple[tuple[str | int, ...], str]
"""A location within the brand, and a sentence."""


def brand_problems(brand: Brand, folder: Path) -> Iterator[FieldProblem]:
    """Yield the problems of a brand whose files lie in or below a folder."""
    yield from _colour_problems(brand)
    if brand.logo and (problem := logo_problem(brand.logo, folder)):
        yield ("logo",), problem
    yield from _font_problems(brand, folder)


def contrast_problem(colour: str, needed: float, use: str) -> str:
    """Return the error message of a colour beside white, with both contrasts; "" if they suffice."""
    measured = contrast(colour, WHITE)
    if measured >= needed:
        return ""
    return f"{colour} is too pale {use}: its contrast with white is {measured:.1f}, and {needed:g} is needed."


def _colour_problems(brand: Brand) -> Iterator[FieldProblem]:
    uses = (
        ("band", brand.band, "for the band, whose text is white"),
        ("titles", brand.titles, "for titles on the white page"),
        ("accent", brand.accent, "for small headings on the white page"),
    )
    for field, colour, use in uses:
        if colour and (problem := contrast_problem(colour, TEXT_CONTRAST, use)):
            yield (field,), problem
    for place, colour in enumerate(brand.options):
        if problem := contrast_problem(colour, AREA_CONTRAST, "for an option"):
            yield ("options", place), problem
        if colour.upper() in (other.upper() for other in brand.options[:place]):
            yield ("options", place), f"{colour} stands here twice; options must be told apart."


def _font_problems(brand: Brand, folder: Path) -> Iterator[FieldProblem]:
    if brand.fonts is None:
        for field in ("text_font", "title_font"):
            if getattr(brand, field):
                yield (field,), "Name the folder that the font lies in, with `fonts:`."
        return
    root, place = folder.resolve(), (folder / brand.fonts).resolve()
    if not place.is_relative_to(root):
        yield ("fonts",), f"{brand.fonts} lies outside of the folder of this file; put the fonts beside it."
        return
    if not place.is_dir():
        yield ("fonts",), f"There is no folder {brand.fonts} beside this file."
        return
    try:
        families = list(dict.fromkeys(file.family for file in font_files(place)))
    except UnusableFont as error:
        yield ("fonts",), str(error)
        return
    if not families:
        yield ("fonts",), f"{brand.fonts} holds no TTF or OTF file."
    for field in ("text_font", "title_font"):
        wanted = getattr(brand, field)
        if families and wanted and wanted not in families:
            yield (field,), f"{brand.fonts} has no font {wanted}; it has {', '.join(families)}."
