"""Machines that look larger on paper than in service are found and priced."""

import pytest

from tests.agreement.cases import SHIPPED, analysis_of
from tests.findings.conftest import Find
from tests.model.worked import API, OWNED, RENTED

POLISH = SHIPPED.parents[1] / "tests" / "cases" / "polish_names.yaml"


def test_a_fleet_that_falls_short_of_the_peak(found: Find) -> None:
    """4 x 500 tokens/s carry twice the average of 1,000, the peak is 3 times: 6 replicas, 2 x 4,000 x 12 more."""
    (one,) = found("peak", {"rented": RENTED}, workload={"peak_to_average": 3})
    assert one.title == "The fleet falls short of the peak in 12 of 12 months of service"
    assert one.cost == pytest.approx(96000, rel=1e-12)


@pytest.mark.slow
def test_only_months_of_service_count(found: Find) -> None:
    """Live from 2.5 on: 10 months, whatever stands in the others; tuned from 4.5 on, 5 replicas carry 2.5 times.

    Untuned, 1,000 / (400 x 0.5) makes 5 replicas of 400: twice the average, as 4 of 500 do after.
    """
    option = {**RENTED, "deployment_months": 2.5, "tuning_loss": 0.2, "tuning_months": 2}
    (one,) = found("peak", {"rented": option}, workload={"peak_to_average": 3})
    assert "in 10 of 10 months" in one.title
    bought = {**OWNED, "min_replicas": 5, "deployment_months": 2.5, "tuning_loss": 0.2, "tuning_months": 2}
    (owned,) = found("peak", {"owned": bought}, workload={"peak_to_average": 2.4})
    assert "in 3 of 10 months" in owned.title


@pytest.mark.slow
def test_a_fleet_that_just_carries_the_peak_and_one_that_spills(found: Find) -> None:
    """Twice the average is carried exactly; beyond a cap an api takes the peaks; without a peak nothing is known."""
    assert found("peak", {"rented": RENTED}, workload={"peak_to_average": 2}) == ()
    assert found("peak", {"rented": RENTED}) == ()
    spilling = {**RENTED, "max_replicas": 2, "spill_to": "api"}
    assert found("peak", {"api": API, "rented": spilling}, workload={"peak_to_average": 3}) == ()


@pytest.mark.slow
def test_a_cap_below_the_peak_is_told_with_what_it_carries(found: Find) -> None:
    """Two replicas of 500 carry the average of 1,000 once, a third of a peak of 3; four carry a peak of 2."""
    spilling = {**RENTED, "max_replicas": 2, "spill_to": "api"}
    (one,) = found("overflow", {"rented": spilling}, workload={"peak_to_average": 3})
    assert (one.path, one.cost) == ("options.rented.max_replicas", None)
    assert one.title == "At the peak its machines carry 33.3% of the load"
    assert "not in the figures" in one.detail
    roomy = {**spilling, "max_replicas": 4}
    assert found("overflow", {"rented": roomy}, workload={"peak_to_average": 2}) == ()
    assert found("overflow", {"rented": spilling}) == ()


def test_machines_by_the_second_come_with_the_peak(found: Find) -> None:
    """They are paid while they run, and more of them run at the peak."""
    option = {**RENTED, "billed": "second"}
    assert found("peak", {"rented": option}, workload={"peak_to_average": 3}) == ()


def test_months_without_work_have_no_peak(found: Find) -> None:
    """Three months wait for the first work, nine have a fleet of twice the average."""
    (one,) = found("peak", {"rented": RENTED}, workload={"peak_to_average": 3, "starts_month": 4})
    assert "in 9 of 9 months" in one.title


def test_a_pair_of_speeds_is_priced_at_53_per_cent_each(found: Find) -> None:
    """750 and 250 of 1,000 at 1,000 and 250 tokens/s keep 1.75 busy, 4 replicas at half use; at 53 % 7: 3 x 48,000."""
    option = {name: value for name, value in RENTED.items() if name != "replica_tps"}
    pair = {**option, "prompt_tps": 1000, "output_tps": 250}
    (one,) = found("throughput", {"rented": pair})
    assert one.path == "options.rented.prompt_tps"
    assert one.cost == pytest.approx(144000, rel=1e-12)
    assert (
        found("throughput", {"rented": {**pair, "output_tps": {"value": 250, "note": "p95 within 2 s"}}})
        == ()
    )


@pytest.mark.slow
def test_a_throughput_without_a_latency_target_is_priced_at_53_per_cent(found: Find) -> None:
    """265 x 0.5 tokens/s each make 8 replicas instead of 4: 4 x 4,000 x 12 = 192,000."""
    for note in ("", "Vendor benchmark, 512 requests at once"):
        stated = {**RENTED, "replica_tps": {"value": 500, "note": note}}
        (one,) = found("throughput", {"rented": stated})
        assert one.cost == pytest.approx(192000, rel=1e-12)
        assert one.source.startswith("MLPerf Inference v5.1")


@pytest.mark.slow
def test_figures_are_written_in_the_notation_of_the_paper() -> None:
    """In Polish notation thousands stand apart and decimals follow a comma, in findings too."""
    found = analysis_of(POLISH).results.findings
    assert any("5\u00a0000 tokens a second" in one.detail for one in found)
    assert any("retires on 11 January 2028" in one.title for one in found)
    assert any("take 3,5 months" in one.title for one in found)


@pytest.mark.parametrize(
    "said",
    [
        {"note": "At 2 s to the first token, 99th percentile"}, {"source": "Load test of June, p95 latency below 2 s"},
        {"note": "MLPerf Interactive"}, {"note": "TPOT 40 ms"},
    ],
)  # fmt: skip
def test_a_throughput_that_names_its_latency_is_taken(found: Find, said: dict[str, str]) -> None:
    """Source or note says that somebody waits for the answer."""
    assert found("throughput", {"rented": {**RENTED, "replica_tps": {"value": 500, **said}}}) == ()
