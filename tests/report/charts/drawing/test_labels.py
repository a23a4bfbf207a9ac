"""Labels find a place of their own."""

import pytest

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.labels import LabelArea, draw_callout, sample_polyline, spread
from reportgen.report.charts.drawing.svg import Box, Svg
from reportgen.report.charts.drawing.typography import TEXT


def test_spread_leaves_apart_what_is_apart() -> None:
    """Nothing moves that has room."""
    assert spread([50, 10], [10, 10], 0, 100) == (50, 10)


def test_spread_shares_the_way() -> None:
    """Two labels of height 10 at 50 and 52 move to 46 and 56, the same way each; the order stays."""
    assert spread([52, 50], [10, 10], 0, 100) == (56, 46)


def test_spread_stays_in_range() -> None:
    """Three labels at the foot stack upwards from it."""
    assert spread([100, 100, 100], [10, 10, 10], 0, 100) == (75, 85, 95)


def test_spread_of_too_many_starts_at_the_top() -> None:
    """What cannot fit runs over the end and still does not overlap."""
    assert spread([5, 5, 5], [10, 10, 10], 0, 20) == (5, 15, 25)


def test_dense_follows_the_line() -> None:
    """A line of length 10 gets points about every 5."""
    assert sample_polyline([(0, 0), (10, 0)]) == [(0, 0), (5, 0), (10, 0)]


def test_callout_avoids_curves_and_text() -> None:
    """The nearest place, up to the left, is taken by a curve: the next one, down to the right, is used."""
    svg = Svg(Frame("c", "Title"), "")
    curve = [(40.0 + step, 40.0 + step) for step in range(0, 60, 2)]
    draw_callout(svg, [(100, 100)], (("word", TEXT),), LabelArea(Box(0, 0, 200, 200), tuple(curve)))
    assert svg.boxes[0].left > 100
    assert svg.boxes[0].top > 100


def test_callout_without_room_is_left_out() -> None:
    """A label that fits nowhere in its area is not drawn."""
    svg = Svg(Frame("c", "Title"), "")
    draw_callout(svg, [(10, 10)], (("a long label", TEXT),), LabelArea(Box(0, 0, 20, 20), ()))
    assert svg.boxes == []


def test_callout_with_too_many_hits_is_left_out() -> None:
    """Where every place covers more of the curves than allowed, nothing is drawn."""
    svg = Svg(Frame("c", "Title"), "")
    everywhere = tuple((float(x), float(y)) for x in range(0, 100, 4) for y in range(0, 100, 4))
    room = LabelArea(Box(0, 0, 100, 100), everywhere)
    draw_callout(svg, [(50, 50)], (("word", TEXT),), room, most_hits=1)
    assert svg.boxes == []
    draw_callout(svg, [(50, 50)], (("word", TEXT),), room)
    assert svg.boxes == []
    draw_callout(svg, [(50, 50)], (("word", TEXT),), room, most_hits=10**6)
    assert len(svg.boxes) == 1


def test_name_is_nearest_to_its_own_curve() -> None:
    """Beside another curve 12 pixels to the right, the name stands to the left; between two of them nowhere."""
    area = Box(0, 0, 200, 200)
    right = tuple((112.0, float(y)) for y in range(0, 200, 5))
    left = tuple((88.0, float(y)) for y in range(0, 200, 5))
    svg = Svg(Frame("c", "Title"), "")
    assert draw_callout(svg, [(100, 100)], (("word", TEXT),), LabelArea(area, right, right), 0)
    assert svg.boxes[0].right < 100
    svg = Svg(Frame("c", "Title"), "")
    assert not draw_callout(
        svg, [(100, 100)], (("word", TEXT),), LabelArea(area, right + left, right + left), 0
    )


def test_leader_passes_no_text() -> None:
    """Where a leader would run through a text, or a text would cover a leader, another place is taken."""
    svg = Svg(Frame("c", "Title"), "")
    for x in range(60, 140, 10):
        svg.text(x, 80, "wall", TEXT)
    curve = tuple((float(x), 100.0 + y) for x in range(0, 200, 4) for y in range(0, 90, 4))
    assert not draw_callout(svg, [(100, 100)], (("word", TEXT),), LabelArea(Box(60, 0, 140, 200), curve))
    svg = Svg(Frame("c", "Title"), "")
    svg.leader((0, 88), (99, 88), "#000000", 0.7)
    assert draw_callout(svg, [(100, 100)], (("word", TEXT),), LabelArea(Box(0, 0, 200, 200), ()))
    assert svg.boxes[0].left > 100


@pytest.mark.parametrize("gap", [0, 5])
def test_boxes_meet(gap: float) -> None:
    """Boxes that touch do not meet, unless a gap is asked for."""
    assert Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10), gap) is (gap > 0)
