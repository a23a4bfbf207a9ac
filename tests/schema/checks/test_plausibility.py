"""Slips of a unit in a case: each is refused or named with what was probably meant, and none is found where there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.errors import InputError
from reportgen.schema.checks.doubts import all_doubts
from reportgen.schema.loading.load import load_case, shipped_usual, usual_figures
from tests.agreement.cases import sampled
from tests.paths import INPUTS, ROOT

Edit = tuple[str, str]
INPUT = "input_price: {value: 1.00, low: 0.60, high: 1.40, unit: per M tokens,"
GPU = "gpu_hourly_price: {value: 3.00, low: 2.00, high: 4.50, unit: per GPU-hour,"
WAGE = "loaded_cost_per_fte: {value: 250000, low: 200000, high: 300000,"
CASES = [
    *(INPUTS / f"{name}.yaml" for name in ("small", "one-billion-tokens", "ten-to-twenty-billion-tokens", "hospital-group")),
    *(path for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")) if "prices" not in path.stem or path.stem == "dated_prices"),
]  # fmt: skip


@pytest.mark.parametrize("case", sampled(CASES, lambda path: path.stem))
def test_no_false_alarm(case: Path) -> None:
    """Nothing in a shipped case or a case of these tests looks like a slip."""
    loaded = load_case(case, limits=True)
    assert all_doubts(loaded, usual_figures(case, loaded)) == ()


def refused(path: Path) -> str:
    """Return the sentences with which a case is refused."""
    with pytest.raises(InputError) as raised:
        load_case(path, limits=True)
    return " ".join(problem.sentence for problem in raised.value.problems)


def named(path: Path) -> str:
    """Return the sentences about a case that is read all the same."""
    return " ".join(doubt.sentence for doubt in all_doubts(load_case(path, limits=True), shipped_usual()))


IMPOSSIBLE: list[tuple[str, Edit, str]] = [
    ("tokens, not millions", ("{value: 1000, low: 500, high: 2000,", "{value: 1000000000,"), "Tokens are counted in millions here: 1,000?"),
    ("900 per cent", ("discount_rate: {value: 0.10, low: 0.07, high: 0.13", "discount_rate: {value: 9"), "Shares are fractions of 1: 0.09?"),
    ("a price for one token", (INPUT, "input_price: {value: 0.000001,"), "For one token: 1?"),
    ("a machine's price", (GPU, "gpu_hourly_price: {value: 98.32,"), "For a server of several GPUs: 12.29?"),
    ("per node-hour", (GPU, "gpu_hourly_price: {value: 24, unit: per node-hour,"), "divide by the GPUs of a server"),
    ("another currency", (INPUT, "input_price: {value: 1, unit: EUR per 1M tokens,"), "this case counts in USD"),
    ("cached dearer than input", ("cached_input_price: {value: 0.10}", "cached_input_price: 10"), "are the two exchanged?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "part"), [row[1:] for row in IMPOSSIBLE], ids=[row[0] for row in IMPOSSIBLE]
)
def test_what_cannot_be_is_refused(edited: Callable[..., Path], edit: Edit, part: str) -> None:
    """Beyond its hard limit a number is refused, and what was probably meant is asked."""
    assert part in refused(edited(edit))


UNUSUAL: list[tuple[str, Edit, str]] = [
    ("in thousands", (WAGE, "loaded_cost_per_fte: {value: 250,"), "In thousands: 250,000?"),
    ("for a month", (WAGE, "loaded_cost_per_fte: {value: 18000,"), "For a month: 216,000?"),
    ("hours of a day", ("hours_per_month: 730", "hours_per_month: 24"), "Hours of a day: 730?"),
    ("growth in per cent", ("annual_growth: {value: 0.30, low: 0.0, high: 1.0", "annual_growth: {value: 40"), "Shares are fractions of 1: 0.4?"),
    ("output cheaper than input", ("output_price: {value: 3.00, low: 2.00, high: 4.00", "output_price: {value: 0.3"), "are the two exchanged?"),
    ("nothing waits", ("cached_input_price: {value: 0.10}", "cached_input_price: {value: 0.10}\n    batch_discount: 0.5"), "no batch_share"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "part"), [row[1:] for row in UNUSUAL], ids=[row[0] for row in UNUSUAL])
def test_what_is_not_usual_is_named(edited: Callable[..., Path], edit: Edit, part: str) -> None:
    """Outside its usual band a number is read, and the likely slip named."""
    assert part in named(edited(edit))


def test_a_conversion_leaves_a_note(edited: Callable[..., Path]) -> None:
    """0.001 for a thousand tokens is 1 for a million, range included, and the note says so."""
    case = load_case(
        edited((INPUT, "input_price: {value: 0.001, low: 0.0006, high: 0.0014, unit: per 1K tokens,"))
    )
    price = case.options["api"].input_price
    assert (price.value, price.low, price.high) == pytest.approx((1, 0.6, 1.4), rel=1e-12)
    assert price.note == "Converted: 0.001 per 1K tokens × 1,000 = 1 money per M tokens"


@pytest.mark.slow
def test_limits_of_ones_own(edited: Callable[..., Path]) -> None:
    """A file that the case names is read in place of the shipped one: there 9 is a discount rate."""
    path = edited(
        ("discount_rate: {value: 0.10, low: 0.07, high: 0.13", "discount_rate: {value: 9"),
        ("baseline: api", "baseline: api\nusual: own.yaml"),
    )
    text = (INPUTS / "usual.yaml").read_text(encoding="utf-8")
    path.with_name("own.yaml").write_text(
        text.replace(
            "discount_rate: {most: 2, low: -0.02, high: 0.3,", "discount_rate: {most: 20, low: 0, high: 15,"
        ),
        encoding="utf-8",
    )
    loaded = load_case(path, limits=True)
    assert loaded.finance.discount_rate.value == 9
    assert all_doubts(loaded, usual_figures(path, loaded)) == ()


@pytest.mark.slow
def test_an_exchange_rate_the_other_way_round(edited: Callable[..., Path]) -> None:
    """One euro is about 1.1 dollars: 3 is named, 90 refused, 0.3 asked about the other way round (3.333 is no better)."""

    def with_rate(rate: str) -> Path:
        return edited(("  discount_rate: {", f"  exchange_rates: {{EUR: {rate}}}\n  discount_rate: {{"))

    assert "usually it is about 1.1" in named(with_rate("3"))
    assert "usually it is about 1.1" in refused(with_rate("90"))
    assert "this case counts" not in named(with_rate("1.15"))
    assert "The other way round" not in named(with_rate("0.3"))
    assert "the rate here is USD per EUR. The other way round: 1.25?" in refused(
        with_rate("{value: 0.8, unit: EUR/USD}")
    )
