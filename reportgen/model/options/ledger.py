"""The lines that all kinds of option have in common, from go-live to the discounted monthly cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen import units
from reportgen.casing import first_lower
from reportgen.formula.lines import Block, Section
from reportgen.formula.nodes import (
    At,
    Input,
    Line,
    Node,
    Previous,
    Term,
    Total,
    as_node,
    round_to,
    sum_terms,
    where,
)  # fmt: skip
from reportgen.model.outline import OptionOutline
from reportgen.model.prices import Tables, rate_lines, step_line
from reportgen.model.workload import SharedLines
from reportgen.units import Unit

CATEGORY_TITLES = {
    "compute": "Compute",
    "supporting": "Supporting infrastructure",
    "deployment": "Deployment engineering",
    "ongoing": "Ongoing engineering",
    "interim": "Running both until go-live",
    "other": "One-off and other",
}
"""The titles of the cost categories (MODEL, "Options"), in the order of display."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price by month, with the lines it depends on; `looked_up` holds its path where it is from the price book."""

    by_month: Line
    lines: tuple[Line, ...]
    looked_up: Mapping[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionBuilder:
    """A builder of the lines of one option, with its keys, its assumptions and its months."""

    outline: OptionOutline
    shared: SharedLines
    tables: Tables = field(default_factory=dict)

    def input(self, name: str) -> Input:
        """Return a reference to one of the option's assumptions."""
        return Input(f"options.{self.outline.key}.{name}")

    def monthly(self, name: str, label: str, unit: Unit, formula: Term) -> Line:
        """Build a monthly line that is not a cost."""
        return Line(self._key(name), label, unit, as_node(formula), self.shared.months)

    def cost(self, name: str, label: str, formula: Term) -> Line:
        """Build a monthly line of cost, with its total over the horizon."""
        return Line(self._key(name), label, units.MONEY, as_node(formula), self.shared.months, total=True)

    def subtotal(self, name: str, label: str, formula: Term, unit: Unit = units.MONEY) -> Line:
        """Build the monthly subtotal of a section."""
        months = self.shared.months
        return Line(self._key(name), label, unit, as_node(formula), months, total=True, rank="subtotal")

    def single(self, name: str, label: str, unit: Unit, formula: Term) -> Line:
        """Build a single-valued line."""
        return Line(self._key(name), label, unit, as_node(formula))

    def price(self, name: str, label: str, unit: Unit, change: str) -> Price:
        """Build a price by month: stated value x step x drift, with the change rate `change` (MODEL, "Prices")."""
        drift = self.shared.grow(self.input(change))
        rates = rate_lines(self.outline, name, label, unit, self.shared, self.tables)
        if not rates:
            by_month = self.monthly(f"{name}_by_month", label, unit, self.input(name) * drift)
            return Price(by_month, (by_month,))
        first = At(rates[-1], as_node(1))
        steps = step_line(self.outline, name, label, rates[-1], first)
        stated = Input(self.input(name).path, first)
        by_month = self.monthly(f"{name}_by_month", label, unit, stated * steps * drift)
        return Price(by_month, (*rates, steps, by_month), {stated.path: rates[-1]})

    def _key(self, name: str) -> str:
        return f"options.{self.outline.key}.{name}"


@dataclass(frozen=True, slots=True)
class Timing:
    """Go-live in months from the start, and the shares of each month in service and in deployment."""

    go_live: Line
    live: Line
    deploying: Line

    @property
    def lines(self) -> tuple[Line, Line, Line]:
        """Return the three lines, in the order of the sheet."""
        return self.go_live, self.live, self.deploying


def timing_lines(builder: OptionBuilder) -> Timing:
    """Define go-live and the shares of each month in service and in deployment (MODEL, "Options")."""
    lead = builder.input("lead_time_months")
    go_live = builder.single(
        "go_live", "Go-live", units.MONTHS, round_to(lead + builder.input("deployment_months"), 6)
    )
    overlap = builder.shared.overlap
    live = builder.monthly(
        "live", "In operation", units.SHARE_OF_MONTH, overlap(go_live, builder.shared.horizon)
    )
    deploying = builder.monthly("deploying", "Deploying", units.SHARE_OF_MONTH, overlap(lead, go_live))
    return Timing(go_live, live, deploying)


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines specific to a kind of option: its drivers, its cost lines by category, and the terms of its exit cost."""

    timing: Timing
    engineer: Line
    drivers: tuple[Line, ...]
    costs: dict[str, tuple[Line, ...]]
    running: Node
    """Monthly cost of keeping the service up, without engineers (fleet and supporting; the compute of an api)."""
    stable_at: Node | None = None
    """Months from the start until the service is stable; None, for go-live, where the kind has no stabilisation."""
    commitment: Node | None = None
    resale: Line | None = None
    residual_forgone: Line | None = None
    residual: Line | None = None
    looked_up: Mapping[str, Line] = field(default_factory=dict)
    """The prices from the price book: the line whose first value is the price, by path."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All monthly lines of one option, up to its discounted cost."""

    outline: OptionOutline
    parts: Parts
    categories: dict[str, Line]
    cost: Line
    discounted: Line
    cumulative: Line
    category_sum: Line
    """The sum of the categories, against which the total is checked."""
    sections: tuple[Section, ...]
    months_block: Block

    @property
    def key(self) -> str:
        """Return the option's key."""
        return self.outline.key


def ledger(builder: OptionBuilder, parts: Parts, interim: Line | None, names: dict[str, str]) -> Ledger:
    """Define an option's cost by category and in total, discounted and cumulative, by month.

    `interim` is the usage of the api that serves until go-live, `names` maps option keys to short names.
    """
    costs = dict(parts.costs)
    costs["deployment"] = (_deployment(builder, parts), *costs.get("deployment", ()))
    costs["ongoing"] = (_ongoing(builder, parts), *costs.get("ongoing", ()))
    costs["interim"] = (_interim(builder, parts, interim, names),) if interim else ()
    costs["other"] = (*_other(builder, parts), *costs.get("other", ()))
    sections = [Section("Drivers", parts.drivers)]
    categories: dict[str, Line] = {}
    for category, title in CATEGORY_TITLES.items():
        lines = costs.get(category, ())
        if lines:
            total = builder.subtotal(category, f"Total {first_lower(title)}", sum_terms(lines))
            categories[category] = total
            sections.append(Section(title, (*lines, total)))
    cost = Line(
        f"options.{builder.outline.key}.cost", "Total cost", units.MONEY, sum_terms(tuple(categories.values())),
        builder.shared.months, total=True, rank="total",
    )  # fmt: skip
    discounted = builder.subtotal(
        "discounted", "Discounted cost", cost * builder.shared.discount, units.MONEY_PV
    )
    cumulative = builder.monthly("cumulative", "Cumulative cost", units.MONEY, Previous() + cost)
    totals = [Total(line) for line in categories.values()]
    category_sum = builder.single("categories", "Categories, added up", units.MONEY, sum_terms(totals))
    sections.append(Section("Result", (cost, discounted, cumulative, category_sum)))
    block = Block(builder.outline.name, builder.shared.months, tuple(sections))
    return Ledger(
        builder.outline, parts, categories, cost, discounted, cumulative, category_sum, tuple(sections), block
    )


def _deployment(builder: OptionBuilder, parts: Parts) -> Line:
    work = builder.input("deployment_fte") * parts.engineer * parts.timing.deploying
    return builder.cost("deployment_engineering", "Engineers during deployment", work)


def _ongoing(builder: OptionBuilder, parts: Parts) -> Line:
    work = builder.input("ongoing_fte") * parts.engineer * parts.timing.live
    return builder.cost("ongoing_engineering", "Engineers in operation", work)


def _interim(builder: OptionBuilder, parts: Parts, usage: Line, names: dict[str, str]) -> Line:
    name = names[builder.outline.until_live or ""]
    return builder.cost("until_live", f"{name} until go-live", usage * (1 - parts.timing.live))


def _other(builder: OptionBuilder, parts: Parts) -> tuple[Line, ...]:
    month = builder.shared.month
    one_off = builder.cost("one_off", "One-off cost", where(month <= 1, builder.input("one_off_cost"), 0))
    recruitment = builder.input("hires") * builder.input("cost_per_hire")
    return (
        one_off,
        builder.cost("hiring", "Hiring", where(month <= 1, recruitment, 0)),
        builder.cost(
            "other_cost", "Other running cost", builder.input("other_monthly_cost") * parts.timing.live
        ),
    )
