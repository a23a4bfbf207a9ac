"""Updating the book: what is proposed, what is written, and that nothing else in the file moves."""

import difflib
from datetime import date
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
from reportgen.prices import genai
from reportgen.prices.quotes import Quote
from reportgen.prices.update import check_currency, updated_text, updates
from reportgen.schema.loading.load import load_book
from tests.prices.books import BOOK, book, loaded

DAY = date(2026, 11, 24)
SAME = Quote("acme", "swift", "standard", None, {"input": 0.75, "output": 3.75})
LATER = Quote(
    "acme", "swift", "standard", date(2027, 1, 1), {"input": 1.5, "cached_input": 0.15, "output": 7.5}
)


@pytest.fixture(autouse=True)
def version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend to one version of the package."""
    monkeypatch.setattr(genai, "version", lambda: "9.9")


def quoting(monkeypatch: pytest.MonkeyPatch, *quotes: Quote) -> None:
    """Let the package quote these."""
    monkeypatch.setattr(genai, "quotes", lambda *_: quotes)


def test_an_announced_change_is_appended_at_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One line for the rate, above the comment of the next item, and five for the source; every other line stays."""
    quoting(monkeypatch, SAME, LATER)
    found = updates(loaded(tmp_path), DAY)
    assert [(one.state, one.sentence) for one in found] == [
        ("new", "from 2027-01-01: input 1.5, cached_input 0.15, output 7.5")
    ]
    path = book(tmp_path)
    text = updated_text(BOOK, load_book(path), found, DAY, confirm=False)
    lines = list(difflib.ndiff(BOOK.splitlines(), text.splitlines()))
    assert [line for line in lines if line.startswith(("-", "?"))] == []
    assert [line[2:] for line in lines if line.startswith("+")] == [
        "  genai-prices:",
        '    title: "genai-prices 9.9, prices of language models by provider"',
        "    url: https://github.com/pydantic/genai-prices",
        "    licence: MIT",
        "    retrieved: 2026-11-24",
        "      - {effective: 2027-01-01, verified: 2026-11-24, source: genai-prices, basis: list, input: 1.50, cached_input: 0.15, output: 7.50}",
    ]
    assert text.index("effective: 2027-01-01") < text.index("# GPUs by the hour.")
    path.write_text(text, encoding="utf-8")
    after = load_book(path).items[0]
    assert [rate.day for rate in after.rates] == ["undated", "2027-01-01"]
    assert (after.rates[1].verified, after.rates[1].basis) == (DAY, "list")
    assert [one.state for one in updates(load_book(path), DAY)] == ["confirmed"]


def test_a_change_without_a_date_begins_on_the_day_it_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The package states another price and no day: the rate begins on the day of the update, and its note says so."""
    quoting(monkeypatch, Quote("acme", "swift", "standard", None, {"input": 0.5, "output": 2.0}))
    (one,) = updates(loaded(tmp_path), DAY)
    (rate,) = one.rates
    assert (rate.effective, rate.verified) == (DAY, DAY)
    assert "First seen on this day" in rate.text


def test_a_rate_that_the_package_contradicts_is_told_and_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same day with other amounts: nothing is corrected in place."""
    dated = ("- {verified: 2026-11-09, source: list, basis: list, input: 0.75", "- {effective: 2027-01-01, verified: 2026-11-09, source: list, basis: list, input: 0.75")  # fmt: skip
    quoting(monkeypatch, LATER)
    (one,) = updates(loaded(tmp_path, dated), DAY)
    assert (one.state, one.rates) == ("contradicted", ())
    assert "from 2027-01-01 the package says input 1.5" in one.sentence


def test_what_was_looked_at_can_be_noted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With --confirm the day of the last look moves; nothing else does."""
    quoting(monkeypatch, SAME)
    read = loaded(tmp_path)
    found = updates(read, DAY)
    assert updated_text(BOOK, read, found, DAY, confirm=False) == BOOK
    text = updated_text(BOOK, read, found, DAY, confirm=True)
    assert text == BOOK.replace("verified: 2026-11-09", "verified: 2026-11-24", 1)


def test_an_item_that_the_package_does_not_know_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Unknown is not unchanged."""

    def nothing(*_: str) -> None:
        raise genai.NoSuchPrice("genai-prices does not know acme swift.")

    monkeypatch.setattr(genai, "quotes", nothing)
    (one,) = updates(loaded(tmp_path), DAY)
    assert (one.state, one.sentence) == ("unknown", "genai-prices does not know acme swift.")


def test_a_book_in_another_currency_is_left_alone(tmp_path: Path) -> None:
    """Dollars are not written into a book in euros."""
    with pytest.raises(SurroundingsError, match="in US dollars and this book in EUR"):
        check_currency(loaded(tmp_path, ("currency: USD", "currency: EUR")))
