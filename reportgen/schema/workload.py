"""The workload section of a case: how many tokens, of which sort."""

from typing import Annotated

from reportgen import units
from reportgen.schema.assumption_fields import NONE, Measure, Stated, Written, bare_value
from reportgen.schema.bounds import AT_LEAST_ONE, CHANGE, POSITIVE, SHARE

HOURS = bare_value(730)


class Workload(Written):
    """The tokens to be served, the same for every option."""

    tokens_per_month: Annotated[Stated, Measure(
        "Tokens a month at the start", units.M_TOKENS_PER_MONTH, POSITIVE,
        "the tokens of the first month, input and output together, in millions",
    )]  # fmt: skip
    annual_growth: Annotated[Stated, Measure(
        "Growth of tokens a year", units.SHARE_PER_YEAR, CHANGE, "how much the tokens grow in a year",
    )] = NONE  # fmt: skip
    output_share: Annotated[Stated, Measure(
        "Share of tokens that are output", units.SHARE, SHARE,
        "the share of all tokens that the model writes",
    )]  # fmt: skip
    cached_share: Annotated[Stated, Measure(
        "Share of input read from cache", units.SHARE, SHARE,
        "the share of input tokens read from a prompt cache",
    )] = NONE  # fmt: skip
    peak_to_average: Annotated[Stated | None, Measure(
        "Peak load over average load", units.RATIO, AT_LEAST_ONE,
        "how many times the average load the peak is",
    )] = None  # fmt: skip
    hours_per_month: Annotated[Stated, Measure(
        "Hours in a month", units.HOURS_PER_MONTH, POSITIVE,
        "the hours for which a machine is paid in a month",
    )] = HOURS  # fmt: skip
