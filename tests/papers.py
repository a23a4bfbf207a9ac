"""Papers as rendered, once per case, paper size and test process: their page, the text of their PDF, and how full its pages are."""

import warnings
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
import pypdfium2

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.pdf import write_pdf
from tests.agreement.cases import analysis_of

TOP, FOOT = 56.7, 62.0
"""Points of a page above its text, and below it with the line at its foot."""

INK = 245
"""Below this a channel of a pixel is ink: the tint of a table's column is, the paper is not."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper: the HTML that it is made from, the PDF, and of each page of the PDF the text and the share of its height that is filled."""

    html: str
    pdf: bytes
    pages: tuple[str, ...]
    fills: tuple[float, ...]
    body: int
    """The number of pages that hold a part of the body, which the appendices follow."""


@cache
def rendered(case: Path, size: Literal["A4", "Letter"] | None = None) -> Rendered:
    """Render the paper of a case, without its attachments, on its own paper size or another."""
    paper, folders = paper_of(analysis_of(case)), Folders(templates())
    paper = replace(paper, size=size or paper.size)
    with TemporaryDirectory() as folder:
        target = Path(folder, "paper.pdf")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            done = write_pdf(paper, target, folders, datetime(2026, 11, 23, tzinfo=UTC))
        return Rendered(done.html, target.read_bytes(), pages(target), filled(target), body_pages(target))


def pages(pdf: Path) -> tuple[str, ...]:
    """Read the text of each page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_text(document[number]) for number in range(len(document)))
    finally:
        document.close()


def filled(pdf: Path) -> tuple[float, ...]:
    """Return how far down each page of a PDF has ink, as a share of the height that text may take."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(_filled(page) for page in document)


def _filled(page: pypdfium2.PdfPage) -> float:
    foot = page.get_height() - FOOT
    ink = (np.asarray(page.render(scale=1).to_pil().convert("RGB")) < INK).any(axis=(1, 2))
    rows = np.flatnonzero(ink[: int(foot)])
    return max(float(rows.max()) - TOP, 0.0) / (foot - TOP) if rows.size else 0.0


def body_pages(pdf: Path) -> int:
    """Return the number of pages with a part of the body: the appendices may begin below it on the same page."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            found = page.get_textpage().search("APPENDIX A:", match_case=True).get_next()
            if found is not None:
                _, _, _, top = page.get_textpage().get_charbox(found[0])
                return number + (page.get_height() - top > TOP + 20)
    return len(pages(pdf))


def _text(sheet: pypdfium2.PdfPage) -> str:
    found = sheet.get_textpage()
    try:
        return found.get_text_bounded()
    finally:
        found.close()
        sheet.close()
