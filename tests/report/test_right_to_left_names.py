"""Names that run from right to left, within sentences that run from left to right."""

import re
from pathlib import Path

import pytest

from reportgen.assessment import analyse
from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import LEFT_TO_RIGHT_MARK, render_paper
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import SHIPPED, analysis_of
from tests.workbook.sizes import sized, written


@pytest.mark.slow
def test_the_number_after_such_a_name_stays_after_it(tmp_path: Path) -> None:
    """Every occurrence of a name is between two marks; a short name within a long one gets none of its own."""
    file = written(sized(3, 1, 2, "Arabic"), tmp_path)
    analysis = analyse(load_case(file), file)
    html = render_paper(paper_of(analysis), Folders(templates()))
    for option in analysis.results.options:
        found = re.findall(f"(.){re.escape(option.name)}(.)", html)
        assert len(found) > 5
        assert set(found) == {(LEFT_TO_RIGHT_MARK, LEFT_TO_RIGHT_MARK)}
        assert f"{LEFT_TO_RIGHT_MARK}{option.short_name}{LEFT_TO_RIGHT_MARK}" in html
    assert f"{LEFT_TO_RIGHT_MARK}{LEFT_TO_RIGHT_MARK}" not in html


def test_other_papers_have_no_marks() -> None:
    """Left-to-right names get no marks."""
    assert LEFT_TO_RIGHT_MARK not in render_paper(paper_of(analysis_of(SHIPPED)), Folders(templates()))
