"""How the paper looks: its paper size, locale, sections, logo and colours."""

from typing import Literal

from pydantic import Field, model_validator

from reportgen.schema.appearance.brand import Brand
from reportgen.schema.assumption_fields import Written
from reportgen.schema.field_types import Colour, Key, Line, LocaleTag

SectionName = Literal[
    "decision", "contents", "changes", "actuals", "tco", "budget", "workloads", "bridge", "break_even", "risks", "opportunity", "exit", "fit",
    "assumptions", "prices", "method", "sources", "checks", "model",
]  # fmt: skip
"""The sections of the paper that a case may choose from."""


class Report(Written):
    """How the paper looks."""

    logo: Line | None = Field(default=None, description="An SVG or PNG file, beside the case.")
    colours: dict[Key, Colour] = Field(
        default_factory=dict, description="A colour for each option that needs its own."
    )
    brand: Brand = Field(default=Brand(), description="The organisation's colours, logo, fonts and footer.")
    paper: Literal["A4", "Letter"] = "A4"
    locale: LocaleTag = Field(
        default="en",
        description="Signs, dates and grouping of the numbers in the English text: en-US, en-GB, en-IN, en-DE.",
    )
    language: LocaleTag | None = Field(default=None, description="The former name of `locale`.")
    sections: tuple[SectionName, ...] | None = Field(
        default=None, description="The sections to print; unless given all but `model`, the model in words."
    )

    @model_validator(mode="before")
    @classmethod
    def _rename(cls, data: object) -> object:
        """Take `language`, the former name, for `locale`."""
        if isinstance(data, dict) and "locale" not in data and isinstance(data.get("language"), str):
            return {**data, "locale": data["language"]}
        return data
