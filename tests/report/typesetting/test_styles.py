"""Computed styles are shared by the layouts of a paper, and each layout is the one that WeasyPrint makes by itself."""

import inspect
import re
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from weasyprint import CSS, HTML
from weasyprint.css import ComputedStyle, StyleFor

from reportgen.files import templates
from reportgen.report.typesetting.styles import ComputedStyles
from tests.paths import ROOT

SHEET = """
html { font: 10pt/1.3 serif; color: #223 } body { counter-reset: part } h2 { counter-increment: part; font-size: 1.4em }
h2::before { content: counter(part) ". " } .s { margin: 1em 2%; width: 60% } .s .s { width: 50%; color: red } td { padding: 2px 5% }
table { border-collapse: collapse; width: 100% } .narrow { width: 25% } li::marker { color: blue } em { font-size: .8em }
p::before { content: "\\2014 " } a::after { content: target-counter(attr(href), page) } b { color: inherit; font-size: inherit }
@page { size: 300px 400px; margin: 20px; @bottom-right { content: counter(page) } } .r { font-size: 1.2rem } .x { border: 1px solid }
"""
LARGE = "@page { size: 300px 3000px }"
BODIES = (
    "<p>Some text",
    "<p class='s'>Some <b>bold</b> and <em>small <b>words</b></em>",
    "<div class='s'><p class='s'>Inner</p></div><p class='s'>Outer",
    "<h2 id='one'>A part</h2><p>Text</p><h2 id='two'>Another</h2><p><a href='#two'>Where</a>",
    "<h2 id='two'>A part</h2><p>Text</p><h2 id='one'>Another</h2><p><a href='#two'>Where</a>",
    "<ul><li>One<li class='r'>Two</ul><ol><li>One</ol>",
    "<table><col style='width: 20%'><col style='width: 80%'><tr><td>One<td>Two<tr><td class='x'>Three<td>Four</table>",
    "<table><col style='width: 70%'><col style='width: 30%'><tr><td>One<td>Two<tr><td>Three<td class='x'>Four</table>",
    "<p style='width: 50%'>Half</p><p style='width: 50px'>Fifty</p><p style='width: 50.0%'>Half",
    "<p style='color: rgb(1 2 3)'>One</p><p style='color: rgb(1 2 4)'>Another",
    "<p style='margin: 0'>None</p><p style='margin: 0%'>None</p><p style='margin: auto'>Own",
    "<p style='width: calc(50% - 4px)'>Sum</p><p style='width: calc(50% - 5px)'>Sum",
    "<p lang='de'>Worte</p><p lang='en'>Words</p><p>Words",
    "<div style='float: left' class='narrow'>Left</div><p>Beside it",
    "<p class='s' style='color: green'>Own <b>colour</b></p><p class='s'>Usual <b>colour</b>",
    "<p>" + "Many words on several pages. " * 120,
)
"""Pages that follow each other; some differ in one value, or in its unit alone."""


def _boxes(document: Any) -> list[tuple[object, ...]]:
    return [
        (type(box).__name__, getattr(box, "text", None), box.position_x, box.position_y,
         *(getattr(box, name, None) for name in ("width", "height", "padding_left", "border_top_width")), str(box.style["color"]), box.style["font_size"])
        for page in document.pages for box in page._page_box.descendants()
    ]  # fmt: skip


def _rendered(body: str, *sheets: CSS) -> Any:
    return HTML(string=f"<html lang='en'><body>{body}</body></html>").render(stylesheets=list(sheets))


@pytest.mark.parametrize("more", ["", LARGE])
def test_layouts_are_those_of_weasyprint(more: str) -> None:
    """Each page is laid out after all others, and again on a larger sheet or the same; boxes and files are those without sharing."""
    sheet, other = CSS(string=SHEET), CSS(string=more)
    computed = ComputedStyles()
    for body in (*BODIES, *reversed(BODIES)):
        with computed.kept():
            shared = _rendered(body, sheet), _rendered(body, sheet, other)
        for one, sheets in zip(shared, ((sheet,), (sheet, other)), strict=True):
            by_itself = _rendered(body, *sheets)
            assert _boxes(one) == _boxes(by_itself)
            assert one.write_pdf(uncompressed_pdf=True) == by_itself.write_pdf(uncompressed_pdf=True)


