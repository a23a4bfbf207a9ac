"""The timeline shows phases in order, milestones behind the phase that leads to them, slippage hatched."""

import pytest

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND
from reportgen.report.charts.timeline import Deployment, Milestone, Phase, timeline
from tests.report.charts.reading import rects, size, words

FRAME = Frame("timeline", "Time to production")
SELF_HOSTED = BY_KIND["self_hosted"]
PLAN = Deployment(
    "Self-hosted",
    SELF_HOSTED,
    (Phase("First model", 0, 8), Phase("Hardening", 8, 12), Phase("Slippage", 12, 16, uncertain=True)),
    (Milestone("Go-live", 12),),
)


def test_rows_are_in_order() -> None:
    """The milestone stands behind the phase that ends with it."""
    assert words(timeline(FRAME, [PLAN]))[-4:] == ["First model", "Hardening", "Go-live", "Slippage"]


def test_bars_are_as_long_as_phases() -> None:
    """Eight weeks are twice four, each phase starts where the one before ends, slippage is hatched."""
    svg = timeline(FRAME, [PLAN])
    first, second = rects(svg, SELF_HOSTED.fill)
    (slip,) = rects(svg, "url(#timeline-hatch1)")
    assert first.number("width") == pytest.approx(2 * second.number("width"), abs=0.02)
    assert second.number("x") == pytest.approx(first.number("x") + first.number("width"), abs=0.02)
    assert slip.number("width") == pytest.approx(second.number("width"), abs=0.02)


def test_ticks_are_round_weeks() -> None:
    """Sixteen weeks are counted in steps of two."""
    assert words(timeline(FRAME, [PLAN]))[1:10] == ["0", "2", "4", "6", "8", "10", "12", "14", "16"]


def test_eight_options_fit_on_a_page() -> None:
    """Eight plans of five phases and a milestone are lower than a page's text less its heading."""
    phases = tuple(Phase(f"Phase {n}", n, n + 1) for n in range(5))
    plans = [Deployment(f"Option {n}", SELF_HOSTED, phases, (Milestone("Live", 5),)) for n in range(8)]
    assert size(timeline(FRAME, plans))[1] < 860


def test_option_in_service_today() -> None:
    """An option without phases has its milestone alone."""
    shown = words(timeline(FRAME, [Deployment("API", BY_KIND["api"], (), (Milestone("In service", 0),))]))
    assert shown[-1] == "In service"
