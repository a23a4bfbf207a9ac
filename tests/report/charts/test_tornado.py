"""The tornado is ordered by swing and shows where the advice changes."""

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND
from reportgen.report.charts.tornado import WARN, SwitchingValue, TornadoBar, tornado
from tests.report.charts.reading import rects, size, words

FRAME = Frame("tornado", "Sensitivity")
COLOUR = BY_KIND["platform"]
NARROW = TornadoBar("Narrow", "1", "2", 90_000, 110_000)
WIDE = TornadoBar("Wide", "3", "4", 150_000, 50_000)


def test_widest_swing_first() -> None:
    """Values stand at their own end: the high value of Wide lowers the measure, so it stands left."""
    shown = words(tornado(FRAME, 100_000, [NARROW, WIDE], COLOUR))
    assert shown == ["Wide", "4", "3", "Narrow", "1", "2", "Base case $100k"]


def test_both_ends_on_one_side() -> None:
    """Where low and high both raise the measure, both values stand right, the nearer first."""
    bar = TornadoBar("Both", "low", "high", 120_000, 110_000)
    assert "high · low" in words(tornado(FRAME, 100_000, [bar], COLOUR))


def test_flip_is_shaded() -> None:
    """The side where another option wins is shaded up to the switching value, and both sides are named."""
    svg = tornado(FRAME, 100_000, [WIDE], COLOUR, SwitchingValue(75_000, "API wins", "Platform wins"))
    assert len(rects(svg, WARN)) == 1
    assert {"API wins", "Platform wins", "$75k"} <= set(words(svg))


def test_flip_far_away_is_said_instead() -> None:
    """A switching value that would squeeze the bars is named below them."""
    svg = tornado(FRAME, 100_000, [WIDE], COLOUR, SwitchingValue(-5_000_000, "API wins", "Platform wins"))
    assert rects(svg, WARN) == []
    assert words(svg)[-2] == "The advice changes at \N{MINUS SIGN}$5.00M, beyond this scale."


def test_forty_bars_fit_on_a_page() -> None:
    """Forty bars with names of 50 characters are lower than the text of a page (251 mm, 948 pixels) less its heading."""
    bars = [TornadoBar(f"{n:02} {'assumption ' * 5}"[:50], "1", "2", -n, n) for n in range(40)]
    assert size(tornado(FRAME, 0, bars, COLOUR))[1] < 860
