"""Formatting of figures in the paper, each with a reference to its value in the results file."""

from dataclasses import dataclass
from typing import Literal, assert_never

from markupsafe import Markup

from reportgen.report.charts.drawing.money import Notation, money
from reportgen.results.options import OptionResult
from reportgen.units import Unit

NumberFormat = Literal["money", "thousands", "share", "share1", "months", "month", "price", "count", "number"]
"""How a number is formatted; written to the page as `data-as`, so that a test can recompute the text."""

DASH = "\N{EN DASH}"
NOT_QUANTIFIED = "not quantified"
WHOLE_NUMBERS_FROM = 1e6
"""From this value on a number is rounded to whole units: six significant digits would hide its last ones."""


def format_number(value: float, number_format: NumberFormat, notation: Notation) -> str:
    """Format a number: a true minus sign, and an en dash for zero in tables of thousands."""
    match number_format:
        case "money":
            return money(value, notation)
        case "thousands":
            return notation.number(round(value / 1000), ",.0f") if round(value / 1000) else DASH
        case "share":
            return notation.share(value)
        case "share1":
            return notation.share(value, 1)
        case "months":
            return notation.number(value, ".1f").removesuffix(f"{notation.point}0")
        case "month" | "count":
            return notation.number(value, ",.0f")
        case "price":
            return notation.number(value, ",.2f")
        case "number":
            return notation.number(value, ",.0f" if abs(value) >= WHOLE_NUMBERS_FROM else ",.6g")
        case _:
            assert_never(number_format)


def format_of(unit: Unit) -> NumberFormat:
    """Return the number format of a unit, for tables that mix units."""
    return "share1" if unit.kind == "share" else "number"


@dataclass(frozen=True, slots=True)
class Figures:
    """Format the figures of one paper in its language and currency."""

    notation: Notation

    def figure(self, value: float | None, ref: str, number_format: NumberFormat = "money") -> Markup:
        """Format a value of the results file as a span that references it; None becomes "not quantified"."""
        if value is None:
            return Markup(f'<span class="nq">{NOT_QUANTIFIED}</span>')  # noqa: S704  a constant of this module
        text = format_number(value, number_format, self.notation)
        return Markup('<span data-ref="{}" data-as="{}">{}</span>').format(ref, number_format, text)

    def option_result(self, option: OptionResult, name: str, number_format: NumberFormat = "money") -> Markup:
        """Format the attribute `name` of an option's results, which has the same name in the results file."""
        return self.figure(getattr(option, name), f"options.{option.key}.{name}", number_format)

    def plain_text(self, value: float | None, number_format: NumberFormat = "money") -> str:
        """Format a derived value that is not itself in the results file; None becomes an empty string."""
        return "" if value is None else format_number(value, number_format, self.notation)

    def money(self, value: float) -> str:
        """Format a derived amount that is not itself in the results file."""
        return money(value, self.notation)
