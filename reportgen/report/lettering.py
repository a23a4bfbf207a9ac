"""The text of charts in whole words: WeasyPrint sets every letter by itself, without kerning and at ten times the cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

APART = ("rotate", "letter-spacing", "textLength")
PLACES = ("x", "y", "dx", "dy")


class Whole(str):
    """A text that is one piece to whoever goes through its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Give the text."""
        yield str(self)


@contextmanager
def whole_words() -> Iterator[None]:
    """Have the charts that are written meanwhile set in whole words, but for letters that have places of their own."""
    from weasyprint.svg import Node

    written = Node.text

    def text(node: Any) -> str | None:
        found: str | None = written.fget(node)
        return Whole(found) if found and node.tag == "text" and not _by_letter(node.attrib) else found

    Node.text = property(text)
    try:
        yield
    finally:
        Node.text = written


def _by_letter(attributes: dict[str, str]) -> bool:
    """Say whether letters are turned, spread, or placed one by one."""
    spread = any(name in attributes for name in APART)
    return spread or any(len(attributes.get(name, "").split()) > 1 for name in PLACES)
