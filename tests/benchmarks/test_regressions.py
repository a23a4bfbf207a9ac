"""The benchmarks judge rightly: what counts as a regression, what an exponent is, and that the cases that grow are cases."""

from pathlib import Path

import pytest

from tests.benchmarks import stored
from tests.benchmarks.floors import FLOORS
from tests.benchmarks.growth import SIZES, _loaded, exponent, ladder, options, risks, workloads, years
from tests.benchmarks.pairs import PREPARED
from tests.benchmarks.sizes import GROWTH, PAIRS


def test_a_fifth_more_is_a_regression() -> None:
    """1.2 times the stored ratio is borne, more is told; what was never stored is not compared."""
    before = {"paper": 2.0, "workbook": 5.0}
    assert stored.regressions({"paper": 2.4, "workbook": 4.0, "page": 99.0}, before) == []
    assert stored.regressions({"paper": 2.41}, before) == ["paper: 2.41 times its floor, 2.00 before"]


def test_ratios_are_stored_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of some parts leaves the ratios of the others, and of the other size."""
    monkeypatch.setattr(stored, "STORED", tmp_path / "ratios.json")
    assert stored.stored("full") == {}
    stored.store("full", {"paper": 1.5, "page": 3.0})
    stored.store("quick", {"paper": 1.7})
    stored.store("full", {"paper": 1.2345})
    assert stored.stored("full") == {"paper": 1.234, "page": 3.0}
    assert stored.stored("quick") == {"paper": 1.7}


def test_the_exponent_is_the_slope_of_the_logarithms() -> None:
    """Twice the size and four times as long is 2; a constant is 0."""
    assert exponent([1.0, 2.0, 8.0], [3.0, 12.0, 192.0]) == pytest.approx(2.0, rel=1e-9)
    assert exponent([1.0, 2.0, 8.0], [5.0, 5.0, 5.0]) == pytest.approx(0.0, abs=1e-9)


def test_every_pair_has_its_floor() -> None:
    """What is sized is prepared and has a floor; what grows has its sizes."""
    assert set(PAIRS) == set(PREPARED)
    assert set(PAIRS) <= set(FLOORS)
    assert set(GROWTH) == set(SIZES)


@pytest.mark.slow
def test_the_cases_that_grow_are_cases() -> None:
    """Each is read without a problem and has as many of what grows as is said."""
    assert _loaded(years(5))[0].finance.years == 5
    assert len(_loaded(options(8))[0].options) == 8
    assert len(_loaded(risks(150))[0].risks) == 150
    assert _loaded(ladder(200))[0].break_even.points == 200
    assert len(_loaded(workloads(6))[0].workloads) == 6
