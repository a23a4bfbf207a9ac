"""Parsing of a page for WeasyPrint: as XML where it is, its drawings left to be drawn, its style sheets read once."""

from copy import copy
from functools import lru_cache
from typing import Any
from weakref import ReferenceType, ref
from xml.etree.ElementTree import Element, ParseError, fromstring

from cssselect2 import ElementWrapper

from reportgen.report.typesetting.replacing import keep
from reportgen.report.typesetting.variables import with_values

DRAWING, TITLE = "{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/2000/svg}title"


class Drawing(Element):
    """A drawing as the page sees it: an element with its title and no other part, and the root of its own tree.

    Why: style sheets of the page do not reach into a drawing, but matching them to its parts takes as long as to the page.
    """

    def __init__(self, root: Element) -> None:
        super().__init__(root.tag, root.attrib)
        self.tail, self._root = root.tail, root
        self.extend(root.findall(TITLE))

    def getroot(self) -> Element:
        """Return the root element of the drawing, as ElementTree does: WeasyPrint draws what it returns."""
        return self._root


HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
TEXTS = HEADINGS | {"p", "li", "th", "td"}
WHITE_SPACE = " \t\n\r\f"
"""What CSS collapses; a no-break space is none of it."""

KEPT_SHEETS = 8
"""Parsed style sheets that are kept: those of the pages and of measuring, for a few brands."""


class StyleSheets:
    """Style sheets parsed once for all layouts of a paper, or of many, and the fonts that they name."""

    def __init__(self, weasyprint: Any, base: str, fetcher: Any) -> None:
        from multiprocessing.util import Finalize

        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        self._weasyprint, self._base, self._fetcher = weasyprint, base, fetcher
        fonts = FontConfiguration()
        Finalize(fonts, _remove_files, (ref(fonts),), exitpriority=0)
        self._shared = {
            "font_config": fonts,
            "counter_style": CounterStyle(),
            "color_profiles": {},
        }
        self._parsed: dict[str, Any] = {}

    def render(self, page: Any, *more: str) -> Any:
        """Lay out a parsed page with the style sheets in it, and more, as a WeasyPrint document."""
        sheets = [self._sheet(text) for text in (*_taken(page.etree_element), *more)]
        return page.render(stylesheets=sheets, **self._shared)

    def _sheet(self, text: str) -> Any:
        if text not in self._parsed:
            sheet = self._weasyprint.CSS(
                string=with_values(text), base_url=self._base, url_fetcher=self._fetcher, **self._shared
            )
            keep(self._parsed, text, sheet, KEPT_SHEETS)
        return self._parsed[text]


def _remove_files(fonts: "ReferenceType[Any]") -> None:
    """Remove the files of fonts at the end of the process.

    Why: WeasyPrint removes them where Python takes the fonts apart, which it does not at the end of a worker process, and of
    no process whose objects are left to the system.
    """
    if (left := fonts()) is not None:
        left.__del__()


def parsed_page(weasyprint: Any, html: str, base: str, fetcher: Any, *, simplify: bool = False) -> Any:
    """Parse a page as XML, which the built-in templates write, about 50 times faster; else as HTML.

    With `simplify` it takes as few boxes and different styles as the built-in templates and style sheets allow: what has no
    look in them is left out. Why: each takes time to work out.
    """
    root = _as_xml(html)

    class XmlDocument(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self) -> None:  # the attributes that WeasyPrint sets from its own parser's tree
            self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    page = weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher) if root is None else XmlDocument()
    if simplify:
        _move_anchors(page.etree_element)
        _unwrap_marks(page.etree_element)
        _strip_ends(page.etree_element)
        usual = page._ua_stylesheets  # noqa: SLF001  what a page looks like by itself is not public
        page._ua_stylesheets = lambda *forms: [_without_special_boxes(one) for one in usual(*forms)]  # noqa: SLF001
    return page


@lru_cache(maxsize=2)
def _without_special_boxes(sheet: Any) -> Any:
    """Copy WeasyPrint's own style sheet without footnotes and margin notes, and with markers for items of lists alone.

    Why: it gives each element of a page six more styles for them, which take a seventh of its layout.
    """
    fewer = copy(sheet)
    fewer.matcher = copy(sheet.matcher)
    rules = sheet.matcher.other_selectors
    fewer.matcher.other_selectors = [rule for rule in rules if _pseudo_element(rule) is None]
    of_items = [*sheet.matcher.lower_local_name_selectors["li"]]
    of_items.extend(rule for rule in rules if _pseudo_element(rule) == "marker")
    fewer.matcher.lower_local_name_selectors = {**sheet.matcher.lower_local_name_selectors, "li": of_items}
    return fewer


def _pseudo_element(rule: tuple[Any, ...]) -> str | None:
    """Return the pseudo-element of a rule of cssselect2: its test, specificity, order, pseudo-element, declarations."""
    name: str | None = rule[3]
    return name


def _move_anchors(root: Element) -> None:
    """Move the anchor of each section and exhibit to the heading in it.

    Why: elements that are styled alike share a computed style, and an anchor is one; with its own at the top of a
    section, nothing in it shares any with another one.
    """
    for part in [*root.iter("section"), *root.iter("div")]:
        heading = next((one for one in part.iter() if one.tag in HEADINGS), None)
        if "id" in part.attrib and heading is not None and "id" not in heading.attrib:
            heading.set("id", part.attrib.pop("id"))


def _unwrap_marks(root: Element) -> None:
    """Put the texts of spans that only say where a figure is from into the text around them, so that each line is one piece."""
    for parent in [one for one in root.iter() if any(map(_is_mark, one))]:
        before = None
        for child in list(parent):
            if not _is_mark(child):
                before = child
                continue
            text = (child.text or "") + (child.tail or "")
            if before is None:
                parent.text = (parent.text or "") + text
            else:
                before.tail = (before.tail or "") + text
            parent.remove(child)


def _is_mark(element: Element) -> bool:
    """Return whether an element is a text without a look of its own: a span whose every attribute holds data."""
    holds_data = all(name.startswith("data-") for name in element.attrib)
    return element.tag == "span" and holds_data and not len(element)


def _strip_ends(root: Element) -> None:
    """Remove the white space at the end of texts, which is not seen.

    Why: where a text fits its line but for a space at its end, WeasyPrint breaks it after its first word.
    """
    for block in (one for one in root.iter() if one.tag in TEXTS):
        *_, last = (None, *block)
        if last is None:
            block.text = (block.text or "").rstrip(WHITE_SPACE)
        else:
            last.tail = (last.tail or "").rstrip(WHITE_SPACE)


def _as_xml(html: str) -> Element | None:
    """Parse a page as XML; None if it is not well-formed, or defines entities, whose expansion is unbounded."""
    if "<!ENTITY" in html:
        return None
    try:
        root = fromstring(html)  # noqa: S314  its texts are escaped, and it defines no entity
    except ParseError:
        return None
    for parent in list(root.iter()):
        for place, child in enumerate(parent):
            if child.tag == DRAWING:
                parent[place] = Drawing(child)
    return root


def _taken(root: Element) -> list[str]:
    """Take the texts of a page's style sheets out of it, those without attributes such as a medium."""
    sheets = [one for one in root.iter("style") if not one.attrib]
    texts = [one.text or "" for one in sheets]
    for one in sheets:
        one.text = ""
    return texts
