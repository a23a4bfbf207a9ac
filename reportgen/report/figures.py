"""Figures in the paper: a number as printed, with the place in the results file that it comes from."""

from dataclasses import dataclass
from typing import Literal, assert_never

from markupsafe import Markup

from reportgen.report.charts.drawing.money import Notation, money
from reportgen.results.options import OptionResult
from reportgen.units import Unit

As = Literal["money", "thousands", "share", "share1", "months", "month", "price", "count", "number"]
"""How a number is printed; the same word stands in the page, so that a test can print it again."""

DASH = "\N{EN DASH}"
NOT_QUANTIFIED = "not quantified"
LARGE = 1e6
"""From here on a number is printed whole: six figures of it would not show its units."""


def printed(value: float, how: As, notation: Notation) -> str:
    """Print a number: true minus, en dash for zero in tables of thousands."""
    match how:
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
            return notation.number(value, ",.0f" if abs(value) >= LARGE else ",.6g")
        case _:
            assert_never(how)


def how_of(unit: Unit) -> As:
    """Choose how a value of a unit is printed where units of many kinds stand below each other."""
    return "share1" if unit.kind == "share" else "number"


@dataclass(frozen=True, slots=True)
class Figures:
    """Prints the figures of one paper."""

    notation: Notation

    def figure(self, value: float | None, ref: str, how: As = "money") -> Markup:
        """Print a number of the results file; None is 'not quantified'."""
        if value is None:
            return Markup(f'<span class="nq">{NOT_QUANTIFIED}</span>')  # noqa: S704  our own words
        text = printed(value, how, self.notation)
        return Markup('<span data-ref="{}" data-as="{}">{}</span>').format(ref, how, text)

    def of(self, option: OptionResult, name: str, how: As = "money") -> Markup:
        """Print one of an option's results by its name in the results file."""
        return self.figure(getattr(option, name), f"options.{option.key}.{name}", how)

    def plain(self, value: float | None, how: As = "money") -> str:
        """Print a number that is worked out from results and stands nowhere itself; nothing for None."""
        return "" if value is None else printed(value, how, self.notation)

    def money(self, value: float) -> str:
        """Print an amount that is worked out from results and stands nowhere itself."""
        return money(value, self.notation)
