"""Pages are parsed for WeasyPrint with their drawings whole, and their style sheets read once."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reportgen.files import templates
from reportgen.report.composition import paper_of
from reportgen.report.folders import Folders
from reportgen.report.pdf import _Typesetter, first_fit, laid_out
from reportgen.report.typesetting.parsing import DRAWING, StyleSheets, parsed_page
from reportgen.report.typesetting.variables import with_values
from tests.agreement.cases import SHIPPED, analysis_of

PAGE = (
    "<html><head><style>p { color: var(--ink) } :root { --ink: #123456 }</style></head>"
    '<body><p>A</p><svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"><title>T</title><g><path d="M0 0"/></g></svg>B</body></html>'
)


def _weasyprint() -> Any:
    import weasyprint

    return weasyprint


@pytest.mark.slow
def test_a_drawing_is_a_leaf_of_the_page_and_whole_when_drawn() -> None:
    """The page sees its size, title and the text after it, and no other part; what is drawn has all parts."""
    root = parsed_page(_weasyprint(), PAGE, "file:///", None).etree_element
    (drawing,) = root.iter(DRAWING)
    assert (drawing.get("width"), drawing.tail) == ("10", "B")
    assert [one.tag.rpartition("}")[2] for one in drawing] == ["title"]
    assert [one.tag.rpartition("}")[2] for one in drawing.getroot()] == ["title", "g"]


def test_a_page_with_entities_is_not_parsed_as_xml() -> None:
    """Their expansion has no bounds; the parser of HTML knows none."""
    page = '<!DOCTYPE html [<!ENTITY a "b">]><html><body><p>&a;</p></body></html>'
    root = parsed_page(_weasyprint(), page, "file:///", None).etree_element
    assert "".join(root.itertext()).strip().endswith("&a;")


def test_a_style_sheet_is_parsed_once_for_all_layouts() -> None:
    """Two layouts of a page read its style sheet once, and it holds in both."""
    weasyprint, count = _weasyprint(), []

    def css(**given: Any) -> Any:
        count.append(given["string"])
        return weasyprint.CSS(**given)

    sheets = StyleSheets(SimpleNamespace(CSS=css), "file:///", None)
    documents = [sheets.render(parsed_page(weasyprint, PAGE, "file:///", None)) for _ in range(2)]
    assert len(count) == 1
    for document in documents:
        paragraph = next(box for box in document.pages[0]._page_box.descendants() if box.element_tag == "p")
        assert [round(part * 255) for part in paragraph.style["color"].coordinates] == [0x12, 0x34, 0x56]


def test_variables_of_the_root_are_put_in() -> None:
    """The last value of a variable holds; one that another rule sets too, or that nobody sets, stays."""
    style = (
        ':root { --a: red; --font: "A; B}"; --air: 1mm } p { color: var(--a); font: 9pt var(--font), serif; '
        "margin: var(--air) var(--gap, 0px) var(--none) } .front { --air: 2mm } :root { --a: blue }"
    )
    assert (
        with_values(style)
        .partition("p {")[2]
        .startswith(
            ' color: blue; font: 9pt "A; B}", serif; margin: var(--air) var(--gap, 0px) var(--none) }'
        )
    )


SECTIONS = (
    '<section id="one"><div><h2>One</h2><p>Text</p></div></section>'
    '<section id="two"><div><h2>Two</h2><p>Text</p></div></section><p><a href="#two">to it</a></p>'
)


def _html(body: str, style: str) -> str:
    return f"<html><head><style>{style}</style></head><body>{body}</body></html>"


def _document(body: str, style: str, *, simplify: bool = True) -> Any:
    weasyprint = _weasyprint()
    page = parsed_page(weasyprint, _html(body, style), "file:///", None, simplify=simplify)
    return StyleSheets(weasyprint, "file:///", None).render(page)


def _boxes(document: Any, kind: str) -> list[Any]:
    return [box for box in document.pages[0]._page_box.descendants() if type(box).__name__ == kind]


def test_sections_share_styles_and_are_still_gone_to() -> None:
    """Their anchors stand at their headings, so that texts in them share a style."""
    document = _document(SECTIONS, "p { margin: 0 }")
    blocks = _boxes(document, "BlockBox")
    first, second, _ = (box.style for box in blocks if box.element_tag == "p")
    assert first is second
    headings = [box for box in blocks if box.element_tag == "h2"]
    assert {name: place[1] for name, place in document.pages[0].anchors.items()} == {
        name: box.border_box_y() for name, box in zip(("one", "two"), headings, strict=True)
    }


def _texts(document: Any) -> list[tuple[str, float]]:
    return [(box.text, round(box.position_x, 3)) for box in _boxes(document, "TextBox") if box.text.strip()]


def test_markers_of_lists_are_laid_out() -> None:
    """As WeasyPrint does by itself, though its rules for markers and notes are left out for all other elements."""
    body, style = "<ol><li>A</li><li>B</li></ol><p>C</p>", "ol { list-style-position: inside }"
    document = _document(body, style)
    assert len(_texts(document)) == 5
    assert _texts(document) == _texts(_weasyprint().HTML(string=_html(body, style)).render())


MARKED = (
    '<p>A <span data-ref="a" data-as="money">1</span><span data-ref="b">2</span>, <b>C</b>'
    '<span data-ref="c">3</span> <span class="x" data-ref="d">D</span><span data-ref="e"><i>E</i></span>.</p>'
)


@pytest.mark.parametrize(("simplify", "left"), [(True, ["d", "e"]), (False, ["a", "b", "c", "d", "e"])])
@pytest.mark.parametrize("end", ["", "<br>"])
def test_spans_without_a_look_are_taken_as_text(simplify: bool, left: list[str], end: str) -> None:
    """The text is the same, in as few pieces as its looks need; a page that is no XML is treated alike."""
    page = parsed_page(_weasyprint(), _html(MARKED + end, ""), "file:///", None, simplify=simplify)
    assert [one.get("data-ref") for one in page.etree_element.iter("span")] == left
    (paragraph,) = page.etree_element.iter("p")
    assert "".join(paragraph.itertext()) == "A 12, C3 DE."


@pytest.mark.parametrize("text", ["Some words and last words", "<b>A heading:</b> words and the last words"])
def test_a_text_that_fits_but_for_a_space_at_its_end_is_broken_as_without_it(text: str) -> None:
    """Whatever room it has: WeasyPrint by itself breaks the last line after its first word where the space has no room."""
    differ = []
    for width in range(50, 150):
        style = f"p {{ width: {width}px; font: 12px serif }}"
        lines = _line_texts(_document(f"<p>{text} \n</p>", style))
        assert lines == _line_texts(_document(f"<p>{text}</p>", style))
        differ += [width] * (lines != _line_texts(_document(f"<p>{text} </p>", style, simplify=False)))
    assert differ


def _line_texts(document: Any) -> list[str]:
    lines = _boxes(document, "LineBox")
    return ["".join(getattr(part, "text", "") for part in line.descendants()).strip() for line in lines]


@pytest.mark.slow
def test_a_simplified_paper_says_the_same_in_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the built-in templates and styles: the same lines on the same pages, and the same links, to within the edge of a section."""
    paper, folders = paper_of(analysis_of(SHIPPED)), Folders(templates())
    fit = first_fit(paper, folders)
    simple = laid_out(paper, folders, fit)
    monkeypatch.setattr("reportgen.report.pdf.parsed_page", partial(_never_simplified, parsed_page))
    whole = laid_out(paper, folders, fit)
    pages = [[_lines_by_height(page) for page in document.pages] for document in (simple, whole)]
    assert pages[0] == pages[1]
    begins = [
        {
            name: place
            for place in reversed(range(len(document.pages)))
            for name in document.pages[place].anchors
        }
        for document in (simple, whole)
    ]
    assert begins[0] == begins[1]
    assert len(begins[0]) > 20


def _never_simplified(parse: Any, *given: Any, simplify: bool, **named: Any) -> Any:
    assert simplify
    return parse(*given, **named)


def _lines_by_height(page: Any) -> list[tuple[float, str]]:
    lines = [box for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
    return [
        (round(line.position_y, 1), "".join(getattr(part, "text", "") for part in line.descendants()).strip())
        for line in lines
    ]


def test_own_templates_and_styles_are_laid_out_as_they_are(tmp_path: Path) -> None:
    """Nobody knows what has a look in them: nothing is left out of their pages."""
    (tmp_path / "extra.css").write_text("P :first-child { COLOR: red }", encoding="utf-8")
    paper = paper_of(analysis_of(SHIPPED))
    for custom, spans in ((None, 2), (tmp_path, 5)):
        page = _Typesetter(_weasyprint(), paper, Folders(templates(), custom))._parse(_html(MARKED, ""))
        assert len(list(page.etree_element.iter("span"))) == spans
