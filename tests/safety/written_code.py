"""What of a file that the program wrote would be run, fetched or followed: read from the raw file, not by a program that shows it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import tinycss2
from lxml import etree

from tests.safety.payloads import MARK

LITERAL = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'!|\b\w+!""")
"""What is no code in a formula: a text, and the name of a sheet."""
JS_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
ACTIVE_TAGS = (
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "link",
    "base",
    "meta",
    "form",
    "img",
    "image",
    "use",
    "foreignobject",
    "audio",
    "video",
)
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href")
ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/RichMedia",
}


def in_workbook(path: Path) -> Iterator[str]:
    """Yield what of a payload would be computed or fetched by a spreadsheet."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(path) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name), parser)
            for element in root.iter(etree.Element):
                tag, text = etree.QName(element).localname, element.text or ""
                if tag in ("f", "definedName", "formula", "formula1", "formula2") and MARK in LITERAL.sub(
                    '""', text
                ):
                    yield f"{name}: a formula with {text[:80]}"
                if (
                    tag == "Relationship"
                    and element.get("TargetMode") == "External"
                    and MARK in element.get("Target", "")
                ):
                    yield f"{name}: a link to {element.get('Target')}"
                if (
                    tag == "c"
                    and element.get("t") not in ("s", "inlineStr", "str")
                    and element.find("{*}f") is None
                    and MARK in "".join(map(str, element.itertext()))
                ):
                    yield f"{name}: no text in {element.get('r')}"


class _Page(HTMLParser):
    """Collects the tags, addresses, styles and scripts of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.found: list[str] = []
        self.styles: list[str] = []
        self.scripts: list[tuple[str, str]] = []
        self._open: tuple[str, str] = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += tag in ACTIVE_TAGS
        self._open = tag, dict(attrs).get("type") or ""
        for name, value in attrs:
            if name.startswith("on") or (MARK in name):
                self.found.append(f"<{tag} {name}={value}>")
            if name in ADDRESSES and value and MARK in value and not value.startswith("#"):
                self.found.append(f"<{tag} {name}={value}>")
            if name == "style":
                self.styles.append(f"a {{ {value} }}")

    def handle_endtag(self, _: str) -> None:
        self._open = "", ""

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.found.append(f"a comment: {data}")

    def handle_data(self, data: str) -> None:
        if self._open[0] == "style":
            self.styles.append(data)
        elif self._open[0] == "script":
            self.scripts.append((self._open[1], data))


def in_page(path: Path) -> tuple[list[str], Counter[str]]:
    """Return what of a payload a browser would run or fetch, and how often each tag that can do so is in the page."""
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    found = list(page.found)
    for style in page.styles:
        found += _in_style(tinycss2.parse_stylesheet(style))
    for kind, script in page.scripts:
        if "json" in kind:
            json.loads(script)
        elif MARK in JS_LITERAL.sub('""', script):
            found.append(f"a script with {MARK} outside of its texts")
    return found, +page.tags


def _in_style(nodes: list[Any]) -> Iterator[str]:
    """Yield addresses and words of a payload in a style sheet; what stands in a text of it is text."""
    for node in nodes:
        match node.type:
            case "url" if MARK in node.value:
                yield f"url({node.value})"
            case "string" | "comment":
                continue
            case "ident" | "at-keyword" if MARK in node.value:
                yield f"a word of a style: {node.value}"
            case "error":
                yield f"no style: {node.message}"
        for part in ("prelude", "content", "arguments", "value"):
            inner = getattr(node, part, None)
            if isinstance(inner, list):
                yield from _in_style(inner)


def in_paper(path: Path) -> Iterator[str]:
    """Yield the actions of a PDF that run something, and the addresses of a payload."""
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                for key in ("/JS", "/OpenAction", "/AA"):
                    if key in item and not isinstance(item[key], pikepdf.Array):
                        yield f"{key} in an object"
                kind = str(item.get("/S", ""))
                if kind in ACTIONS:
                    yield f"an action {kind}"
                if "/URI" in item and MARK in str(item["/URI"]):
                    yield f"a link to {item['/URI']}"
