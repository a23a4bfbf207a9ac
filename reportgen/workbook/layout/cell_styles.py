"""The roles of cells and the appearance of each role: the workbook's design as a table."""

from collections.abc import Mapping
from typing import Literal

from reportgen.runtime.records import dataclass
from reportgen.units import Kind
from reportgen.workbook.layout import colours

Shape = Kind | Literal["month_name", "word"]
"""The kind of value in a cell: a unit's kind, a month by name, or a word aligned with numbers."""

Role = Literal[
    "bar", "band", "band_kicker", "band_title", "band_subtitle", "band_strong", "band_text",
    "title", "headline", "subtitle", "shown", "check", "block", "group", "section",
    "header", "header_group", "header_right", "header_rule", "header_rule_right", "option",
    "label", "label_subtotal", "label_total", "unit", "unit_subtotal", "unit_total",
    "input", "entry", "entry_right", "issued", "static", "changed",
    "number", "words", "year", "subtotal", "total", "total_year", "note", "note_right", "remark", "source", "key",
    "paragraph", "prose", "verdict", "link", "back", "line",
]  # fmt: skip

Edge = tuple[Literal["thin", "medium"], str]
_HAIR: Edge = ("thin", colours.HAIR)
_INK: Edge = ("thin", colours.INK)
_SUM: Edge = ("thin", colours.GREY)
_TOP: Edge = ("medium", colours.INK)
_BOX: Edge = ("thin", colours.INPUT_BOX)


@dataclass(frozen=True, slots=True)
class Appearance:
    """The appearance of a role; `accent` is the part in an option's colour: text, background or lower border."""

    size: int = 9
    bold: bool = False
    italic: bool = False
    ink: str = colours.INK
    background: str | None = None
    above: Edge | None = None
    below: Edge | None = None
    sides: Edge | None = None
    right: bool = False
    vertical: Literal["top", "center", "bottom"] = "center"
    wrap: bool = False
    shrink: bool = False
    """Whether a text that is too long for its cell is set smaller, not cut."""
    indent: int = 0
    locked: bool = True
    accent: Literal["ink", "background", "below"] | None = None


def _header(*, right: bool = False, below: Edge | None = None) -> Appearance:
    return Appearance(
        8, bold=True, ink=colours.GREY, below=below, right=right, vertical="bottom", wrap=True, accent="below"
    )


