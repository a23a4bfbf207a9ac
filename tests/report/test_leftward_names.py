"""Names that run from right to left, within sentences that run from left to right."""

import re
from pathlib import Path

from reportgen.assessment import analyse
from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import RIGHTWARD, page
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import SHIPPED, analysis_of
from tests.workbook.sizes import sized, written


def test_the_number_after_such_a_name_stays_after_it(tmp_path: Path) -> None:
    """Every name stands between two marks, wherever it is, the short one within the long one once."""
    file = written(sized(3, 1, 2, "Arabic"), tmp_path)
    analysis = analyse(load_case(file), file)
    html = page(paper_of(analysis), Folders(templates()))
    for option in analysis.results.options:
        found = re.findall(f"(.){re.escape(option.name)}(.)", html)
        assert len(found) > 5
        assert set(found) == {(RIGHTWARD, RIGHTWARD)}
        assert f"{RIGHTWARD}{option.short_name}{RIGHTWARD}" in html
    assert f"{RIGHTWARD}{RIGHTWARD}" not in html


def test_other_papers_have_no_marks() -> None:
    """Latin names need none."""
    assert RIGHTWARD not in page(paper_of(analysis_of(SHIPPED)), Folders(templates()))
