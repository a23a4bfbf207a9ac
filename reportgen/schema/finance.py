"""The finance section of a case: horizon, discounting and exchange rates."""

from datetime import date
from typing import Annotated

from pydantic import Field

from reportgen import units
from reportgen.schema.assumption_fields import Measure, Stated, Written
from reportgen.schema.bounds import CHANGE, POSITIVE
from reportgen.schema.field_types import Currency, Integer, Month, between

EXCHANGE_RATE = Measure(
    "Exchange rate", units.EXCHANGE_RATE, POSITIVE, "the case's currency for one unit of the other currency"
)
MAX_YEARS = 5


class Finance(Written):
    """Over which months costs are counted, and what a later payment is worth today."""

    years: Annotated[Integer, between(1, MAX_YEARS)] = Field(
        default=3, description="The horizon in years, 1 to 5."
    )
    start: Month = Field(description="The first month, YYYY-MM.")
    discount_rate: Annotated[Stated, Measure(
        "Discount rate", units.SHARE_PER_YEAR, CHANGE, "the yearly rate at which later payments count less",
    )]  # fmt: skip
    exchange_rates: dict[Currency, Annotated[Stated, EXCHANGE_RATE]] = Field(
        default_factory=dict,
        description="For each other currency, what one unit of it costs in the case's currency.",
    )

    @property
    def months(self) -> int:
        """Return the number of months of the horizon."""
        return 12 * self.years

    def first_day(self, month: int) -> date:
        """Return the first day of a month of the horizon; month 1 is the start month."""
        years, offset = divmod(self.start.month - 1 + month - 1, 12)
        return date(self.start.year + years, offset + 1, 1)
