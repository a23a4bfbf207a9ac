"""An English text has the signs, grouping, symbols and dates of its locale."""

from datetime import date

import pytest

from reportgen.report.charts.drawing.money import money, needs_cents, tick_money
from reportgen.report.notation import format_day, format_month, format_short_day, number_notation

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("tag", "currency", "text", "number", "share"),
    [
        ("en", "USD", "$1.23M", "1,234,567.5", "33.5%"),
        ("en-US", "EUR", "€1.23M", "1,234,567.5", "33.5%"),
        ("en-GB", "USD", "US$1.23M", "1,234,567.5", "33.5%"),
        ("en-IN", "INR", f"₹12.3{NBSP}lakh", "12,34,567.5", "33.5%"),
        ("en-DE", "EUR", "€1,23M", "1.234.567,5", f"33,5{NBSP}%"),
        ("en-FR", "EUR", "€1,23M", f"1{NARROW}234{NARROW}567,5", f"33,5{NBSP}%"),
        ("en-PL", "PLN", f"PLN{NBSP}1,23M", f"1{NBSP}234{NBSP}567,5", "33,5%"),
        ("en-AU", "AUD", "$1.23M", "1,234,567.5", "33.5%"),
        ("en-IL", "ILS", f"ILS{NBSP}1.23M", "1,234,567.5", "33.5%"),
    ],
)
def test_signs(tag: str, currency: str, text: str, number: str, share: str) -> None:
    """Decimal sign, grouping, percent and symbol are the territory's; a symbol that the fonts lack is a code."""
    notation = number_notation(tag, currency)
    assert money(1_234_567.5, notation) == text
    assert notation.number(1_234_567.5, ",.1f") == number
    assert notation.share(0.335, 1) == share


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "₹0"),
        (99_999, "₹99,999"),
        (-450_000, f"\N{MINUS SIGN}₹4.50{NBSP}lakh"),
        (9_994_000, f"₹99.9{NBSP}lakh"),
        (36_200_000, f"₹3.62{NBSP}crore"),
        (4.5e9, f"₹450{NBSP}crore"),
        (2e12, f"₹2.00{NBSP}lakh crore"),
    ],
)
def test_lakh_and_crore(value: float, text: str) -> None:
    """A lakh is 100,000 and a crore 10 million; amounts below a lakh are in full, grouped 99,999."""
    assert money(value, number_notation("en-IN", "INR")) == text


def test_indian_axis() -> None:
    """Ticks have the same units, and no trailing zeros."""
    notation = number_notation("en-IN", "INR")
    found = [tick_money(value, notation) for value in (0, 50_000, 250_000, 1.5e8)]
    assert found == ["₹0", "₹50,000", f"₹2.5{NBSP}lakh", f"₹15{NBSP}crore"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.071, "$0.07"), (1.5, "$1.50"), (-0.004, "$0.00"), (1_234.5, "$1,234.50"), (123_456, "$123k")],
)
def test_cents(value: float, text: str) -> None:
    """A small case shows cents."""
    assert money(value, number_notation("en", "USD", cents=True)) == text


def test_what_is_a_small_case() -> None:
    """The largest total decides; a case without totals has no cents."""
    assert needs_cents((999.0, -3.0))
    assert not needs_cents((1_000.0, 0.2))
    assert not needs_cents(())


@pytest.mark.parametrize(
    ("tag", "day", "short"),
    [
        ("en", "23 November 2026", "23 Nov 2026"),
        ("en-US", "November 23, 2026", "Nov 23, 2026"),
        ("en-GB", "23 November 2026", "23 Nov 2026"),
        ("en-DE", "23 November 2026", "23 Nov 2026"),
        ("en-BR", "23 November 2026", "23 Nov 2026"),
    ],
)
def test_dates_have_english_words(tag: str, day: str, short: str) -> None:
    """The order of day and month is the territory's, the words are English everywhere."""
    found = date(2026, 11, 23)
    assert (format_day(found, tag), format_short_day(found, tag)) == (day, short)
    assert format_month(found, tag) == "November 2026"
    assert format_short_day(None, tag) == ""
