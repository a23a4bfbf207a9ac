"""The obligations section of a case: spend that is owed to a provider whichever option is chosen."""

from typing import Annotated

from pydantic import Field

from reportgen import units
from reportgen.schema.assumption_fields import Measure, Stated
from reportgen.schema.bounds import NOT_NEGATIVE
from reportgen.schema.field_types import Integer, Key
from reportgen.schema.risks import Named


class Obligation(Named):
    """Spend that is owed to a provider by a month, whichever option is chosen; what is not spent is paid then."""

    option: Key = Field(description="The api option whose provider it is owed to.")
    amount: Annotated[Stated, Measure(
        "Spend owed", units.MONEY, NOT_NEGATIVE,
        "what is owed to the provider from the first month to that month, all together", reachable=False,
    )]  # fmt: skip
    until_month: Integer = Field(description="The month of the horizon, from 1, by whose end it is owed.")
