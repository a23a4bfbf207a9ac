"""The paper as PDF: WeasyPrint, with the workbook and the case attached, the same bytes for the same case."""

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from cssselect2 import ElementWrapper

from reportgen.errors import SurroundingsError
from reportgen.files import replacing
from reportgen.report import pdf_conformance
from reportgen.report.folders import Folders
from reportgen.report.page import DENSITIES, Fit, render_paper
from reportgen.report.pango import install_command
from reportgen.report.paper import Attachment, Paper
from reportgen.report.svg_text import unsplit_chart_text

PX_PER_MM = 96 / 25.4
FOOT_MM = 20.0
"""Millimetres at the end of the first page that stay free: its margin, and what a page that is followed by others needs."""

GAP_COUNT = 3
MOST_GAP_MM = 6.0
"""Gaps of the decision page that share what is left of it, and millimetres that one takes at most."""


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper as it was set: its number of pages, the HTML that they were made from, how its decision fits one page."""

    pages: int
    html: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class ExpectedFit:
    """How a decision may fit its page, while somebody else finds out how it does."""

    fit: Fit
    checked: Future[Fit]


class MissingLibrary(SurroundingsError):
    """Pango, which sets the paper's text, is not installed."""

    def __init__(self) -> None:
        super().__init__(
            f"The paper was not written: the library Pango is missing. Install it with: {install_command()}"
        )


def write_pdf(
    paper: Paper,
    target: Path,
    folders: Folders,
    created: datetime,
    attachments: Callable[[], Sequence[Attachment]] = tuple,
    expected: ExpectedFit | None = None,
) -> WrittenPaper:
    """Set the paper and write it; `attachments` are asked for once it is set. Raises MissingLibrary without Pango."""
    weasyprint = _weasyprint()
    fit, html, document = _Typesetter(weasyprint, paper, folders).lay_out_paper(expected)
    document.metadata.created = document.metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.attachments = [
        _weasyprint_attachment(weasyprint, one, created) for one in attachments()
    ]
    pdf_conformance.declare_pdf_ua(document)
    with replacing(target) as draft, unsplit_chart_text():
        finisher = pdf_conformance.accessibility_finisher(html)
        document.write_pdf(draft, pdf_variant="pdf/a-3a", pdf_tags=True, finisher=finisher)
    return WrittenPaper(len(document.pages), html, fit)


def first_fit(paper: Paper, folders: Folders) -> Fit:
    """Find the roomiest way to set the decision on one page, judged by that page alone."""
    return next(_Typesetter(_weasyprint(), paper, folders).one_page_fits(DENSITIES))


def write_page(html: str, target: Path, folders: Folders, created: datetime) -> None:
    """Set a page that is no paper, such as a portfolio. Raises MissingLibrary where Pango is not installed."""
    weasyprint = _weasyprint()
    base = folders.built_in.as_uri() + "/"
    document = weasyprint.HTML(string=html, base_url=base, url_fetcher=_fetcher(weasyprint, folders)).render()
    document.metadata.created = document.metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    with replacing(target) as draft, unsplit_chart_text():
        document.write_pdf(draft, pdf_variant="pdf/a-3a", pdf_tags=True)


class _Typesetter:
    """Sets pages, with fonts loaded once."""

    def __init__(self, weasyprint: Any, paper: Paper, folders: Folders) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self._weasyprint, self._paper, self._folders = weasyprint, paper, folders
        self._base = folders.built_in.as_uri() + "/"
        self._fetcher = _fetcher(weasyprint, folders)
        self._fonts = FontConfiguration()

    def lay_out(self, html: str) -> Any:
        """Lay a page out."""
        parsed = _parsed(self._weasyprint, html, self._base, self._fetcher)
        return parsed.render(font_config=self._fonts)

    def lay_out_paper(self, expected: ExpectedFit | None) -> tuple[Fit, str, Any]:
        """Lay the paper out with a decision page of one page, as roomy as that allows."""
        laid_out = {expected.fit: self._lay_out_with(expected.fit)} if expected else {}
        fit, html, document = Fit(), "", None
        for fit in self._candidate_fits(expected):
            html, document = laid_out.get(fit) or self._lay_out_with(fit)
            if len(document.pages) == 1 or document.pages[1].anchors:
                break
        return fit, html, document

    def _lay_out_with(self, fit: Fit) -> tuple[str, Any]:
        """Lay the paper out with its decision set so."""
        html = render_paper(self._paper, self._folders, "pdf", fit)
        return html, self.lay_out(html)

    def _candidate_fits(self, expected: ExpectedFit | None) -> Iterator[Fit]:
        """List the ways to set the decision page that fit one page; the first is not looked for where another does."""
        if expected is None:
            yield from self.one_page_fits(DENSITIES)
            return
        first = expected.checked.result()
        yield first
        yield from self.one_page_fits(DENSITIES[DENSITIES.index(first.density) + 1 :])

    def one_page_fits(self, densities: Sequence[str]) -> Iterator[Fit]:
        """List the ways to set the decision page that fit one page, judged by the page alone."""
        for density in densities:
            first_page = render_paper(self._paper, self._folders, "pdf", Fit(density), first_page_only=True)
            pages = self.lay_out(first_page).pages
            if len(pages) == 1:
                yield Fit(density, _free_gap(pages[0]))
        yield Fit(DENSITIES[-1])


def _free_gap(page: Any) -> float:
    """Share the free height of a page between its gaps."""
    box = page._page_box  # noqa: SLF001  what is set where is nowhere else to be read
    main = next((b for b in box.descendants() if b.element_tag == "main"), None)
    if main is None:
        return 0.0
    free: float = (page.height - main.position_y - main.height) / PX_PER_MM - FOOT_MM
    return round(min(max(free / GAP_COUNT, 0.0), MOST_GAP_MM), 1)


def _weasyprint() -> Any:
    """Import WeasyPrint; what it prints where Pango is missing is said in one sentence of ours."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        raise MissingLibrary from error
    return weasyprint


def _parsed(weasyprint: Any, html: str, base: str, fetcher: Any) -> Any:
    """Read a page as the XML that our templates write, in a fiftieth of the time; as HTML where one's own write no XML."""
    root = _as_xml(html)
    if root is None:
        return weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)

    class XmlDocument(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self) -> None:  # what WeasyPrint makes of its own parser's tree
            self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    return XmlDocument()


def _as_xml(html: str) -> Element | None:
    """Read a page as XML; None where it is none, or defines entities, which can stand for billions of letters."""
    if "<!ENTITY" in html:
        return None
    with contextlib.suppress(ParseError):
        return fromstring(html)  # noqa: S314  its texts are escaped, and it defines no entity
    return None


def _weasyprint_attachment(weasyprint: Any, one: Attachment, created: datetime) -> Any:
    return weasyprint.Attachment(
        string=one.content, name=one.name, description=one.description, relationship=one.relationship,
        created=created, modified=created,
    )  # fmt: skip


def _fetcher(weasyprint: Any, folders: Folders) -> Any:
    """Let the page load pictures that stand in it and files of the templates' folders, and nothing else."""
    root = folders.built_in.as_uri() + "/"

    class TemplateFolderFetcher(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            if not url.startswith(root):
                raise ValueError(f"{url} is not one of the paper's own files")
            return super().fetch(folders.find(url.removeprefix(root)).as_uri(), headers)

    return TemplateFolderFetcher()
