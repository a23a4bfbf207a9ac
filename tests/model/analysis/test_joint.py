"""The joint distribution of risks, enumerated by hand for two of them."""

import numpy as np
import pytest

from reportgen.model.analysis.joint import joint, largest_standard_error
from tests.model.worked import FIXED, Part, Work

IMPACTS = {"a": np.array([100.0, 300.0]), "b": np.array([0.0, 0.0])}
ALL = ("a", "b")
CHANCES = np.array([0.5, 0.2])
"""Nothing 0.4, the first 0.4, the second 0.1, both 0.1: 0, 100, 300, 400 more."""


def test_every_combination_counts_with_its_chance() -> None:
    """A at 1,000: 1,000 with 0.4, 1,100 up to 0.8, 1,300 up to 0.9, 1,400 up to 1."""
    spread = joint({"a": 1000.0, "b": 1150.0}, IMPACTS, CHANCES, seed=1, eligible=ALL)["a"]
    costs, chances = zip(*spread.curve(), strict=True)
    assert costs == (1000, 1100, 1300, 1400)
    assert chances == pytest.approx((0.4, 0.8, 0.9, 1.0), rel=1e-12)


def test_a_percentile_is_the_smallest_outcome_that_is_reached() -> None:
    """P40 is 1,000, P50 and P80 are 1,100, P90 is 1,300, P95 is 1,400; dust of 1e-10 moves none."""
    spread = joint({"a": 1000.0, "b": 1150.0}, IMPACTS, CHANCES, seed=1, eligible=ALL)["a"]
    assert [spread.percentile(p) for p in (0.4, 0.5, 0.8, 0.9, 0.95)] == [1000, 1100, 1100, 1300, 1400]
    assert spread.percentile(0.8 + 1e-10) == 1100


def test_the_chance_of_being_cheapest() -> None:
    """A is below 1,150 unless the second risk strikes: 0.8; ties go to the first."""
    found = joint({"a": 1000.0, "b": 1150.0}, IMPACTS, CHANCES, seed=1, eligible=ALL)
    assert found["a"].cheapest == pytest.approx(0.8, rel=1e-12)
    assert found["b"].cheapest == pytest.approx(0.2, rel=1e-12)
    tied = joint({"a": 1000.0, "b": 1100.0}, IMPACTS, CHANCES, seed=1, eligible=ALL)
    assert tied["a"].cheapest == pytest.approx(0.8, rel=1e-12)


def test_only_eligible_options_are_cheapest() -> None:
    """A is lower, and not eligible: b is the cheapest of those eligible in every combination."""
    found = joint({"a": 100.0, "b": 1150.0}, IMPACTS, CHANCES, seed=1, eligible=("b",))
    assert (found["a"].cheapest, found["b"].cheapest) == (None, 1)


def test_the_share_that_stays_at_or_below_an_amount() -> None:
    """Of 1,000, 1,100, 1,300 and 1,400: 0.8 at most 1,100, 0.8 at most 1,299, none at most 999."""
    spread = joint({"a": 1000.0, "b": 1150.0}, IMPACTS, CHANCES, seed=1, eligible=ALL)["a"]
    assert [spread.share_at_most(limit) for limit in (1100, 1299, 999)] == pytest.approx([0.8, 0.8, 0])


def test_certain_and_impossible_risks_leave_one_outcome() -> None:
    """A risk of 1 always adds, a risk of 0 never does."""
    spread = joint(
        {"a": 1000.0}, {"a": np.array([100.0, 300.0])}, np.array([1.0, 0.0]), seed=1, eligible=["a"]
    )["a"]
    assert spread.curve() == ((1100, 1),)


def test_beyond_twenty_risks_combinations_are_drawn() -> None:
    """21 even chances of 1 more: the median of the binomial is 10 or 11; the same seed gives the same draws."""
    impacts, chances = {"a": np.ones(21)}, np.full(21, 0.5)
    spread = joint({"a": 0.0}, impacts, chances, seed=3, eligible=["a"])["a"]
    assert spread.percentile(0.5) in {10, 11}
    assert spread.curve() == joint({"a": 0.0}, impacts, chances, seed=3, eligible=["a"])["a"].curve()


