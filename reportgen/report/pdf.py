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
from reportgen.files import atomic_write
from reportgen.report import archive
from reportgen.report.folders import Folders
from reportgen.report.lettering import whole_words
from reportgen.report.page import DENSITIES, Fit, page
from reportgen.report.pango import install_command
from reportgen.report.paper import Attachment, Paper

PX_PER_MM = 96 / 25.4
FOOT = 20.0
"""Millimetres at the end of the first page that stay free: its margin, and what a page that is followed by others needs."""

GAPS = 3
MOST_AIR = 6.0
"""Gaps of the decision page that share what is left of it, and millimetres that one takes at most."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A paper as it was set: its number of pages, the HTML that they were made from, how its decision fits one page."""

    pages: int
    html: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class Guess:
    """How a decision may fit its page, while somebody else finds out how it does."""

    fit: Fit
    found: Future[Fit]


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
    guess: Guess | None = None,
) -> Typeset:
    """Set the paper and write it; `attachments` are asked for once it is set. Raises MissingLibrary without Pango."""
    weasyprint = _weasyprint()
    fit, html, document = _Setting(weasyprint, paper, folders).whole(guess)
    document.metadata.created = document.metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.attachments = [_attached(weasyprint, one, created) for one in attachments()]
    archive.identify(document)
    with atomic_write(target) as draft, whole_words():
        finisher = archive.finisher(html)
        document.write_pdf(draft, pdf_variant="pdf/a-3a", pdf_tags=True, finisher=finisher)
    return Typeset(len(document.pages), html, fit)


def first_fit(paper: Paper, folders: Folders) -> Fit:
    """Find the roomiest way to set the decision on one page, judged by that page alone."""
    return next(_Setting(_weasyprint(), paper, folders).fits(DENSITIES))


def write_page(html: str, target: Path, folders: Folders, created: datetime) -> None:
    """Set a page that is no paper, such as a portfolio. Raises MissingLibrary where Pango is not installed."""
    weasyprint = _weasyprint()
    base = folders.ours.as_uri() + "/"
    document = weasyprint.HTML(string=html, base_url=base, url_fetcher=_fetcher(weasyprint, folders)).render()
    document.metadata.created = document.metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    with atomic_write(target) as draft, whole_words():
        document.write_pdf(draft, pdf_variant="pdf/a-3a", pdf_tags=True)


class _Setting:
    """Sets pages, with fonts loaded once."""

    def __init__(self, weasyprint: Any, paper: Paper, folders: Folders) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self._weasyprint, self._paper, self._folders = weasyprint, paper, folders
        self._base = folders.ours.as_uri() + "/"
        self._fetcher = _fetcher(weasyprint, folders)
        self._fonts = FontConfiguration()

    def lay_out(self, html: str) -> Any:
        """Lay a page out."""
        parsed = _parsed(self._weasyprint, html, self._base, self._fetcher)
        return parsed.render(font_config=self._fonts)

    def whole(self, guess: Guess | None) -> tuple[Fit, str, Any]:
        """Lay the paper out with a decision page of one page, as roomy as that allows."""
        laid_out = {guess.fit: self._with(guess.fit)} if guess else {}
        fit, html, document = Fit(), "", None
        for fit in self._first_fits(guess):
            html, document = laid_out.get(fit) or self._with(fit)
            if len(document.pages) == 1 or document.pages[1].anchors:
                break
        return fit, html, document

    def _with(self, fit: Fit) -> tuple[str, Any]:
        """Lay the paper out with its decision set so."""
        html = page(self._paper, self._folders, "pdf", fit)
        return html, self.lay_out(html)

    def _first_fits(self, guess: Guess | None) -> Iterator[Fit]:
        """List the ways to set the decision page that fit one page; the first is not looked for where another does."""
        if guess is None:
            yield from self.fits(DENSITIES)
            return
        first = guess.found.result()
        yield first
        yield from self.fits(DENSITIES[DENSITIES.index(first.density) + 1 :])

    def fits(self, densities: Sequence[str]) -> Iterator[Fit]:
        """List the ways to set the decision page that fit one page, judged by the page alone."""
        for density in densities:
            alone = page(self._paper, self._folders, "pdf", Fit(density), first_only=True)
            pages = self.lay_out(alone).pages
            if len(pages) == 1:
                yield Fit(density, _air(pages[0]))
        yield Fit(DENSITIES[-1])


def _air(page: Any) -> float:
    """Share the free height of a page between its gaps."""
    box = page._page_box  # noqa: SLF001  what is set where is nowhere else to be read
    main = next((b for b in box.descendants() if b.element_tag == "main"), None)
    if main is None:
        return 0.0
    left: float = (page.height - main.position_y - main.height) / PX_PER_MM - FOOT
    return round(min(max(left / GAPS, 0.0), MOST_AIR), 1)


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

    class Parsed(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self) -> None:  # what WeasyPrint makes of its own parser's tree
            self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    return Parsed()


def _as_xml(html: str) -> Element | None:
    """Read a page as XML; None where it is none, or defines entities, which can stand for billions of letters."""
    if "<!ENTITY" in html:
        return None
    with contextlib.suppress(ParseError):
        return fromstring(html)  # noqa: S314  its texts are escaped, and it defines no entity
    return None


def _attached(weasyprint: Any, one: Attachment, created: datetime) -> Any:
    return weasyprint.Attachment(
        string=one.content, name=one.name, description=one.description, relationship=one.relationship,
        created=created, modified=created,
    )  # fmt: skip


def _fetcher(weasyprint: Any, folders: Folders) -> Any:
    """Let the page load pictures that stand in it and files of the templates' folders, and nothing else."""
    inside = folders.ours.as_uri() + "/"

    class Inside(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:image/"):
                return super().fetch(url, headers)
            if not url.startswith(inside):
                raise ValueError(f"{url} is not one of the paper's own files")
            return super().fetch(folders.find(url.removeprefix(inside)).as_uri(), headers)

    return Inside()
