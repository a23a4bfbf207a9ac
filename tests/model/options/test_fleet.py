"""Hybrids: a cap on replicas, and what an api takes beyond it."""

import pytest

from tests.model.worked import API, OWNED, RENTED, Part, Work

PEAK: Part = {**API, "input_price": 3, "output_price": 3}


def test_half_of_the_work_spills_where_two_of_four_replicas_run(worked: Work) -> None:
    """2 x 250 of 1,000 tokens/s: 1,800 M are served, 1,800 M spill at 3 each; half a month in service half of it."""
    hybrid = {**RENTED, "max_replicas": 2, "spill_to": "peak", "deployment_months": 0.5}
    case = worked({"api": API, "peak": PEAK, "hybrid": hybrid})
    assert case.line("options.hybrid.replicas")[:2] == (2, 2)
    assert case.line("options.hybrid.served")[0] == pytest.approx(1800, rel=1e-12)
    assert case.line("options.hybrid.spill")[:2] == pytest.approx((2700, 5400), rel=1e-12)
    assert case.line("options.hybrid.until_live")[:2] == (1800, 0)


def test_the_cap_stands_above_the_minimum(worked: Work) -> None:
    """At least 3 but at most 2 are 2."""
    hybrid = {**RENTED, "min_replicas": 3, "max_replicas": 2, "spill_to": "peak"}
    assert worked({"api": API, "peak": PEAK, "hybrid": hybrid}).line("options.hybrid.replicas")[0] == 2


def test_nothing_spills_below_the_cap(worked: Work) -> None:
    """4 replicas carry exactly the 3,600 M tokens; a fifth is allowed and not needed."""
    case = worked({"api": API, "peak": PEAK, "hybrid": {**RENTED, "max_replicas": 5, "spill_to": "peak"}})
    assert case.line("options.hybrid.served")[0] == pytest.approx(3600, rel=1e-12)
    assert case.line("options.hybrid.spill")[0] == pytest.approx(0, abs=1e-9)


def test_a_capped_owner_buys_no_more_than_the_cap(worked: Work) -> None:
    """1 replica of 4 is bought; three quarters of the tokens spill at 3 each: 8,100 a month."""
    case = worked({"api": API, "peak": PEAK, "hybrid": {**OWNED, "max_replicas": 1, "spill_to": "peak"}})
    assert case.line("options.hybrid.purchases")[:2] == (60000, 0)
    assert case.line("options.hybrid.spill")[0] == pytest.approx(8100, rel=1e-12)
