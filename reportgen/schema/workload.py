"""The workload sections of a case: how many tokens, of which sort, from when on; of one workload or of several."""

from typing import Annotated

from pydantic import Field

from reportgen import units
from reportgen.schema.assumption_fields import NONE, ONE, Measure, Stated, Written, bare_value
from reportgen.schema.bounds import (
    AT_LEAST_ONE,
    CHANGE,
    DIVISOR,
    NOT_NEGATIVE,
    POSITIVE,
    SHARE,
    WHOLE_FROM_ONE,
)
from reportgen.schema.field_types import Name

HOURS = bare_value(730)
MIN_WORKLOADS, MAX_WORKLOADS = 2, 6
VOLUME = Measure(
    "Tokens a month at the start", units.M_TOKENS_PER_MONTH, POSITIVE,
    "the tokens of its first month at full volume, input and output together, in millions", tokens="all",
)  # fmt: skip
OUTPUT = Measure(
    "Share of tokens that are output", units.SHARE, SHARE, "the share of all tokens that the model writes"
)


class Stream(Written):
    """The tokens of a workload: how many, of which sort, how they grow and when they begin."""

    tokens_per_month: Annotated[Stated | None, VOLUME] = None
    annual_growth: Annotated[Stated, Measure(
        "Growth of tokens a year", units.SHARE_PER_YEAR, CHANGE, "how much the tokens grow in a year",
    )] = NONE  # fmt: skip
    output_share: Annotated[Stated | None, OUTPUT] = None
    cached_share: Annotated[Stated, Measure(
        "Share of input read from cache", units.SHARE, SHARE,
        "the share of input tokens read from a prompt cache",
    )] = NONE  # fmt: skip
    cache_write_share: Annotated[Stated, Measure(
        "Share of input written to cache", units.SHARE, SHARE,
        "the share of input tokens written to a prompt cache, at most what is not read from it",
    )] = NONE  # fmt: skip
    starts_month: Annotated[Stated, Measure(
        "First month", units.MONTH_NUMBER, WHOLE_FROM_ONE,
        "the month of the horizon in which its work begins",
    )] = ONE  # fmt: skip
    ramp_months: Annotated[Stated, Measure(
        "Ramp-up", units.MONTHS, NOT_NEGATIVE, "the months from its beginning to its full volume",
    )] = NONE  # fmt: skip
    ramp_start: Annotated[Stated, Measure(
        "Share of volume when the ramp begins", units.SHARE, SHARE,
        "the share of its full volume from which it ramps up",
    )] = NONE  # fmt: skip


class Shared(Written):
    """What all workloads share."""

    peak_to_average: Annotated[Stated | None, Measure(
        "Peak load over average load", units.RATIO, AT_LEAST_ONE,
        "how many times the average load the peak is",
    )] = None  # fmt: skip
    hours_per_month: Annotated[Stated, Measure(
        "Hours in a month", units.HOURS_PER_MONTH, DIVISOR,
        "the hours for which a machine is paid in a month",
    )] = HOURS  # fmt: skip
    volume_factor: Annotated[Stated, Measure(
        "Volume factor", units.FACTOR, DIVISOR, "a factor on the tokens of all workloads together",
    )] = ONE  # fmt: skip


class Workload(Shared, Stream):
    """The tokens to be served, the same for every option; with `workloads`, only what they share."""


class Titled(Written):
    """What workloads are called."""

    name: Name = Field(description="The workload's name.")


class NamedWorkload(Stream, Titled):
    """One of several workloads, the same for every option."""

    tokens_per_month: Annotated[Stated, VOLUME]
    output_share: Annotated[Stated, OUTPUT]


SHARED_FIELDS = tuple(Shared.model_fields)
"""What `workload` may state where the case has `workloads`."""
REQUIRED_FIELDS = tuple(
    name
    for name, info in NamedWorkload.model_fields.items()
    if info.is_required() and name in Stream.model_fields
)
"""What every workload states."""
