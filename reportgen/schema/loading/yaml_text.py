"""In-place editing of YAML text: comments, order and layout of everything else are preserved."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reportgen.schema.field_types import entry_ids

Part = str | int
"""One step of a path: a mapping key, a list entry's id or the slug of its name, or a list index from 0."""


class YamlText:
    """The text of a YAML file with methods that edit it in place."""

    def __init__(self, text: str) -> None:
        self.text = text

    def at(self, *parts: Part) -> Node:
        """Return the node at a path; KeyError if there is none."""
        node = _composed(self.text)
        for part in parts:
            node = _below(node, part)
        return node

    def mapping(self, *parts: Part) -> MappingNode:
        """Return the mapping at a path; KeyError if there is none."""
        found: MappingNode = _kind(self.at(*parts), MappingNode, parts)
        return found

    def items(self, *parts: Part) -> list[Node]:
        """Return the entries of the list at a path; KeyError if there is none."""
        return list(_kind(self.at(*parts), SequenceNode, parts).value)

    def has(self, *parts: Part) -> bool:
        """Return whether there is a node at a path."""
        try:
            self.at(*parts)
        except KeyError:
            return False
        return True

    def replace(self, node: Node, text: str) -> None:
        """Replace the text of a node."""
        begin, end = node.start_mark.index, end_of(node)
        self.text = f"{self.text[:begin]}{text}{self.text[end:]}"

    def set_key(self, parts: tuple[Part, ...], key: str, text: str) -> None:
        """Set a key of the mapping at a path; a new key is appended."""
        if self.has(*parts, key):
            self.replace(self.at(*parts, key), text)
        else:
            self.add(self.mapping(*parts), f"{key}: {text}")

    def add(self, parent: MappingNode, entry: str) -> None:
        """Append an entry to a mapping: on the same line in flow style, on a line of its own otherwise."""
        if not parent.value:
            self.replace(parent, f"{{{entry}}}")
            return
        last = parent.value[-1][1]
        if parent.flow_style:
            at = last.end_mark.index
            self.text = f"{self.text[:at]}, {entry}{self.text[at:]}"
            return
        self._below(end_of(last), f"{' ' * parent.value[0][0].start_mark.column}{entry}")

    def insert(self, parts: tuple[Part, ...], place: int, flow: str, lines: tuple[str, ...] = ()) -> None:
        """Insert an entry into a non-empty list: `flow` in flow style, `lines` in block style (default: `flow`)."""
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
        """Remove an entry from a list that keeps others, with the comment on its line."""
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
        """Add a comment at the end of the line of a node, unless YAML would read it as part of a value."""
        end = end_of(self.at(*parts))
        stop = self._line_end(end)
        trailing = self.text[end:stop].rstrip()
        for lead in ("; ", "   # ") if "#" in trailing else ("   # ",):
            after = f"{self.text[:end]}{trailing}{lead}{comment}{self.text[stop:]}"
            if _data(after) == _data(self.text):
                self.text = after
                return

    def _lead(self, item: Node) -> str:
        """Return the text before a list entry on its line: indentation and dash."""
        at: int = item.start_mark.index
        return self.text[at - item.start_mark.column : at]

    def _below(self, at: int, lines: str) -> None:
        """Insert lines below the line that contains an index."""
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
    """Return the child of a node: of a mapping by key, of a list by index, id or slug of the name."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value  # type: ignore[no-any-return]
    if isinstance(node, SequenceNode):
        ids = entry_ids([_scalars(item) for item in node.value])
        for place, item in enumerate(node.value):
            if part in (place, ids[place]):
                return item  # type: ignore[no-any-return]
    raise KeyError(part)


def _scalars(node: Node) -> object:
    """Return a mapping's scalars and the scalars of its lists as plain data; None of anything else."""
    match node:
        case MappingNode():
            return {key.value: _scalars(value) for key, value in node.value}
        case SequenceNode():
            return [one.value for one in node.value if isinstance(one, ScalarNode)]
        case ScalarNode():
            return node.value
    return None


def end_of(node: Node) -> int:
    """Return the index at which the text of a node ends, trailing comments and blank lines excluded."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        deepest = node.value[-1]
        return end_of(deepest[1] if isinstance(deepest, tuple) else deepest)
    return int(node.end_mark.index)


def scalars(node: Node) -> Iterator[ScalarNode]:
    """Yield every scalar value below a node in the order of the file, without keys."""
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
    """Return a number as text: integers without decimals, others in full precision."""
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else repr(float(value))


def quoted(text: str) -> str:
    """Return text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=4)
def _composed(text: str) -> Node:
    """Return the root node of a text; the same text is read once for all questions between two edits."""
    reader: Any = YAML(typ="rt", pure=True)
    root: Node = reader.compose(text)
    return root
