"""Units beside a value: synonyms pass, other units of the same thing are converted, units of another thing refused."""

import pytest

from reportgen import units
from reportgen.schema.quantities.conversions import TokenKind, WrongUnitError, conversion, volume
from reportgen.units import Unit

CONVERTED: list[tuple[str, Unit, TokenKind | None, float, float]] = [
    ("per 1M tokens", units.PRICE_PER_M_TOKENS, "input", 2, 2),
    ("USD/Mtok", units.PRICE_PER_M_TOKENS, "input", 2, 2),
    ("$/1M", units.PRICE_PER_M_TOKENS, "output", 2, 2),
    ("USD per million output tokens", units.PRICE_PER_M_TOKENS, "output", 2, 2),
    ("per 1K tokens", units.PRICE_PER_M_TOKENS, "input", 0.002, 2),
    ("USD/1,000 tokens", units.PRICE_PER_M_TOKENS, "input", 0.002, 2),
    ("per token", units.PRICE_PER_M_TOKENS, "output", 0.000002, 2),
    ("tokens/s", units.TOKENS_PER_SECOND, "all", 500, 500),
    ("tokens/min", units.TOKENS_PER_SECOND, "all", 2_500_020, 41_667),
    ("output tok/s", units.TOKENS_PER_SECOND, "output", 500, 500),
    ("B tokens", units.M_TOKENS_PER_MONTH, "all", 6, 6000),
    ("tokens", units.M_TOKENS_PER_MONTH, "all", 6e9, 6000),
    ("tokens a day", units.M_TOKENS_PER_MONTH, "all", 12e6, 365),
    ("M tokens / year", units.M_TOKENS_PER_MONTH, "all", 120, 10),
    ("per GPU-hour", units.PRICE_PER_GPU_HOUR, None, 3, 3),
    ("EUR / GPU / h", units.PRICE_PER_GPU_HOUR, None, 3, 3),
    ("per GPU-month", units.PRICE_PER_GPU_HOUR, None, 2190, 3),
    ("k USD", units.MONEY_PER_YEAR, None, 250, 250_000),
    ("per month", units.MONEY_PER_YEAR, None, 15_000, 180_000),
    ("per year", units.MONEY_PER_MONTH, None, 120, 10),
    ("ct/kWh", units.PRICE_PER_KWH, None, 14, 0.14),
    ("per MWh", units.PRICE_PER_KWH, None, 140, 0.14),
    ("W", units.KW, None, 1300, 1.3),
    ("hours a day", units.HOURS_PER_MONTH, None, 24, 730),
    ("years", units.MONTHS, None, 2, 24),
    ("person-months", units.FTE_MONTHS, None, 3, 3),
    ("%", units.SHARE, None, 35, 0.35),
    ("% a year", units.SHARE_PER_YEAR, None, 9, 0.09),
]


@pytest.mark.parametrize(
    ("text", "unit", "tokens", "written", "expected"), CONVERTED, ids=[row[0] for row in CONVERTED]
)
def test_units_of_the_same_thing(
    text: str, unit: Unit, tokens: TokenKind | None, written: float, expected: float
) -> None:
    """A number in another unit of the same thing comes out in the assumption's own."""
    found = conversion(text, unit, tokens, written)
    assert found.of(written) == pytest.approx(expected, rel=1e-11)
    assert found.back(found.of(written)) == pytest.approx(written, rel=1e-11)


REFUSED: list[tuple[str, Unit, TokenKind | None, str]] = [
    ("output tokens/s", units.TOKENS_PER_SECOND, "all", "input and output together"),
    ("tokens/s per user", units.TOKENS_PER_SECOND, "all", "count all users together"),
    ("tokens/s/GPU", units.TOKENS_PER_SECOND, "all", "multiply by gpus_per_replica"),
    ("per node-hour", units.PRICE_PER_GPU_HOUR, None, "divide by the GPUs of a server"),
    ("USD/server", units.MONEY_PER_GPU, None, "divide by the GPUs of a server"),
    ("kW per server", units.KW, None, "divide by the GPUs of a server"),
    ("USD per 1M output tokens", units.PRICE_PER_M_TOKENS, "input", "input tokens"),
    ("per hour", units.MONEY_PER_YEAR, None, "how many days or hours are paid in a year is not said"),
    ("% per month", units.SHARE_PER_YEAR, None, "growth compounds over a year"),
    ("requests", units.M_TOKENS_PER_MONTH, "all", "M tokens / month"),
    ("fortnights", units.MONTHS, None, "not read as a unit; the unit here is months"),
]


@pytest.mark.parametrize(("text", "unit", "tokens", "part"), REFUSED, ids=[row[0] for row in REFUSED])
def test_units_of_another_thing(text: str, unit: Unit, tokens: TokenKind | None, part: str) -> None:
    """A unit of another thing is refused, and the right one named."""
    with pytest.raises(WrongUnitError, match=part):
        conversion(text, unit, tokens, 5)


def test_a_percentage_that_may_be_a_share() -> None:
    """0.35 beside a per cent sign is 0.35 % or 35 %: nobody guesses."""
    with pytest.raises(WrongUnitError, match=r"0\.35 or 35 %"):
        conversion("%", units.SHARE, None, 0.35)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("6B", 6000), ("6bn", 6000), ("6e9 tokens", 6000), ("600M", 600), ("1.5T", 1_500_000),
     ("6,000,000,000 tokens", 6000), ("12M tokens a day", 365), ("6000", None), ("six", None), ("6x", None)],
)  # fmt: skip
def test_volumes_as_text(text: str, expected: float | None) -> None:
    """A volume as text is in tokens; what is a number alone, or no volume, is not read as one."""
    assert volume(text) == (None if expected is None else pytest.approx(expected, rel=1e-11))
