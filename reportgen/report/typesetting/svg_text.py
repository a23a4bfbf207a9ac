"""Drawing of chart text by whole strings.

Why: WeasyPrint draws SVG text letter by letter, without kerning and at ten times the cost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportgen.report.typesetting.replacing import replaced

SPACING_ATTRIBUTES = ("rotate", "letter-spacing", "textLength")
POSITION_ATTRIBUTES = ("x", "y", "dx", "dy")


class UnsplitText(str):
    """A string that yields itself as its only item, so that WeasyPrint draws it as one piece."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Yield the whole string."""
        yield str(self)


@contextmanager
def unsplit_chart_text() -> Iterator[None]:
    """Draw text of charts by whole strings within this context, except text whose letters are positioned one by one."""
    from weasyprint.svg import Node

    with replaced((Node, "text", _unsplit)):
        yield


def _unsplit(usual: property) -> property:
    """Return the property of a chart's node that gives its text, whole where its letters are not positioned one by one."""

    def text(node: Any) -> str | None:
        content: str | None = usual.__get__(node)
        whole = content and node.tag == "text" and not _is_set_by_letter(node.attrib)
        return UnsplitText(content) if whole else content

    return property(text)


def _is_set_by_letter(attributes: dict[str, str]) -> bool:
    """Return whether letters are rotated, spaced, or positioned one by one."""
    spaced = any(name in attributes for name in SPACING_ATTRIBUTES)
    return spaced or any(len(attributes.get(name, "").split()) > 1 for name in POSITION_ATTRIBUTES)
