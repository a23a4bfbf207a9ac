"""Validation that reports all problems: invalid values get placeholders so that the rest is validated too."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import field
from typing import Generic, TypeVar

from pydantic import ValidationError

from reportgen.errors import Problem
from reportgen.runtime.records import dataclass
from reportgen.schema.assumption_fields import Written
from reportgen.schema.loading.corrections import corrected, corrections
from reportgen.schema.loading.document import Document, Location, child_of
from reportgen.schema.loading.messages import PydanticError, error_sentence
from reportgen.schema.loading.schema_nodes import placeholder, schema_node_at
from reportgen.schema.loading.suggestions import PLACEHOLDER, closest_match

T = TypeVar("T", bound=Written)
CODE_OF = {
    "extra_forbidden": "unknown-key", "missing": "missing-key", "literal_error": "not-a-choice", "model_type": "wrong-type",
    "model_attributes_type": "wrong-type", "dict_type": "wrong-type", "tuple_type": "wrong-type",
}  # fmt: skip
"""The code of each of pydantic's types of error."""
MAX_ROUNDS = 6
"""Each round validates what the problems of the previous one hid; after these, validation gives up."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A problem found by a check; `depends_on` lists the other locations that the check looked at."""

    location: Location
    sentence: str
    at_key: bool = False
    depends_on: tuple[Location, ...] = ()


DERIVED_FROM_NAMES: tuple[Location, ...] = (("short_name",), ("id",))
DERIVED_FROM_OPTIONS: tuple[Location, ...] = (("baseline",), ("bridge", "option"))
"""Fields that are filled in where a case does not state them."""


@dataclass(slots=True)
class ValidatedDocument(Generic[T]):
    """A document validated against a model: the model (None if it could not be built) and all problems.

    `document` is the one that was validated, with obvious typing errors corrected; `placeholders` lists the locations
    whose invalid values were replaced.
    """

    document: Document
    model: T | None
    problems: list[Problem] = field(default_factory=list)
    placeholders: list[Location] = field(default_factory=list)

    def add_violations(self, violations: Iterable[Violation], code: str = "invalid-value") -> None:
        """Add violations as problems, except at locations with placeholders, whose problem is reported already."""
        replaced = set(self.placeholders)
        for violation in violations:
            if replaced and PLACEHOLDER in violation.sentence:
                continue  # it is about a text that nobody wrote
            if not any(_is_within(place, replaced) for place in (violation.location, *violation.depends_on)):
                self.problems.append(
                    self.document.problem_at(
                        violation.location, violation.sentence, at_key=violation.at_key, code=code
                    )
                )


def _is_within(location: Location, places: AbstractSet[Location]) -> bool:
    """Return whether a location is one of some places, or lies below one."""
    return bool(places) and any(location[:depth] in places for depth in range(len(location) + 1))


def validate(document: Document, kind: type[T]) -> ValidatedDocument[T]:
    """Validate a document against a model; collect all problems."""
    problems = list(document.problems)
    for _ in range(MAX_ROUNDS):
        errors = _errors(kind, document.data)
        meant = corrections(document, kind, errors)
        if not meant:
            break
        problems += _problems(document, kind, [item for item in errors if tuple(item["loc"]) in meant])
        document = corrected(document, meant)
    out: ValidatedDocument[T] = ValidatedDocument(document, None, problems)
    data = document.data
    for attempt in range(MAX_ROUNDS):
        found = _errors(kind, data)
        if not found:
            out.model = kind.model_validate(data)
            break
        if attempt == 0:
            out.problems += _problems(document, kind, found)
        data = _with_placeholders(data, kind, found, out.placeholders)
    return out


def _errors(kind: type[Written], data: object) -> list[PydanticError]:
    """Return pydantic's errors of data; [] if it is valid."""
    try:
        kind.model_validate(data)
    except ValidationError as error:
        return [_without_key_marker(dict(item)) for item in error.errors(include_url=False)]
    return []


