"""S-curves read percentiles off a step function."""

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import BY_KIND
from reportgen.report.charts.scurve import RiskCurve, percentile, probability, risk_curves
from tests.report.charts.reading import words

POINTS = ((100_000.0, 0.5), (150_000.0, 0.8), (200_000.0, 1.0))
FRAME = Frame("risk", "Range of cost")


def test_percentile_is_the_smallest_cost_that_is_sure_enough() -> None:
    """50 % is reached at 100, 80 % at 150, anything above only at 200."""
    assert [percentile(POINTS, share) for share in (0.1, 0.5, 0.51, 0.8, 0.9)] == [
        100_000,
        100_000,
        150_000,
        150_000,
        200_000,
    ]


def test_chance() -> None:
    """Nothing below the lowest cost, everything from the highest on."""
    assert [probability(POINTS, cost) for cost in (99_999, 100_000, 160_000, 1e9)] == [0, 0.5, 0.8, 1]


def test_figures_are_listed() -> None:
    """The estimate with its percentile, then P50, P80 and P90."""
    shown = words(risk_curves(FRAME, [RiskCurve("API", BY_KIND["api"], POINTS, 100_000)]))
    assert shown[-11:-6] == ["Estimate", "Its percentile", "P50", "P80", "P90"]
    assert shown[-6:] == ["API", "$100k", "P50", "$100k", "$150k", "$200k"]


def test_estimate_below_the_range() -> None:
    """An estimate that no outcome stays within is below P1; none at all is a dash."""
    assert "below P1" in words(risk_curves(FRAME, [RiskCurve("API", BY_KIND["api"], POINTS, 1_000)]))
    assert (
        words(risk_curves(FRAME, [RiskCurve("API", BY_KIND["api"], POINTS, None)])).count("\N{EN DASH}") == 2
    )


def test_other_percentiles() -> None:
    """The confidence of the case can be asked for."""
    assert "P95" in words(
        risk_curves(FRAME, [RiskCurve("API", BY_KIND["api"], POINTS, None)], (0.1, 0.5, 0.95))
    )


def test_without_risks_the_curve_is_one_step() -> None:
    """A single certain cost is every percentile."""
    shown = words(risk_curves(FRAME, [RiskCurve("API", BY_KIND["api"], ((5_000.0, 1.0),), 5_000)]))
    assert shown[-5:] == ["$5.0k", "P100", "$5.0k", "$5.0k", "$5.0k"]
