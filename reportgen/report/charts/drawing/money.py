"""Formatting of amounts and volumes: abbreviated, with currency symbol, in the notation of a locale."""

import math
import re
from collections.abc import Iterable

from reportgen.runtime.records import dataclass

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "JPY": "¥"}
"""The symbols of currencies for which a notation names none."""

MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_MONEY = (
    # below this amount: divide by, decimals, unit
    (999.5, 1, 0, ""),
    (9_950, 1e3, 1, "k"),
    (999_500, 1e3, 0, "k"),
    (9_995_000, 1e6, 2, "M"),
    (99_950_000, 1e6, 1, "M"),
    (999_500_000, 1e6, 0, "M"),
    (9_995_000_000, 1e9, 2, "bn"),
    (99_950_000_000, 1e9, 1, "bn"),
    (999_500_000_000, 1e9, 0, "bn"),
    (float("inf"), 1e12, 2, "tn"),
)
_INDIAN_MONEY = (
    (99_999.5, 1, 0, ""),
    (999_500, 1e5, 2, f"{NO_BREAK_SPACE}lakh"),
    (9_995_000, 1e5, 1, f"{NO_BREAK_SPACE}lakh"),
    (99_950_000, 1e7, 2, f"{NO_BREAK_SPACE}crore"),
    (999_500_000, 1e7, 1, f"{NO_BREAK_SPACE}crore"),
    (999_995_000_000, 1e7, 0, f"{NO_BREAK_SPACE}crore"),
    (float("inf"), 1e12, 2, f"{NO_BREAK_SPACE}lakh crore"),
)
_TICKS = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"), (1, ""))
_INDIAN_TICKS = ((1e7, f"{NO_BREAK_SPACE}crore"), (1e5, f"{NO_BREAK_SPACE}lakh"), (1, ""))
_TOKENS = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
SMALL_CASE = 1000.0
"""Below this largest total, in currency units, the amounts of a case have cents."""

_CENTS_BELOW = 99_999.5
"""In a notation with cents, amounts below this have them; they are in full."""

_GROUP = "\0"
"""Placeholder of the group separator while the decimal point is replaced."""

_INDIAN_GROUPS = re.compile(r"(?<=\d)(?=(?:\d\d)*\d\d\d$)")
"""The places of separators in a whole number that is grouped by hundreds above a thousand: 1,23,45,678."""


@dataclass(frozen=True, slots=True)
class Notation:
    """The currency, and the number separators of a locale; English by default."""

    currency: str = "USD"
    point: str = "."
    group: str = ","
    percent: str = "{}%"
    """The format of a percentage: "{}%" in English, "{} %" with a no-break space in Germany."""
    symbol: str = ""
    """What stands before an amount; empty for the symbol or code that English texts have."""
    indian: bool = False
    """Whether amounts are in lakh (100,000) and crore (10 million), and numbers grouped accordingly."""
    cents: bool = False
    """Whether amounts have cents, which small cases need."""

    def number(self, value: float, form: str = ",.6g") -> str:
        """Format a number by a format such as ",.2f", with this locale's separators and a minus sign."""
        text = _without_powers(value, format(value, form))
        if self.indian and "," in text:
            whole, point, decimals = text.replace(",", "").partition(".")
            text = f"{_INDIAN_GROUPS.sub(',', whole)}{point}{decimals}"
        text = text.replace(",", _GROUP).replace(".", self.point).replace(_GROUP, self.group)
        negative = text.startswith("-") and any(digit in text for digit in "123456789")
        return f"{MINUS if negative else ''}{text.removeprefix('-')}"

    def share(self, value: float, decimals: int = 0) -> str:
        """Format a share as a percentage, with at most `decimals` decimals."""
        text = f"{100 * value:.{decimals}f}"
        shown = len(text.rstrip("0").partition(".")[2]) if decimals else 0
        return self.percent.format(self.number(100 * value, f",.{shown}f"))


