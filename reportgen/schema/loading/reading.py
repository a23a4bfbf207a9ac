"""A file read with its faults: all told, and mended with something harmless so that the rest is checked too."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import ValidationError

from reportgen.errors import Problem
from reportgen.schema.loading.document import Document, Location, below
from reportgen.schema.loading.messages import Found, nearest, sentence
from reportgen.schema.loading.places import placeholder, shape_at
from reportgen.schema.stated import Written

T = TypeVar("T", bound=Written)
ROUNDS = 6
"""Each round uncovers what the faults of the one before hid; after these, nothing can be saved."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem found by a check that looks at several places; `about` are the other places it depends on."""

    location: Location
    sentence: str
    at_key: bool = False
    about: tuple[Location, ...] = ()


@dataclass(slots=True)
class Reading(Generic[T]):
    """A file read as a part of the schema: the part (None where too little can be read) and its problems."""

    document: Document
    whole: T | None
    problems: list[Problem] = field(default_factory=list)
    mended: list[Location] = field(default_factory=list)

    def tell(self, remarks: Iterable[Remark]) -> None:
        """Add remarks, except those about places that were mended: their own problem is told already."""
        for remark in remarks:
            if not any(self.is_mended(place) for place in (remark.location, *remark.about)):
                self.problems.append(
                    self.document.problem(remark.location, remark.sentence, at_key=remark.at_key)
                )

    def is_mended(self, location: Location) -> bool:
        """Tell whether a place, or one above it, holds a placeholder."""
        return any(location[: len(place)] == place for place in self.mended)


def reading(document: Document, kind: type[T]) -> Reading[T]:
    """Read a document as a part of the schema."""
    out: Reading[T] = Reading(document, None, list(document.faults))
    data = document.data
    for attempt in range(ROUNDS):
        try:
            out.whole = kind.model_validate(data)
            break
        except ValidationError as error:
            found = [_placed(dict(item)) for item in error.errors(include_url=False)]
            if attempt == 0:
                out.problems += _problems(document, kind, found)
            data = _mended(data, kind, found, out.mended)
    return out


def _placed(found: Found) -> Found:
    """Take pydantic's mark of a bad key out of a location."""
    loc = tuple(found["loc"])
    return {**found, "loc": loc[:-1], "key": True} if loc and loc[-1] == "[key]" else found


def _problems(document: Document, kind: type[Written], found: Sequence[Found]) -> list[Problem]:
    """Word what pydantic found; a misspelled key is not told a second time as missing."""
    out, meant = [], _meant(document, kind, found)
    for item in found:
        loc: Location = item["loc"]
        if (item["type"] == "missing" and loc in meant) or _derived(document, loc) or _hollow(item):
            continue
        shape, above = shape_at(kind, document.data, loc), shape_at(kind, document.data, loc[:-1])
        at_key = (
            bool(item.get("key"))
            or item["type"] == "extra_forbidden"
            or isinstance(item["input"], dict | list)
        )
        told = {**item, "input": _written(document.data, loc)} if isinstance(item["input"], float) else item
        out.append(document.problem(loc, sentence(told, shape, above), at_key=at_key))
    return out


def _derived(document: Document, location: Location) -> bool:
    """Tell whether a value was made of the name, whose own problem is told."""
    return location[-1:] in (("short_name",), ("id",)) and location not in document.places


def _hollow(found: Found) -> bool:
    """Tell whether a list counts as too short only because its entries have problems of their own."""
    return found["type"] == "too_short" and bool(found["input"])


def _written(data: object, location: Location) -> object:
    """Find what stands at a location, as written."""
    for part in location:
        data = below(data, part)
    return data


def _meant(document: Document, kind: type[Written], found: Sequence[Found]) -> set[Location]:
    """List the places that misspelled keys were meant for."""
    out: set[Location] = set()
    for item in found:
        if item["type"] == "extra_forbidden":
            *above, key = item["loc"]
            close = nearest(str(key), shape_at(kind, document.data, tuple(above)).keys)
            out |= {(*above, close)} if close else set()
    return out


def _mended(data: object, kind: type[Written], found: Sequence[Found], mended: list[Location]) -> object:
    """Copy data with every fault taken out or replaced, the deepest first."""
    copy, before = deepcopy(data), set(mended)
    for item in sorted(found, key=lambda each: -len(each["loc"])):
        location = _existing(copy, item["loc"]) if item["type"] != "missing" else item["loc"]
        if location and location[-1] == "kind":  # a part of unknown kind is unknown altogether
            location = location[:-1]
        while location in before:  # what was put there did not do either: mend what is around it
            location = location[:-1]
        if not location:
            continue
        # A bad key hides what it was meant for: everything beside it is in doubt.
        mended.append(location[:-1] if item.get("key") else location)
        _replace(copy, kind, location, drop=item["type"] == "extra_forbidden" or bool(item.get("key")))
        if item["type"] == "extra_forbidden":
            close = nearest(str(location[-1]), shape_at(kind, data, location[:-1]).keys)
            mended.extend([(*location[:-1], close)] if close else [])
    return copy


def _existing(data: object, location: Location) -> Location:
    """Cut a location down to what is in the data."""
    for depth, part in enumerate(location):
        inside = (
            part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        )
        if not inside:
            return location[:depth]
        data = below(data, part)
    return location


def _replace(data: object, kind: type[Written], location: Location, *, drop: bool) -> None:
    shape = shape_at(kind, data, location)
    for part in location[:-1]:
        if not isinstance(data, dict | list):
            return
        data = data[part]  # type: ignore[index]
    if isinstance(data, dict) and (drop or shape.optional):
        data.pop(location[-1], None)
    elif isinstance(data, dict | list):
        data[location[-1]] = placeholder(shape, len(str(location)))  # type: ignore[index]