def test_twenty_risks_are_counted_exactly() -> None:
    """20 even chances of 1 more: exactly 10 happen with 184,756 in 1,048,576, at most 10 with 616,666 in it."""
    spread = joint({"a": 0.0}, {"a": np.ones(20)}, np.full(20, 0.5), seed=1, eligible=["a"])["a"]
    costs, chances = zip(*spread.curve(), strict=True)
    assert costs == tuple(range(21))
    assert chances[10] == pytest.approx(616_666 / 1_048_576, rel=1e-9)
    assert chances[10] - chances[9] == pytest.approx(184_756 / 1_048_576, rel=1e-9)


def test_the_error_of_drawn_combinations_is_stated_and_kept() -> None:
    """200,000 draws: a chance of 1/2 is known to 0.5/sqrt(200,000) = 0.0011; 20 risks and fewer have no error."""
    assert largest_standard_error(20) is None
    assert largest_standard_error(21) == pytest.approx(0.00111803, rel=1e-5)
    impacts = {"a": np.zeros(21), "b": np.array([-2.0, *np.zeros(20)])}
    found = joint({"a": 0.0, "b": 1.0}, impacts, np.full(21, 0.5), seed=3, eligible=ALL)
    assert abs(found["b"].cheapest - 0.5) < 4 * 0.00111803


def _risk(name: str, probability: float, fee: float) -> Part:
    return {"name": name, "probability": probability,
            "effects": [{"assumption": "options.fixed.one_off_cost", "add": fee}]}  # fmt: skip


def test_the_contingency_is_the_percentile_less_the_total(worked: Work) -> None:
    """1,000 with risks of 100 (0.5) and 300 (0.2): P80 is 1,100, so 100, enough in 0.8; P90 1,300, so 300."""
    risks = [_risk("Small", 0.5, 100), _risk("Large", 0.2, 300)]
    option = {**FIXED, "one_off_cost": 1000}
    found = worked({"fixed": option}, risks=risks).option("fixed")
    assert (found.contingency, found.risks_alone, found.enough) == pytest.approx((100, 100, 0.8), rel=1e-12)
    at_p90 = worked({"fixed": option}, risks=risks, simulation={"confidence": 0.9}).option("fixed")
    assert (at_p90.p50, at_p90.p90) == pytest.approx((1100, 1300), rel=1e-12)
    assert at_p90.contingency == pytest.approx(300, rel=1e-12)


def test_a_contingency_is_never_negative(worked: Work) -> None:
    """A risk of 0.9 that saves 400: P80 is 600, below the plan of 1,000; nothing is put aside, nothing taken off."""
    option = {**FIXED, "one_off_cost": 1000}
    found = worked({"fixed": option}, risks=[_risk("Saves", 0.9, -400)]).option("fixed")
    assert (found.p80, found.contingency, found.risks_alone, found.enough) == pytest.approx((600, 0, 0, 1))


def test_without_ranges_and_risks_the_contingency_is_not_quantified(worked: Work) -> None:
    """Nobody has said what may turn out otherwise."""
    found = worked({"fixed": FIXED}).option("fixed")
    assert (found.contingency, found.risks_alone, found.enough) == (None, None, None)


def test_with_ranges_the_contingency_is_that_of_the_simulation(worked: Work) -> None:
    """A fee of 3,000 to 6,000 peaking at 3,000: P80 is 12 x (6,000 - sqrt(0.2) x 3,000) = 55,900, less 36,000."""
    fee = {"value": 3000, "low": 3000, "high": 6000}
    found = worked({"fixed": {**FIXED, "monthly_fee": fee}}, simulation={"draws": 4000}).option("fixed")
    assert found.contingency == pytest.approx(12 * (3000 - 3000 * 0.2**0.5), rel=0.03)
    assert found.enough == pytest.approx(0.8, abs=1e-3)
    assert found.risks_alone is None
