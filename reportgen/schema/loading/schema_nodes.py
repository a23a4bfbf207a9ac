"""The schema at a location in a file: its type, assumption definition and keys."""

import types
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from reportgen.casing import first_lower
from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import Measure, Written, measure_of
from reportgen.schema.loading.document import Location, child_of
from reportgen.schema.loading.suggestions import PLACEHOLDER
from reportgen.schema.options import KINDS

PLACEHOLDER_VALUES: dict[object, object] = {date: date(2000, 1, 1), bool: True, int: 1, float: 1.0}


@dataclass(frozen=True, slots=True)
class SchemaNode:
    """The schema at a location: its type, its assumption definition, and its field in the parent model."""

    kind: Any
    measured: Measure | None = None
    field: FieldInfo | None = None
    name: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that a mapping may have here; () if it is no model."""
        if isinstance(self.kind, type) and issubclass(self.kind, Written):
            return tuple(info.alias or name for name, info in self.kind.model_fields.items())
        return ()

    @property
    def optional(self) -> bool:
        """Return whether the field has a default."""
        return self.field is not None and not self.field.is_required()

    @property
    def meaning(self) -> str:
        """Return the field's description as a phrase; "" if it has none."""
        if self.measured:
            return self.measured.meaning
        text = self.field.description if self.field else None
        return first_lower(text).rstrip(".") if text else ""


def schema_node_at(model: type[Written], data: object, location: Location) -> SchemaNode:
    """Return the schema node at a location of a model; `data` determines the kinds of options."""
    node = SchemaNode(model)
    for part in location:
        data = child_of(data, part)
        node = _step(node, part, data)
    return node


def _step(node: SchemaNode, part: str | int, data: object) -> SchemaNode:
    kind = node.kind
    if isinstance(kind, type) and issubclass(kind, Written):
        for name, info in kind.model_fields.items():
            if part in (name, info.alias):
                return SchemaNode(_unwrapped(info.annotation, data), measure_of(info), info, str(part))
        return SchemaNode(object, name=str(part))
    arguments = get_args(kind)
    if get_origin(kind) in (dict, tuple) and arguments:
        inner = arguments[1] if get_origin(kind) is dict else arguments[0]
        found = [item for item in get_args(inner) if isinstance(item, Measure)]
        return SchemaNode(_unwrapped(inner, data), found[0] if found else None, name=str(part))
    return SchemaNode(object, name=str(part))


def _unwrapped(kind: Any, data: object) -> Any:
    """Unwrap Annotated and optional types; of a union, return the option kind that the data names, else the first."""
    if get_origin(kind) is Annotated:
        return _unwrapped(get_args(kind)[0], data)
    if get_origin(kind) in (Union, types.UnionType):
        inner = [_unwrapped(part, data) for part in get_args(kind) if part is not type(None)]
        named = KINDS.get(str(data.get("kind"))) if isinstance(data, Mapping) else None
        return named if named in inner else inner[0]
    return kind


def placeholder(node: SchemaNode, number: int) -> object:
    """Return a value that the schema accepts, in place of an invalid one, so that the rest can be validated."""
    kind = node.kind
    if node.measured:
        return 1
    if isinstance(kind, type) and issubclass(kind, Written):
        required = [name for name, info in kind.model_fields.items() if info.is_required()]
        keys = [kind.model_fields[name].alias or name for name in required]
        return {key: placeholder(_step(node, key, None), number) for key in keys}
    origin = get_origin(kind)
    if origin is tuple:
        return [placeholder(_step(node, 0, None), number)]
    if origin is dict:
        return {}
    return get_args(kind)[0] if origin is Literal else _plain_placeholder(node, number)


def _plain_placeholder(node: SchemaNode, number: int) -> object:
    """Return a placeholder month, currency, day, number, or a text unique by `number`."""
    named = {"start": "2000-01", "currency": "XTS"}  # ISO 4217 reserves XTS for testing
    return named.get(node.name) or PLACEHOLDER_VALUES.get(node.kind, f"{PLACEHOLDER}{number}")
