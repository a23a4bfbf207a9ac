"""The appendix of prices tells what is announced, not what is assumed or stays the same."""

from pathlib import Path

from reportgen.report.views.desk import Desk
from reportgen.report.views.prices import section
from tests.agreement.cases import analysis_of
from tests.inputs.shipped import worked_out

CASES = Path(__file__).resolve().parents[1] / "cases"


def test_a_successor_at_the_assumed_old_price_is_no_announced_change() -> None:
    """gpt-6.1-sol retires at both of its regions in March 2028; what follows is assumed to cost the same."""
    found = section(Desk.of(worked_out("hospital-group").paper))
    assert found.title == "Within the horizon: 2 models or offers retire"


def test_announced_changes_are_counted_by_price() -> None:
    """Three rates double in March 2027, a GPU gets cheaper in July; the successor's prices are assumed."""
    found = section(Desk.of(analysis_of(CASES / "dated_prices.yaml").paper))
    assert found.title == "Within the horizon: 4 announced price changes and 1 model or offer retires"
