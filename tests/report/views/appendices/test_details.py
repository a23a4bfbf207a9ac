"""Which tables stand in the last appendix instead of the body."""

from dataclasses import replace

import pytest

from reportgen.report.composition import paper_of
from reportgen.report.page import sections
from reportgen.report.parts import Exhibit, Section
from reportgen.report.views.appendices.details import BEHIND, with_details_last
from reportgen.report.views.context import ViewContext
from tests.agreement.cases import CASES, SHIPPED, analysis_of


def test_body_of_the_shipped_case_has_charts_and_the_appendix_their_tables() -> None:
    """The tables of cost, of percentiles and of switching values follow the other appendices, each once."""
    found = sections(ViewContext.from_paper(paper_of(analysis_of(SHIPPED))))
    body = [one.id for section in found[:-1] for one in section.exhibits]
    assert found[-1].label == "Appendix F: details"
    assert [one.id for one in found[-1].exhibits] == [
        "tco-table",
        "break-even-growth",
        "outcomes-table",
        "switching",
        "two-way",
        "price-scenarios",
    ]
    assert not BEHIND & set(body)
    assert {"categories", "budget", "outcomes", "tornado", "risk-register"} <= set(body)


@pytest.mark.slow
def test_long_register_moves() -> None:
    """With forty risks the register of risks has no room in the body."""
    case = next(case for case in CASES if case.stem == "forty_risks")
    last = sections(ViewContext.from_paper(paper_of(analysis_of(case))))[-1]
    assert "risk-register" in [one.id for one in last.exhibits]


def test_section_keeps_an_exhibit() -> None:
    """A section whose exhibits would all move keeps the first; a paper without such tables has no appendix of them."""
    context = ViewContext.from_paper(paper_of(analysis_of(SHIPPED)))
    switching, grid, chart = (Exhibit(name, name, "", "") for name in ("switching", "two-way", "tornado"))
    alone = Section("sensitivity", "Sensitivity", "Title", "Lede", (switching, grid))
    kept, details = with_details_last((alone,), context)
    assert [one.id for one in kept.exhibits] == ["switching"]
    assert [one.id for one in details.exhibits] == ["two-way"]
    drawn = replace(alone, exhibits=(chart,))
    assert with_details_last((drawn,), context) == (drawn,)
