"""A YAML file as plain data with the line and column of every key and value, for error messages."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from math import copysign
from pathlib import Path

from reportgen.errors import InputError, Problem
from reportgen.files import NotAFileError, read_input
from reportgen.runtime.records import dataclass
from reportgen.schema.field_types import entry_ids
from reportgen.schema.loading.composing import Node, NotYamlError, compose
from reportgen.schema.loading.encodings import NotTextError, text_of

Location = tuple[str | int, ...]
MAX_NODES = 50_000
"""Limit against YAML bombs: a few aliases can expand to billions of nodes."""
MAX_DEPTH = 30
LARGEST_INTEGER = 10**300
"""What is as large is read as infinite: no decimal holds it, and every check of a number refuses that."""
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file."""


ESCAPED = re.compile(r"\\U([0-9a-fA-F]{8})")
"""A character written by its number, in double quotes."""


@dataclass(frozen=True, slots=True)
class Position:
    """The lines and columns of a value and of its key, counted from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(slots=True)
class Document:
    """A file as plain data; `positions` has every key and item, `problems` the YAML features that are not accepted."""

    file: str
    lines: list[str]
    content: bytes = b""
    """The file as it was read, the once that it was."""
    data: object = None
    positions: dict[Location, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ids: dict[int, tuple[list[object], list[str]]] = field(default_factory=dict)

    def problem_at(
        self, location: Location, sentence: str, *, at_key: bool = False, code: str = "syntax"
    ) -> Problem:
        """Create a problem at a location, or at its nearest ancestor that is in the file."""
        found = location
        while found and found not in self.positions:
            found = found[:-1]
        place = self.positions.get(found, Position(1, 1, 1, 1))
        at_key = at_key or found != location
        line, column = (place.key_line, place.key_column) if at_key else (place.line, place.column)
        bare = location[-1:] == ("value",) and found != location
        path = self.path(location[:-1] if bare else location)
        return Problem(self.file, line, column, path, self.line_text(line), sentence, code)

    def location_of(self, path: str) -> Location:
        """Return the location of an assumption's path; list entries are found by their id."""
        here: object = self.data
        out: list[str | int] = []
        for part in path.split("."):
            if isinstance(here, list):
                ids = entry_ids(here)
                if part not in ids:
                    break
                out.append(ids.index(part))
            else:
                out.append(part)
            here = child_of(here, out[-1])
        return tuple(out)

    def line_text(self, line: int) -> str:
        """Return a line of the file, counted from 1; "" if there is no such line."""
        return self.lines[line - 1].rstrip() if 0 < line <= len(self.lines) else ""

    def path(self, location: Location) -> str:
        """Return a location as a dotted path; list entries by their id, else by their number from 1."""
        out, here = "", self.data
        for part in location:
            if isinstance(part, int):
                ids = self._ids(here) if isinstance(here, list) else []
                out += f".{ids[part]}" if part < len(ids) and ids[part] else f"[{part + 1}]"
            else:
                out += f".{part}" if out else part
            here = child_of(here, part)
        return out

    def _ids(self, entries: list[object]) -> list[str]:
        """Return the ids of a list of the data, worked out once: it may have thousands of entries with a problem each."""
        known = self.ids.get(id(entries))
        if known is None or known[0] is not entries:
            known = self.ids[id(entries)] = entries, entry_ids(entries)
        return known[1]


def child_of(data: object, part: str | int) -> object:
    """Return the value of a key or index in plain data; None if there is none."""
    if isinstance(data, dict):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return None


def read_document(path: Path, shown: str | None = None) -> Document:
    """Read and parse a YAML file; InputError if it is not readable as YAML. `shown` is its name in messages."""
    name = shown or str(path)
    content, text = _read(path, name)
    return parse_document(text, name, content)


def parse_document(text: str, name: str, content: bytes | None = None) -> Document:
    """Parse YAML text; InputError if it is not a mapping. `name` is the file name in messages."""
    document = Document(
        name, text.splitlines(), text.encode(errors="replace") if content is None else content
    )
    _check_characters(document, text)
    try:
        root = compose(text)
    except NotYamlError as error:
        raise InputError([_syntax(document, error)]) from error
    except RecursionError as error:
        deep = "This is nested too deeply to be a case."
        raise InputError([Problem(name, 1, 1, "", document.line_text(1), deep, "syntax")]) from error
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise InputError([_unknown_character(document, text)]) from error  # the library lets them through
    if root is None or root.id != "mapping":
        raise InputError([document.problem_at((), _not_a_mapping(root))])
    document.data = _NodeReader(document).read_node(root, ())
    return document


def _not_a_mapping(root: Node | None) -> str:
    if root is None:
        return "This file is empty; a case starts with `case:`, a title, a date and a currency. Copy a shipped one."
    kind = "a list" if root.id == "sequence" else "a single value"
    return f"This file is {kind}; it must be a mapping, with keys such as `case:` at the left margin."


def _read(path: Path, name: str) -> tuple[bytes, str]:
    """Return a file's bytes and its text; InputError where it is no text, or no file."""
    line, sentence = 1, "There is no such file; check its name and folder."
    try:
        content = read_input(path)
        return content, text_of(content)
    except FileNotFoundError:
        pass
    except IsADirectoryError:
        sentence = "This is a folder; name a file in it."
    except NotAFileError as error:
        sentence = str(error)
    except NotTextError as error:
        line, sentence = error.line, error.sentence
    except OSError as error:
        sentence = f"This file cannot be read: {error.strerror}."
    raise InputError([Problem(name, line, 1, "", "", sentence)])


