"""What a mix does to speeds and to the prices of a prompt cache."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.findings.conftest import Find
from tests.model.worked import OWNED, RENTED, Part

RANGED = {"output_share": {"value": 0.25, "low": 0.2, "high": 0.3}}
PAIR: Part = {
    **{name: value for name, value in RENTED.items() if name != "replica_tps"},
    "prompt_tps": 600, "output_tps": 300,
}  # fmt: skip


@pytest.mark.slow
def test_a_mix_with_a_range_is_one_finding_that_names_the_options(found: Find) -> None:
    """Two options whose throughput was stated for one mix, whatever the share that varies."""
    (one,) = found("mix", {"rented": RENTED, "owned": OWNED, "pair": PAIR}, workload=RANGED)
    assert one.title == "The mix has a range, the throughput of 2 options does not follow it"
    assert one.path == "options.rented.replica_tps"
    assert "Rented, Owned:" in one.detail
    cached = {"cached_share": {"value": 0.1, "low": 0, "high": 0.3}}
    api = {"kind": "api", "input_price": 1, "cached_input_price": 0.1, "output_price": 1}
    assert len(found("mix", {"api": api, "rented": RENTED}, workload=cached)) == 1


@pytest.mark.slow
def test_a_mix_without_a_range_and_speeds_that_follow_it(found: Find) -> None:
    """A range without width is none; speeds by prompt and output move with the mix."""
    assert found("mix", {"rented": RENTED}) == ()
    assert (
        found("mix", {"rented": RENTED}, workload={"output_share": {"value": 0.2, "low": 0.2, "high": 0.2}})
        == ()
    )
    assert found("mix", {"pair": PAIR}, workload=RANGED) == ()


Booked = Callable[..., Part]


@pytest.fixture
def booked(tmp_path: Path) -> Booked:
    """Write a price book with one item at 1 and 1, a tenth for reading from a cache and more for writing to it."""

    def of(**rates: float) -> Part:
        rate = {
            "verified": "2026-11-23",
            "source": "list",
            "basis": "list",
            "input": 1,
            "cached_input": 0.1,
            "output": 1,
        }
        item = {"id": "model", "kind": "token", "provider": "maker", "model": "model", "purchase": "standard",
                "rates": [{**rate, **rates}]}  # fmt: skip
        book = {
            "schema": "reportgen.prices/1",
            "currency": "USD",
            "sources": {"list": {"title": "List"}},
            "items": [item],
        }
        (tmp_path / "prices.yaml").write_text(json.dumps(book), encoding="utf-8")
        return {"kind": "api", "prices": "model"}

    return of


def test_reading_from_a_cache_without_writing_to_it(found: Find, booked: Booked) -> None:
    """2,700 M input tokens, four fifths not read: all written, at 0.25 more each, for 12 months: 6,480."""
    api = booked(cache_write=1.25)
    (one,) = found("cache_writes", {"api": api, "rented": RENTED}, workload={"cached_share": 0.2})
    assert (one.option, one.path) == ("api", "workload.cache_write_share")
    assert one.cost == pytest.approx(2700 * 0.8 * 0.25 * 12, rel=1e-12)


@pytest.mark.slow
def test_writes_that_are_stated_or_free_or_never_read(found: Find, booked: Booked) -> None:
    """A share that is stated is taken, also 0; who charges the input price, or whose cache is not read, is not found."""
    charging = {"api": booked(cache_write=1.25), "rented": RENTED}
    for workload in (
        {"cached_share": 0.2, "cache_write_share": 0},
        {"cached_share": 0.2, "cache_write_share": 0.1},
        {},
    ):
        assert found("cache_writes", charging, workload=workload) == ()
    assert found("cache_writes", {"api": booked(), "rented": RENTED}, workload={"cached_share": 0.2}) == ()
