"""Known traps of genai-prices, each shown on the package itself and then avoided."""

import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from genai_prices import Usage, types

from reportgen.errors import SurroundingsError
from reportgen.prices import genai

DAY = datetime(2026, 11, 24, tzinfo=UTC)


def tiered(base: float, long: float) -> types.TieredPrices:
    """Make a price that rises beyond 200,000 tokens in one request."""
    tier = types.Tier(start=200_000, price=Decimal(str(long)))
    return types.TieredPrices(base=Decimal(str(base)), tiers=[tier])


def price(read: float, write: float) -> types.ModelPrice:
    """Make a plain price."""
    return types.ModelPrice(input_mtok=Decimal(str(read)), output_mtok=Decimal(str(write)))


SWIFT = types.ModelInfo(
    id="swift",
    match=types.ClauseEquals(equals="swift"),
    prices=[
        types.ConditionalPrice(constraint=None, prices=price(2, 8)),
        types.ConditionalPrice(constraint=types.StartDateConstraint(date(2027, 1, 1)), prices=price(4, 16)),
    ],
    price_variants=[
        types.PriceVariant(
            when={"processing": "batch"}, prices=types.ModelPrice(input_mtok=Decimal(1)),
            constraint=types.StartDateConstraint(date(2026, 10, 14)),
        )
    ],
)  # fmt: skip
LONG = types.ModelInfo(
    id="long", match=types.ClauseEquals(equals="long"),
    prices=types.ModelPrice(input_mtok=tiered(2, 4), output_mtok=tiered(10, 15)),
)  # fmt: skip
WRITTEN = types.ModelInfo(
    id="written", match=types.ClauseEquals(equals="written"),
    prices=types.ModelPrice(
        input_mtok=Decimal(4), output_mtok=Decimal(20), cache_read_mtok=Decimal(0), cache_write_mtok=tiered(5, 10),
        cache_write_1h_mtok=Decimal(8),
    ),
)  # fmt: skip
NIGHTLY = types.ModelInfo(
    id="nightly", match=types.ClauseEquals(equals="nightly"),
    prices=[
        types.ConditionalPrice(constraint=None, prices=price(1, 2)),
        types.ConditionalPrice(
            constraint=types.TimeOfDateConstraint(time(1, tzinfo=UTC), time(4, tzinfo=UTC)), prices=price(2, 4)
        ),
    ],
)  # fmt: skip
ACME = types.Provider(id="acme", name="Acme", api_pattern="acme", models=[SWIFT, LONG, NIGHTLY, WRITTEN])


@pytest.fixture(autouse=True)
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put three models in place of the package's own, which change from version to version."""
    monkeypatch.setattr(genai, "_package", lambda: SimpleNamespace(providers=[ACME]))


def test_a_months_tokens_in_one_call_would_trip_the_long_context_tier() -> None:
    """Asked for a thousand million tokens at once, the package charges 4 a million; requests are small, and cost 2."""
    month = LONG.calc_price(Usage(input_tokens=10**9), ACME, genai_request_timestamp=DAY)
    assert month.input_price == 4000
    (quote,) = genai.quotes("acme", "long", "standard")
    assert quote.amounts == {"input": 2.0, "output": 10.0}
    assert quote.note == "Long requests cost more; the rate of short ones is given"


def test_the_price_of_a_write_to_the_cache_is_read() -> None:
    """Of the price of writes the base of 5 is taken, the dearer ones are noted; a price of reads of 0 is no price."""
    (quote,) = genai.quotes("acme", "written", "standard")
    assert quote.amounts == {"input": 4.0, "cache_write": 5.0, "output": 20.0}
    assert quote.note == (
        "Long requests cost more; the rate of short ones is given. "
        "A cache kept longer costs more to write; the rate of the shortest time is given"
    )


def test_an_unknown_way_to_buy_would_silently_cost_the_standard_price() -> None:
    """The package answers 2 for a batch that does not exist; here it is refused, and so is a misspelled way."""
    context = {"processing": "overnight"}
    assert (
        SWIFT.calc_price(
            Usage(input_tokens=10**6), ACME, genai_request_timestamp=DAY, price_context=context
        ).input_price
        == 2
    )
    with pytest.raises(genai.NoSuchPrice, match="no flex price for acme swift"):
        genai.quotes("acme", "swift", "flex")
    with pytest.raises(genai.NoSuchPrice, match="no batch price for acme long"):
        genai.quotes("acme", "long", "batch")
    with pytest.raises(genai.NoSuchPrice, match="spot is no way to buy tokens"):
        genai.quotes("acme", "swift", "spot")


def test_a_model_would_have_a_price_before_it_existed() -> None:
    """The package prices a request of 1990; here its price has no first day, and the book then says assumed."""
    old = datetime(1990, 1, 1, tzinfo=UTC)
    assert SWIFT.calc_price(Usage(input_tokens=10**6), ACME, genai_request_timestamp=old).input_price == 2
    first, second = genai.quotes("acme", "swift", "standard")
    assert (first.effective, second.effective) == (None, date(2027, 1, 1))
    assert second.amounts == {"input": 4.0, "output": 16.0}


def test_a_price_that_depends_on_the_hour_is_that_of_the_other_hours_and_says_so() -> None:
    """From one to four in the morning tokens cost double; the rate of the rest of the day is given."""
    night = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert NIGHTLY.calc_price(Usage(input_tokens=10**6), ACME, genai_request_timestamp=night).input_price == 2
    (quote,) = genai.quotes("acme", "nightly", "standard")
    assert quote.amounts == {"input": 1.0, "output": 2.0}
    assert quote.note == "Another price holds from 01:00 to 04:00 UTC; that of the other hours is given"


def test_a_batch_price_begins_when_it_was_offered_and_follows_the_standard_one() -> None:
    """Input at 1 from 14 October 2026; output, which the batch does not change, at 8 and from 2027 at 16."""
    found = [(quote.effective, quote.amounts) for quote in genai.quotes("acme", "swift", "batch")]
    assert found == [
        (date(2026, 10, 14), {"input": 1.0, "output": 8.0}),
        (date(2027, 1, 1), {"input": 1.0, "output": 16.0}),
    ]


def test_models_are_found_by_part_of_a_name() -> None:
    """Provider and model, in the package's order."""
    assert list(genai.models("ACME")) == [("acme", name) for name in ("swift", "long", "nightly", "written")]
    assert list(genai.models("nightl")) == [("acme", "nightly")]
    with pytest.raises(genai.NoSuchPrice, match="does not know acme slow"):
        genai.quotes("acme", "slow", "standard")


def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, one sentence says what to install: the package; an extra of our name may be a stranger's."""
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "genai_prices", None)
    with pytest.raises(SurroundingsError, match=r"pip install genai-prices$"):
        genai.version()


def test_a_report_never_reads_the_package() -> None:
    """One module imports it, and only `update` and the command `find` use that module."""
    root = Path(genai.__file__).parents[1]
    texts = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    assert [name for name, text in texts.items() if "genai_prices" in text] == ["prices/genai.py"]
    users = {name for name, text in texts.items() if "import genai" in text}
    assert users == {"prices/update.py", "cli/prices/find.py"}
