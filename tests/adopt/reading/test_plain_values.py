"""Cells without a number: what they stand for, and why they are refused."""

from datetime import date, datetime, time

import pytest

from reportgen.adopt.reading.plain_values import NoPlainValue, plain_day, plain_number, refusal
from reportgen.workbook.read import EditableCell

NUMBERS = [
    ("3,50", 3.5),
    ("3.50", 3.5),
    ("35%", 0.35),
    ("35 %", 0.35),
    ("12,5%", 0.125),
    ("$3.50", 3.5),
    ("3.50 $", 3.5),
    ("USD 3.50", 3.5),
    ("3,50 usd", 3.5),
    ("1,234.50", 1234.5),
    ("1.234,50", 1234.5),
    ("1.234.567", 1234567.0),
    ("1 234 567,8", 1234567.8),
    ("1'234.5", 1234.5),
    ("1\N{NO-BREAK SPACE}234", 1234.0),
    ("\N{MINUS SIGN}0,5", -0.5),
    (".5", 0.5),
    ("0,125", 0.125),
    (" 7 ", 7.0),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_text_stands_for_a_number(text: str, number: float) -> None:
    """A comma is a decimal mark, a sign of money is dropped, per cent are hundredths."""
    cell = EditableCell("Inputs!D9", text, 1.0)
    assert plain_number(cell, "USD") == pytest.approx(number, rel=1e-12)
    assert refusal(cell, "USD").startswith("it holds text, which stands for")


NO_NUMBERS = [
    ("", "it holds blanks"),
    ("about 3", 'it holds the text "about 3"'),
    ("3-4", 'it holds the text "3-4"'),
    ("10k", 'it holds the text "10k"'),
    ("1,000", 'it holds the text "1,000", which may be 1000 or 1.000'),
    ("1,23,456", 'it holds the text "1,23,456"'),
    ("1.2.3", 'it holds the text "1.2.3"'),
    ("€3.50", 'it holds "€3.50", and the case is in USD'),
    (None, "it was emptied"),
    (True, "it holds TRUE, which is no number"),
    (datetime(2027, 3, 1), "it holds a day, 2027-03-01"),  # noqa: DTZ001  a cell has no time zone
    (time(8, 30), "it holds a time, 08:30"),
]


@pytest.mark.parametrize(("content", "reason"), NO_NUMBERS)
def test_what_stands_for_nothing_plain_is_refused_in_plain_words(content: object, reason: str) -> None:
    """What may be read in two ways is not guessed."""
    cell = EditableCell("Inputs!D9", content, 1.0)
    with pytest.raises(NoPlainValue):
        plain_number(cell, "USD")
    assert refusal(cell, "USD") == reason


def test_a_formula_stands_for_its_saved_value() -> None:
    """Without one, the sentence says how to get it."""
    saved = EditableCell("Inputs!D9", "=0.1+0.02", 0.1, 0.12)
    assert plain_number(saved) == 0.12
    assert refusal(saved) == "it holds a formula, whose value is 0.12: --values takes it"
    unsaved = EditableCell("Inputs!D9", "=0.1+0.02", 0.1)
    assert refusal(unsaved).startswith(
        "it holds a formula whose value was not saved with it; open the workbook"
    )
    error = EditableCell("Inputs!D9", "=1/0", 0.1, "#DIV/0!")
    assert refusal(error) == "it holds a formula whose value is #DIV/0!"


def test_a_day_as_text_stands_for_a_day() -> None:
    """In the order of ISO 8601 alone; any other order may be read in two ways."""
    assert plain_day(EditableCell("Prices!F9", "2027-03-01", None)) == date(2027, 3, 1)
    assert refusal(EditableCell("Prices!F9", "01.03.2027", None), day=True) == (
        'it holds "01.03.2027"; write the day as 2027-01-31'
    )
