"""Figures in the paper: a number as printed, with the place in the results file that it comes from."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from reportgen.model.results import OptionResult
from reportgen.report.charts.money import MINUS, money

As = Literal[
    "money", "thousands", "share", "share1", "months", "month", "price", "count", "number", "probability"
]
"""How a number is printed; the same word stands in the page, so that a test can print it again."""

DASH = "\N{EN DASH}"
NOT_QUANTIFIED = "not quantified"


def printed(value: float, how: As, currency: str) -> str:
    """Print a number: true minus, en dash for zero in tables of thousands."""
    match how:
        case "money":
            return money(value, currency)
        case "thousands":
            whole = round(value / 1000)
            return f"{whole:,}".replace("-", MINUS) if whole else DASH
        case "share" | "probability":
            return f"{100 * value:.0f}\N{NO-BREAK SPACE}%".replace("-", MINUS)
        case "share1":
            return f"{100 * value:.1f}\N{NO-BREAK SPACE}%".replace("-", MINUS)
        case "months":
            return f"{value:.1f}".rstrip("0").rstrip(".")
        case "month":
            return f"{value:.0f}"
        case "price":
            return f"{value:,.2f}".replace("-", MINUS)
        case "count":
            return f"{value:,.0f}".replace("-", MINUS)
        case "number":
            return f"{value:,.6g}".replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Figures:
    """Prints the figures of one paper."""

    currency: str

    def figure(self, value: float | None, ref: str, how: As = "money") -> Markup:
        """Print a number of the results file; None is 'not quantified'."""
        if value is None:
            return Markup(f'<span class="nq">{NOT_QUANTIFIED}</span>')  # noqa: S704  our own words
        text = printed(value, how, self.currency)
        return Markup('<span data-ref="{}" data-as="{}">{}</span>').format(ref, how, text)

    def of(self, option: OptionResult, name: str, how: As = "money") -> Markup:
        """Print one of an option's results by its name in the results file."""
        return self.figure(getattr(option, name), f"options.{option.key}.{name}", how)

    def money(self, value: float) -> str:
        """Print an amount that is worked out from results and stands nowhere itself."""
        return money(value, self.currency)


def listed(parts: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Put parts in a row: "a, b and c"."""
    return f" {last} ".join((", ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else parts)


def compared(difference: float, currency: str) -> str:
    """Say a difference as words: "$67k less than", "$1.1M more than", "as much as"."""
    if printed(abs(difference), "money", currency) == printed(0, "money", currency):
        return "as much as"
    return f"{money(abs(difference), currency)} {'less' if difference < 0 else 'more'} than"