@pytest.mark.parametrize(
    "rule",
    [
        "body { overflow: hidden }",
        "html { overflow: hidden }",
        "b { position: note(foot) } @page { @note(foot) { content: element(foot) } }",
        "b { float: footnote }",
        "b { position: running(head) } @page { @top-left { content: element(head) } }",
    ],
)
def test_what_a_layout_writes_into_a_style_is_not_kept(rule: str) -> None:
    """WeasyPrint takes the overflow of the page from its root or body, and gives notes their anchors."""
    sheet, computed = (
        CSS(string=f"@page {{ size: 300px 200px }} p {{ height: 150px }} {rule}"),
        ComputedStyles(),
    )
    for body in ("<p>One <b>note</b>", "<p>Two <b>notes</b><p>and <b>more</b>", "<p>One <b>note</b>"):
        with computed.kept():
            shared = _rendered(body, sheet)
        by_itself = _rendered(body, sheet)
        overflows = [[page._page_box.style["overflow"] for page in one.pages] for one in (shared, by_itself)]
        assert overflows[0] == overflows[1]
        assert _boxes(shared) == _boxes(by_itself)
        assert shared.write_pdf(uncompressed_pdf=True) == by_itself.write_pdf(uncompressed_pdf=True)


def test_a_second_layout_computes_no_styles_of_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    """But those with a value of their own that is neither text nor number, such as a sum or a colour."""
    asked: list[object] = []
    compute = StyleFor.set_computed_styles

    def counted(style_for: StyleFor, element: Any, *given: Any, **named: Any) -> None:
        asked.append(element)
        compute(style_for, element, *given, **named)

    monkeypatch.setattr(StyleFor, "set_computed_styles", counted)
    sheet, computed, counts = CSS(string=SHEET), ComputedStyles(), []
    for _ in range(2):
        asked.clear()
        with computed.kept():
            _rendered("".join(BODIES), sheet)
        counts.append([one for one in asked if isinstance(one, Element)])
    assert len(counts[0]) > 60
    assert {one.attrib.get("style") for one in counts[1]} == {
        "color: rgb(1 2 3)", "color: rgb(1 2 4)", "width: calc(50% - 4px)", "width: calc(50% - 5px)", "color: green", None
    }  # fmt: skip
    assert {one.tag for one in counts[1]} == {"p", "b"}  # a bold text within a paragraph of its own colour


def test_nothing_is_kept_outside() -> None:
    """WeasyPrint's own method is back where the context ends."""
    usual = StyleFor.set_computed_styles
    with ComputedStyles().kept():
        assert StyleFor.set_computed_styles is not usual
    assert StyleFor.set_computed_styles is usual


def test_all_that_a_style_is_made_from_is_known() -> None:
    """A style is made from the style around it, its declarations and what all of a paper share; a later WeasyPrint may add to that."""
    parameters = list(inspect.signature(ComputedStyle.__init__).parameters)
    assert parameters == [
        "self", "parent_style", "cascaded", "pseudo_type", "root_style", "base_url", "font_config", "initial_page_sizes",
    ]  # fmt: skip
    given = list(inspect.signature(StyleFor.set_computed_styles).parameters)
    assert given == ["self", "element", "parent", "root", "pseudo_type", "base_url", "target_collector"]


def test_no_length_of_the_paper_is_part_of_the_size_of_its_page() -> None:
    """A style that is kept would have it from a page of another size."""
    written = [templates() / "report.css", *(ROOT / "reportgen" / "report").rglob("*.py")]
    assert not [
        path
        for path in written
        if re.search(r"[\d.](?:[sld]?v[whib]|[sld]?vmin|[sld]?vmax)\b", path.read_text("utf-8"))
    ]
