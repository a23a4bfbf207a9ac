"""The nodes of YAML text, by the rules of YAML 1.2: a fast reader where both agree, ruamel.yaml everywhere else."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, Protocol, cast

import yaml

APART = re.compile(
    "[\t\x7f-\x9f\u2028\u2029\ufeff]|^(?:%|---|\\.\\.\\.)|(?:^|[\\s,:\\[{}\\]-])[?!&*]", re.MULTILINE
)
"""What the two readers may take differently: tabs, other ends of lines, directives, several documents, complex keys, tags, anchors."""

TAG = "tag:yaml.org,2002:"
SCALAR_RULES: tuple[tuple[str, Sequence[str], str], ...] = (
    ("bool", "tTfF", r"(?:true|True|TRUE|false|False|FALSE)"),
    (
        "float",
        "-+0123456789.",
        r"(?:[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)"
        r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))",
    ),
    ("int", "-+0123456789", r"(?:[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+)"),
    ("merge", "<", r"<<"),
    ("null", ("~", "n", "N", ""), r"(?:~|null|Null|NULL|)"),
    (
        "timestamp",
        "0123456789",
        r"[0-9]{4}-(?:[0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
        r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)",
    ),
    ("value", "=", r"="),
)
"""The plain scalars that are no text: tag, first characters, the whole of it; https://yaml.org/spec/1.2.2/#103-core-schema with days."""


class Mark(Protocol):
    """A place in the text: line and column, counted from 0."""

    line: int
    column: int


class Node(Protocol):
    """A node of YAML: `id` says its kind."""

    id: Literal["mapping", "sequence", "scalar"]
    tag: Any
    value: Any
    style: str | None
    start_mark: Mark


class NotYamlError(ValueError):
    """A text is no YAML: what is wrong, where, and where the part begins in which it is, as far as that is known."""

    def __init__(self, problem: str, mark: Mark | None, context_mark: Mark | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.mark = mark or context_mark
        self.context_mark = context_mark


def compose(text: str) -> Node | None:
    """Return the root node of a text; None where it is empty. Raises NotYamlError, and what ruamel.yaml lets through."""
    if not APART.search(text):
        try:
            return _composed(text)
        except (yaml.YAMLError, ValueError):  # ruamel.yaml says better what is wrong
            pass
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return cast("Node | None", YAML(typ="safe", pure=True).compose(text))
    except MarkedYAMLError as error:
        raise NotYamlError(error.problem or "", error.problem_mark, error.context_mark) from error
    except YAMLError as error:
        raise NotYamlError("", None, None) from error


def _composed(text: str) -> Node | None:
    """Return the root node of a text as libyaml reads it."""
    reader = _reader()(text)
    try:
        return cast("Node | None", reader.get_single_node())
    finally:
        reader.dispose()


@cache
def _reader() -> Any:
    """Return the reader: libyaml's where PyYAML has it, with the scalars of YAML 1.2."""
    if not yaml.__with_libyaml__:
        raise yaml.YAMLError
    from yaml.cyaml import CParser  # type: ignore[attr-defined]
    from yaml.resolver import BaseResolver

    class Reader(CParser, BaseResolver):
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            BaseResolver.__init__(self)

    for tag, first, whole in SCALAR_RULES:
        Reader.add_implicit_resolver(f"{TAG}{tag}", re.compile(f"{whole}$"), list(first))
    return Reader
