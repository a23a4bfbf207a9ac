"""The field type of an assumption: a bare number, or a value with its range, source, owner and date."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue, WithJsonSchema
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails, core_schema

from reportgen.casing import first_upper
from reportgen.runtime.records import dataclass
from reportgen.schema.bounds import Bounds
from reportgen.schema.field_types import Day, Text, sentence_error
from reportgen.schema.quantities.conversions import (
    Conversion,
    TokenKind,
    WrongUnitError,
    conversion,
    note_of,
    volume,
)
from reportgen.units import M_TOKENS_PER_MONTH, Unit

PER_CENT = 100
MAX_MAGNITUDE = 1e15
"""Larger numbers are typing errors, and a float cannot represent them to the cent."""

ENDS = ("value", "low", "high")
"""The numbers of an assumption that are in its unit."""
VOLUME_PATTERN = "^[0-9][0-9,._]*([eE][0-9]+)? ?[A-Za-z].*$"
"""For editors: a volume as text, such as 6B or 200M tokens a day."""


def read_number(value: object) -> float:
    """Validate a number; booleans, text and YAML's .nan and .inf are refused."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise sentence_error(_not_a_number(value))
    if not -MAX_MAGNITUDE <= value <= MAX_MAGNITUDE:  # neither is not-a-number
        raise sentence_error(
            "This is not a number that can be calculated with; write one between -1e15 and 1e15."
        )
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


Number = Annotated[float, BeforeValidator(read_number), WithJsonSchema({"type": "number"})]


def read_volume(value: object) -> float:
    """Validate millions of tokens a month: a number, or text such as 6B."""
    found = volume(value) if isinstance(value, str) else None
    return read_number(value if found is None else found)


Volume = Annotated[
    float,
    BeforeValidator(read_volume),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": VOLUME_PATTERN}]}),
]


Distribution = Literal["triangular", "uniform", "pert", "lognormal"]


class Written(BaseModel):
    """The base model of every part of an input file: unknown keys are errors, instances are immutable."""

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
    unit: Text | None = Field(
        default=None,
        description="The unit, read and converted: per 1K tokens, tokens/min, k USD; a unit of another thing is an error.",
    )
    source: Text | None = Field(default=None, description="Where the number comes from.")
    owner: Text | None = Field(default=None, description="Who answers for it.")
    as_of: Day | None = Field(default=None, description="The day on which it was true.")
    note: Text | None = Field(default=None, description="What a reader should know about it.")


class Stated(Range):
    """An assumption: its value, and any of low, high, unit, source, owner, as_of, note."""

    value: Number = Field(description="The value in the base case.")


def bare_value(value: float) -> Stated:
    """Create an assumption from a number alone, without range or source."""
    return Stated(value=value)


def _unless_converted(limits: Mapping[str, float]) -> dict[str, Any]:
    """Return the condition that the numbers of a mapping keep their limits, where no unit of their own converts them."""
    kept = {end: {"anyOf": [{"type": ["string", "null"]}, limits]} for end in ENDS}
    return {"if": {"not": {"required": ["unit"]}}, "then": {"properties": kept}} if limits else {}


