"""The look of an organisation: colours, logo, fonts and footer of its papers, in a case or in a file for all of them."""

from typing import Literal

from pydantic import Field

from reportgen.schema.assumption_fields import Written
from reportgen.schema.field_types import Colour, Line


class Brand(Written):
    """The look of an organisation; what is left out looks as it does without a brand."""

    band: Colour | None = Field(
        default=None, description="The colour of the first page's band; its text is white."
    )
    titles: Colour | None = Field(default=None, description="The colour of titles on the white page.")
    accent: Colour | None = Field(
        default=None, description="The colour of small headings and of the frame around what is asked."
    )
    options: tuple[Colour, ...] = Field(
        default=(), description="The colours of the options, in the case's order; report.colours goes first."
    )
    logo: Line | None = Field(default=None, description="An SVG or PNG file; report.logo goes first.")
    fonts: Line | None = Field(
        default=None, description="A folder of TTF or OTF files for text and titles; charts keep their own."
    )
    text_font: Line | None = Field(
        default=None, description="The family in the folder that text is set in; the first unless given."
    )
    title_font: Line | None = Field(
        default=None, description="The family in the folder that titles are set in; the text's unless given."
    )
    footer: Line | None = Field(
        default=None, description="What stands at the foot of every page in place of the organisation."
    )


class BrandFile(Brand):
    """A brand in a file of its own, for all papers of an organisation (`--brand`)."""

    schema_: Literal["reportgen.brand/1"] | None = Field(
        default=None,
        alias="schema",
        description="The form of this file; a folder of cases passes over files that have it.",
    )
