"""How amounts are written on charts: short, with the currency's sign, a no-break space and a true minus."""

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


def money(value: float, currency: str) -> str:
    """Write an amount in three figures or so: "$107k", "€1.64M", "PLN 4.6k"."""
    divisor, decimals, unit = next(row[1:] for row in _MONEY if abs(value) < row[0])
    return _signed(value, f"{abs(value) / divisor:,.{decimals}f}{unit}", currency)


def tick_money(value: float, currency: str) -> str:
    """Write a round amount on an axis, with no more decimals than it has: "$0", "$12.5k", "$1M"."""
    divisor, unit = next(
        (d, u) for d, u in ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1, "")) if abs(value) >= d or d == 1
    )
    return _signed(value, f"{abs(value) / divisor:.6g}{unit}", currency)


def signed_money(value: float, currency: str) -> str:
    """Write a difference with its sign: "+$67k", or "$0" where nothing is left of it."""
    amount = money(value, currency)
    return f"+{amount}" if value > 0 and any(digit in amount for digit in "123456789") else amount


def volume(millions: float) -> str:
    """Write a number of tokens, given in millions, in at most three figures: "250M", "1.6bn", "2tn"."""
    tokens = float(f"{millions * 1e6:.3g}")
    divisor, unit = next(((d, u) for d, u in _TOKENS if tokens >= d), (1, ""))
    return f"{tokens / divisor:.6g}{unit}"


def volume_range(low: float, high: float) -> str:
    """Write a range of tokens, given in millions, with an en dash, the unit once where both have it."""
    first, last = volume(low), volume(high)
    if first == last:
        return first
    unit = last.lstrip("0123456789.")
    return f"{first.removesuffix(unit) if first.lstrip('0123456789.') == unit else first}\N{EN DASH}{last}"


def _signed(value: float, number: str, currency: str) -> str:
    sign = MINUS if value < 0 and any(digit in number for digit in "123456789") else ""
    return f"{sign}{SYMBOLS.get(currency, currency + NO_BREAK_SPACE)}{number}"