@dataclass(frozen=True, slots=True)
class Measure:
    """The definition of an assumption, declared once as annotation of its field: label, unit, bounds, meaning."""

    label: str
    unit: Unit
    bounds: Bounds
    meaning: str
    reachable: bool = True
    """Whether the effects of risks and scenarios may change it (MODEL, "One idea: a run")."""
    book: bool = False
    """Whether its value may come from the price book; the case then states at most a range."""
    tokens: TokenKind | None = None
    """Which tokens it counts or prices; None where it counts none."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
        """Return the core schema that validates a bare number or a mapping against the bounds."""
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON schema of the assumption: a bounded number, or the mapping."""
        names = {
            "least": "minimum",
            "above": "exclusiveMinimum",
            "most": "maximum",
            "below": "exclusiveMaximum",
        }
        limits = {names[key]: v for key in names if (v := getattr(self.bounds, key)) is not None}
        plain = {"type": "integer" if self.bounds.whole else "number", **limits}
        inner = handler(schema)
        text = f"{first_upper(self.meaning)} ({self.unit.text('the case currency')})."
        said = {"title": self.label, "description": text}
        # Why in each form too: what an editor shows over a mapping is the text of the form that fits
        forms = [
            {**part, **said, **_unless_converted(limits)} if "$ref" in part else part
            for part in inner.get("anyOf", [inner])
            if part.get("type") != "number"
        ]
        if self.unit == M_TOKENS_PER_MONTH:
            forms.append({"type": "string", "pattern": VOLUME_PATTERN})
        return {**said, "anyOf": [plain, *forms]}

    def _read(self, value: object, handler: Callable[[object], object]) -> object:
        match value:
            case Range():
                return value
            case None:
                return self._read_nothing(handler)
            case dict():
                return self._read_mapping(value)
            case str():
                value = self._read_volume(value)
        bare = bare_value(read_number(value))
        if sentence := self.bounds_problem(bare.value):
            raise sentence_error(sentence)
        return bare

    def _read_mapping(self, written: dict[str, object]) -> Range:
        """Return a mapping as an assumption in its own unit."""
        model = Range if self.book and "value" not in written else Stated
        converted = self._in_own_unit(written)
        try:
            validated = model.model_validate(converted)
        except ValidationError as error:
            raise self._with_range_problems(error, converted) from None
        self._check_range(validated)
        return validated

    def _read_volume(self, written: object) -> object:
        """Return M tokens a month for a volume as text; anything else as it is."""
        if self.unit == M_TOKENS_PER_MONTH and isinstance(written, str):
            found = volume(written)
            return written if found is None else found
        return written

    def _in_own_unit(self, written: dict[str, object]) -> dict[str, object]:
        """Return a mapping with its numbers converted from the unit that it names, and a note that says so.

        Raises:
            ValidationError: where the unit is one of another thing, or not read.
        """
        out = {**written, **{end: self._read_volume(written[end]) for end in ENDS if end in written}}
        found = self.conversion_of(out)
        if found is None or found.factor == 1:
            return out
        for end in ENDS:
            number = written.get(end)  # a volume as text names its own unit
            if isinstance(number, int | float) and not isinstance(number, bool):
                out[end] = found.of(float(number))
        first = next((end for end in ENDS if isinstance(written.get(end), int | float)), None)
        if first:
            remark = note_of(str(written["unit"]), self.unit, float(str(written[first])), found.factor)
            before = written.get("note")
            out["note"] = f"{before.rstrip('.')}. {remark}" if isinstance(before, str) and before else remark
        return out

    def conversion_of(self, written: Mapping[str, object]) -> Conversion | None:
        """Return how numbers of a mapping are converted; None where it names no unit.

        Raises:
            ValidationError: where the unit is one of another thing, or not read.
        """
        text, value = written.get("unit"), written.get("value")
        if not isinstance(text, str):
            return None
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        try:
            return conversion(text, self.unit, self.tokens, number)
        except WrongUnitError as wrong:
            raise ValidationError.from_exception_data(
                self.label, [InitErrorDetails(type=sentence_error(str(wrong)), loc=("unit",), input=text)]
            ) from None

    def _read_nothing(self, handler: Callable[[object], object]) -> object:
        try:
            return handler(None)
        except ValidationError:
            raise sentence_error(
                f"Nothing is written here; write {self.meaning}, {self.bounds.requirement}."
            ) from None

    def bounds_problem(self, value: float, name: str = "it") -> str | None:
        """Return the error message for a value outside the bounds; None if it lies inside."""
        if self.bounds.contains(value):
            return None
        hint = ""
        if self.unit.kind == "share" and self.bounds.most == 1 and 1 < value <= PER_CENT:
            hint = f" Shares are written as fractions of 1: {value:g}% is {value / 100:g}."
        return f"You wrote {value:g}; {name} must be {self.bounds.requirement}: {self.meaning}.{hint}"

    def _with_range_problems(self, error: ValidationError, written: dict[str, object]) -> ValidationError:
        """Return an error of a mapping with what is wrong about those of its numbers that are numbers."""
        known = {item["loc"][:1] for item in error.errors()}
        numbers = {
            name: float(v)
            for name in ("value", "low", "high")
            if isinstance(v := written.get(name), int | float) and (name,) not in known
        }
        found = self._bounds_problems(numbers) or range_order_problems(
            numbers.get("value"), numbers.get("low"), numbers.get("high")
        )
        details = [_detail(item) for item in error.errors(include_url=False)]
        details += [
            InitErrorDetails(type=sentence_error(text), loc=(name,), input=numbers[name])
            for name, text in found.items()
        ]
        return ValidationError.from_exception_data(self.label, details)

    def _bounds_problems(self, numbers: Mapping[str, float | None]) -> dict[str, str]:
        return {
            name: sentence
            for name, v in numbers.items()
            if v is not None and (sentence := self.bounds_problem(v, "it" if name == "value" else name))
        }

    def _check_range(self, written: Range) -> None:
        """Check the value and both ends of its range against the bounds and against each other."""
        value = written.value if isinstance(written, Stated) else None
        numbers = {"value": value, "low": written.low, "high": written.high}
        shown = {**numbers, "distribution": written.distribution}
        found = self._bounds_problems(numbers)
        found = (
            found or range_order_problems(value, written.low, written.high) or distribution_problems(written)
        )
        if found:
            raise ValidationError.from_exception_data(
                self.label,
                [
                    InitErrorDetails(type=sentence_error(text), loc=(name,), input=shown[name])
                    for name, text in found.items()
                ],
            )


def _detail(found: ErrorDetails) -> InitErrorDetails:
    """Return an error as one to be raised anew."""
    context = found.get("ctx", {})
    sentence = context.get("sentence")
    kind = sentence_error(sentence) if sentence else found["type"]
    return InitErrorDetails(type=kind, loc=found["loc"], input=found["input"], ctx=context)


def range_order_problems(value: float | None, low: float | None, high: float | None) -> dict[str, str]:
    """Return the error messages of a range that violates low <= value <= high, keyed by "low" or "high"."""
    found = {}
    if low is not None and value is not None and low > value:
        found["low"] = f"low is {low:g}, above the value {value:g}; write low <= value <= high."
    if high is not None and value is not None and high < value:
        found["high"] = f"high is {high:g}, below the value {value:g}; write low <= value <= high."
    if low is not None and high is not None and value is None and low > high:
        found["low"] = f"low is {low:g}, above high, {high:g}; write low <= high."
    return found


def distribution_problems(written: Range) -> dict[str, str]:
    """Return the error messages of a distribution that its range does not define, keyed by field name."""
    if written.distribution == "triangular":
        return {}
    if written.low is None or written.high is None:
        return {"distribution": "A distribution is drawn between low and high; give both, or leave it out."}
    if written.distribution == "lognormal" and written.low <= 0:
        return {
            "low": f"low is {written.low:g}; a lognormal lies above 0, so write low above 0 or choose another distribution."
        }
    return {}


def measure_of(field: FieldInfo) -> Measure | None:
    """Return the `Measure` of a field; None if the field is no assumption."""
    return next((item for item in field.metadata if isinstance(item, Measure)), None)


NONE = bare_value(0)
ONE = bare_value(1)
