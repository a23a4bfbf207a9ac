"""Frozen dataclasses with slots, as the standard library's, but for methods that are not compiled for each class.

Why: the standard library compiles six methods of every class when it is made, most of which are never called. For the 300
classes of a build that takes a twentieth of its time. A dataclass that derives from one of these is made here too: the standard
library takes them for classes that are not frozen.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard_dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: Any) -> Any:
        """Make a dataclass: a frozen one with slots as a record, with other options as the standard library does."""
        if options.get("frozen") and options.get("slots") and options.keys() <= {"frozen", "slots", "eq"}:
            return partial(_record, **options)
        return standard_dataclass(cls, **options)


def _record(cls: type, *, frozen: bool, slots: bool, eq: bool = True) -> type:
    """Make a frozen dataclass with slots: its constructor is compiled when first called, its other methods are those below.

    Where a field has other options than a default, or more is done after construction, the standard library makes it.
    """
    options = [field for field in vars(cls).values() if isinstance(field, Field)]
    if hasattr(cls, "__post_init__") or not all(map(_is_plain, options)):
        return standard_dataclass(frozen=frozen, slots=slots, eq=eq)(cls)
    made: type = standard_dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    methods: dict[str, Callable[..., object]] = {
        "__init__": _first_constructor(made), "__repr__": _represent, "__getstate__": _values, "__setstate__": _restore,
        "__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete,
    }  # fmt: skip
    if eq:
        methods |= {"__eq__": _equal, "__hash__": _hash}
    own = {
        name for name, method in vars(made).items() if method is not None
    }  # a class that can be compared has no hash
    for name in methods.keys() - own:
        setattr(made, name, methods[name])
    return made


def _is_plain(field: "Field[Any]") -> bool:
    """Return whether a field has no options but a default and whether it is printed."""
    return field.init and field.compare and field.hash is None and field.kw_only in (False, MISSING)


def _first_constructor(made: type) -> Callable[..., None]:
    """Return the constructor that compiles another one in its place and calls it."""

    def construct(self: object, *values: object, **named: object) -> None:
        made.__init__ = compiled = _constructor(made)  # type: ignore[misc]
        compiled(self, *values, **named)

    return construct


def _constructor(made: type) -> Callable[..., None]:
    """Compile the constructor of a dataclass: a parameter for each field, with its default."""
    names: dict[str, Any] = {
        "__name__": made.__module__,
        "_set_field": object.__setattr__,
        "MISSING": MISSING,
    }
    parameters, lines = ["self"], ["pass"]
    for field in fields(made):
        parameter = value = field.name
        if field.default is not MISSING:
            names[f"_default_{field.name}"] = field.default
            parameter += f"=_default_{field.name}"
        elif field.default_factory is not MISSING:
            names[f"_make_{field.name}"] = field.default_factory
            parameter += "=MISSING"
            value = f"_make_{field.name}() if {field.name} is MISSING else {field.name}"
        parameters.append(parameter)
        lines.append(f"_set_field(self, {field.name!r}, {value})")
    body = "\n    ".join(lines)
    exec(f"def __init__({', '.join(parameters)}):\n    {body}", names)  # noqa: S102  of names in this program's source
    constructor: Callable[..., None] = names["__init__"]
    constructor.__qualname__ = f"{made.__qualname__}.__init__"  # the name in messages about its arguments
    return constructor


def _values(record: Any) -> tuple[object, ...]:
    return tuple([getattr(record, name) for name in record.__match_args__])


def _equal(record: object, other: object) -> bool:
    return _values(record) == _values(other) if other.__class__ is record.__class__ else NotImplemented


def _hash(record: object) -> int:
    return hash(_values(record))


def _represent(record: Any) -> str:
    shown = (f"{field.name}={getattr(record, field.name)!r}" for field in fields(record) if field.repr)
    return f"{type(record).__qualname__}({', '.join(shown)})"


def _restore(record: Any, values: tuple[object, ...]) -> None:
    for name, value in zip(record.__match_args__, values, strict=True):
        object.__setattr__(record, name, value)


def _refuse_to_set(_record: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_record: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
