"""The waterfall carries every step to the next."""

import pytest

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND, FALL
from reportgen.report.charts.waterfall import SLATE, Step, waterfall
from tests.report.charts.reading import rects, words

FRAME = Frame("bridge", "From the first estimate to the full cost")
RISE = BY_KIND["self_hosted"]
MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"


def test_steps_add_up() -> None:
    """100 + 60 - 20 = 140: the rise starts where the level ends, the fall ends where the last level does."""
    steps = [
        Step("First", 100_000, "level", 1.0),
        Step("Rise", 60_000, multiple=1.6),
        Step("Fall", -20_000, multiple=1.4),
        Step("Last", 140_000, "level", 1.4),
    ]
    svg = waterfall(FRAME, steps, RISE)
    first, last = rects(svg, SLATE)
    (rise,), (fall,) = rects(svg, RISE.fill), rects(svg, FALL)
    assert rise.number("x") == pytest.approx(first.number("x") + first.number("width"), abs=0.02)
    assert fall.number("x") == pytest.approx(last.number("x") + last.number("width"), abs=0.02)
    assert rise.number("width") == pytest.approx(first.number("width") * 0.6, abs=0.02)
    assert words(svg)[-8:] == [
        "$100k",
        "+$60k",
        f"{MINUS}$20k",
        "$140k",
        f"1.0{TIMES}",
        f"1.6{TIMES}",
        f"1.4{TIMES}",
        f"1.4{TIMES}",
    ]


def test_uncertain_steps_are_hatched() -> None:
    """Risk stands on what was reached before, hatched."""
    svg = waterfall(FRAME, [Step("TCO", 100_000, "level"), Step("Risk", 25_000, "uncertain")], RISE)
    (risk,) = rects(svg, "url(#bridge-hatch1)")
    (level,) = rects(svg, SLATE)
    assert risk.number("width") == pytest.approx(level.number("width") / 4, abs=0.02)


def test_step_that_changes_nothing_says_why() -> None:
    """Its reason stands beside a thin mark, and no bar is drawn."""
    svg = waterfall(
        FRAME, [Step("TCO", 100_000, "level"), Step("Redundancy", 0, reason="already needed")], RISE
    )
    assert "already needed" in words(svg)
    assert rects(svg, RISE.fill) == []


def test_step_that_nobody_estimated() -> None:
    """Not quantified is not zero."""
    assert "not quantified" in words(
        waterfall(FRAME, [Step("TCO", 1_000, "level"), Step("Exit", None, "uncertain")], RISE)
    )


def test_no_multiples_no_column() -> None:
    """Without multiples their heading is left out."""
    assert "Multiple" not in words(waterfall(FRAME, [Step("TCO", 1_000, "level")], RISE))
