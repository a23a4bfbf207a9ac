"""Formatting of figures in the paper, each with a reference to its value in the results file."""

from collections.abc import Iterable
from typing import Literal, assert_never

from markupsafe import Markup

from reportgen.report.charts.drawing.money import Notation, money, price
from reportgen.results.options import OptionResult
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

TableFormat = Literal["cents", "units", "thousands", "millions", "billions", "lakh", "crore"]
"""How the amounts of a table are formatted: all of them in one unit, with the same decimals."""

NumberFormat = Literal["money", TableFormat, "share", "share1", "months", "month", "price", "count", "number"]
"""How a number is formatted; written to the page as `data-as`, so that a test can recompute the text."""

TABLE_UNITS: dict[TableFormat, tuple[float, int, str]] = {
    "cents": (1, 2, ""),
    "units": (1, 0, ""),
    "thousands": (1e3, 0, "thousand"),
    "millions": (1e6, 1, "million"),
    "billions": (1e9, 1, "billion"),
    "lakh": (1e5, 1, "lakh"),
    "crore": (1e7, 1, "crore"),
}
"""Of each format of a table: what an amount is divided by, its decimals, and the unit after the currency."""

UNIT_BELOW: tuple[tuple[float, TableFormat], ...] = (
    (1e3, "cents"), (1e5, "units"), (1e8, "thousands"), (1e11, "millions"), (float("inf"), "billions"),
)  # fmt: skip
INDIAN_UNIT_BELOW: tuple[tuple[float, TableFormat], ...] = (
    (1e3, "cents"), (1e6, "units"), (1e9, "lakh"), (float("inf"), "crore"),
)  # fmt: skip
"""The format of a table whose largest amount is below a value; no unit leaves it more than six digits."""

DASH = "\N{EN DASH}"
NOT_QUANTIFIED = "not quantified"
DUST = 0.005
"""Amounts below half a cent are zero; what is more prints as 0 where its unit is too large for it, never as a dash."""

WHOLE_NUMBERS_FROM = 1e6
"""From this value on a number is rounded to whole units: six significant digits would hide its last ones."""


def format_number(value: float, number_format: NumberFormat, notation: Notation) -> str:
    """Format a number: a true minus sign, and an en dash for zero among the amounts of a table."""
    match number_format:
        case "money":
            return money(value, notation)
        case "cents" | "units" | "thousands" | "millions" | "billions" | "lakh" | "crore":
            divisor, decimals, _ = TABLE_UNITS[number_format]
            return notation.number(value / divisor, f",.{decimals}f") if abs(value) >= DUST else DASH
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


@dataclass(frozen=True, slots=True)
class TableUnit:
    """The unit that the amounts of a table share."""

    number_format: TableFormat
    words: str
    """The currency with the unit: "USD thousand"."""


def table_unit(amounts: Iterable[float | None], notation: Notation) -> TableUnit:
    """Return the unit of a table by the size of its largest amount: cents, units, thousand, million or billion."""
    largest = max((abs(amount) for amount in amounts if amount is not None), default=0.0)
    steps = INDIAN_UNIT_BELOW if notation.indian else UNIT_BELOW
    found = next(name for limit, name in steps if largest < limit)
    if found == "cents" and not notation.cents:
        found = "units"
    return TableUnit(found, f"{notation.currency} {TABLE_UNITS[found][2]}".strip())


def sums_differ(parts: Iterable[float], total: float, number_format: TableFormat) -> bool:
    """Return whether the printed parts of a column add to another number than its printed total."""
    divisor, decimals, _ = TABLE_UNITS[number_format]
    printed = sum(round(part / divisor, decimals) for part in parts)
    return bool(abs(printed - round(total / divisor, decimals)) * 10**decimals > 0.5)


def format_of(unit: Unit) -> NumberFormat:
    """Return the number format of a unit, for tables that mix units."""
    return "share1" if unit.kind == "share" else "number"


@dataclass(frozen=True, slots=True)
class Figures:
    """Format the figures of one paper in its locale and currency."""

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

    def price(self, value: float) -> str:
        """Format a derived price: three significant digits, with the currency."""
        return price(value, self.notation)

    def money(self, value: float) -> str:
        """Format a derived amount that is not itself in the results file."""
        return money(value, self.notation)
