"""What a growing volume does to break-even."""

from math import log

import pytest

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
