"""Writing of the paper as PDF with WeasyPrint, the workbook and the case attached; equal cases give equal bytes."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from threading import get_ident
from typing import Any

from reportgen.errors import ReportgenError, SurroundingsError
from reportgen.files import atomic_write
from reportgen.report.folders import Folders
from reportgen.report.page import LAYOUTS, LIKELY, Fit, chart_heights, heights_in, render_paper
from reportgen.report.pagination.blocks import blocks_of
from reportgen.report.pagination.stretching import LEAST, MOST, Body, chart_stretches, chunks_of
from reportgen.report.paper import Attachment, Paper
from reportgen.report.tagging import conformance as pdf_conformance
from reportgen.report.typesetting import loading
from reportgen.report.typesetting.font_subsets import FontSubsets
from reportgen.report.typesetting.pango import install_command
from reportgen.report.typesetting.parsing import StyleSheets, parsed_page
from reportgen.report.typesetting.serialisation import serialised_once
from reportgen.report.typesetting.styles import ComputedStyles
from reportgen.report.typesetting.svg_text import unsplit_chart_text
from reportgen.report.typesetting.text_lines import TextLines
from reportgen.report.typesetting.used_values import used_values_kept
from reportgen.runtime.records import dataclass

PX_PER_MM = 96 / 25.4
FOOT_MM = 20.0
"""Millimetres kept free at the end of the first page: its margin, and a reserve for the page break."""

SIZES_MM = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height of the paper."""

ENDLESS_MM = 9000
"""The height of the sheet on which the body is measured."""

MEASURING_STYLE = 'ol.toc a::before { content: "00" }'
"""Style while measuring: the contents without page numbers.

Why: page numbers in a text have WeasyPrint lay all of it out twice.
"""

DRAWING = re.compile(r"(<svg\b[^>]*>).*?</svg>", re.DOTALL)
"""A chart: how high it is stands in its first tag."""

NEARLY_MM = 25.0
"""A layout that takes this much more than a page, or less, probably fits with the next narrower spacing."""

GAP_COUNT = 4
MOST_GAP_MM = 6.0
"""Number of gaps of the decision page that share its free height, and the most that one may take, in millimetres."""


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A written paper: its number of pages, its HTML, and the layout of its decision page."""

    pages: int
    html: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class ExpectedFit:
    """The layout that the decision page probably has, and a future with the computed layout.

    Why: another process computes the layout while this one already lays out the paper with the expected one.
    """

    fit: Fit
    checked: Future[Fit]


class MissingLibrary(SurroundingsError):
    """Pango, which shapes the paper's text, is not installed."""

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
    """Lay out the paper and write it; `attachments` is called after the layout. Raises MissingLibrary without Pango."""
    weasyprint = _weasyprint()
    fit, html, document = _Typesetter(weasyprint, paper, folders).lay_out_paper(expected)
    document.metadata.attachments = [
        _weasyprint_attachment(weasyprint, one, created) for one in attachments()
    ]
    _write_document(document, html, target, created)
    return WrittenPaper(len(document.pages), html, fit)


def _write_document(document: Any, html: str, target: Path, created: datetime) -> None:
    """Write a laid-out document as PDF/A-3a and PDF/UA-1, dated."""
    pdf_conformance.declare_pdf_ua(document)
    with _dated_draft(document, target, created) as draft:
        finisher = pdf_conformance.accessibility_finisher(html)
        document.write_pdf(draft, pdf_variant="pdf/a-3a", pdf_tags=True, finisher=finisher)


@contextmanager
def _dated_draft(document: Any, target: Path, created: datetime) -> Iterator[Path]:
    """Date a document, and provide the file to write it to, which replaces `target` when it is whole."""
    document.metadata.created = document.metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    with atomic_write(target) as draft, unsplit_chart_text(), serialised_once(), _font_subsets().kept():
        yield draft


def write_summary(paper: Paper, target: Path, folders: Folders, created: datetime, fit: Fit) -> int:
    """Write the decision page by itself, laid out as in the paper; return its pages. Raises MissingLibrary without Pango."""
    html = render_paper(paper, folders, "pdf", fit, first_page_only=True)
    document = _Typesetter(_weasyprint(), paper, folders).lay_out(html)
    _write_document(document, html, target, created)
    return len(document.pages)


