"""A case file as text: assumptions changed at their place, with where the change came from; all else stays as it is."""

from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reportgen.schema.words import slug

Ends = Mapping[str, float]
"""New numbers of one assumption: any of value, low and high."""


class CaseText:
    """The text of a case file, edited in place; comments, order and layout stay."""

    def __init__(self, text: str) -> None:
        self.text = text

    def change(self, path: str, ends: Ends, now: float, note: str) -> None:
        """Set ends of an assumption; `now` is the value it has, which a range alone needs beside it.

        KeyError where the part of the case that the path leads to is not there.
        """
        *above, name = path.split(".")
        parent = self._find(above)
        found = next((value for key, value in parent.value if key.value == name), None)
        if found is None:
            self._add(parent, f"{name}: {self._mapping({'value': now, **ends}, note)}")
        elif isinstance(found, ScalarNode):
            self._replace(found, self._mapping({"value": now, **ends}, note))
        else:
            for end, number in ends.items():
                self._set(path, end, _number(number))
            self._set(path, "note", _quoted(_with(self._note(path), note)))

    def _note(self, path: str) -> str:
        found = self._find(path.split("."))
        return next((str(value.value) for key, value in found.value if key.value == "note"), "")

    def _set(self, path: str, key: str, text: str) -> None:
        """Set one key of an assumption that is written as a mapping."""
        found = self._find(path.split("."))
        own = next((value for name, value in found.value if name.value == key), None)
        if own is None:
            self._add(found, f"{key}: {text}")
        else:
            self._replace(own, text)

    def _find(self, parts: list[str]) -> MappingNode:
        reader: Any = YAML(typ="rt", pure=True)
        node: Node = reader.compose(self.text)
        for part in parts:
            node = _below(node, part)
        if not isinstance(node, MappingNode):
            raise KeyError(".".join(parts))
        return node

    def _replace(self, node: Node, text: str) -> None:
        begin, end = node.start_mark.index, node.end_mark.index
        self.text = f"{self.text[:begin]}{text}{self.text[end:]}"

    def _add(self, parent: MappingNode, entry: str) -> None:
        """Add an entry behind the last one of a mapping, on its line in braces, on a line of its own otherwise."""
        last = parent.value[-1][1]
        if parent.flow_style:
            at = last.end_mark.index
            self.text = f"{self.text[:at]}, {entry}{self.text[at:]}"
            return
        indent = " " * parent.value[0][0].start_mark.column
        at = self.text.find("\n", _end(last))
        at = len(self.text) if at < 0 else at
        self.text = f"{self.text[:at]}\n{indent}{entry}{self.text[at:]}"

    @staticmethod
    def _mapping(ends: Ends, note: str) -> str:
        numbers = ", ".join(f"{end}: {_number(number)}" for end, number in ends.items())
        return "{" + f"{numbers}, note: {_quoted(note)}" + "}"


def _below(node: Node, part: str) -> Node:
    """Go down one step: into a mapping by key, into a list by the id or the slug of the name."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value  # type: ignore[no-any-return]
    if isinstance(node, SequenceNode):
        for item in node.value:
            names = {key.value: value.value for key, value in item.value if isinstance(value, ScalarNode)}
            if names.get("id", slug(str(names.get("name", "")))) == part:
                return item  # type: ignore[no-any-return]
    raise KeyError(part)


def _end(node: Node) -> int:
    """Give the index at which the text of a node ends, comments and blank lines behind it left out."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        deepest = node.value[-1]
        return _end(deepest[1] if isinstance(deepest, tuple) else deepest)
    return int(node.end_mark.index)


def _with(before: str, note: str) -> str:
    return f"{before.rstrip('.')}. {note}" if before else note


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) and abs(value) < 1e15 else repr(float(value))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
