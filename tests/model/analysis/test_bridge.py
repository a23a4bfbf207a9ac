"""The naive-to-full bridge: why the real cost is several times the first estimate."""

from pathlib import Path

import pytest

from reportgen.results.options import BridgeStep
from tests.agreement.cases import SHIPPED, SWEPT, analysis_of
from tests.model.worked import API, RENTED, Work


def steps() -> dict[str, BridgeStep]:
    """Give the steps of the shipped case by their label."""
    return {step.label: step for step in analysis_of(SHIPPED).results.bridge}


def test_the_first_estimate_is_one_replica_and_nothing_else() -> None:
    """One replica of 2 GPUs at 3.00 for 730 hours, falling 10 % a year: 4,380 x (1 - 0.729) / (1 - 0.9^(1/12))."""
    months = (1 - 0.9**3) / (1 - 0.9 ** (1 / 12))
    assert steps()["the first estimate"].cost == pytest.approx(2 * 730 * 3.00 * months, rel=1e-12)


def test_redundancy_doubles_it_and_support_adds_a_quarter() -> None:
    """Two replicas at least, and 25 % for storage and network: multiples of 2 and 2.5."""
    assert steps()["redundancy"].multiple == pytest.approx(2.0)
    assert steps()["supporting infrastructure"].multiple == pytest.approx(2.5)


def test_a_step_that_changes_nothing_says_why() -> None:
    """At 381 to 822 tokens a second one machine of 2,500 serves at 75 % and at 35 %: 822 / 875 is below 1."""
    assert steps()["real utilisation"].cost == steps()["the first estimate"].cost
    assert steps()["real utilisation"].reason == "the same number of whole machines serves the load"
    assert steps()["redundancy"].reason == ""


def test_a_promise_that_is_kept_is_no_matter_of_machines(worked: Work) -> None:
    """Two months at 3,600 until go-live keep a promise to spend 5,000 with the API, so that nothing falls due for it."""
    owed = {"id": "frame", "name": "Frame", "option": "api", "amount": 5000, "until_month": 4}
    rented = {**RENTED, "deployment_months": 2}
    found = worked(
        {"api": API, "rented": rented},
        obligations=[owed],
        bridge={"option": "rented", "naive_utilisation": 1},
    ).results.bridge
    assert found[-4].label == "tax, credits, obligations"
    assert found[-4].cost == found[-5].cost
    assert found[-4].reason == "none of it falls on this option"


def test_tax_credits_and_obligations_are_the_last_step(worked: Work) -> None:
    """2 replicas at full utilisation are 96,000, 4 are 192,000; then 1,000 of credit, 20,000 owed elsewhere and a tenth of tax."""
    owed = {"id": "frame", "name": "Frame", "option": "api", "amount": 20000, "until_month": 4}
    found = worked(
        {"api": API, "rented": {**RENTED, "credit": 1000}},
        obligations=[owed], finance={"irrecoverable_vat": 0.1}, bridge={"option": "rented", "naive_utilisation": 1},
    ).results.bridge  # fmt: skip
    assert [step.cost for step in found[:2]] == pytest.approx([96000, 192000], rel=1e-12)
    last = found[-4]
    assert last.label == "tax, credits, obligations"
    assert found[-5].cost == pytest.approx(192000, rel=1e-12)
    assert last.cost == pytest.approx(1.1 * (192000 - 1000 + 20000), rel=1e-12)
    assert last.multiple == pytest.approx(232100 / 96000, rel=1e-12)


@pytest.mark.parametrize("path", SWEPT)
def test_everything_restored_is_the_tco(path: Path) -> None:
    """The last step that is a run is the option's TCO; where its exit is known, the last multiple is that of all together."""
    results = analysis_of(path).results
    if results.bridge_option is None:
        assert results.bridge == ()
        return
    option = results.option(results.bridge_option)
    assert results.bridge[-4].cost == pytest.approx(option.tco, rel=1e-12)
    whole = (
        option.tco
        + (option.expected_risk or 0.0)
        + (option.opportunity or 0.0)
        + (option.expected_exit or 0.0)
    )
    assert results.bridge[0].cost
    if option.expected_exit is None:
        assert results.bridge[-1].multiple is None
        return
    assert results.bridge[-1].multiple == pytest.approx(whole / results.bridge[0].cost, rel=1e-12)
