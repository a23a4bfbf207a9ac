"""The finance section of a case: horizon, discounting, exchange rates and tax; and the obligations entered into."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from reportgen import units
from reportgen.schema.assumption_fields import NONE, Measure, Stated, Written
from reportgen.schema.bounds import CHANGE, NOT_NEGATIVE, POSITIVE, SHARE
from reportgen.schema.field_types import Currency, Integer, Key, Month, Name, between, read_figure
from reportgen.schema.risks import Named

EXCHANGE_RATE = Measure(
    "Exchange rate", units.EXCHANGE_RATE, POSITIVE, "the case's currency for one unit of the other currency"
)
MAX_YEARS = 5
MONTHS_PER_YEAR = 12
MAX_DEPRECIATION_YEARS = 100


Category = Literal["compute", "supporting", "deployment", "ongoing", "interim", "other", "tax"]
"""A category of cost."""


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

    irrecoverable_vat: Annotated[Stated, Measure(
        "Tax not recovered", units.SHARE, SHARE,
        "the tax on bought services and machines that cannot be reclaimed, as a share of their price",
    )] = NONE  # fmt: skip
    fiscal_year_start: Annotated[Integer, between(1, MONTHS_PER_YEAR)] | None = Field(
        default=None,
        description="The calendar month, 1 to 12, in which fiscal years begin; the start month unless given.",
    )
    depreciation_years: Annotated[Integer, between(1, MAX_DEPRECIATION_YEARS)] | None = Field(
        default=None, description="Over how many years purchased machines are depreciated."
    )
    accounts: dict[Category, Annotated[Name, BeforeValidator(read_figure)]] = Field(
        default_factory=dict,
        description="The account that each category of cost is booked to, as the sheet Budget shows it: "
        "compute, supporting, deployment, ongoing, interim, other, tax.",
    )

    @property
    def months(self) -> int:
        """Return the number of months of the horizon."""
        return MONTHS_PER_YEAR * self.years

    @property
    def fiscal_month(self) -> int:
        """Return the calendar month, 1 to 12, in which fiscal years begin."""
        return self.fiscal_year_start or self.start.month

    def first_day(self, month: int) -> date:
        """Return the first day of a month of the horizon; month 1 is the start month."""
        years, offset = divmod(self.start.month - 1 + month - 1, MONTHS_PER_YEAR)
        return date(self.start.year + years, offset + 1, 1)


class Obligation(Named):
    """Spend that is owed to a provider by a month, whichever option is chosen; what is not spent is paid then."""

    option: Key = Field(description="The api option whose provider it is owed to.")
    amount: Annotated[Stated, Measure(
        "Spend owed", units.MONEY, NOT_NEGATIVE,
        "what is owed to the provider from the first month to that month, all together", reachable=False,
    )]  # fmt: skip
    until_month: Integer = Field(description="The month of the horizon, from 1, by whose end it is owed.")
