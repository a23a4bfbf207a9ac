"""A YAML file with the place of everything in it, so that every problem can show where it stands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reportgen.errors import InputError, Problem
from reportgen.schema.words import slug

Location = tuple[str | int, ...]
MOST_NODES = 50_000
"""More are no case but an attack: a few aliases can stand for billions of entries."""
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: lines and columns of its key and of its value, from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(slots=True)
class Document:
    """A file as plain data; `places` has every key and item, `faults` what YAML allows and we do not."""

    file: str
    lines: list[str]
    data: object = None
    places: dict[Location, Place] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)

    def problem(self, location: Location, sentence: str, *, at_key: bool = False) -> Problem:
        """Describe a problem at a location, or at the nearest thing above it that is in the file."""
        found = location
        while found and found not in self.places:
            found = found[:-1]
        place = self.places.get(found, Place(1, 1, 1, 1))
        at_key = at_key or found != location
        line, column = (place.key_line, place.key_column) if at_key else (place.line, place.column)
        bare = location[-1:] == ("value",) and found != location
        path = self.path(location[:-1] if bare else location)
        return Problem(self.file, line, column, path, self.excerpt(line), sentence)

    def excerpt(self, line: int) -> str:
        """Give a line of the file."""
        return self.lines[line - 1].rstrip() if 0 < line <= len(self.lines) else ""

    def path(self, location: Location) -> str:
        """Write a location as people write paths; entries of lists by their id, else by number from 1."""
        out, here = "", self.data
        for part in location:
            here = below(here, part)
            if isinstance(part, int):
                out += f".{name}" if (name := _identity(here)) else f"[{part + 1}]"
            else:
                out += f".{part}" if out else part
        return out


def below(data: object, part: str | int) -> object:
    """Go down one step in plain data; None where there is nothing."""
    if isinstance(data, dict):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return None


def _identity(data: object) -> str:
    if not isinstance(data, dict):
        return ""
    found = data.get("id")
    name = data.get("name")
    return found if isinstance(found, str) and found else slug(name) if isinstance(name, str) else ""


def read(path: Path, shown: str | None = None) -> Document:
    """Read a file; InputError where it cannot be read as YAML. `shown` is its name in messages."""
    name = shown or str(path)
    return parse(_text(path, name), name)


def parse(text: str, name: str) -> Document:
    """Read text as YAML; `name` is what messages call it."""
    document = Document(name, text.splitlines())
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        raise InputError([_syntax(document, error)]) from error
    except RecursionError as error:
        raise InputError(
            [Problem(name, 1, 1, "", document.excerpt(1), "This is nested too deeply to be a case.")]
        ) from error
    if not isinstance(root, MappingNode):
        raise InputError([document.problem((), _not_a_mapping(root))])
    document.data = _Reader(document).read(root, ())
    return document


def _not_a_mapping(root: Node | None) -> str:
    if root is None:
        return "This file is empty; a case starts with `case:`, a title, a date and a currency. Copy a shipped one."
    kind = "a list" if isinstance(root, SequenceNode) else "a single value"
    return f"This file is {kind}; it must be a mapping, with keys such as `case:` at the left margin."


def _text(path: Path, name: str) -> str:
    sentence = "There is no such file; check its name and folder."
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        pass
    except IsADirectoryError:
        sentence = "This is a folder; name a file in it."
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        sentence = "This file is not UTF-8 text; save it as UTF-8 in your editor."
        excerpt = error.object.splitlines()[line - 1].decode("utf-8", "replace")
        raise InputError([Problem(name, line, 1, "", excerpt, sentence)]) from error
    except OSError as error:
        sentence = f"This file cannot be read: {error.strerror}."
    raise InputError([Problem(name, 1, 1, "", "", sentence)])


def _syntax(document: Document, error: YAMLError) -> Problem:
    """Say in which line YAML stops making sense."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    line = min(line, max(len(document.lines), 1))
    what = (error.problem if isinstance(error, MarkedYAMLError) else "") or "it cannot be read"
    began = getattr(error, "context_mark", None)
    if began and mark and began.line < mark.line:
        what = f"in the part that begins in line {began.line + 1}, {what}"
    hint = "check indentation, brackets, quotes and colons here and in the line above"
    if "\t" in document.excerpt(line)[: column + 1] or "'\\t'" in what:
        hint = "indent with spaces, not with tabs"
    if "another document" in what:
        what, hint = "a second document begins", "keep one case in a file, without lines of ---"
    sentence = f"This is not YAML: {what}; {hint}."
    return Problem(document.file, line, column, "", document.excerpt(line), sentence)


