"""Locale-specific formatting of numbers and dates."""

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from reportgen.report.charts.drawing.money import Notation

ENGLISH_DAY_FORMAT = "d MMMM y"
""""en" names no country, and countries differ in the order of day and month; this order is unambiguous."""


def number_notation(language: str, currency: str) -> Notation:
    """Return the decimal sign, group separator and percent pattern of a language. Raises ValueError if it is unknown."""
    locale = _locale(language)
    symbols = locale.number_symbols.get("latn", locale.number_symbols)
    percent = locale.percent_formats[None].pattern.replace("#,##0", "{}")
    return Notation(currency, symbols["decimal"], symbols["group"], percent)


def format_day(value: date, language: str) -> str:
    """Format a date in full: "23 November 2026"."""
    return format_date(value, ENGLISH_DAY_FORMAT if language == "en" else "long", _locale(language))


def format_short_day(value: date | None, language: str) -> str:
    """Format a date for a table: "23 Nov 2026"; None becomes an empty string."""
    if value is None:
        return ""
    return format_date(value, "d MMM y" if language == "en" else "medium", _locale(language))


def format_month(value: date, language: str) -> str:
    """Format a month with its year: "January 2027"."""
    return format_date(value, "LLLL y", _locale(language))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except UnknownLocaleError as error:
        raise ValueError(f"The language {language} is not known.") from error
