"""Formatting of amounts and volumes: abbreviated, with currency symbol, in the notation of a language."""

from dataclasses import dataclass

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
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
    (float("inf"), 1e9, 1, "bn"),
)
_TOKENS = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
_GROUP = "\0"
"""Placeholder of the group separator while the decimal point is replaced."""


@dataclass(frozen=True, slots=True)
class Notation:
    """The currency, and the number separators of a language; English by default."""

    currency: str = "USD"
    point: str = "."
    group: str = ","
    percent: str = "{}%"
    """The format of a percentage: "{}%" in English, "{} %" with a no-break space in Polish."""

    def number(self, value: float, form: str = ",.6g") -> str:
        """Format a number by a format such as ",.2f", with this language's separators and a minus sign."""
        text = format(value, form).replace(",", _GROUP).replace(".", self.point).replace(_GROUP, self.group)
        negative = text.startswith("-") and any(digit in text for digit in "123456789")
        return f"{MINUS if negative else ''}{text.removeprefix('-')}"

    def share(self, value: float, decimals: int = 0) -> str:
        """Format a share as a percentage, with at most `decimals` decimals."""
        text = f"{100 * value:.{decimals}f}"
        shown = len(text.rstrip("0").partition(".")[2]) if decimals else 0
        return self.percent.format(self.number(100 * value, f",.{shown}f"))


ENGLISH = Notation()


def money(value: float, notation: Notation) -> str:
    """Format an amount with about three significant digits: "$107k", "€1.64M", "PLN 4.6k"."""
    divisor, decimals, unit = next(row[1:] for row in _MONEY if abs(value) < row[0])
    return _signed(value, notation.number(abs(value) / divisor, f",.{decimals}f") + unit, notation)


def tick_money(value: float, notation: Notation) -> str:
    """Format a round amount on an axis, without trailing zeros: "$0", "$12.5k", "$1M"."""
    divisor, unit = next(
        (d, u) for d, u in ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1, "")) if abs(value) >= d or d == 1
    )
    return _signed(value, notation.number(abs(value) / divisor, ".6g") + unit, notation)


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
    symbol = SYMBOLS.get(notation.currency, notation.currency + NO_BREAK_SPACE)
    return f"{sign}{symbol}{number}"
