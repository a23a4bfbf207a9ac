"""Published figures, reproduced by the program's own lines and searches."""

import pytest

from tests.model.worked import FIXED, Work


def test_the_present_values_of_a_published_total_economic_impact(worked: Work) -> None:
    """Forrester's example: costs and benefits at the start and three year ends, at 10%: 1,672,201 and 7,168,371.

    The discount row counts month ends, so year ends are its months 12, 24 and 36.
    """
    factors = worked({"fixed": FIXED}, finance={"years": 3, "discount_rate": 0.1}).line("finance.discount")
    years = (1.0, factors[11], factors[23], factors[35])
    costs, benefits = (53_150, 666_715, 636_772, 647_783), (0, 1_606_511, 3_061_331, 4_229_760)
    assert round(sum(c * f for c, f in zip(costs, years, strict=True))) == 1_672_201
    assert round(sum(b * f for b, f in zip(benefits, years, strict=True))) == 7_168_371


def test_the_break_even_of_a_public_calculator(worked: Work) -> None:
    """120 M tokens in at 0.25 and 40 M out at 2 cost 110 for 160 M; 998.46 a month buys 1.452 bn.

    The ladder finds it between its volumes, the search for switching values from the volume of 160 M.
    """
    api = {"kind": "api", "input_price": 0.25, "output_price": 2}
    fixed = {**FIXED, "monthly_fee": 998.46}
    found = worked(
        {"api": api, "fixed": fixed},
        workload={"tokens_per_month": 160, "output_share": 0.25},
        break_even={"low": 100, "high": 10_000, "points": 9},
    ).results
    even = found.option("fixed").break_even
    assert even is not None
    assert even.volume == pytest.approx(998.46 / 110 * 160, rel=1e-9)
    assert round(even.volume / 1000, 3) == 1.452
    volume = next(flip for flip in found.switching_values if flip.path == "workload.tokens_per_month")
    assert volume.above == pytest.approx(998.46 / 110 * 160, rel=1e-6)
    assert volume.above_to == "fixed"
    assert volume.below is None