def _without_key_marker(found: PydanticError) -> PydanticError:
    """Remove pydantic's "[key]" marker from an error's location."""
    loc = tuple(found["loc"])
    return {**found, "loc": loc[:-1], "key": True} if loc and loc[-1] == "[key]" else found


def _problems(document: Document, kind: type[Written], found: Sequence[PydanticError]) -> list[Problem]:
    """Convert pydantic's errors into problems; a misspelled key is not reported again as missing."""
    out, intended = [], _intended_keys(document, kind, found)
    for item in found:
        loc: Location = item["loc"]
        if (
            (item["type"] == "missing" and loc in intended)
            or _is_derived(document, loc)
            or _is_consequence(item)
        ):
            continue
        node, parent = schema_node_at(kind, document.data, loc), schema_node_at(kind, document.data, loc[:-1])
        at_key = (
            bool(item.get("key"))
            or item["type"] == "extra_forbidden"
            or isinstance(item["input"], dict | list)
        )
        as_written = (
            {**item, "input": _value_at(document.data, loc)} if isinstance(item["input"], float) else item
        )
        code = "unit" if loc[-1:] == ("unit",) else CODE_OF.get(item["type"], "invalid-value")
        sentence = error_sentence(as_written, node, parent)
        out.append(document.problem_at(loc, sentence, at_key=at_key, code=code))
    return out


def _is_derived(document: Document, location: Location) -> bool:
    """Return whether a value was derived from a name or the key of an option, whose own problem is reported."""
    derived = location[-1:] in DERIVED_FROM_NAMES or location in DERIVED_FROM_OPTIONS
    return derived and location not in document.positions


def _is_consequence(found: PydanticError) -> bool:
    """Return whether a list is too short only because its entries have problems of their own."""
    return found["type"] == "too_short" and bool(found["input"])


def _value_at(data: object, location: Location) -> object:
    """Return the value at a location, as written."""
    for part in location:
        data = child_of(data, part)
    return data


def _intended_keys(document: Document, kind: type[Written], found: Sequence[PydanticError]) -> set[Location]:
    """Return the locations of the keys that misspelled keys were probably meant to be."""
    out: set[Location] = set()
    for item in found:
        if item["type"] == "extra_forbidden":
            *parent, key = item["loc"]
            close = closest_match(str(key), schema_node_at(kind, document.data, tuple(parent)).keys)
            out |= {(*parent, close)} if close else set()
    return out


def _with_placeholders(
    data: object, kind: type[Written], found: Sequence[PydanticError], placeholders: list[Location]
) -> object:
    """Return a copy of the data with every invalid value removed or replaced, the deepest first."""
    copy, before = deepcopy(data), set(placeholders)
    for item in sorted(found, key=lambda each: -len(each["loc"])):
        location = _existing(copy, item["loc"]) if item["type"] != "missing" else item["loc"]
        if location and location[-1] == "kind":  # without its kind, the whole part cannot be validated
            location = location[:-1]
        while location and location in before:  # the placeholder was refused too: replace the parent
            location = location[:-1]
        if not location:
            continue
        # An invalid key may stand for any of its siblings: treat the parent as replaced.
        placeholders.append(location[:-1] if item.get("key") else location)
        _replace(copy, kind, location, drop=item["type"] == "extra_forbidden" or bool(item.get("key")))
        if item["type"] == "extra_forbidden":
            close = closest_match(str(location[-1]), schema_node_at(kind, data, location[:-1]).keys)
            placeholders.extend([(*location[:-1], close)] if close else [])
    return copy


def _existing(data: object, location: Location) -> Location:
    """Return the longest prefix of a location that is in the data."""
    for depth, part in enumerate(location):
        inside = (
            part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        )
        if not inside:
            return location[:depth]
        data = child_of(data, part)
    return location


def _replace(data: object, kind: type[Written], location: Location, *, drop: bool) -> None:
    node = schema_node_at(kind, data, location)
    for part in location[:-1]:
        data = child_of(data, part)
    if isinstance(data, dict) and (drop or node.optional):
        data.pop(location[-1], None)
    elif isinstance(data, dict | list):
        data[location[-1]] = placeholder(node, len(str(location)))  # type: ignore[index]
