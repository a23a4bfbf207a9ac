"""Hopeful plans are found and priced at what is usual, to the last cent."""

import pytest

from tests.findings.conftest import Find
from tests.model.worked import API, FIXED, MANAGED, OWNED, RENTED

DEARER = {
    "name": "GPUs cost twice as much", "probability": 0.5,
    "effects": [{"assumption": "options.rented.gpu_hourly_price", "multiply": 2}],
}  # fmt: skip
LEAVING = {"exit_probability": 0.5, "exit_month": 6}


def test_a_utilisation_of_50_per_cent_is_priced_at_35(found: Find) -> None:
    """1,000 / (500 x 0.35) takes 6 replicas instead of 4: 2 x 4,000 x 12 = 96,000 more."""
    (one,) = found("utilisation", {"rented": RENTED})
    assert (one.option, one.path) == ("rented", "options.rented.utilisation")
    assert one.title == "A utilisation of 50% is planned"
    assert one.cost == pytest.approx(96000, rel=1e-12)
    assert "reach 20-40%" in one.detail
    assert one.source.startswith("Azumo, article")
    assert "sells advice" in one.source


def test_the_price_of_being_wrong_has_the_risks_run_anew(found: Find) -> None:
    """Half the time GPUs cost twice as much, 6 replicas of them: 96,000 + 0.5 x 96,000."""
    (one,) = found("utilisation", {"rented": RENTED}, risks=[DEARER])
    assert one.cost == pytest.approx(144000, rel=1e-12)


def test_a_utilisation_of_40_per_cent_is_usual(found: Find) -> None:
    """The limit itself is no finding; an api has none."""
    assert found("utilisation", {"rented": {**RENTED, "utilisation": 0.4}}) == ()


@pytest.mark.parametrize("kind", [OWNED, MANAGED])
def test_other_gpus_are_held_to_the_same_utilisation(found: Find, kind: dict[str, object]) -> None:
    """Owned and managed machines stand idle too."""
    assert len(found("utilisation", {"gpus": kind})) == 1


@pytest.mark.slow
def test_a_deployment_of_two_months_is_priced_at_five(found: Find) -> None:
    """3 months more of an engineer, 30,000, and of the API instead of GPUs, 10,800 - 48,000: 7,200 less."""
    option = {**RENTED, "deployment_months": 2, "deployment_fte": 1}
    (one,) = found("deployment_time", {"rented": option})
    assert one.cost == pytest.approx(-7200, rel=1e-12)
    assert found("deployment_time", {"rented": {**option, "deployment_months": 4}}) == ()
    assert found("deployment_time", {"managed": {**MANAGED, "deployment_months": 1}}) == ()


def test_a_later_go_live_without_a_fallback_is_not_priced(found: Find) -> None:
    """Nobody would carry the workload until then."""
    option = {name: value for name, value in RENTED.items() if name != "until_live"}
    (one,) = found("deployment_time", {"rented": option})
    assert one.cost is None


@pytest.mark.slow
def test_a_quarter_of_an_engineer_is_priced_at_a_whole_one(found: Find) -> None:
    """0.75 x 10,000 x 12 = 90,000; nobody at all is 120,000; half an engineer is usual."""
    (one,) = found("operation", {"rented": {**RENTED, "ongoing_fte": 0.25}})
    assert one.cost == pytest.approx(90000, rel=1e-12)
    (nobody,) = found("operation", {"owned": OWNED})
    assert nobody.title == "Nobody is planned to run it"
    assert nobody.cost == pytest.approx(120000, rel=1e-12)
    assert found("operation", {"rented": {**RENTED, "ongoing_fte": 0.5}}) == ()


@pytest.mark.slow
def test_engineers_without_a_premium_are_priced_with_it_on_half_the_team(found: Find) -> None:
    """120,000 a year x 0.4 x 0.5 = 24,000; a stated premium on nobody is priced as stated: x 0.3 x 0.5."""
    option = {**RENTED, "ongoing_fte": 1}
    (one,) = found("premium", {"rented": option})
    assert one.cost == pytest.approx(24000, rel=1e-12)
    (unused,) = found("premium", {"rented": option}, people={"ml_premium": 0.3})
    assert unused.cost == pytest.approx(18000, rel=1e-12)
    assert found("premium", {"rented": option}, people={"ml_premium": 0.3, "specialist_share": 0.1}) == ()
    assert found("premium", {"managed": MANAGED}) == ()


def test_an_exit_that_nobody_has_estimated_or_that_is_free(found: Find) -> None:
    """No probability and month; both and nothing to pay; both and fees are no finding. None can be priced."""
    unknown, free = found("exit", {"fixed": {**FIXED, **LEAVING, "monthly_fee": 0}})
    assert unknown.title == "Nobody has estimated what leaving costs"
    assert free.title == "Leaving costs nothing"
    assert (unknown.cost, free.cost) == (None, None)
    paid = {**API, **LEAVING, "exit_fees": 1}
    assert found("exit", {"api": paid, "fixed": {**FIXED, **LEAVING, "exit_fees": 1}}) == ()


def test_machines_by_the_second_are_held_to_what_their_load_allows(found: Find) -> None:
    """90 % while they run is priced at 85 %: 1,000 / 500 replicas over either share, at 4,000 for 12 months."""
    option = {**RENTED, "billed": "second", "min_replicas": 0}
    (one,) = found("utilisation", {"rented": {**option, "utilisation": 0.9}})
    assert one.cost == pytest.approx((2 / 0.85 - 2 / 0.9) * 48000, rel=1e-9)
    assert found("utilisation", {"rented": {**option, "utilisation": 0.6}}) == ()


@pytest.mark.slow
def test_engineers_who_displace_nothing(found: Find) -> None:
    """A whole engineer, deploying or operating, is missed elsewhere; less is not, nor where a project says so."""
    option = {**RENTED, "deployment_months": 2, "deployment_fte": 1, "ongoing_fte": 0.5}
    (one,) = found("displaced", {"rented": option})
    assert (one.option, one.path, one.cost) == ("rented", "options.rented.deployment_fte", None)
    assert "1 engineer during deployment and 0.5 engineers in operation" in one.detail
    (managed,) = found("displaced", {"managed": {**MANAGED, "ongoing_fte": 1}})
    assert "None during deployment and 1 engineer in operation" in managed.detail
    assert found("displaced", {"rented": {**option, "deployment_fte": 0.9}}) == ()
    project = {
        "name": "Search",
        "option": ["api", "rented"],
        "during": "deployment",
        "monthly_value": 1,
        "confidence": 1,
    }
    assert found("displaced", {"rented": option}, opportunity=[project]) == ()
