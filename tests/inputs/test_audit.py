"""The article's contradictions: every recomputed figure of the audit is computed here again, from what it prints."""

from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.results.results import Results
from reportgen.schema.loading.load import load_case
from tests.inputs.shipped import INPUTS, worked_out

pytestmark = pytest.mark.slow

CASE = "one-billion-tokens"
FTE = 250_000
WEEK, MONTH = FTE / 52, FTE / 12
CLAIMS = {claim.id: claim for claim in load_case(INPUTS / f"{CASE}.yaml").sources}


def money(*amounts: float) -> str:
    """Write dollars as the audit does: $1,000, or $1,000-2,000."""
    return "$" + "-".join(f"{amount:,.0f}" for amount in amounts)


def shares(*amounts: float, digits: int = 0) -> str:
    """Write shares as the audit does: 10-20%."""
    return "-".join(f"{amount * 100:.{digits}f}" for amount in amounts) + "%"


def spread(*amounts: float, digits: int) -> str:
    """Write plain numbers as the audit does: 0.58-0.72."""
    return "-".join(f"{amount:.{digits}f}" for amount in amounts)


FIGURES = [
    ("D1", "$20, "), ("D1", money(0.02 / 1000 * 1e6)), ("D1", money(0.05 * 1e6)), ("D1", money(0.05 / 1000 * 1e6)),
    ("D2", money(1 * 30 * 20)), ("D2", f"{10_000 / 20 / 30:.1f} M a day"),
    ("D3", money(2 * 4 * MONTH, 2 * 5 * MONTH)), ("D3", money(2 * 4 * MONTH)),
    ("D4", money(0.25 * FTE, 0.5 * FTE)),
    ("D5", f"{2 * 3}-{4 * 6}, {2 * 4}-{2 * 5}, {2 * 4} and {2 * 4}-{2 * 6} FTE-months"), ("D5", money(6 * MONTH, 24 * MONTH)),
    ("D6", money(2 * 4 * MONTH / 4)), ("D6", money(200_000 / 36)),
    ("D7", spread(12_000 / MONTH, 15_000 / MONTH, digits=2)), ("D7", money(MONTH, 1.25 * MONTH)),
    ("D8", money(50_000 + 8_000 + 12_000 + 2_000, 50_000 + 12_000 + 15_000 + 3_000)),
    ("D8", money(8_000 + 12_000 + 2_000, 12_000 + 15_000 + 3_000)),
    ("D9", f"{(4 - 2) / 2 * 100:.0f}% to {(6 - 2) / 2 * 100:.0f}%"),
    ("D10", shares(1 / 10, 1 / 5)), ("D10", spread(0.7 / (1 / 5), 0.8 / (1 / 10), digits=1).replace(".0", "")),
    ("D10", f"{1 / 0.4:.1f}-{1 / 0.2:.0f} times"), ("D10", f"{0.7 / 0.4:.2f}-{0.8 / 0.2:.0f} times"),
    ("D11", money(2 * WEEK, 3 * WEEK)), ("D11", f"{spread(5_000 / WEEK, 10_000 / WEEK, digits=1)} weeks"),
    ("D12", money(0.001 * 1e6, 0.002 * 1e6)), ("D12", money(0.001 / 1000 * 1e10, 0.002 / 1000 * 1e10)),
    ("D12", money(8_000 + 12_000 + 2_000)),
    ("D13", f"{(1 - 4_000 / 8_000) * 100:.0f}% below the GPU cost"), ("D13", f"{(1 - 6_000 / 12_000) * 100:.0f}% below the GPU cost"),
    ("D13", shares(1 - 6_000 / 30_000, 1 - 4_000 / 22_000)),
    ("D14", f"{4_000 / 2_000:.0f}-{6_000 / 1_000:.0f} times"), ("D14", f"{4_000 / 2_000:.0f}-{6_000 / 1_000:.0f} billion"),
    ("D15", money(0.3 * FTE, 2 * 0.5 * FTE)), ("D15", money(0.3 * MONTH, 2 * 0.5 * MONTH)),
    ("D16", money(0.3 * 8_000 * (1 - 1 / 1.3), 0.3 * 12_000 * (1 - 1 / 1.4))), ("D16", shares(1 - 1 / 1.3, 1 - 1 / 1.4, digits=1)),
    ("D18", f"{3 / 0.2:.0f}-{6 / 0.2:.0f} months"), ("D18", spread(16 + 2 * 4.345, 18 + 3 * 4.345, digits=1)),
    ("D19", f"{16 / 8:.0f}-{24 / 8:.0f} times"), ("D19", f"{spread(22_000 / 5_000, 31_000 / 5_000, digits=1)} times"),
]  # fmt: skip


def test_all_twenty_contradictions_are_told_in_full() -> None:
    """Each says what was printed, what it comes to, what was used, what it does, and whose interest it serves."""
    assert list(CLAIMS) == [f"D{number}" for number in range(1, 21)]
    for claim in CLAIMS.values():
        assert all((claim.figure, claim.recomputed, claim.used, claim.effect, claim.interest))


