"""Cases at the limits are set without a word from the typesetter, their decision on one page."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from reportgen.analysis import analyse
from reportgen.files import templates
from reportgen.report.folders import Folders
from reportgen.report.pdf import write_pdf
from reportgen.schema.load import load_case
from tests.report.limits import COUNT, written


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("number", range(COUNT))
def test_limit(number: int, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """WeasyPrint warns of nothing, and the contents begin on the second page."""
    path = written(number, tmp_path)
    target = tmp_path / "paper.pdf"
    paper = analyse(load_case(path), path).paper
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        write_pdf(paper, target, Folders(templates()), datetime(2026, 11, 23, tzinfo=UTC))
    assert [record.getMessage() for record in caplog.records] == []
    with pypdfium2.PdfDocument(target) as pages:
        sheets = [page.get_textpage().get_text_bounded() for page in pages]
    assert "asked to" in sheets[0]
    assert "How to read this paper" in sheets[1]
    assert "at a glance" not in sheets[1]
