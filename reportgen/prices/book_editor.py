"""Appending rates, items and sources to the text of a price book; every other byte stays as it is."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from reportgen.prices.quotes import Quote, amount_text
from reportgen.runtime.records import dataclass
from reportgen.schema.loading.yaml_text import YamlText
from reportgen.schema.prices import Basis, Component

NO_TEXT = ("null", "true", "false")
"""Words that YAML does not read as text."""
HARMLESS = str.maketrans("", "", " -./")
INDENT = "  "
"""The indentation of the first entry of an empty section."""


@dataclass(frozen=True, slots=True)
class NewRate:
    """A rate to be added to an item."""

    item: str
    effective: date | None
    verified: date
    source: str
    basis: Basis
    amounts: dict[Component, float]
    note: str = ""

    @property
    def text(self) -> str:
        """Return the rate as one line of YAML in flow style."""
        parts = [f"effective: {self.effective}"] if self.effective else []
        parts += [f"verified: {self.verified}", f"source: {self.source}", f"basis: {self.basis}"]
        parts += [f"{component}: {amount_text(amount)}" for component, amount in self.amounts.items()]
        parts += [f"note: {quoted_if_needed(self.note)}"] if self.note else []
        return "{" + ", ".join(parts) + "}"


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to be added to the book."""

    key: str
    title: str
    url: str
    licence: str
    retrieved: date


class BookEditor:
    """The text of a price book, edited line by line; comments and order are preserved.

    Why: a YAML round trip attaches the comment above the next item to the last rate, so an appended rate would be
    written below that comment.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines[-1] += "\n"

    @property
    def text(self) -> str:
        """Return the current text."""
        return "".join(self._lines)

    def add_rates(self, rates: Iterable[NewRate]) -> None:
        """Append rates to their items."""
        for rate in rates:
            rates_node = _value(self._item(rate.item), "rates")
            if rates_node.flow_style:
                text = YamlText(self.text)
                text.insert(("items", rate.item, "rates"), len(rates_node.value), rate.text)
                self._lines = text.text.splitlines(keepends=True)
                continue
            last = _last(rates_node)
            column = last.start_mark.column
            indent = self._lines[last.start_mark.line][:column]
            self._insert(_end(last), [f"{indent}{rate.text}\n"])

    def add_source(self, source: NewSource) -> None:
        """Append a source."""
        lines = [
            f"{source.key}:",
            f"  title: {quoted_if_needed(source.title)}",
            f"  url: {source.url}",
            f"  licence: {source.licence}",
            f"  retrieved: {source.retrieved}",
        ]
        line, indent = self._end_of_section("sources")
        self._insert(line, [f"{indent}{text}\n" for text in lines])

    def add_item(self, id_: str, quote: Quote, kind: str, rates: Iterable[NewRate]) -> None:
        """Append an item."""
        line, indent = self._end_of_section("items")
        self._insert(line, [f"{indent}{text}\n" for text in item_yaml_lines(id_, quote, kind, rates)])

    def _end_of_section(self, key: str) -> tuple[int, str]:
        """Return the line below the last entry of a section, and the indentation of its entries; open an empty one."""
        node = next((value for name, value in self._root().value if name.value == key), None)
        if node is None:
            self._lines.append(f"{key}:\n")
            return len(self._lines), INDENT
        if not node.value:
            start, end = node.start_mark, node.end_mark
            text = self._lines[start.line]
            self._lines[start.line] = text[: start.column].rstrip() + text[end.column :]
            return start.line + 1, INDENT
        last = node.value[-1]
        if isinstance(last, tuple):
            return _end(last[1]), " " * last[0].start_mark.column
        return _end(last), " " * (last.start_mark.column - len("- "))

    def set_verified(self, id_: str, number: int, day: date) -> None:
        """Set the `verified` day of one rate of an item; `number` counts from 0."""
        rates = _value(self._item(id_), "rates")
        found = _value(rates.value[number], "verified")
        line, begin, end = found.start_mark.line, found.start_mark.column, found.end_mark.column
        text = self._lines[line]
        self._lines[line] = f"{text[:begin]}{day}{text[end:]}"

    def _insert(self, line: int, lines: list[str]) -> None:
        self._lines[line:line] = lines

    def _root(self) -> MappingNode:
        reader: Any = YAML(typ="rt", pure=True)
        root = reader.compose(self.text)
        assert isinstance(root, MappingNode)
        return root

    def _item(self, id_: str) -> MappingNode:
        items = _value(self._root(), "items")
        found = [item for item in items.value if _value(item, "id").value == id_]
        assert isinstance(found[0], MappingNode)
        return found[0]


def item_yaml_lines(id_: str, quote: Quote, kind: str, rates: Iterable[NewRate]) -> list[str]:
    """Return the lines of an item in the layout of the book."""
    name_field = "model" if kind == "token" else "gpu"
    lines = [
        f"- id: {id_}",
        f"  kind: {kind}",
        f"  provider: {quoted_if_needed(quote.provider)}",
        f"  {name_field}: {quoted_if_needed(quote.title)}",
    ]
    lines += [f"  purchase: {quote.purchase}"]
    lines += [f"  region: {quoted_if_needed(quote.region)}"] if quote.region else []
    lines += [f"  retires: {quote.retires}"] if quote.retires else []
    return [*lines, "  rates:", *(f"    - {rate.text}" for rate in rates)]


def quoted_if_needed(text: str) -> str:
    """Return text, in double quotes if YAML would not read it as a plain string."""
    plain = text.translate(HARMLESS).isalnum() and text.lower() not in NO_TEXT
    return text if plain and text[0].isalpha() else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(node: Node, key: str) -> Any:
    assert isinstance(node, MappingNode)
    return next(value for name, value in node.value if name.value == key)


def _last(node: Node) -> Node:
    assert isinstance(node, SequenceNode)
    last: Node = node.value[-1]
    return last


def _end(node: Node) -> int:
    """Return the number of the first line after a node, trailing comments and blank lines excluded."""
    if not node.value or not isinstance(node, MappingNode | SequenceNode) or node.flow_style:
        return int(node.end_mark.line) + 1
    deepest = node.value[-1]
    return _end(deepest[1] if isinstance(deepest, tuple) else deepest)
