"""Parsing of a page for WeasyPrint: as XML where it is, its drawings left to be drawn, its style sheets read once."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from cssselect2 import ElementWrapper

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


KEPT_SHEETS = 8
"""Parsed style sheets that are kept: those of the pages and of measuring, for a few brands."""


class StyleSheets:
    """Style sheets parsed once for all layouts of a paper, or of many, and the fonts that they name."""

    def __init__(self, weasyprint: Any, base: str, fetcher: Any) -> None:
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        self._weasyprint, self._base, self._fetcher = weasyprint, base, fetcher
        self._shared = {
            "font_config": FontConfiguration(),
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
            while len(self._parsed) >= KEPT_SHEETS:
                self._parsed.pop(next(iter(self._parsed)))
            self._parsed[text] = self._weasyprint.CSS(
                string=with_values(text), base_url=self._base, url_fetcher=self._fetcher, **self._shared
            )
        return self._parsed[text]


def parsed_page(weasyprint: Any, html: str, base: str, fetcher: Any) -> Any:
    """Parse a page as XML, which the built-in templates write, about 50 times faster; else as HTML."""
    root = _as_xml(html)
    if root is None:
        return weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher)

    class XmlDocument(weasyprint.HTML):  # type: ignore[misc]
        def __init__(self) -> None:  # the attributes that WeasyPrint sets from its own parser's tree
            self.base_url, self.url_fetcher, self.media_type = base, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    return XmlDocument()


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
