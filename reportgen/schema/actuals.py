"""The months that have passed, as `reportgen actual --write` records them in a case."""

from typing import Annotated

from pydantic import Field

from reportgen.schema.assumption_fields import Number, Volume, Written
from reportgen.schema.field_types import Day, Key, Line, Month

Share = Annotated[Number, Field(ge=0, le=1)]


class ActualMonth(Written):
    """One month that has passed: what was used and what it cost."""

    month: Month = Field(description="The month, YYYY-MM, within the horizon.")
    option: Key = Field(description="The option that served.")
    tokens: Volume = Field(
        gt=0, description="The tokens of the month, input and output together, in millions."
    )
    output_share: Share | None = Field(
        default=None, description="The share of all tokens that the model wrote."
    )
    cached_share: Share | None = Field(
        default=None, description="The share of input read from a prompt cache."
    )
    cache_write_share: Share | None = Field(
        default=None, description="The share of input written to a prompt cache."
    )
    spend: Number | None = Field(
        default=None, description="What the service itself charged; unless given the price counts as planned."
    )
    other_spend: Number = Field(
        default=0.0, description="What was charged beside: taxes, credits, corrections."
    )
    source: Line | None = Field(default=None, description="The usage export and the bill.")
    as_of: Day | None = Field(default=None, description="The last day that they cover.")
