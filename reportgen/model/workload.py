"""The lines that all options share, by month: tokens of each workload, cost of engineers, discounting, fiscal periods."""

from reportgen import units
from reportgen.formula.axis import Axis
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (  # fmt: skip
    Constant,
    Input,
    Labels,
    Line,
    Node,
    Previous,
    Reduce,
    Term,
    absolute,
    add_months,
    as_node,
    maximum,
    minimum,
    round_to,
    sum_terms,
    where,
)
from reportgen.model.fiscal import periods
from reportgen.model.outline import ObligationOutline, Outline, WorkloadOutline
from reportgen.runtime.records import dataclass

START = "finance.start"
"""The path of the first day of month 1, an Excel serial number."""

HOURS = "workload.hours_per_month"
VAT = "finance.irrecoverable_vat"
SECONDS_PER_HOUR = 3600
TOKENS_PER_M = 1e6


@dataclass(frozen=True, slots=True)
class WorkloadLines:
    """The lines of one workload: whether it has begun, its ramp, its tokens, the share of input written to a cache."""

    outline: WorkloadOutline
    begun: Line
    ramp: Line
    tokens: Line
    written: Line

    @property
    def key(self) -> str:
        """Return the workload's key."""
        return self.outline.key

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines in the order of display."""
        return (self.written, self.begun, self.ramp, self.tokens)

    def input(self, field: str) -> Input:
        """Return a reference to one of the workload's assumptions."""
        return Input(self.outline.path(field))


@dataclass(frozen=True, slots=True)
class ObligationLines:
    """Spend owed to an api option: the month by whose end it is owed, and a flag of that month."""

    outline: ObligationOutline
    until: Line
    due: Line


@dataclass(frozen=True, slots=True)
class SharedLines:
    """The lines that every option uses."""

    months: Axis
    month: Line
    horizon: Line
    workloads: tuple[WorkloadLines, ...]
    tokens: Line
    fte_month: Line
    specialist_month: Line
    discount: Line
    fiscal_year: Line
    fiscal_quarter: Line
    obligations: tuple[ObligationLines, ...] = ()
    life: Line | None = None
    """The months over which purchases are depreciated; None where they are not."""
    first_day: Line | None = None
    """The first day of each month, where prices change by date."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the Workload sheet: what is shared, then one per workload where there are several."""
        time = (self.month, self.horizon, *((self.first_day,) if self.first_day else ()))
        several = len(self.workloads) > 1
        load = (self.tokens,) if several else self.workloads[0].lines
        owed = tuple(line for one in self.obligations for line in (one.until, one.due))
        sections = [
            Section("Time", time), Section("Workload", load),
            Section("People", (self.fte_month, self.specialist_month)), Section("Discounting", (self.discount,)),
            Section("Budget", (self.fiscal_year, self.fiscal_quarter, *((self.life,) if self.life else ()))),
            *([Section("Obligations", owed)] if owed else []),
        ]  # fmt: skip
        shared = Block("Workload, people and discounting", self.months, tuple(sections))
        own = (
            Block(one.outline.name, self.months, (Section("", one.lines),))
            for one in self.workloads
            if several
        )
        return (shared, *own)

    def overlap(self, start: Term, end: Term) -> Node:
        """Return the share of each month inside [start, end], both in months from the start (MODEL, "Helpers")."""
        inside = minimum(self.month, end) - maximum(self.month - 1, start)
        return round_to(maximum(0, inside), 6)

    def grow(self, rate: Term) -> Node:
        """Return the factor of an annual rate compounded monthly, 1 in month 1 (MODEL, "Helpers")."""
        return (1 + as_node(rate)) ** ((self.month - 1) / 12)


