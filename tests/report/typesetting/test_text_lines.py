"""Lines of text are shaped once for all layouts of a paper, and as WeasyPrint shapes them by itself."""

import re
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.layout import inline
from weasyprint.text import fonts, line_break

from reportgen.report.typesetting.text_lines import PROPERTIES, TextLines

TEXT = "Extraordinarily long words and short ones, AV and fi, break where the measure ends."
STYLES = (
    "font-size: 11pt", "font-weight: 700", "font-style: italic", "font-family: monospace", "letter-spacing: 2px", "word-spacing: 5px",
    "white-space: nowrap", "white-space: pre-wrap", "word-break: break-all", "overflow-wrap: anywhere", "hyphens: auto",
    "hyphens: auto; hyphenate-character: '+'", "hyphens: auto; hyphenate-limit-chars: 5 2 2", "font-kerning: none",
    "font-variant-ligatures: none", "font-variant-caps: small-caps", "text-decoration: underline", "direction: rtl", "width: 90px",
    "text-align: justify",
)  # fmt: skip


def _page(style: str, text: str = TEXT) -> Any:
    styles = f"p {{ width: 120px; font: 10pt serif; {style} }}"
    return HTML(string=f"<html lang='en'><style>{styles}</style><body><p>{text}</p></body></html>")


def _lines(document: Any) -> list[tuple[object, ...]]:
    boxes = document.pages[0]._page_box.descendants()
    return [
        (
            box.text,
            box.position_x,
            box.position_y,
            box.width,
            box.height,
            box.baseline,
            box.justification_spacing,
        )
        for box in boxes
        if type(box).__name__ == "TextBox"
    ]


@pytest.fixture
def shaped(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which each text is added that WeasyPrint itself shapes a line of."""
    texts: list[str] = []
    shape = line_break.split_first_line

    def counted(*given: Any, **named: Any) -> Any:
        texts.append(given[0])
        return shape(*given, **named)

    monkeypatch.setattr(inline, "split_first_line", counted)  # what is called for lines that are not known
    return texts


@pytest.mark.parametrize("style", STYLES)
def test_a_line_is_as_weasyprint_has_it(style: str) -> None:
    """After the same text in another style, and again in its own; the files are equal too."""
    lines = TextLines()
    with lines.kept():
        _page("").render()
        first, again = _page(style).render(), _page(style).render()
    by_itself = _page(style).render()
    assert _lines(first) == _lines(again) == _lines(by_itself)
    files = [document.write_pdf(uncompressed_pdf=True) for document in (first, again, by_itself)]
    assert files[0] == files[1] == files[2]


def test_a_line_is_shaped_once(shaped: list[str]) -> None:
    """A second layout of the same text shapes nothing; more room, or another text, does."""
    lines, counts = TextLines(), []
    for page in (_page(""), _page(""), _page("width: 130px"), _page("", "Another text")):
        before = len(shaped)
        with lines.kept():
            page.render()
        counts.append(len(shaped) - before)
    assert counts[0] > counts[1] == 0
    assert counts[2] > 0
    assert counts[3] == 1


def test_all_that_weasyprint_reads_is_in_the_key() -> None:
    """No property of a style is read where lines are shaped but those that tell lines apart."""
    source = Path(line_break.__file__).read_text() + Path(fonts.__file__).read_text()
    read = set(re.findall(r"style\['(\w+)'\]", source))
    assert read - set(PROPERTIES) == {"line_height"}  # of the strut, which is kept with its style
    assert set(PROPERTIES) <= read


def test_what_was_replaced_is_there_again() -> None:
    """After the layout, also one that failed, WeasyPrint is as it was."""
    usual = inline.split_first_line, inline.strut
    kept = TextLines().kept()
    with pytest.raises(UnicodeEncodeError), kept:
        _page("", "\ud800").render()
    assert (inline.split_first_line, inline.strut) == usual


def test_each_of_several_threads_shapes_its_own_lines(shaped: list[str]) -> None:
    """Several papers at once take no line from each other: fonts of one name may be different files."""
    usual = inline.split_first_line
    _page("").render()
    once, start = len(shaped), Barrier(4)
    shaped.clear()

    def lay_out() -> None:
        lines = TextLines()
        start.wait()
        for _ in range(3):
            with lines.kept():
                _page("").render()

    threads = [Thread(target=lay_out) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shaped) == 4 * once
    assert inline.split_first_line is usual
