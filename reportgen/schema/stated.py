"""One assumption as people write it: a bare number, or a value with its range, source, owner and date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue, WithJsonSchema
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from reportgen.casing import first_upper
from reportgen.schema.bounds import Bounds
from reportgen.schema.words import Day, Text
from reportgen.units import Unit

PER_CENT = 100
LARGEST = 1e15
"""Larger numbers are slips of the keyboard, and would not survive as cents in a float."""


def refuse(sentence: str) -> PydanticCustomError:
    """Make the error that the user reads as this sentence."""
    return PydanticCustomError("sentence", "{sentence}", {"sentence": sentence})


def number(value: object) -> float:
    """Read a number as written: truth values, text and the not-a-number values of YAML are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refuse(_not_a_number(value))
    if not -LARGEST <= value <= LARGEST:  # neither is not-a-number
        raise refuse("This is not a number that can be calculated with; write one between -1e15 and 1e15.")
    return float(value)


def _not_a_number(value: object) -> str:
    match value:
        case None:
            return "Nothing is written here; write a number, or leave the key out."
        case bool():
            return f"You wrote {str(value).lower()}; write a number."
        case str() if value.strip().endswith("%"):
            return f'You wrote "{value}"; write shares as fractions of 1 and without a sign: 35% is 0.35.'
        case str():
            return f'You wrote "{value}", which is text; write a number such as 1000 or 0.35, without quotes.'
        case list():
            return "You wrote a list; write a number, or a mapping with value, low, high and source."
    return f"You wrote {value}; write a number."


Number = Annotated[float, BeforeValidator(number), WithJsonSchema({"type": "number"})]


Distribution = Literal["triangular", "uniform", "pert", "lognormal"]


class Written(BaseModel):
    """A part of a file that people write: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Range(Written):
    """A range and its origin, to stand beside a price out of the price book."""

    low: Number | None = Field(
        default=None, description="The lowest plausible value: one end of the tornado's bar."
    )
    high: Number | None = Field(default=None, description="The highest plausible value.")
    distribution: Distribution = Field(
        default="triangular",
        description="How the simulation draws it between low and high, the value its peak; "
        "a lognormal takes low and high as its 10th and 90th percentiles.",
    )
    unit: Text | None = Field(default=None, description="The unit, for the reader.")
    source: Text | None = Field(default=None, description="Where the number comes from.")
    owner: Text | None = Field(default=None, description="Who answers for it.")
    as_of: Day | None = Field(default=None, description="The day on which it was true.")
    note: Text | None = Field(default=None, description="What a reader should know about it.")


class Stated(Range):
    """An assumption: its value, and any of low, high, unit, source, owner, as_of, note."""

    value: Number = Field(description="The value in the base case.")


def stated(value: float) -> Stated:
    """State a bare number."""
    return Stated(value=value)


@dataclass(frozen=True, slots=True)
class Measure:
    """What an assumption measures: declared once, beside its field, and read by everybody."""

    label: str
    unit: Unit
    bounds: Bounds
    meaning: str
    reachable: bool = True
    """Effects reach it (MODEL, "One idea: a run")."""
    book: bool = False
    """Its value may come out of the price book, with a range alone written beside."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        """Read a bare number or a mapping, and hold it against the bounds."""
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the assumption to an editor: a bounded number, or the mapping."""
        names = {
            "least": "minimum",
            "above": "exclusiveMinimum",
            "most": "maximum",
            "below": "exclusiveMaximum",
        }
        limits = {names[key]: v for key in names if (v := getattr(self.bounds, key)) is not None}
        plain = {"type": "integer" if self.bounds.whole else "number", **limits}
        inner = handler(schema)
        mappings = [part for part in inner.get("anyOf", [inner]) if part.get("type") != "number"]
        text = f"{first_upper(self.meaning)} ({self.unit.text('the case currency')})."
        return {"title": self.label, "description": text, "anyOf": [plain, *mappings]}

    def _read(self, value: object, handler: Callable[[object], object]) -> object:
        match value:
            case Range():
                return value
            case None:
                return self._read_nothing(handler)
            case dict():
                kind = Range if self.book and "value" not in value else Stated
                whole = kind.model_validate(value)
                self._hold(whole)
                return whole
        plain = stated(number(value))
        if sentence := self.objection(plain.value):
            raise refuse(sentence)
        return plain

    def _read_nothing(self, handler: Callable[[object], object]) -> object:
        try:
            return handler(None)
        except ValidationError:
            raise refuse(f"Nothing is written here; write {self.meaning}, {self.bounds.words}.") from None

    def objection(self, value: float, name: str = "it") -> str | None:
        """Say what is wrong with a value out of bounds; None where nothing is."""
        if self.bounds.hold(value):
            return None
        hint = ""
        if self.unit.kind == "share" and self.bounds.most == 1 and 1 < value <= PER_CENT:
            hint = f" Shares are written as fractions of 1: {value:g}% is {value / 100:g}."
        return f"You wrote {value:g}; {name} must be {self.bounds.words}: {self.meaning}.{hint}"

    def _hold(self, written: Range) -> None:
        """Hold the value and both ends of its range against the bounds and each other."""
        value = written.value if isinstance(written, Stated) else None
        numbers = {"value": value, "low": written.low, "high": written.high}
        shown = {**numbers, "distribution": written.distribution}
        found = {
            name: sentence
            for name, v in numbers.items()
            if v is not None and (sentence := self.objection(v, "it" if name == "value" else name))
        }
        found = found or order(value, written.low, written.high) or drawn(written)
        if found:
            raise ValidationError.from_exception_data(
                self.label,
                [
                    InitErrorDetails(type=refuse(text), loc=(name,), input=shown[name])
                    for name, text in found.items()
                ],
            )


def order(value: float | None, low: float | None, high: float | None) -> dict[str, str]:
    """Say which end of a range stands on the wrong side, keyed by its name (low <= value <= high)."""
    found = {}
    if low is not None and value is not None and low > value:
        found["low"] = f"low is {low:g}, above the value {value:g}; write low <= value <= high."
    if high is not None and value is not None and high < value:
        found["high"] = f"high is {high:g}, below the value {value:g}; write low <= value <= high."
    if low is not None and high is not None and value is None and low > high:
        found["low"] = f"low is {low:g}, above high, {high:g}; write low <= high."
    return found


def drawn(written: Range) -> dict[str, str]:
    """Say why an assumption cannot be drawn as it says; nothing where it can."""
    if written.distribution == "triangular":
        return {}
    if written.low is None or written.high is None:
        return {"distribution": "A distribution is drawn between low and high; give both, or leave it out."}
    if written.distribution == "lognormal" and written.low <= 0:
        return {
            "low": f"low is {written.low:g}; a lognormal lies above 0, so write low above 0 or choose another distribution."
        }
    return {}


def measure(field: FieldInfo) -> Measure | None:
    """Find what a field measures; None where it is no assumption."""
    return next((item for item in field.metadata if isinstance(item, Measure)), None)


NONE = stated(0)
ONE = stated(1)
