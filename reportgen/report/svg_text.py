"""The text of charts in whole words: WeasyPrint sets every letter by itself, without kerning and at ten times the cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SPACING_ATTRIBUTES = ("rotate", "letter-spacing", "textLength")
POSITION_ATTRIBUTES = ("x", "y", "dx", "dy")


class UnsplitText(str):
    """A text that is one piece to whoever goes through its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Give the text."""
        yield str(self)


@contextmanager
def unsplit_chart_text() -> Iterator[None]:
    """Have the charts that are written meanwhile set in whole words, but for letters that have places of their own."""
    from weasyprint.svg import Node

    original = Node.text

    def text(node: Any) -> str | None:
        text_content: str | None = original.fget(node)
        return (
            UnsplitText(text_content)
            if text_content and node.tag == "text" and not _is_set_by_letter(node.attrib)
            else text_content
        )

    Node.text = property(text)
    try:
        yield
    finally:
        Node.text = original


def _is_set_by_letter(attributes: dict[str, str]) -> bool:
    """Say whether letters are turned, spread, or placed one by one."""
    spaced = any(name in attributes for name in SPACING_ATTRIBUTES)
    return spaced or any(len(attributes.get(name, "").split()) > 1 for name in POSITION_ATTRIBUTES)
