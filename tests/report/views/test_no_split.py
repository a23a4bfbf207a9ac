"""The section on workloads where no split of them meets every must-have."""

from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.schema.loading.load import load_case
from tests.paths import CASES

NOBODY = (
    "{name: Weights can be audited, must: true, met_by: {api: false, small_api: false, own_machines: false}}"
)


@pytest.mark.slow
def test_a_must_have_that_nothing_meets_is_told_with_the_cost_without_it(tmp_path: Path) -> None:
    """The title says that no split meets all; the table has what the best costs without each, or that none is possible."""
    text = (CASES / "three_workloads.yaml").read_text(encoding="utf-8")
    before = "{name: Weights can be audited, must: false, met_by: {api: false, small_api: true, own_machines: true}}"
    assert before in text
    case = tmp_path / "case.yaml"
    case.write_text(text.replace(before, NOBODY), encoding="utf-8")
    analysis = analyse(load_case(case), case)
    split = analysis.results.best_split
    assert split is not None
    assert split.best is None
    possible = {one.requirement: one.best for one in split.without}
    assert possible["Weights can be audited"] is not None
    html = render_paper(paper_of(analysis), Folders(templates()))
    assert "No split of the workloads meets every must-have" in html
    assert "Without one must-have a split is possible, from" in html
    assert html.count("none is possible") == sum(best is None for best in possible.values())
