"""Drawings are written small, safe and with attributes only."""

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.svg import Svg, number, simplified, text_box
from reportgen.report.charts.drawing.typography import NOTE, TEXT, Style
from tests.report.charts.reading import shapes, size


def test_number() -> None:
    """At most two decimals, no trailing zeros, no negative zero."""
    assert [number(value) for value in (1, 1.5, 1.239, -0.001, 100.0)] == ["1", "1.5", "1.24", "0", "100"]


def test_text_is_escaped() -> None:
    """Names with markup in them stay names."""
    svg = Svg(Frame("c", "A < B & C"), "x > y")
    svg.text(0, 20, "<b> & Sons")
    out = svg.render(30)
    assert "<title>A &lt; B &amp; C</title><desc>x &gt; y</desc>" in out
    assert [shape.words for shape in shapes(out)] == ["<b> & Sons"]


def test_given_description_wins() -> None:
    """The frame's description stands instead of the one drawn up from the data."""
    assert "<desc>mine</desc>" in Svg(Frame("c", "Title", description="mine"), "drawn up").render(10)


def test_size() -> None:
    """The canvas has the width of its frame and the height that the drawing came to."""
    assert size(Svg(Frame("c", "Title", width=365), "").render(100)) == (365, 100)


def test_neighbours_share_their_look() -> None:
    """Two notes in a row stand in one group; a text of the usual look carries nothing."""
    svg = Svg(Frame("c", "Title"), "")
    svg.text(0, 10, "one", NOTE)
    svg.text(0, 30, "two", NOTE)
    svg.text(0, 50, "three", TEXT)
    group = (
        '<g font-size="10.3" fill="#52606B"><text x="0" y="10">one</text><text x="0" y="30">two</text></g>'
    )
    assert group + '<text x="0" y="50">three</text></svg>' in svg.render(60)


def test_one_hatch_per_colour() -> None:
    """Hatching in a colour is defined once, under an id that begins with the chart's."""
    svg = Svg(Frame("c", "Title"), "")
    assert [svg.hatch("#111111"), svg.hatch("#222222"), svg.hatch("#111111")] == [
        "url(#c-hatch1)",
        "url(#c-hatch2)",
        "url(#c-hatch1)",
    ]
    assert svg.render(10).count("<pattern") == 2


def test_rectangles_may_be_given_backwards() -> None:
    """The edges come in any order."""
    svg = Svg(Frame("c", "Title"), "")
    svg.rect((50, 30), (0, 10), "#111111")
    (rect,) = shapes(svg.render(10))
    assert (rect.number("x"), rect.number("width")) == (30, 20)


def test_straight_lines_need_two_points() -> None:
    """Points on the way are left out, corners stay."""
    assert simplified([(0, 0), (1, 1), (2, 2), (3, 0)]) == [(0, 0), (2, 2), (3, 0)]


def test_text_box() -> None:
    """Three digits of 0.497 em at 10 pixels, ending at 100: from 85.09 to 100, 7.4 up and 2.1 down."""
    box = text_box(100, 50, "107", Style(10), "end")
    assert [round(side, 2) for side in (box.left, box.top, box.right, box.bottom)] == [85.09, 42.6, 100, 52.1]