def laid_out(paper: Paper, folders: Folders, fit: Fit) -> Any:
    """Lay out the paper with a given layout of its decision page, as WeasyPrint's document, whose boxes can be examined."""
    return _Typesetter(_weasyprint(), paper, folders).lay_out_with(fit)[1]


def first_fit(paper: Paper, folders: Folders) -> Fit:
    """Return the widest layout with which the decision fits one page, laying out that page only."""
    return next(_Typesetter(_weasyprint(), paper, folders).one_page_fits(LAYOUTS))


def write_page(html: str, target: Path, folders: Folders, created: datetime) -> None:
    """Write HTML other than a paper, such as a portfolio, as PDF. Raises MissingLibrary without Pango."""
    weasyprint = _weasyprint()
    base, fetcher = _base(folders), _fetcher(weasyprint, folders)
    page = weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)
    document = StyleSheets(weasyprint, base, fetcher).render(page)
    with _dated_draft(document, target, created) as draft:
        document.write_pdf(draft, pdf_variant="pdf/a-3a", pdf_tags=True)


class _Typesetter:
    """Lay out pages of one paper, with fonts loaded once; the built-in ones once for all papers of a thread."""

    def __init__(self, weasyprint: Any, paper: Paper, folders: Folders) -> None:
        self._weasyprint, self._paper, self._folders = weasyprint, paper, folders
        base, fetcher = _base(folders), _fetcher(weasyprint, folders)
        # of templates and styles of one's own nobody knows what has a look in them
        known = folders.custom is None
        self._lines, self._computed = TextLines(), ComputedStyles() if known else None
        self._parse = partial(parsed_page, weasyprint, base=base, fetcher=fetcher, simplify=known)
        own_fonts = folders.custom or paper.look.fonts
        self._styles = (
            StyleSheets(weasyprint, base, fetcher)
            if own_fonts
            else _style_sheets(weasyprint, folders, get_ident())
        )

    def lay_out(self, html: str, *more_styles: str) -> Any:
        """Lay out HTML as a WeasyPrint document, with the style sheets in it, and more.

        Raises SurroundingsError where WeasyPrint fails on templates or styles of the user's folder.
        """
        try:
            computed = self._computed.kept() if self._computed else nullcontext()
            with self._lines.kept(), computed, used_values_kept():
                return self._styles.render(self._parse(html), *more_styles)
        except (ReportgenError, OSError, MemoryError):
            raise
        except Exception as error:  # what WeasyPrint does not allow for may fail in any way
            if self._folders.custom is None:
                raise
            raise SurroundingsError(
                f"The templates and styles in {self._folders.custom} cannot be used: WeasyPrint fails to lay out the paper "
                f"with them ({type(error).__name__}: {error})."
            ) from error

    def lay_out_paper(self, expected: ExpectedFit | None) -> tuple[Fit, str, Any]:
        """Lay out the paper with the widest layout that keeps the decision on one page: layout, HTML, document."""
        laid_out = {expected.fit: self.lay_out_with(expected.fit)} if expected else {}
        fit, html, document = Fit(), "", None
        for fit in self._candidate_fits(expected):
            html, document = laid_out.get(fit) or self.lay_out_with(fit)
            if len(document.pages) == 1 or document.pages[1].anchors:
                break
        return fit, html, document

    def lay_out_with(self, fit: Fit) -> tuple[str, Any]:
        """Lay out the paper with a layout of its decision page, its pages filled: HTML, document."""
        html = render_paper(self._paper, self._folders, "pdf", fit, stretches=self._stretches(fit))
        return html, self.lay_out(html)

    def _stretches(self, fit: Fit) -> dict[str, float]:
        """Return the stretches of the charts with which they fill the pages, having measured the body on one endless sheet."""
        ends = chart_heights(self._paper, (LEAST, MOST))
        if not ends:
            return {}
        html = render_paper(self._paper, self._folders, "pdf", fit, body_only=True)
        usual = heights_in(html)
        heights = {name: (low, usual[name], high) for name, (low, high) in ends.items() if name in usual}
        width, height = SIZES_MM[self._paper.size]
        endless = f"@page {{ size: {width}mm {ENDLESS_MM}mm }}"
        sheet = self.lay_out(DRAWING.sub(r"\1</svg>", html), endless, MEASURING_STYLE).pages[-1]
        page = height * PX_PER_MM - (sheet.height - sheet._page_box.height)  # noqa: SLF001
        return chart_stretches(Body(chunks_of(blocks_of(sheet)), page, heights))

    def _candidate_fits(self, expected: ExpectedFit | None) -> Iterator[Fit]:
        """List the layouts to try, widest first; with an expected fit the first one is computed elsewhere."""
        if expected is None:
            yield from self.one_page_fits(LAYOUTS)
            return
        first = expected.checked.result()
        yield first
        yield from self.one_page_fits(LAYOUTS[LAYOUTS.index(replace(first, air=0.0)) + 1 :])

    def one_page_fits(self, layouts: Sequence[Fit]) -> Iterator[Fit]:
        """List those of some layouts, widest first, with which the decision fits one page, laying out that page only.

        Why so few are tried: each layout takes as long as a page of the paper, and what is narrower needs less height.
        """
        found: dict[int, Fit] = {}
        too_wide, first, nearly = -1, len(layouts), False
        likely = [layouts.index(one) for one in LIKELY if one in layouts]
        while first - too_wide > 1:
            usual = next((one for one in likely if too_wide < one < first), (too_wide + first) // 2)
            place = too_wide + 1 if nearly else usual
            over = self._overflow(layouts, place, found)
            if over:
                too_wide = place
            else:
                first = place
            nearly = 0 < over < NEARLY_MM
        for place in range(first, len(layouts)):
            if place in found or not self._overflow(layouts, place, found):
                yield found[place]
        yield LAYOUTS[-1]

    def _overflow(self, layouts: Sequence[Fit], place: int, found: dict[int, Fit]) -> float:
        """Return by how many millimetres a layout takes more than one page; a layout that does not is kept in `found`, with its free height."""
        first_page = render_paper(self._paper, self._folders, "pdf", layouts[place], first_page_only=True)
        pages = self.lay_out(first_page).pages
        if len(pages) == 1:
            found[place] = replace(layouts[place], air=_free_gap(pages[0]))
            return 0.0
        rest = _main(pages[1])
        return rest.height / PX_PER_MM if rest and len(pages) == 2 and rest.height else inf


def _free_gap(page: Any) -> float:
    """Return the millimetres that each gap of the decision page gets of the page's free height."""
    main = _main(page)
    if main is None:
        return 0.0
    free: float = (page.height - main.position_y - main.height) / PX_PER_MM - FOOT_MM
    return round(min(max(free / GAP_COUNT, 0.0), MOST_GAP_MM), 1)


def _main(page: Any) -> Any:
    """Return the box of the page's main part; None where it has none."""
    boxes = page._page_box.descendants()  # noqa: SLF001  positions of boxes are not public
    return next((box for box in boxes if box.element_tag == "main"), None)


def _weasyprint() -> Any:
    """Import WeasyPrint. Raises MissingLibrary if Pango is missing."""
    try:
        return loading.weasyprint()
    except OSError as error:
        raise MissingLibrary from error


def _weasyprint_attachment(weasyprint: Any, one: Attachment, created: datetime) -> Any:
    return weasyprint.Attachment(
        string=one.content, name=one.name, description=one.description, relationship=one.relationship,
        created=created, modified=created,
    )  # fmt: skip


def _base(folders: Folders) -> str:
    """Return the address that the paper's files are named from."""
    return folders.built_in.as_uri() + "/"


@lru_cache(maxsize=2)
def _style_sheets(weasyprint: Any, folders: Folders, _thread: int) -> StyleSheets:
    """Return the style sheets of papers in the built-in fonts, for one thread.

    Why: loading the fonts for each paper takes a tenth of a second, and memory that Pango does not give back.
    """
    return StyleSheets(weasyprint, _base(folders), _fetcher(weasyprint, folders))


@lru_cache(maxsize=1)
def _font_subsets() -> FontSubsets:
    """Return the cut fonts of all papers of this process."""
    return FontSubsets()


def _fetcher(weasyprint: Any, folders: Folders) -> Any:
    """Return a URL fetcher that loads embedded pictures and files of the template folders, and nothing else."""
    root = _base(folders)

    class TemplateFolderFetcher(weasyprint.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(("data:image/", "data:font/")):
                return super().fetch(url, headers)
            if not url.startswith(root):
                raise ValueError(f"{url} is not one of the paper's own files")
            return super().fetch(folders.find(url.removeprefix(root)).as_uri(), headers)

    return TemplateFolderFetcher()
