"""Locale-specific formatting of numbers and dates in an English text."""

from datetime import date

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.localedata import exists
from babel.numbers import get_currency_symbol

from reportgen.report.charts.drawing.money import NO_BREAK_SPACE, Notation
from reportgen.report.charts.drawing.text_metrics import is_measured

ENGLISH_DAY_FORMAT = "d MMMM y"
""""en" names no country, and countries differ in the order of day and month; this order is unambiguous."""


def number_notation(tag: str, currency: str, *, cents: bool = False) -> Notation:
    """Return the signs, grouping and currency symbol of a locale tag, such as en-IN."""
    signs = _locale_of_signs(tag)
    symbols = signs.number_symbols.get("latn", {})
    pattern = signs.percent_formats[None].pattern
    return Notation(
        currency,
        symbols.get("decimal", "."),
        symbols.get("group", ","),
        f"{{}}{NO_BREAK_SPACE}%" if pattern.endswith(("\N{NO-BREAK SPACE}%", "\N{NARROW NO-BREAK SPACE}%", " %")) else "{}%",
        _symbol(currency, _english(tag)),
        signs.decimal_formats[None].grouping == (3, 2),
        cents,
    )  # fmt: skip


def format_day(value: date, tag: str) -> str:
    """Format a date in full: "23 November 2026"."""
    return format_date(value, ENGLISH_DAY_FORMAT if tag == "en" else "long", _english(tag))


def format_short_day(value: date | None, tag: str) -> str:
    """Format a date for a table: "23 Nov 2026"; None becomes an empty string."""
    if value is None:
        return ""
    return format_date(value, "d MMM y" if tag == "en" else "medium", _english(tag))


def format_month(value: date, tag: str) -> str:
    """Format a month with its year: "January 2027"."""
    return format_date(value, "LLLL y", _english(tag))


def _english(tag: str) -> Locale:
    """Return the English of the tag's territory; where none is written down, that of Europe and most of the world."""
    territory = tag.partition("-")[2]
    if not territory:
        return Locale.parse("en")
    name = f"en_{territory}"
    return Locale.parse(name if exists(name) else "en_001")


def _locale_of_signs(tag: str) -> Locale:
    """Return the locale whose signs are used: the territory's own language where it has Latin letters, else its English.

    Why: the English of a territory where nobody's mother tongue it is has the signs of other countries in CLDR.
    """
    territory = tag.partition("-")[2]
    likely = get_global("likely_subtags").get(f"und_{territory}", "").split("_")
    own = f"{likely[0]}_{territory}"
    return Locale.parse(own) if len(likely) > 1 and likely[1] == "Latn" and exists(own) else _english(tag)


def _symbol(currency: str, english: Locale) -> str:
    """Return what stands before an amount: the symbol where the fonts have it, else the code with a space."""
    symbol = get_currency_symbol(currency, english)
    if symbol == currency or not is_measured(symbol):
        return f"{currency}{NO_BREAK_SPACE}"
    return symbol