@pytest.mark.parametrize(("claim", "figure"), FIGURES)
def test_recomputed_figure(claim: str, figure: str) -> None:
    """The figure comes out of what the article prints."""
    assert figure in str(CLAIMS[claim].recomputed)


def changed(tmp_path: Path, *lines: tuple[str, str]) -> Results:
    """Work the case out with lines of its file replaced."""
    text = (INPUTS / f"{CASE}.yaml").read_text(encoding="utf-8")
    for old, new in lines:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return analyse(load_case(path), path).results


SELF_HOSTED = [
    ("D3", "$162,000", ("{value: 250000, low: 200000, high: 300000", "{value: 300000, low: 200000, high: 300000")),
    ("D7", "$546,000", ("ongoing_fte: {value: 0.6,", "ongoing_fte: {value: 1.25,")),
    ("D9", "$65,000", ("deployment_months: {value: 4, low: 4,", "deployment_months: {value: 2, low: 2,")),
    ("D10", "$134,000", ("utilisation: {value: 0.35, low: 0.20,", "utilisation: {value: 0.1, low: 0.1,")),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "amount", "line"), SELF_HOSTED)
def test_effect_on_self_hosting(tmp_path: Path, claim: str, amount: str, line: tuple[str, str]) -> None:
    """The audit's money is the difference that the other figure makes, and the API stays recommended."""
    base, other = worked_out(CASE).results, changed(tmp_path, line)
    difference = abs(other.option("self_hosted").tco - base.option("self_hosted").tco)
    assert f"${round(difference, -3):,.0f}" == amount
    assert amount in str(CLAIMS[claim].effect)
    assert other.recommended == "api"


def test_four_engineers_for_six_months(tmp_path: Path) -> None:
    """The dearest of the article's four deployment efforts costs 368,000 more."""
    other = changed(
        tmp_path,
        ("deployment_fte: {value: 2, low: 2,", "deployment_fte: {value: 4, low: 2,"),
        ("deployment_months: {value: 4, low: 4,", "deployment_months: {value: 6, low: 4,"),
    )
    more = other.option("self_hosted").tco - worked_out(CASE).results.option("self_hosted").tco
    assert "$368,000" in str(CLAIMS["D5"].effect)
    assert round(more, -3) == 368_000


def test_the_dearest_price_of_the_api_turns_the_answer(tmp_path: Path) -> None:
    """At 20 per M tokens the platform wins and self-hosting breaks even near 1,470 M tokens a month."""
    other = changed(
        tmp_path,
        ("input_price: {value: 1.00, low: 0.60, high: 1.40", "input_price: {value: 20, low: 0.60, high: 20"),
        (
            "output_price: {value: 3.00, low: 2.00, high: 4.00",
            "output_price: {value: 20, low: 2.00, high: 20",
        ),
    )
    assert other.recommended == "platform"
    even = other.option("self_hosted").break_even
    assert even
    assert even.volume == pytest.approx(1470, abs=5)


def test_what_the_prices_used_say_of_the_thresholds() -> None:
    """Self-hosting does not break even up to 100 billion; the platform does at about 8.6 billion a month."""
    results = worked_out(CASE).results
    self_hosted, platform = results.option("self_hosted").break_even, results.option("platform").break_even
    assert self_hosted
    assert self_hosted.word == "not up to 100,000"
    assert platform
    assert platform.volume == pytest.approx(8600, abs=50)


def test_a_platform_at_half_the_gpu_price_and_without_a_fee(tmp_path: Path) -> None:
    """It would cost 96,000 less over three years, and still not be the cheapest."""
    other = changed(
        tmp_path,
        ("brokerage_discount: {value: 0.25, low: 0.20, high: 0.30", "brokerage_discount: {value: 0.5, low: 0.2, high: 0.5"),
        ("fee_rate: 0.10", "fee_rate: 0"),
        ("monthly_fee: 1500", "monthly_fee: 0"),
    )  # fmt: skip
    saved = worked_out(CASE).results.option("platform").tco - other.option("platform").tco
    assert round(saved, -3) == 96_000
    assert other.recommended == "api"


def test_what_the_premium_and_the_hire_cost(tmp_path: Path) -> None:
    """Without them self-hosting costs 164,000 less over three years."""
    other = changed(
        tmp_path,
        ("ml_premium: {value: 0.40, low: 0.30", "ml_premium: {value: 0, low: 0"),
        ("hires: 1\n", "hires: 0\n"),
    )
    saved = worked_out(CASE).results.option("self_hosted").tco - other.option("self_hosted").tco
    assert round(saved, -3) == 164_000


def test_what_deploying_costs_in_the_model() -> None:
    """Two engineers for four months with half the premium come to the audit's 200,741."""
    deployment = worked_out(CASE).results.option("self_hosted").categories["deployment"]
    assert money(deployment) == "$200,741"
    assert "$200,741" in str(CLAIMS["D3"].used)
