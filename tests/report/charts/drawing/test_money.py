"""Amounts and volumes are written as a board reads them."""

import pytest

from reportgen.report.charts.drawing.money import (
    Notation,
    money,
    price,
    signed_money,
    tick_money,
    volume,
    volume_range,
)

MINUS, NBSP, DASH = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}", "\N{EN DASH}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "$0"),
        (-0.4, "$0"),
        (999.4, "$999"),
        (999.5, "$1.0k"),
        (4_600, "$4.6k"),
        (9_949, "$9.9k"),
        (9_950, "$10k"),
        (107_400, "$107k"),
        (999_499, "$999k"),
        (999_500, "$1.00M"),
        (1_640_000, "$1.64M"),
        (12_345_678, "$12.3M"),
        (123_456_789, "$123M"),
        (2_500_000_000, "$2.50bn"),
        (-31_000, f"{MINUS}$31k"),
    ],
)
def test_money(value: float, text: str) -> None:
    """An amount has two or three figures, its unit, and a true minus."""
    assert money(value, Notation()) == text


@pytest.mark.parametrize(
    ("currency", "text"),
    [
        ("USD", "$107k"),
        ("EUR", "€107k"),
        ("GBP", "£107k"),
        ("PLN", f"PLN{NBSP}107k"),
        ("CHF", f"CHF{NBSP}107k"),
    ],
)
def test_currency(currency: str, text: str) -> None:
    """Currencies without a sign of their own are written by their code, with a space that does not break."""
    assert money(107_000, Notation(currency)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.459, "$0.459"),
        (0.0000375, "$0.0000375"),
        (2, "$2"),
        (11.44, "$11.4"),
        (999.6, "$1,000"),
        (1_895, "$1,895"),
        (0, "$0"),
        (-0.5, f"{MINUS}$0.5"),
    ],
)
def test_price(value: float, text: str) -> None:
    """A price has three significant digits and is never written in powers of ten."""
    assert price(value, Notation()) == text


def test_differences_have_a_sign() -> None:
    """Plus, minus, and none for what rounds to nothing."""
    assert signed_money(67_000, Notation()) == "+$67k"
    assert signed_money(-1_130_000, Notation()) == f"{MINUS}$1.13M"
    assert signed_money(0.3, Notation()) == "$0"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "$0"),
        (250, "$250"),
        (12_500, "$12.5k"),
        (500_000, "$500k"),
        (1e6, "$1M"),
        (1.25e6, "$1.25M"),
        (-2e9, f"{MINUS}$2bn"),
    ],
)
def test_tick_money(value: float, text: str) -> None:
    """A tick has no more decimals than its value."""
    assert tick_money(value, Notation()) == text


@pytest.mark.parametrize(
    ("millions", "text"),
    [
        (0.0005, "500"),
        (0.5, "500k"),
        (10, "10M"),
        (644.3, "644M"),
        (999.9, "1bn"),
        (1_600, "1.6bn"),
        (2e6, "2tn"),
    ],
)
def test_volume(millions: float, text: str) -> None:
    """A number of tokens has at most three figures."""
    assert volume(millions, Notation()) == text


def test_volume_range() -> None:
    """The unit stands once where both ends have it."""
    assert volume_range(1_000, 3_900, Notation()) == f"1{DASH}3.9bn"
    assert volume_range(800, 1_200, Notation()) == f"800M{DASH}1.2bn"
    assert volume_range(800, 800.1, Notation()) == "800M"