def _without_powers(value: float, text: str) -> str:
    """Return a number's text written out where it has a power of ten: no reader of a paper reads 1e+07."""
    if "e" not in text:
        return text
    return format(value, ",.0f") if abs(value) >= 1 else f"{value:.15f}".rstrip("0").rstrip(".")


ENGLISH = Notation()


def needs_cents(totals: Iterable[float]) -> bool:
    """Return whether the largest of a case's totals is so small that its amounts need cents."""
    return max(map(abs, totals), default=SMALL_CASE) < SMALL_CASE


def money(value: float, notation: Notation) -> str:
    """Format an amount with about three significant digits, or in cents: "$107k", "€1.64M", "₹3.62 crore", "$0.07"."""
    if notation.cents and abs(value) < _CENTS_BELOW:
        return _signed(value, notation.number(abs(value), ",.2f"), notation)
    table = _INDIAN_MONEY if notation.indian else _MONEY
    divisor, decimals, unit = next(row[1:] for row in table if abs(value) < row[0])
    return _signed(value, notation.number(abs(value) / divisor, f",.{decimals}f") + unit, notation)


def price(value: float, notation: Notation) -> str:
    """Format a price with three significant digits: "$0.459", "€1.24", "₹37.5"."""
    return _signed(value, significant(abs(value), notation), notation)


def significant(value: float, notation: Notation) -> str:
    """Format a number with three significant digits and no trailing zeros, never in powers of ten: "0.0000375"."""
    if value == 0 or abs(value) >= 1e3:
        return notation.number(value, ",.0f")
    decimals = max(2 - math.floor(math.log10(abs(value))), 0)
    shown = len(f"{value:.{decimals}f}".rstrip("0").partition(".")[2])
    return notation.number(value, f",.{shown}f")


def tick_money(value: float, notation: Notation) -> str:
    """Format a round amount on an axis, without trailing zeros: "$0", "$12.5k", "$1M"."""
    table = _INDIAN_TICKS if notation.indian else _TICKS
    divisor, unit = next((d, u) for d, u in table if abs(value) >= d or d == 1)
    return _signed(value, notation.number(abs(value) / divisor, ",.6g") + unit, notation)


def signed_money(value: float, notation: Notation) -> str:
    """Format a difference with its sign: "+$67k", or "$0" where it rounds to zero."""
    amount = money(value, notation)
    return f"+{amount}" if value > 0 and any(digit in amount for digit in "123456789") else amount


def volume(millions: float, notation: Notation) -> str:
    """Format a number of tokens, given in millions, with at most three significant digits: "250M", "1.6bn", "2tn"."""
    number, unit = _tokens(millions, notation)
    return number + unit


def volume_range(low: float, high: float, notation: Notation) -> str:
    """Format a range of tokens, given in millions, with an en dash; a shared unit is written once."""
    first, last = _tokens(low, notation), _tokens(high, notation)
    if first == last:
        return "".join(first)
    return f"{first[0]}{'' if first[1] == last[1] else first[1]}\N{EN DASH}{''.join(last)}"


def _tokens(millions: float, notation: Notation) -> tuple[str, str]:
    tokens = float(f"{millions * 1e6:.3g}")
    divisor, unit = next(((d, u) for d, u in _TOKENS if tokens >= d), (1, ""))
    return notation.number(tokens / divisor, ".6g"), unit


def _signed(value: float, number: str, notation: Notation) -> str:
    sign = MINUS if value < 0 and any(digit in number for digit in "123456789") else ""
    symbol = notation.symbol or SYMBOLS.get(notation.currency, notation.currency + NO_BREAK_SPACE)
    return f"{sign}{symbol}{number}"


def money_table(notation: Notation) -> tuple[tuple[float, float, int, str], ...]:
    """Return how amounts are abbreviated: below which amount, divided by what, decimals and unit."""
    return _INDIAN_MONEY if notation.indian else _MONEY
