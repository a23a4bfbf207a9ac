"""Who is cheapest at which volume."""

import pytest

from reportgen.report.charts.drawing.palette import BY_KIND
from reportgen.report.charts.ladder import VolumeLine, amount_at, cheapest_bands

VOLUMES = (1.0, 10.0, 100.0)


def line(key: str, *amounts: float) -> VolumeLine:
    """Make a line."""
    return VolumeLine(key, key, BY_KIND["api"], amounts)


def test_bands_meet_where_the_lines_cross() -> None:
    """1, 10, 100 and a flat 10 meet at 10; a flat square root of 1,000 is met where rising costs as much, at 31.6."""
    bands = cheapest_bands(
        VOLUMES, [line("rising", 1, 10, 100), line("flat", 1000**0.5, 1000**0.5, 1000**0.5)]
    )
    assert [band.key for band in bands] == ["rising", "flat"]
    assert bands[0].high == bands[1].low == pytest.approx(10 * 10**0.5)
    assert (bands[0].low, bands[1].high) == (1, 100)


def test_only_options_that_may_be_chosen_are_ranked() -> None:
    """The cheapest of all may not be chosen: the next is first at every volume; where none may be chosen, all are ranked."""
    barred = VolumeLine("barred", "barred", BY_KIND["api"], (1, 1, 1), eligible=False)
    assert [band.key for band in cheapest_bands(VOLUMES, [barred, line("a", 5, 5, 5)])] == ["a"]
    assert [band.key for band in cheapest_bands(VOLUMES, [barred])] == ["barred"]


def test_ties_go_to_the_first() -> None:
    """Equal lines make one band."""
    assert [band.key for band in cheapest_bands(VOLUMES, [line("a", 5, 5, 5), line("b", 5, 5, 5)])] == ["a"]


def test_amount_between_rungs() -> None:
    """From 1 to 100 between volumes 1 and 10: a third of the way, at 4, it is 1 + 99 / 3 = 34."""
    assert amount_at((1.0, 10.0), line("a", 1, 100), 4) == pytest.approx(34)
    assert amount_at((1.0, 10.0), line("a", -1, 1), 5.5) == pytest.approx(0)


def test_amount_outside_is_that_at_the_end() -> None:
    """A volume beyond the ladder has the cost of the last rung."""
    assert amount_at((1.0, 10.0), line("a", 1, 100), 1_000) == pytest.approx(100)
