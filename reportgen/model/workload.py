"""The lines that all options share, by month: tokens, load, cost of engineers, discounting."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    Axis,
    Input,
    Line,
    Node,
    Previous,
    Reduce,
    Term,
    add_months,
    as_node,
    maximum,
    minimum,
    round_to,
)  # fmt: skip

START = "finance.start"
"""The path of the first day of month 1, an Excel serial number."""

SECONDS_PER_HOUR = 3600
TOKENS_PER_M = 1e6


@dataclass(frozen=True, slots=True)
class SharedLines:
    """The lines that every option uses."""

    months: Axis
    month: Line
    horizon: Line
    tokens: Line
    average_tps: Line
    fte_month: Line
    specialist_month: Line
    discount: Line
    first_day: Line | None = None
    """The first day of each month, where prices change by date."""

    @property
    def block(self) -> Block:
        """Return the block of the Workload sheet."""
        time = (self.month, self.horizon, *((self.first_day,) if self.first_day else ()))
        load = (self.tokens, self.average_tps)
        people = (self.fte_month, self.specialist_month)
        return Block(
            "Workload, people and discounting",
            self.months,
            (
                Section("Time", time), Section("Workload", load), Section("People", people),
                Section("Discounting", (self.discount,)),
            ),
        )  # fmt: skip

    def overlap(self, start: Term, end: Term) -> Node:
        """Return the share of each month inside [start, end], both in months from the start (MODEL, "Helpers")."""
        inside = minimum(self.month, end) - maximum(self.month - 1, start)
        return round_to(maximum(0, inside), 6)

    def grow(self, rate: Term) -> Node:
        """Return the factor of an annual rate compounded monthly, 1 in month 1 (MODEL, "Helpers")."""
        return (1 + as_node(rate)) ** ((self.month - 1) / 12)


def shared_lines(months: Axis, *, dated: bool = False) -> SharedLines:
    """Define the lines that all options use; `dated` adds the first days of the months (MODEL, "Shared assumptions")."""
    month = Line("month", "Month number", units.MONTH_NUMBER, Previous() + 1, months)
    horizon = Line("horizon", "Months in the horizon", units.MONTHS, Reduce("MAX", month))
    growth = (1 + Input("workload.annual_growth")) ** ((month - 1) / 12)
    tokens = Line(
        "workload.tokens",
        "Tokens",
        units.M_TOKENS,
        Input("workload.tokens_per_month") * growth,
        months,
        total=True,
    )
    average_tps = Line(
        "workload.average_tps", "Average load", units.TOKENS_PER_SECOND,
        tokens * TOKENS_PER_M / (Input("workload.hours_per_month") * SECONDS_PER_HOUR), months,
    )  # fmt: skip
    wages = (1 + Input("people.wage_growth")) ** ((month - 1) / 12)
    fte_month = Line(
        "people.fte_month", "One engineer", units.MONEY_PER_MONTH,
        Input("people.loaded_cost_per_fte") / 12 * wages, months,
    )  # fmt: skip
    specialist = Line(
        "people.specialist_fte_month", "One engineer of a team with specialists", units.MONEY_PER_MONTH,
        fte_month * (1 + Input("people.specialist_share") * Input("people.ml_premium")), months,
    )  # fmt: skip
    discount = Line(
        "finance.discount", "Discount factor, month end", units.FACTOR,
        (1 + Input("finance.discount_rate")) ** (0 - month / 12), months,
    )  # fmt: skip
    day = Line("first_day", "First day", units.DATE, add_months(Input(START), month - 1), months)
    return SharedLines(
        months, month, horizon, tokens, average_tps, fte_month, specialist, discount, day if dated else None
    )  # fmt: skip
