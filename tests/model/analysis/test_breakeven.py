"""Break-even against the baseline, by month and by volume, against an api that costs 1 per M tokens."""

import pytest

from reportgen.results.options import BreakEven
from tests.model.worked import API, FIXED, Part, Work


def even(worked: Work, option: Part, **parts: object) -> BreakEven:
    """Give the break-even of an option against the api."""
    found = worked({"fixed": option}, **parts).option("fixed").break_even
    assert found is not None
    return found


def test_the_first_month_from_which_it_has_cost_no_more(worked: Work) -> None:
    """10,000 + 1,000 a month against 3,600 a month: 13,000 > 10,800 in month 3, 14,000 < 14,400 in month 4."""
    assert even(worked, {**FIXED, "one_off_cost": 10000, "monthly_fee": 1000}).month == 4


def test_costing_just_as_much_counts(worked: Work) -> None:
    """10,400 + 4 x 1,000 = 4 x 3,600 exactly."""
    assert even(worked, {**FIXED, "one_off_cost": 10400, "monthly_fee": 1000}).month == 4


@pytest.mark.slow
def test_an_option_that_falls_behind_again_does_not_break_even(worked: Work) -> None:
    """At 3,500 a month and 1,250 in month 1 it leads from month 13 on; one year is too short, two are enough."""
    option = {**FIXED, "one_off_cost": 1250, "monthly_fee": 3500}
    assert even(worked, option).month is None
    assert even(worked, option, finance={"years": 2}).month == 13
    falling = {**API, "price_change": -0.9}
    overtaken = worked({"api": falling, "fixed": {**FIXED, "monthly_fee": 3500}}).option("fixed")
    assert overtaken.cumulative[0] < 3600
    assert overtaken.break_even is not None
    assert overtaken.break_even.month is None


def test_the_baseline_has_no_break_even(worked: Work) -> None:
    """The baseline is the first api unless the case names another."""
    case = worked({"fixed": FIXED})
    assert case.results.baseline == "api"
    assert case.option("api").break_even is None
    assert worked({"fixed": FIXED}, baseline="fixed").option("fixed").break_even is None


def test_the_volume_lies_on_the_line_between_two_steps_of_the_ladder(worked: Work) -> None:
    """3,000 a month against 2,000 and 4,000: 12,000 above, then 12,000 below, so about 3,000 M tokens."""
    found = even(worked, {**FIXED, "monthly_fee": 3000})
    assert found.word == "about"
    assert found.volume == pytest.approx(3000, rel=1e-12)


@pytest.mark.parametrize(
    ("fee", "word"), [(500, "at every volume shown"), (1000, "at every volume shown"), (5000, "not up to 4,000")]
)  # fmt: skip
def test_words_where_it_does_not_cross(worked: Work, fee: float, word: str) -> None:
    """Volumes 1,000, 2,000 and 4,000: a fee of 500 or 1,000 is never above, one of 5,000 always."""
    found = even(worked, {**FIXED, "monthly_fee": fee})
    assert (found.word, found.volume) == (word, None)


def test_an_api_breaks_even_at_small_volumes_only(worked: Work) -> None:
    """Against a fixed 1,500 a month an api at 1 per M is below at 1,000 M and above at 2,000 M."""
    case = worked({"fixed": {**FIXED, "monthly_fee": 1500}}, baseline="fixed")
    found = case.option("api").break_even
    assert found is not None
    assert (found.word, found.volume) == ("only at small volumes", None)


def test_the_ladder_is_log_spaced_and_leaves_the_base_case_alone(worked: Work) -> None:
    """1,000, 2,000 and 4,000 M tokens a month cost an api 12 times as much over a year."""
    ladder = worked({"fixed": FIXED}).results.ladder
    assert ladder.volumes == pytest.approx((1000, 2000, 4000), rel=1e-12)
    assert ladder.tco["api"] == pytest.approx((12000, 24000, 48000), rel=1e-12)
