"""The user's templates take precedence by name, and cannot reach beyond the page."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from reportgen.errors import SurroundingsError
from reportgen.files import templates
from reportgen.report import sandbox
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.page import render_paper
from reportgen.report.paper import Paper
from reportgen.report.pdf import first_fit
from reportgen.report.typesetting.parsing import StyleSheets
from tests.agreement.cases import SHIPPED, analysis_of


@cache
def shipped() -> Paper:
    """Return the paper of the shipped case."""
    return paper_of(analysis_of(SHIPPED))


def own(folder: Path, name: str, text: str) -> Folders:
    """Write a template into a user's folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return Folders(templates(), folder)


def test_own_template_and_style_go_first(tmp_path: Path) -> None:
    """The band is the user's, the rest is built in."""
    (tmp_path / "report.css").write_text("p { color: rebeccapurple }", encoding="utf-8")
    html = render_paper(
        shipped(), own(tmp_path, "band.html.j2", "<header><h1>Ours: {{ paper.title }}</h1></header>")
    )
    assert "<h1>Ours: Serving one billion tokens a month</h1>" in html
    assert "rebeccapurple" in html
    assert "How to read this paper" in html


@pytest.mark.parametrize(
    "text",
    [
        "{{ paper.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ paper.titel }}",
        "{% if %}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
def test_template_that_reaches_out_or_is_wrong_is_refused(tmp_path: Path, text: str) -> None:
    """The sandbox stops it; the error names the folder."""
    with pytest.raises(SurroundingsError, match="cannot be used"):
        render_paper(shipped(), own(tmp_path, "band.html.j2", text))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "more than 50,000 turns"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "recursion"),
        ("{{ 'x' * 10000000000 }}", "too large"),
        ("{{ 9 ** 99999999 }}", "too large"),
        ("{{ '%9999999999d' % 1 }}", "too large"),
        ("{{ 'x' | center(5000000000) }}", "MB of memory"),
        ("{{ range(999999999) | list }}", "Range too big"),
        ("{{ lipsum(n=999999999) }}", "lipsum"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)  # fmt: skip
def test_a_template_that_runs_away_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, sentence: str
) -> None:
    """Loops without an end, recursion, huge values and errors of arithmetic are sentences, and no bug."""
    monkeypatch.setattr(sandbox, "TURNS", 50_000)  # the program allows more, which would take seconds
    with pytest.raises(SurroundingsError, match=sentence):
        render_paper(shipped(), own(tmp_path, "band.html.j2", text))


def test_names_do_not_lead_out_of_the_folders(tmp_path: Path) -> None:
    """A name does not lead out by dots or by a symbolic link."""
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    inside = tmp_path / "mine"
    inside.mkdir()
    (inside / "link.css").symlink_to(tmp_path / "secret")
    folders = Folders(templates(), inside)
    for name in ("../secret", "link.css"):
        with pytest.raises(SurroundingsError, match="not in the folder"):
            folders.find(name)


def test_title_cannot_become_markup() -> None:
    """Texts of a case are escaped."""
    html = render_paper(
        replace(shipped(), title="<script>alert(1)</script>", organisation='"><img src=x>'),
        Folders(templates()),
    )
    assert "<script" not in html
    assert "<img src=x" not in html


def test_sections_are_chosen() -> None:
    """Only selected sections are in the paper and in its contents."""
    html = render_paper(
        replace(shipped(), chosen_sections=("decision", "contents", "tco")), Folders(templates())
    )
    assert 'id="tco"' in html
    assert 'id="risk"' not in html
    assert 'href="#risk"' not in html
    bare = render_paper(replace(shipped(), chosen_sections=("tco",)), Folders(templates()))
    assert 'id="decision"' not in bare
    assert "<h1>Serving one billion tokens a month</h1>" in bare


def test_own_colours_and_locale() -> None:
    """An option has the case's colour; numbers are formatted in the paper's locale."""
    html = render_paper(replace(shipped(), colours={"api": "#A01020"}, locale="en-PL"), Folders(templates()))
    assert "#A01020" in html
    assert "$1,16M" in html
    assert "23 November 2026" in html


def test_extra_style_is_added_after_ours(tmp_path: Path) -> None:
    """`extra.css` replaces nothing and comes last, so that its rules win."""
    html = render_paper(shipped(), own(tmp_path, "extra.css", "p { color: rebeccapurple }"), "html")
    assert html.index("break-after: avoid") < html.index("rebeccapurple") < html.index("</style>")
    assert "How to read this paper" in html


def test_styles_that_the_layout_fails_on_end_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What WeasyPrint does not allow for is no bug of the program where the styles are the user's; with its own ones it is."""

    def fails(*_: object) -> None:
        raise TypeError("no such box")

    monkeypatch.setattr(StyleSheets, "render", fails)
    folders = own(tmp_path, "extra.css", ".sec { display: grid }")
    with pytest.raises(SurroundingsError, match=r"cannot be used: WeasyPrint .* \(TypeError: no such box\)"):
        first_fit(shipped(), folders)
    with pytest.raises(TypeError):
        first_fit(shipped(), Folders(templates()))


def test_unknown_name_is_an_error(tmp_path: Path) -> None:
    """A file that would never be read is refused, with the names that are."""
    with pytest.raises(SurroundingsError, match=r"band\.html is none of the paper's files: band\.html\.j2"):
        own(tmp_path, "band.html", "<header/>").custom_names()


def test_replaced_files_are_named(tmp_path: Path) -> None:
    """Those that replace or follow ours are listed; fonts and pictures of any name are let be, hidden files too."""
    for name in ("mine.ttf", "seal.png", ".DS_Store"):
        (tmp_path / name).write_bytes(b"")
    folders = own(tmp_path, "band.html.j2", "<header/>")
    (tmp_path / "extra.css").write_text("", encoding="utf-8")
    assert folders.custom_names() == ("band.html.j2", "extra.css")
    assert Folders(templates()).custom_names() == ()
