"""A YAML file as text, edited at its place: comments, order and layout of everything else stay as they are."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reportgen.schema.words import slug

Part = str | int
"""A step down: a key, the id or slug of the name of a list's entry, or its place from 0."""


class YamlText:
    """The text of a YAML file; every edit leaves the text beside it alone."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, *parts: Part) -> Node:
        """Find a part of the file; KeyError where it is not there."""
        reader: Any = YAML(typ="rt", pure=True)
        node: Node = reader.compose(self.text)
        for part in parts:
            node = _below(node, part)
        return node

    def mapping(self, *parts: Part) -> MappingNode:
        """Find a mapping; KeyError where there is none."""
        found: MappingNode = _kind(self.at(*parts), MappingNode, parts)
        return found

    def items(self, *parts: Part) -> list[Node]:
        """Find the entries of a list; KeyError where there is none."""
        return list(_kind(self.at(*parts), SequenceNode, parts).value)

    def has(self, *parts: Part) -> bool:
        """Say whether a part is there."""
        try:
            self.at(*parts)
        except KeyError:
            return False
        return True

    def replace(self, node: Node, text: str) -> None:
        """Write something else in the place of a part."""
        begin, end = node.start_mark.index, end_of(node)
        self.text = f"{self.text[:begin]}{text}{self.text[end:]}"

    def put(self, parts: tuple[Part, ...], key: str, text: str) -> None:
        """Set a key of a mapping, or add it behind the others."""
        if self.has(*parts, key):
            self.replace(self.at(*parts, key), text)
        else:
            self.add(self.mapping(*parts), f"{key}: {text}")

    def add(self, parent: MappingNode, entry: str) -> None:
        """Add an entry behind the last one of a mapping, on its line in braces, on a line of its own otherwise."""
        last = parent.value[-1][1]
        if parent.flow_style:
            at = last.end_mark.index
            self.text = f"{self.text[:at]}, {entry}{self.text[at:]}"
            return
        self._below(end_of(last), f"{' ' * parent.value[0][0].start_mark.column}{entry}")

    def insert(self, parts: tuple[Part, ...], place: int, flow: str, lines: tuple[str, ...] = ()) -> None:
        """Insert an entry into a list that has some: `flow` where the list stands in brackets, `lines` where it does not."""
        items = self.items(*parts)
        near = items[max(place - 1, 0)]
        if _kind(self.at(*parts), SequenceNode, parts).flow_style:
            at = near.end_mark.index if place else near.start_mark.index
            entry = f", {flow}" if place else f"{flow}, "
            self.text = f"{self.text[:at]}{entry}{self.text[at:]}"
            return
        lead = self._lead(near)
        first, *rest = lines or (flow,)
        entry = "\n".join([lead + first, *(" " * len(lead) + line for line in rest)])
        if place:
            self._below(end_of(near), entry)
        else:
            at = near.start_mark.index - len(lead)
            self.text = f"{self.text[:at]}{entry}\n{self.text[at:]}"

    def remove(self, parts: tuple[Part, ...], place: int) -> None:
        """Take an entry out of a list that keeps others, with what is said behind it on its line."""
        items = self.items(*parts)
        begin, end = items[place].start_mark.index, end_of(items[place])
        if not _kind(self.at(*parts), SequenceNode, parts).flow_style:
            begin -= len(self._lead(items[place]))
            end = self._line_end(end) + 1
        elif place:
            begin = items[place - 1].end_mark.index
        else:
            end = items[1].start_mark.index
        self.text = f"{self.text[:begin]}{self.text[end:]}"

    def remark(self, comment: str, *parts: Part) -> None:
        """Say something behind a part, as a comment at the end of its line; not where that would be read as a value."""
        end = end_of(self.at(*parts))
        stop = self._line_end(end)
        said = self.text[end:stop].rstrip()
        for lead in ("; ", "   # ") if "#" in said else ("   # ",):
            after = f"{self.text[:end]}{said}{lead}{comment}{self.text[stop:]}"
            if _data(after) == _data(self.text):
                self.text = after
                return

    def _lead(self, item: Node) -> str:
        """Give what stands before an entry of a list on its line: blanks and its dash."""
        at: int = item.start_mark.index
        return self.text[at - item.start_mark.column : at]

    def _below(self, at: int, lines: str) -> None:
        """Insert lines below the line of an index."""
        at = self._line_end(at)
        self.text = f"{self.text[:at]}\n{lines}{self.text[at:]}"

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found


def _kind(node: Node, kind: type[Any], parts: tuple[Part, ...]) -> Any:
    if not isinstance(node, kind):
        raise KeyError(".".join(map(str, parts)))
    return node


def _below(node: Node, part: Part) -> Node:
    """Go down one step: into a mapping by key, into a list by place, or by the id or the slug of the name."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value  # type: ignore[no-any-return]
    if isinstance(node, SequenceNode):
        for place, item in enumerate(node.value):
            if part in (place, _name(item)):
                return item  # type: ignore[no-any-return]
    raise KeyError(part)


def _name(item: Node) -> str | None:
    """Name an entry of a list by its id, or the slug of its name."""
    if not isinstance(item, MappingNode):
        return None
    names = {key.value: value.value for key, value in item.value if isinstance(value, ScalarNode)}
    return str(names.get("id", slug(str(names.get("name", "")))))


def end_of(node: Node) -> int:
    """Give the index at which the text of a node ends, comments and blank lines behind it left out."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        deepest = node.value[-1]
        return end_of(deepest[1] if isinstance(deepest, tuple) else deepest)
    return int(node.end_mark.index)


def scalars(node: Node) -> Iterator[ScalarNode]:
    """List every value under a part, in the order of the file; keys are none."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode | SequenceNode):
        for one in node.value:
            yield from scalars(one[1] if isinstance(one, tuple) else one)


def _data(text: str) -> object:
    reader: Any = YAML(typ="safe", pure=True)
    try:
        return reader.load(text)
    except YAMLError:
        return None


def number_text(value: float) -> str:
    """Write a number as people do: whole ones without decimals, others in full."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else repr(float(value))


def quoted(text: str) -> str:
    """Write text in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
