"""Papers as rendered, once per case and test process: their page and the text of their PDF."""

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.pdf import write_pdf
from tests.agreement.cases import analysis_of


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper: the HTML that it is made from, and the text of each page of the PDF."""

    html: str
    pages: tuple[str, ...]


@cache
def rendered(case: Path) -> Rendered:
    """Render the paper of a case, without its attachments."""
    paper, folders = paper_of(analysis_of(case)), Folders(templates())
    with TemporaryDirectory() as folder:
        target = Path(folder, "paper.pdf")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            done = write_pdf(paper, target, folders, datetime(2026, 11, 23, tzinfo=UTC))
        return Rendered(done.html, pages(target))


def pages(pdf: Path) -> tuple[str, ...]:
    """Read the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_text(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _text(sheet: pypdfium2.PdfPage) -> str:
    found = sheet.get_textpage()
    try:
        return found.get_text_bounded()
    finally:
        found.close()
        sheet.close()
