"""The units of the model: their names, and the formatting of a number in each."""

from typing import Literal

from reportgen.runtime.records import dataclass

MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

MANY = 1000
"""Whole numbers from this size on are printed with all their digits."""

Kind = Literal[
    "money", "price", "count", "decimal", "share", "months", "factor", "month", "date", "flag", "text"
]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its name (``{currency}`` stands for the case's currency) and the kind of its numbers."""

    name: str
    kind: Kind

    def text(self, currency: str) -> str:
        """Return the name of the unit in a currency."""
        return self.name.format(currency=currency)

    def printed(self, value: float) -> str:
        """Format a number of this unit in full, as in a register: 0.35 of a share is 35 %."""
        match self.kind:
            case "share":
                text = f"{100 * value:,.6g}{NO_BREAK_SPACE}%"
            case "price":
                text = f"{value:,.2f}" if round(value, 2) == value else f"{value:,.6g}"
            case _:
                text = f"{value:,.0f}" if abs(value) >= MANY and value == round(value) else f"{value:,.8g}"
        return text.replace("-", MINUS)


MONEY = Unit("{currency}", "money")
MONEY_PV = Unit("{currency}, PV", "money")
MONEY_PER_MONTH = Unit("{currency} / month", "money")
MONEY_PER_YEAR = Unit("{currency} / year", "money")
MONEY_PER_HIRE = Unit("{currency} / hire", "money")
MONEY_PER_GPU = Unit("{currency} / GPU", "money")
PRICE_PER_M_TOKENS = Unit("{currency} / M tokens", "price")
PRICE_PER_GPU_HOUR = Unit("{currency} / GPU-hour", "price")
PRICE_PER_KWH = Unit("{currency} / kWh", "price")
EXCHANGE_RATE = Unit("{currency} / unit", "factor")
M_TOKENS = Unit("M tokens", "count")
M_TOKENS_PER_MONTH = Unit("M tokens / month", "count")
TOKENS_PER_SECOND = Unit("tokens / s", "count")
HOURS_PER_MONTH = Unit("hours / month", "count")
REPLICAS = Unit("replicas", "count")
GPUS = Unit("GPUs", "count")
HIRES = Unit("hires", "count")
FTE = Unit("FTE", "decimal")
FTE_MONTHS = Unit("FTE-months", "decimal")
KW = Unit("kW / GPU", "decimal")
RATIO = Unit("ratio", "decimal")
OWN = Unit("its unit", "decimal")
SIGN = Unit("-1, 0 or 1", "month")
SHARE = Unit("%", "share")
SHARE_PER_YEAR = Unit("% a year", "share")
SHARE_OF_MONTH = Unit("share of month", "decimal")
MONTHS = Unit("months", "months")
AMOUNT = Unit("amount", "decimal")
SCORE = Unit("0 to 5", "decimal")
WEIGHT = Unit("weight", "decimal")
PLACE = Unit("no.", "month")
MONTH_NUMBER = Unit("month no.", "month")
DATE = Unit("date", "date")
FACTOR = Unit("factor", "factor")
FUTURES = Unit("futures", "count")
CORRELATION = Unit("-1 to 1", "decimal")
FLAG = Unit("flag", "flag")
TEXT = Unit("text", "text")


def counted(count: float, one: str, more: str = "") -> str:
    """Return a count with its noun: "1 month", "2.5 months", "3 companies"."""
    text = f"{count:.1f}".removesuffix(".0")
    return f"{text} {one if text == '1' else more or one + 's'}"


def there_are(count: int, one: str, more: str = "") -> str:
    """Return the beginning of a sentence with a count: "There is 1 option", "There are 9 options"."""
    return f"There {'is' if count == 1 else 'are'} {counted(count, one, more)}"
