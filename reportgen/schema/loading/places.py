"""What the schema expects at a place in a file: which part, which assumption, which keys."""

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from reportgen.casing import first_lower
from reportgen.schema.loading.document import Location, below
from reportgen.schema.options import KINDS
from reportgen.schema.stated import Measure, Written, measure

PLACEHOLDERS: dict[object, object] = {date: date(2000, 1, 1), bool: True, int: 1, float: 1.0}


@dataclass(frozen=True, slots=True)
class Shape:
    """What is expected at a place: a type, the assumption it is, its field in the part above."""

    kind: Any
    measured: Measure | None = None
    field: FieldInfo | None = None
    name: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """List the keys that may stand below."""
        if isinstance(self.kind, type) and issubclass(self.kind, Written):
            return tuple(info.alias or name for name, info in self.kind.model_fields.items())
        return ()

    @property
    def optional(self) -> bool:
        """Tell whether the file may leave it out."""
        return self.field is not None and not self.field.is_required()

    @property
    def meaning(self) -> str:
        """Say what it is; empty where the schema does not."""
        if self.measured:
            return self.measured.meaning
        text = self.field.description if self.field else None
        return first_lower(text).rstrip(".") if text else ""


def shape_at(whole: type[Written], data: object, location: Location) -> Shape:
    """Follow a location down the schema; `data` tells the kinds of options."""
    shape = Shape(whole)
    for part in location:
        data = below(data, part)
        shape = _step(shape, part, data)
    return shape


def _step(shape: Shape, part: str | int, data: object) -> Shape:
    kind = shape.kind
    if isinstance(kind, type) and issubclass(kind, Written):
        for name, info in kind.model_fields.items():
            if part in (name, info.alias):
                return Shape(_chosen(info.annotation, data), measure(info), info, str(part))
        return Shape(object, name=str(part))
    arguments = get_args(kind)
    if get_origin(kind) in (dict, tuple) and arguments:
        inner = arguments[1] if get_origin(kind) is dict else arguments[0]
        found = [item for item in get_args(inner) if isinstance(item, Measure)]
        return Shape(_chosen(inner, data), found[0] if found else None, name=str(part))
    return Shape(object, name=str(part))


def _chosen(kind: Any, data: object) -> Any:
    """Strip what is around a type; of several, take the option kind that the data names, else the first."""
    if get_origin(kind) is Annotated:
        return _chosen(get_args(kind)[0], data)
    if get_origin(kind) in (Union, types.UnionType):
        inner = [_chosen(part, data) for part in get_args(kind) if part is not type(None)]
        named = KINDS.get(str(data.get("kind"))) if isinstance(data, Mapping) else None
        return named if named in inner else inner[0]
    return kind


def placeholder(shape: Shape, number: int) -> object:
    """Make something the schema accepts in place of what it does not, so that the rest can be looked at."""
    kind = shape.kind
    if shape.measured:
        return 1
    if isinstance(kind, type) and issubclass(kind, Written):
        required = [name for name, info in kind.model_fields.items() if info.is_required()]
        keys = [kind.model_fields[name].alias or name for name in required]
        return {key: placeholder(_step(shape, key, None), number) for key in keys}
    origin = get_origin(kind)
    if origin is tuple:
        return [placeholder(_step(shape, 0, None), number)]
    if origin is dict:
        return {}
    return get_args(kind)[0] if origin is Literal else _plain(shape, number)


def _plain(shape: Shape, number: int) -> object:
    """Make a plain value: a month, a currency, a day, a number, or a text that is no other's."""
    named = {"start": "2000-01", "currency": "XTS"}  # ISO 4217 keeps XTS for trials
    return named.get(shape.name) or PLACEHOLDERS.get(shape.kind, f"placeholder_{number}")
