"""The web page: self-contained, without requests, with the same text as the PDF."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.report.web import embed_files, write_html
from tests.agreement.cases import SHIPPED, analysis_of

OURS = Folders(templates())
VOID = {"meta", "link", "img", "br", "col", "hr", "input"}


class TagNesting(HTMLParser):
    """Check that tags are nested, and collect the addresses that the page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an opened tag."""
        self.loaded += [value or "" for name, value in attrs if name in ("src", "data", "poster", "srcset")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a self-closing tag, which in HTML is a void element or part of an SVG."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last opened tag."""
        assert self.open.pop() == tag


def test_page_needs_nothing_else(tmp_path: Path) -> None:
    """No external links, no script, embedded fonts, a policy that forbids requests; tags are nested."""
    target = tmp_path / "paper.html"
    size = write_html(paper_of(analysis_of(SHIPPED)), target, OURS)
    html = target.read_text(encoding="utf-8")
    assert size == target.stat().st_size
    style = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)[0]
    assert "default-src 'none'" in html
    assert "<script" not in html
    assert "@import" not in style
    assert set(re.findall(r"url\((data:font/woff2|[^)]{0,20})", style)) == {"data:font/woff2"}
    seen = TagNesting()
    seen.feed(html)
    assert seen.open == []
    assert seen.loaded == []


def test_words_are_those_of_the_pdf() -> None:
    """Both media come from the same sections, in the same order."""
    heads = [
        re.findall(r"<h[23][^>]*>(.*?)</h[23]>", render_paper(paper_of(analysis_of(SHIPPED)), OURS, medium))
        for medium in ("pdf", "html")
    ]  # type: ignore[list-item]
    assert heads[0] == heads[1]
    assert len(heads[0]) > 20


def test_style_cannot_end_itself(tmp_path: Path) -> None:
    """A style of the user's own cannot close its element and write into the page."""
    (tmp_path / "report.css").write_text("p { } </style><script>alert(1)</script>", encoding="utf-8")
    html = render_paper(paper_of(analysis_of(SHIPPED)), Folders(templates(), tmp_path), "html")
    assert "<script" not in html.replace("<\\/style><script>", "")
    assert "<\\/style>" in html


def test_missing_font_is_an_error() -> None:
    """A style that loads a missing file is an error."""
    with pytest.raises(SurroundingsError, match=r"nowhere\.ttf"):
        embed_files("<style>@font-face { src: url(nowhere.ttf) }</style>", OURS)
