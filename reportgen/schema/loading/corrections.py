"""Corrections of obvious typing errors in a document, so that the rest of it can be validated in the same round."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date

from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import Written
from reportgen.schema.loading.document import Document, Location, child_of
from reportgen.schema.loading.messages import PydanticError, choices
from reportgen.schema.loading.schema_nodes import schema_node_at
from reportgen.schema.loading.suggestions import meant


@dataclass(frozen=True, slots=True)
class Correction:
    """What was meant at a location: another key, or another value."""

    location: Location
    key: str | None = None
    value: object = None


def corrections(
    document: Document, kind: type[Written], errors: Sequence[PydanticError]
) -> dict[Location, Correction]:
    """Return the errors whose right text is known: a key or a choice with one typing error, a day for a month."""
    found = {}
    for error in errors:
        location = tuple(error["loc"])
        if location in document.positions and (correction := _correction(document, kind, error, location)):
            found[location] = correction
    return found


def _correction(
    document: Document, kind: type[Written], error: PydanticError, location: Location
) -> Correction | None:
    *parent, last = location
    if error["type"] == "extra_forbidden":
        keys = schema_node_at(kind, document.data, tuple(parent)).keys
        siblings = _at(document.data, tuple(parent))
        key = meant(str(last), keys)
        return (
            Correction(location, key=key)
            if key and isinstance(siblings, Mapping) and key not in siblings
            else None
        )
    if error["type"] == "literal_error" and (word := meant(str(error["input"]), choices(error))):
        return Correction(location, value=word)
    if location == ("finance", "start") and isinstance(day := _at(document.data, location), date):
        return Correction(location, value=f"{day:%Y-%m}")
    return None


def corrected(document: Document, found: Mapping[Location, Correction]) -> Document:
    """Return a document as it was meant; its places are those of the text as written."""
    data = deepcopy(document.data)
    for correction in sorted(found.values(), key=lambda one: -len(one.location)):
        parent = _at(data, correction.location[:-1])
        last = correction.location[-1]
        if correction.key is None:
            parent[last] = correction.value  # type: ignore[index]
        elif isinstance(parent, dict):
            items = [(correction.key if key == last else key, value) for key, value in parent.items()]
            parent.clear()
            parent.update(items)
    keys = {location: one.key for location, one in found.items() if one.key is not None}
    positions = {_renamed(location, keys): place for location, place in document.positions.items()}
    return replace(document, data=data, positions=positions, problems=[])


def _renamed(location: Location, keys: Mapping[Location, str]) -> Location:
    return tuple(_parts(location, keys))


def _parts(location: Location, keys: Mapping[Location, str]) -> Iterator[str | int]:
    for depth, part in enumerate(location, start=1):
        yield keys.get(location[:depth], part)


def _at(data: object, location: Location) -> object:
    for part in location:
        data = child_of(data, part)
    return data
