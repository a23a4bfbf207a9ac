"""Scales place values, and ticks stand on round ones."""

import pytest

from reportgen.report.charts.drawing.scales import (
    Linear,
    Log,
    fit_scale,
    linear_ticks,
    log_bounds,
    log_ticks,
    nice_step,
)


def test_linear() -> None:
    """Half way in value is half way in pixels; a scale without extent puts everything at its start."""
    assert Linear(0, 200, 10, 110)(100) == 60
    assert Linear(5, 5, 10, 110)(5) == 10


def test_log() -> None:
    """Equal factors are equal distances."""
    scale = Log(1, 100, 0, 200)
    assert [scale(value) for value in (1, 10, 100)] == pytest.approx([0, 100, 200])


@pytest.mark.parametrize(
    ("span", "step"), [(1_450_000, 500_000), (400, 100), (7, 2), (9, 2.5), (0.3, 0.1), (0, 1)]
)
def test_nice_step(span: float, step: float) -> None:
    """At most four steps of a round size."""
    assert nice_step(span, 4) == pytest.approx(step)


def test_linear_ticks_reach_around_the_values() -> None:
    """The first tick is at or below the lowest value, the last at or above the highest."""
    assert linear_ticks(0, 388_000) == (0, 100_000, 200_000, 300_000, 400_000)
    assert linear_ticks(-40, 160) == (-50, 0, 50, 100, 150, 200)
    assert linear_ticks(0, 0) == (0, 0.25, 0.5, 0.75, 1)


def test_log_ticks() -> None:
    """Powers of ten, with 2 and 5 between them on a short axis."""
    assert log_ticks(0.5, 2_000) == (1, 10, 100, 1_000)
    assert log_ticks(3, 120) == (5, 10, 20, 50, 100)
    assert log_ticks(2, 4.5) == (2, 3, 4)


def test_log_bounds_ignore_what_a_log_axis_cannot_show() -> None:
    """Zero and less are left out; without anything above zero there is still an axis."""
    low, high = log_bounds([-5, 0, 10, 1_000])
    assert low < 10
    assert high > 1_000
    assert log_bounds([0, -1]) == (1, 10)


def test_fitting_leaves_room_for_words() -> None:
    """100 pixels, the longest bar with 20 pixels of words: 10 units take 80 pixels."""
    scale = fit_scale(0, [(10, 20), (1, 30)], 0, 100)
    assert scale(10) == pytest.approx(80)
    assert fit_scale(0, [(0, 10)], 0, 100)(0) == 0