def _check_characters(document: Document, text: str) -> None:
    """Raise InputError for a character that YAML does not allow, with its place."""
    found = UNPRINTABLE.search(text)
    if found is None:
        return
    before = text[: found.start()].splitlines(keepends=True) or [""]
    inside = not before[-1].endswith(("\n", "\r"))
    line, column = (len(before), len(before[-1]) + 1) if inside else (len(before) + 1, 1)
    sentence = f"Here is the control character U+{ord(found[0]):04X}, which nobody sees; take it out."
    raise InputError([Problem(document.file, line, column, "", document.line_text(line), sentence, "syntax")])


def _syntax(document: Document, error: NotYamlError) -> Problem:
    """Create the problem of a YAML syntax error."""
    mark, context_mark = error.mark, error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    line = min(line, max(len(document.lines), 1))
    what = error.problem or "it cannot be read"
    if context_mark and mark and context_mark.line < mark.line:
        what = f"in the part that begins in line {context_mark.line + 1}, {what}"
    hint = "check indentation, brackets, quotes and colons here and in the line above"
    if "\t" in document.line_text(line)[: column + 1] or "'\\t'" in what:
        hint = "indent with spaces, not with tabs"
    if "another document" in what:
        what, hint = "a second document begins", "keep one case in a file, without lines of ---"
    sentence = f"This is not YAML: {what}; {hint}."
    return Problem(document.file, line, column, "", document.line_text(line), sentence, "syntax")


def _unknown_character(document: Document, text: str) -> Problem:
    """Create the problem of an escape for a character that does not exist, which is where the library fails."""
    for found in ESCAPED.finditer(text):
        if int(found[1], 16) > sys.maxunicode:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            sentence = f"{found[0]} is no character; write the character itself, or take it out."
            return Problem(document.file, line, column, "", document.line_text(line), sentence, "syntax")
    sentence = "This cannot be read as YAML; compare it with a shipped case."
    return Problem(document.file, 1, 1, "", document.line_text(1), sentence, "syntax")


@dataclass(slots=True)
class _NodeReader:
    """Converts YAML nodes into plain data; records positions and problems in the document."""

    document: Document
    nodes: int = 0

    def read_node(self, node: Node, location: Location) -> object:
        """Return a node and its descendants as plain data."""
        self.nodes += 1
        if self.nodes > MAX_NODES or len(location) > MAX_DEPTH:
            raise InputError(
                [
                    self.document.problem_at(
                        location, "This file is too large or too deeply nested for a case."
                    )
                ]
            )
        if node.id == "mapping":
            return dict(self._pairs(node, location))
        if node.id == "sequence":
            return [self._item(child, (*location, number)) for number, child in enumerate(node.value)]
        return self._scalar(node, location)

    def _pairs(self, node: Node, location: Location) -> Iterator[tuple[str, object]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            where = (*location, key)
            if key_node.id != "scalar" or str(key_node.tag).endswith(":merge"):
                self._add_problem(
                    key_node,
                    location,
                    "Write the keys out here: `<<` and keys that are no words are not read.",
                )
                continue
            if key in seen:
                self._add_problem(
                    key_node,
                    where,
                    f"`{key}` stands here twice, first in line {seen[key]}; keep one of them.",
                )
                continue
            seen[key] = line
            self._record_position(where, value_node, key_node)
            yield key, self.read_node(value_node, where)

    def _item(self, node: Node, location: Location) -> object:
        self._record_position(location, node, node)
        return self.read_node(node, location)

    def _record_position(self, location: Location, value: Node, key: Node) -> None:
        at, key_mark = value.start_mark, key.start_mark
        if value.id == "scalar" and value.value == "" and not value.style:
            at = key.start_mark
        self.document.positions[location] = Position(
            at.line + 1, at.column + 1, key_mark.line + 1, key_mark.column + 1
        )

    def _add_problem(self, node: Node, location: Location, sentence: str) -> None:
        mark = node.start_mark
        path, line_text = self.document.path(location), self.document.line_text(mark.line + 1)
        problem = Problem(
            self.document.file, mark.line + 1, mark.column + 1, path, line_text, sentence, "syntax"
        )
        self.document.problems.append(problem)

    def _scalar(self, node: Node, location: Location) -> object:
        kind, raw = str(node.tag).rpartition(":")[2], str(node.value)
        if kind not in SCALARS:
            self._add_problem(node, location, f"The tag {node.tag} is not read here; write the plain value.")
            return raw
        return SCALARS[kind](raw)


def _integer(raw: str) -> int | float | str:
    plain = raw.replace("_", "")
    try:
        found = int(plain, 0) if re.match(r"[-+]?0[xob]", plain) else int(plain)
    except ValueError:  # too many digits for Python, or no number at all
        return float("inf") if len(plain) > MAX_DEPTH else raw
    return found if abs(found) < LARGEST_INTEGER else copysign(float("inf"), found > 0 or -1)


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
    "int": _integer,
    "float": _decimal,
    "timestamp": _day,
    "str": str,
}
"""The converter of each YAML scalar tag."""
