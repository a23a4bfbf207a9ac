"""Decision bars start at zero, solid for the base and hatched for the risk."""

import pytest

from reportgen.report.charts.bars import DecisionBar, decision_bars
from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND
from tests.report.charts.reading import rects, words

API, PLATFORM = BY_KIND["api"], BY_KIND["platform"]
FRAME = Frame("bars", "Three-year cost with expected risk", width=365)


def test_zero_based() -> None:
    """Twice the cost is twice the length, from the same start; the risk stands behind the base."""
    svg = decision_bars(
        FRAME, [DecisionBar("A", API, 200_000, 50_000), DecisionBar("B", PLATFORM, 100_000, 0)]
    )
    (one,), (other,) = rects(svg, API.fill), rects(svg, PLATFORM.fill)
    (risk,) = rects(svg, "url(#bars-hatch1)")
    assert one.number("x") == other.number("x")
    assert one.number("width") == pytest.approx(2 * other.number("width"), abs=0.02)
    assert risk.number("x") == pytest.approx(one.number("x") + one.number("width"), abs=0.02)
    assert risk.number("width") == pytest.approx(one.number("width") / 4, abs=0.02)
    assert words(svg) == ["A", "$250k", "B", "$100k"]


def test_saving_risk_is_hatched_off_the_base() -> None:
    """100 with a risk of -20: solid up to 80, hatched up to 100, and the reader is told."""
    svg = decision_bars(FRAME, [DecisionBar("A", API, 100_000, -20_000)])
    (solid,), (risk,) = rects(svg, API.fill), rects(svg, "url(#bars-hatch1)")
    assert solid.number("width") == pytest.approx(4 * risk.number("width"), abs=0.05)
    assert words(svg) == ["A", "$80k", "risk saves $20k"]


def test_unknown_risk_is_not_zero() -> None:
    """Where nobody has estimated the risk, the chart says so."""
    svg = decision_bars(FRAME, [DecisionBar("A", API, 100_000, None)])
    assert words(svg) == ["A", "$100k", "risk not quantified"]
    assert "pattern" not in svg
