"""What a growing volume does to break-even."""

from math import log

import pytest

from reportgen.uncertainty.growth import GrowingVolume, months_until
from tests.model.worked import API, FIXED, Work

OPTIONS = {"api": API, "fixed": {**FIXED, "monthly_fee": 9000}}
LADDER = {"low": 1000, "high": 100_000, "points": 25}


def test_the_date_of_crossing_moves_with_growth(worked: Work) -> None:
    """A fee of 9,000 against 3,600 M at 1: without growth never; at 44% a year after 12 ln(9000/V)/ln(1.44) months."""
    volume = {"annual_growth": {"value": 0.21, "low": 0, "high": 3}}
    found = worked(OPTIONS, workload=volume, break_even=LADDER, baseline="api").results.growth
    assert [row.rate for row in found] == [0, 0.21, 3]
    assert {row.option for row in found} == {"fixed"}
    still, stated, fast = found
    assert still.volume == pytest.approx(9000, rel=1e-9)
    assert (still.reached, still.month) == (None, None)
    assert stated.volume is not None
    assert stated.volume < 9000
    assert stated.reached == pytest.approx(12 * log(stated.volume / 3600) / log(1.21), rel=1e-12)
    assert fast.reached is not None
    assert stated.reached is not None
    assert fast.reached < stated.reached


def test_a_volume_that_is_there_already_is_reached_at_once(worked: Work) -> None:
    """A fee of 3,000 is below the bill from month 1."""
    options = {"api": API, "fixed": {**FIXED, "monthly_fee": 3000}}
    found = worked(options, break_even=LADDER, baseline="api").results.growth
    assert [(row.rate, row.month, row.reached) for row in found] == [(0, 1, 0)]


def test_a_hybrid_has_its_crossing_too(worked: Work) -> None:
    """One machine at 8,000 serves 900 M and the rest goes to the api at 1: dearer at every volume, so never."""
    hybrid = {
        "kind": "platform", "until_live": "api", "gpu_hourly_price": 4, "gpus_per_replica": 2, "replica_tps": 500,
        "utilisation": 0.5, "max_replicas": 1, "spill_to": "api",
    }  # fmt: skip
    (row,) = worked({"api": API, "hybrid": hybrid}, break_even=LADDER, baseline="api").results.growth
    assert (row.option, row.volume, row.reached, row.month) == ("hybrid", None, None, None)
    dear = {**API, "input_price": 10, "output_price": 10}
    (row,) = worked({"api": dear, "hybrid": hybrid}, break_even=LADDER, baseline="api").results.growth
    assert (row.word, row.month) == ("at every volume shown", 1)


@pytest.mark.slow
def test_each_workload_grows_by_itself(worked: Work) -> None:
    """1,200 M that grow and 2,400 M that stand still: they come to a volume V after 12 ln((V - 2400)/1200)/ln(1 + rate)."""
    workloads = {
        "chat": {"name": "Chat", "tokens_per_month": 1200, "output_share": 0,
                 "annual_growth": {"value": 0.21, "low": 0, "high": 3}},
        "night": {"name": "Night", "tokens_per_month": 2400, "output_share": 0},
    }  # fmt: skip
    found = worked(OPTIONS, workloads=workloads, break_even=LADDER, baseline="api").results.growth
    assert [(row.workload, row.rate) for row in found] == [
        ("chat", 0), ("chat", 0.21), ("chat", 3), ("night", 0),
    ]  # fmt: skip
    still, stated, fast, night = found
    assert still.volume == pytest.approx(9000, rel=1e-9)
    assert still.reached is None
    assert (stated.volume, stated.reached) == (night.volume, night.reached)
    for row in (stated, fast):
        assert row.volume is not None
        months = 12 * log((row.volume - 2400) / 1200) / log(1 + row.rate)
        assert row.reached == pytest.approx(months, rel=1e-12)


def test_a_workload_that_begins_later_grows_later(worked: Work) -> None:
    """It begins in month 4: three months more than if it grew from the first."""
    volume = {"annual_growth": 0.44, "starts_month": 4}
    found = worked(OPTIONS, workload=volume, break_even=LADDER, baseline="api").results.growth
    row = found[-1]
    assert row.workload is None
    assert row.volume is not None
    assert row.reached == pytest.approx(3 + 12 * log(row.volume / 3600) / log(1.44), rel=1e-12)


def test_volumes_that_begin_to_grow_at_different_times_add_up() -> None:
    """Doubling from the start, and fourfold from month 12: 200 z + 100 z^2 = 600 at z = sqrt(7) - 1, with z = 2^(years beyond)."""
    doubling, fourfold = GrowingVolume(100, 1, 0), GrowingVolume(100, 3, 12)
    years = log(7**0.5 - 1) / log(2)
    assert months_until((doubling, fourfold), 600) == pytest.approx(12 + 12 * years, rel=1e-12)
    assert months_until((doubling, fourfold), 250) == pytest.approx(12 * log(1.5) / log(2), rel=1e-12)
    assert months_until((doubling, fourfold), 200) == 0


def test_volumes_that_shrink_or_stand_never_reach_more() -> None:
    """100 that halve and 50 that stand; with 50 that double instead they fall below 150 before they come back to it."""
    halving = GrowingVolume(100, -0.5, 0)
    assert months_until((halving, GrowingVolume(50, 0, 0)), 151) is None
    months = months_until((halving, GrowingVolume(50, 1, 0)), 225)
    assert months == pytest.approx(24, rel=1e-12)  # 100 / 4 + 50 x 4
