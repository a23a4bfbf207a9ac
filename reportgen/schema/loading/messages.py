"""Messages for pydantic's errors: what was written, what is allowed, what to do."""

from collections.abc import Callable
from typing import Any

from reportgen.schema.loading.schema_nodes import SchemaNode
from reportgen.schema.loading.suggestions import closest_match, listed, suggestion
from reportgen.schema.options import KINDS

PydanticError = dict[str, Any]
"""One error of pydantic: type, loc, input, ctx."""
MAX_SHOWN_LENGTH = 60


def error_sentence(found: PydanticError, node: SchemaNode, parent: SchemaNode) -> str:
    """Return the message of an error; `node` is the schema at its location, `parent` the schema one level up."""
    wording = WORDINGS.get(found["type"])
    return (
        wording(found, node, parent)
        if wording
        else f"You wrote {shown_value(found['input'])}; {found['msg']}."
    )


def shown_value(value: object) -> str:
    """Return a value as text for a message, shortened."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= MAX_SHOWN_LENGTH else f"{text[: MAX_SHOWN_LENGTH - 3]}..."


def _own(found: PydanticError, _node: SchemaNode, _parent: SchemaNode) -> str:
    return str(found["ctx"]["sentence"])


def _unknown(found: PydanticError, _node: SchemaNode, parent: SchemaNode) -> str:
    key = str(found["loc"][-1])
    kinds = [name for name, kind in KINDS.items() if key in kind.model_fields]
    if kinds and parent.kind in KINDS.values():
        own = next(name for name, kind in KINDS.items() if kind is parent.kind)
        hint = "Take it out, or change the kind"
        return f"`{key}` belongs to options of kind {listed(kinds)}; this one is {own}. {hint}."
    if close := closest_match(key, parent.keys):
        return f"`{key}` is not known here. Did you mean {close}?"
    known = listed(parent.keys, 40)
    return f"`{key}` is not known here; the keys are {known}. Take it out, or write one of these."


def _missing(found: PydanticError, node: SchemaNode, _parent: SchemaNode) -> str:
    key = str(found["loc"][-1])
    return (
        f"`{key}` is missing: {node.meaning}. Write it here."
        if node.meaning
        else f"`{key}` is missing; write it."
    )


def _mapping(found: PydanticError, node: SchemaNode, _parent: SchemaNode) -> str:
    keys = node.keys
    hint = (
        f"a mapping with keys such as {listed(keys, 4)}" if keys else "a mapping, each entry as `key: value`"
    )
    return (
        f"You wrote {shown_value(found['input'])}; write {hint}, indented below{_or_leave_out(found, node)}."
    )


def _list(found: PydanticError, node: SchemaNode, _parent: SchemaNode) -> str:
    hint = f"each entry on a line of its own that starts with `- `{_or_leave_out(found, node)}"
    return f"You wrote {shown_value(found['input'])}; write a list, {hint}."


def _or_leave_out(found: PydanticError, node: SchemaNode) -> str:
    return ", or leave the key out" if found["input"] is None and node.optional else ""


def choices(found: PydanticError) -> list[str]:
    """Return the words that an error of a choice allows."""
    return _expected(found).replace(" or ", ", ").split(", ")


def _expected(found: PydanticError) -> str:
    return str(found["ctx"]["expected"]).replace("'", "")


def _choice(found: PydanticError, _node: SchemaNode, _parent: SchemaNode) -> str:
    close = suggestion(str(found["input"]), choices(found))
    return f"You wrote {shown_value(found['input'])}; write one of {_expected(found)}.{close}"


def _limit(words: str, name: str) -> Callable[[PydanticError, SchemaNode, SchemaNode], str]:
    def wording(found: PydanticError, node: SchemaNode, _parent: SchemaNode) -> str:
        meaning = f": {node.meaning}" if node.meaning else ""
        return f"You wrote {shown_value(found['input'])}; it must be {words} {found['ctx'][name]:g}{meaning}."

    return wording


def _empty(_found: PydanticError, _node: SchemaNode, _parent: SchemaNode) -> str:
    return "This list is empty; give it at least one entry."


def _too_many(found: PydanticError, _node: SchemaNode, _parent: SchemaNode) -> str:
    return f"This list has {len(found['input'])} entries; it holds at most {found['ctx']['max_length']}. Leave some out."


WORDINGS: dict[str, Callable[[PydanticError, SchemaNode, SchemaNode], str]] = {
    "sentence": _own,
    "extra_forbidden": _unknown,
    "missing": _missing,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "dict_type": _mapping,
    "tuple_type": _list,
    "literal_error": _choice,
    "greater_than": _limit("above", "gt"),
    "less_than": _limit("below", "lt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than_equal": _limit("at most", "le"),
    "too_short": _empty,
    "too_long": _too_many,
}