def shared_lines(outline: Outline, *, dated: bool = False) -> SharedLines:
    """Define the lines that all options use; `dated` adds the first days of the months (MODEL, "Shared assumptions")."""
    months = outline.months
    month = Line("month", "Month number", units.MONTH_NUMBER, Previous() + 1, months)
    horizon = Line("horizon", "Months in the horizon", units.MONTHS, Reduce("MAX", month))
    workloads = tuple(_workload(one, month) for one in outline.workloads)
    fte_month, specialist = _people(month)
    discount = Line(
        "finance.discount", "Discount factor, month end", units.FACTOR,
        (1 + Input("finance.discount_rate")) ** (0 - month / 12), months,
    )  # fmt: skip
    years, quarters = periods(outline)
    life = None
    if outline.depreciation_years is not None:
        life = Line(
            "finance.life", "Months of depreciation", units.MONTHS,
            Constant(12.0 * outline.depreciation_years),
        )  # fmt: skip
    day = Line("first_day", "First day", units.DATE, add_months(Input(START), month - 1), months)
    return SharedLines(
        months, month, horizon, workloads, _all_tokens(workloads), fte_month, specialist, discount,
        Line("fiscal_year", "Fiscal year", units.TEXT, Labels(years), months),
        Line("fiscal_quarter", "Fiscal quarter", units.TEXT, Labels(quarters), months),
        tuple(_obligation(one, month) for one in outline.obligations), life, day if dated else None,
    )  # fmt: skip


def _workload(outline: WorkloadOutline, month: Line) -> WorkloadLines:
    """Define one workload's tokens by month (MODEL, "Shared assumptions")."""

    def given(field: str) -> Input:
        return Input(outline.path(field))

    def line(name: str, label: str, unit: units.Unit, formula: Node, *, total: bool = False) -> Line:
        return Line(outline.path(name), label, unit, formula, month.axis, total=total)

    starts, start = given("starts_month"), given("ramp_start")
    begun = line("begun", "Has begun", units.FLAG, where(month >= starts, 1, 0))
    climb = (1 - start) * (month - starts + 1) / (given("ramp_months") + 1)
    ramp = line("ramp", "Share of the full volume", units.FACTOR, minimum(1, start + climb) * begun)
    growth = (1 + given("annual_growth")) ** (maximum(0, month - starts) / 12)
    volume = given("tokens_per_month") * Input("workload.volume_factor")
    tokens = line("tokens", "Tokens", units.M_TOKENS, volume * growth * ramp, total=True)
    written = Line(
        outline.path("written"), "Input written to a cache", units.SHARE,
        minimum(given("cache_write_share"), 1 - given("cached_share")),
    )  # fmt: skip
    return WorkloadLines(outline, begun, ramp, tokens, written)


def _all_tokens(workloads: tuple[WorkloadLines, ...]) -> Line:
    if len(workloads) == 1:
        return workloads[0].tokens
    total = sum_terms([one.tokens for one in workloads])
    axis = workloads[0].tokens.axis
    return Line("workload.tokens", "Tokens, all workloads", units.M_TOKENS, total, axis, total=True)


def _people(month: Line) -> tuple[Line, Line]:
    """Define the monthly cost of an engineer, and of one of a team with specialists (MODEL, "Helpers")."""
    wages = (1 + Input("people.wage_growth")) ** ((month - 1) / 12)
    fte_month = Line(
        "people.fte_month", "One engineer", units.MONEY_PER_MONTH,
        Input("people.loaded_cost_per_fte") / 12 * wages, month.axis,
    )  # fmt: skip
    specialist = Line(
        "people.specialist_fte_month", "One engineer of a team with specialists", units.MONEY_PER_MONTH,
        fte_month * (1 + Input("people.specialist_share") * Input("people.ml_premium")), month.axis,
    )  # fmt: skip
    return fte_month, specialist


def _obligation(outline: ObligationOutline, month: Line) -> ObligationLines:
    key = f"obligations.{outline.id}"
    until = Line(
        f"{key}.until", f"{outline.name}: owed by", units.MONTH_NUMBER, Constant(float(outline.until_month))
    )
    due = where(absolute(month - until) < 1, 1, 0)
    return ObligationLines(
        outline, until, Line(f"{key}.due", f"{outline.name}: due", units.FLAG, due, month.axis)
    )
