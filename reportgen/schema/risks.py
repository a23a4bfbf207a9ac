"""Risks and price scenarios of a case, and their effects on assumptions."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reportgen import units
from reportgen.schema.assumption_fields import Measure, Number, Stated, Written
from reportgen.schema.bounds import SHARE
from reportgen.schema.field_types import EventName, Key, Line, Text, slug

Operation = Literal["set", "multiply", "add"]
OPERATIONS: tuple[Operation, ...] = ("set", "multiply", "add")


class Named(Written):
    """The base model of entries with a name and an id; the id defaults to the slug of the name."""

    name: EventName = Field(description="Its name.")
    id: Key = Field(default="", description="Its id in paths; the slug of its name unless given.")

    @model_validator(mode="before")
    @classmethod
    def _slug(cls, data: object) -> object:
        """Derive a missing id from the name."""
        if not isinstance(data, dict) or "id" in data or not isinstance(data.get("name"), str):
            return data
        found = slug(data["name"])
        return {**data, "id": found} if found else data


class Effect(Written):
    """One change of one assumption: set to a value, then multiplied, then added to."""

    assumption: Text = Field(description="The path of an assumption, such as options.api.input_price.")
    set: Number | None = Field(default=None, description="The value it takes.")
    multiply: Number | None = Field(default=None, description="The factor it is multiplied by.")
    add: Number | None = Field(default=None, description="The amount added to it.")

    @property
    def amounts(self) -> dict[Operation, float]:
        """Return the amounts of the operations that are given, in order of application."""
        found = ((operation, getattr(self, operation)) for operation in OPERATIONS)
        return {operation: amount for operation, amount in found if amount is not None}

    def applied(self, value: float) -> float:
        """Return a value after the effect: set, then multiplied, then added to."""
        start = value if self.set is None else self.set
        return start * (1.0 if self.multiply is None else self.multiply) + (self.add or 0.0)


class Scenario(Named):
    """A named set of effects."""

    effects: tuple[Effect, ...] = Field(min_length=1, description="What it does to the assumptions.")


class Risk(Scenario):
    """Something that may happen."""

    probability: Annotated[Stated, Measure(
        "Probability", units.SHARE, SHARE, "how likely it is to happen", reachable=False,
    )]  # fmt: skip
    response: Text | None = Field(default=None, description="What is done about it.")
    owner: Line | None = Field(default=None, description="Who answers for it.")
