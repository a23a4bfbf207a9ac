"""The appendix of prices counts announced changes, not assumed or unchanged prices."""

import pytest

from reportgen.report.composition import paper_of
from reportgen.report.views.appendices.prices import section
from reportgen.report.views.context import ViewContext
from tests.agreement.cases import analysis_of
from tests.inputs.shipped import worked_out
from tests.paths import CASES, large_cases


@pytest.mark.slow
@large_cases
def test_a_successor_at_the_assumed_old_price_is_no_announced_change() -> None:
    """gpt-6.1-sol retires at both of its regions in March 2028; what follows is assumed to cost the same."""
    found = section(ViewContext.from_paper(paper_of(worked_out("hospital-group"))))
    assert found.title == "Within the horizon: two models or offers retire"


def test_announced_changes_are_counted_by_price() -> None:
    """Three rates double in March 2027, a GPU gets cheaper in July; the successor's prices are assumed."""
    found = section(ViewContext.from_paper(paper_of(analysis_of(CASES / "dated_prices.yaml"))))
    assert found.title == "Within the horizon: four announced price changes and one model or offer retires"


@pytest.mark.slow
def test_successors_that_retire_themselves_are_counted_and_named() -> None:
    """In the Polish case kolejka gives way to kolejka-2 in January 2028, and that to kolejka-3 in March."""
    found = section(ViewContext.from_paper(paper_of(analysis_of(CASES / "polish_names.yaml"))))
    assert "two models or offers retire" in found.title
    table = found.exhibits[0].table
    assert table is not None
    heads = [str(row.head) for row in table.rows if "kolejka," in str(row.head)]
    assert heads
    assert heads[0].endswith(
        "retires 11 Jan 2028, followed by kolejka-2, which retires 11 Mar 2028, followed by kolejka-3"
    )