@dataclass(slots=True)
class _Reader:
    """Turns nodes into plain data, noting places and faults."""

    document: Document
    nodes: int = 0

    def read(self, node: Node, location: Location) -> object:
        """Read a node and all below it."""
        self.nodes += 1
        if self.nodes > MOST_NODES or len(location) > DEEPEST:
            raise InputError(
                [self.document.problem(location, "This file is too large or too deeply nested for a case.")]
            )
        if isinstance(node, MappingNode):
            return dict(self._pairs(node, location))
        if isinstance(node, SequenceNode):
            return [self._item(child, (*location, number)) for number, child in enumerate(node.value)]
        return self._scalar(node, location)

    def _pairs(self, node: MappingNode, location: Location) -> Iterator[tuple[str, object]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            where = (*location, key)
            if not isinstance(key_node, ScalarNode) or str(key_node.tag).endswith(":merge"):
                self._fault(
                    key_node,
                    location,
                    "Write the keys out here: `<<` and keys that are no words are not read.",
                )
                continue
            if key in seen:
                self._fault(
                    key_node,
                    where,
                    f"`{key}` stands here twice, first in line {seen[key]}; keep one of them.",
                )
                continue
            seen[key] = line
            self._note(where, value_node, key_node)
            yield key, self.read(value_node, where)

    def _item(self, node: Node, location: Location) -> object:
        self._note(location, node, node)
        return self.read(node, location)

    def _note(self, location: Location, value: Node, key: Node) -> None:
        at, beside = value.start_mark, key.start_mark
        if isinstance(value, ScalarNode) and value.value == "" and value.style is None:
            at = key.start_mark
        self.document.places[location] = Place(at.line + 1, at.column + 1, beside.line + 1, beside.column + 1)

    def _fault(self, node: Node, location: Location, sentence: str) -> None:
        mark = node.start_mark
        path, excerpt = self.document.path(location), self.document.excerpt(mark.line + 1)
        problem = Problem(self.document.file, mark.line + 1, mark.column + 1, path, excerpt, sentence)
        self.document.faults.append(problem)

    def _scalar(self, node: Node, location: Location) -> object:
        kind, raw = str(node.tag).rpartition(":")[2], str(node.value)
        if kind not in SCALARS:
            self._fault(node, location, f"The tag {node.tag} is not read here; write the plain value.")
            return raw
        return SCALARS[kind](raw)


def _whole(raw: str) -> int | float | str:
    plain = raw.replace("_", "")
    try:
        return int(plain, 0) if re.match(r"[-+]?0[xob]", plain) else int(plain)
    except ValueError:  # too many digits for Python, or no number at all
        return float("inf") if len(plain) > DEEPEST else raw


def _decimal(raw: str) -> float | str:
    plain = raw.replace("_", "").lower()
    try:
        return float({".inf": "inf", "+.inf": "inf", "-.inf": "-inf", ".nan": "nan"}.get(plain, plain))
    except ValueError:
        return raw


def _day(raw: str) -> date | str:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return raw


SCALARS: dict[str, Callable[[str], object]] = {
    "null": lambda _: None,
    "bool": lambda raw: raw.lower() == "true",
    "int": _whole,
    "float": _decimal,
    "timestamp": _day,
    "str": str,
}
"""How each kind of scalar is read."""
