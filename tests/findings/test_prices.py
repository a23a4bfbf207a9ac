"""Prices that may no longer hold: looked at long ago, or of a model that retires within the horizon."""

from pathlib import Path

import pytest

from tests.findings.conftest import Find
from tests.model.worked import API, FIXED, RENTED

BOOK = """
schema: reportgen.prices/1
currency: USD
sources: {list: {title: Price list}}
items:
  - id: old-model
    kind: token
    provider: somebody
    model: Old model
    purchase: standard
    retires: 2027-06-30
    successor: new-model
    rates: [{verified: VERIFIED, source: list, basis: list, input: 1, output: 1}]
  - id: new-model
    kind: token
    provider: somebody
    model: New model
    purchase: standard
    rates: [{verified: 2026-11-01, source: list, basis: list, input: 2, output: 2}]
"""


def booked(folder: Path, verified: str = "2026-11-01") -> dict[str, object]:
    """Write a price book beside the case, and give an api that uses it."""
    (folder / "prices.yaml").write_text(BOOK.replace("VERIFIED", verified), encoding="utf-8")
    return {"kind": "api", "prices": "old-model"}


@pytest.mark.slow
def test_stated_prices_of_over_90_days_before_the_edition(found: Find) -> None:
    """The edition is of 23 November 2026: 25 August is 90 days before, 24 August 91; one finding for one day."""
    old = {"value": 1, "as_of": "2026-08-24"}
    (one,) = found("old_price", {"api": {**API, "input_price": old, "output_price": old}, "fixed": FIXED})
    assert one.title == "2 prices were last looked at 91 days before this edition"
    assert "input price; output price" in one.detail
    assert found("old_price", {"api": API, "rented": {**RENTED, "gpu_hourly_price": {**old, "as_of": "2026-08-25"}}}) == ()  # fmt: skip
    (gpu,) = found("old_price", {"rented": {**RENTED, "gpu_hourly_price": old}})
    assert gpu.path == "options.rented.gpu_hourly_price"


@pytest.mark.slow
def test_prices_of_the_book_by_the_day_of_their_check(found: Find, tmp_path: Path) -> None:
    """Verified on 1 August: 114 days before; on 1 November: none."""
    (one,) = found("old_price", {"api": API, "book": booked(tmp_path, "2026-08-01")})
    assert "114 days" in one.title
    assert found("old_price", {"api": API, "book": booked(tmp_path)}) == ()


@pytest.mark.slow
def test_a_model_that_retires_within_the_horizon(found: Find, tmp_path: Path) -> None:
    """Half a year into the year that begins in January 2027; its successor follows."""
    (one,) = found("retirement", {"api": API, "book": booked(tmp_path)})
    assert one.title == "Old model retires on 30 June 2027, within the horizon"
    assert "New model follows at its own prices; no work is planned for moving" in one.detail
    planned = {**booked(tmp_path), "migration_fte_months": 2}
    (moving,) = found("retirement", {"api": API, "book": planned})
    assert "moving takes 2 FTE-months" in moving.detail


def test_a_model_that_outlives_the_horizon(found: Find, tmp_path: Path) -> None:
    """Retired on the last day of 2027 the model has served the whole year."""
    book = booked(tmp_path)
    file = tmp_path / "prices.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-06-30", "2027-12-31"), encoding="utf-8")
    assert found("retirement", {"api": API, "book": book}) == ()