APPEARANCES: Mapping[Role, Appearance] = {
    "bar": Appearance(background=colours.INK, accent="background"),
    "band": Appearance(background=colours.BAND),
    "band_kicker": Appearance(8, bold=True, ink=colours.BAND_PALE, background=colours.BAND),
    "band_title": Appearance(22, bold=True, ink=colours.WHITE, background=colours.BAND),
    "band_subtitle": Appearance(10, ink=colours.BAND_GREY, background=colours.BAND),
    "band_strong": Appearance(bold=True, ink=colours.WHITE, background=colours.BAND),
    "band_text": Appearance(ink=colours.BAND_GREY, background=colours.BAND),
    "title": Appearance(15, bold=True),
    "headline": Appearance(11, bold=True),
    "subtitle": Appearance(ink=colours.GREY),
    "shown": Appearance(8, bold=True, shrink=True),
    "check": Appearance(8, bold=True, ink=colours.PASS),
    "block": Appearance(10, bold=True, above=_TOP),
    "group": Appearance(10, bold=True, below=_INK, vertical="bottom", accent="below"),
    "section": Appearance(bold=True, vertical="bottom", accent="ink"),
    "header": _header(),
    "header_group": Appearance(8, bold=True, ink=colours.GREY, vertical="bottom"),
    "header_right": _header(right=True),
    "header_rule": _header(below=_INK),
    "header_rule_right": _header(right=True, below=_INK),
    "option": Appearance(bold=True, below=_INK, right=True, vertical="bottom", wrap=True, accent="below"),
    "label": Appearance(below=_HAIR),
    "label_subtotal": Appearance(bold=True, above=_SUM),
    "label_total": Appearance(bold=True, above=_TOP, below=_INK),
    "unit": Appearance(8, ink=colours.GREY, below=_HAIR),
    "unit_subtotal": Appearance(8, ink=colours.GREY, above=_SUM),
    "unit_total": Appearance(8, ink=colours.GREY, above=_TOP, below=_INK),
    "input": Appearance(
        ink=colours.INPUT, background=colours.INPUT_FILL, above=_BOX, below=_BOX, sides=_BOX, locked=False
    ),
    "entry": Appearance(
        8, ink=colours.INPUT, background=colours.INPUT_FILL, below=_HAIR, indent=1, locked=False
    ),
    "entry_right": Appearance(
        8, ink=colours.INPUT, background=colours.INPUT_FILL, below=_HAIR, right=True, locked=False
    ),
    "issued": Appearance(ink=colours.PALE, below=_HAIR),
    "static": Appearance(italic=True, ink=colours.PALE, below=_HAIR),
    "changed": Appearance(8, ink=colours.PALE, below=_HAIR),
    "number": Appearance(below=_HAIR),
    "words": Appearance(8),
    "year": Appearance(background=colours.TOTALS_FILL, below=_HAIR),
    "subtotal": Appearance(bold=True, above=_SUM),
    "total": Appearance(bold=True, above=_TOP, below=_INK),
    "total_year": Appearance(bold=True, background=colours.TOTALS_FILL, above=_TOP, below=_INK),
    "note": Appearance(8, ink=colours.GREY),
    "note_right": Appearance(8, ink=colours.GREY, below=_HAIR, right=True),
    "remark": Appearance(8, ink=colours.GREY, below=_HAIR, indent=1),
    "source": Appearance(8, below=_HAIR, indent=1),
    "key": Appearance(8, ink=colours.PALE, below=_HAIR, indent=1, shrink=True),
    "paragraph": Appearance(vertical="top", wrap=True),
    "prose": Appearance(8, below=_HAIR, wrap=True),
    "verdict": Appearance(bold=True, ink=colours.PASS, below=_HAIR, right=True),
    "link": Appearance(bold=True, ink=colours.LINK, below=_HAIR),
    "back": Appearance(8, bold=True, ink=colours.LINK),
    "line": Appearance(below=_HAIR),
}

_DIGITS: Mapping[Shape, str] = {
    "money": "#,##0", "count": "#,##0", "price": "#,##0.00", "decimal": "#,##0.00", "months": "#,##0.0",
    "share": "0.0%",
}  # fmt: skip
_FORMATS: Mapping[Shape, str] = {
    "factor": "0.0000_)", "month": "0_)", "flag": "0_)", "month_name": "mmm yy_)", "date": '[=0]"undated"_);[>=2958465]"not in use"_);d mmm yyyy_)',
}  # fmt: skip

WORD = "General_);(General);General_);@_)"
"""The format of text aligned with numbers; a format of "@" alone makes Excel treat an entered formula as text."""


def number_format(role: Role, shape: Shape) -> str:
    """Return the number format of a role and shape.

    A computed zero is shown as a dash, an input of zero as 0; headers show months by name.
    """
    if shape in _DIGITS:
        body = f"{_DIGITS[shape]}_);({_DIGITS[shape]})"
        return body if role in ("input", "issued") else f'{body};"–"_)'
    if shape == "month" and role.startswith("header"):
        return _FORMATS["month_name"]
    if shape == "date" and role in ("entry_right", "note_right"):
        return "d mmm yyyy"  # a plain date, which every reader knows as one
    if shape == "date" and role == "number":
        return '[=0]"–"_);d mmm yy_)'
    if shape in _FORMATS:
        return _FORMATS[shape]
    return WORD if shape == "word" or APPEARANCES[role].right else "General"
