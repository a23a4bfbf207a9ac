"""One option's book of lines: what all kinds have in common, from go-live to the discounted monthly cost."""

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
from reportgen.model.prices import Tables, in_force, step
from reportgen.model.workload import Shared
from reportgen.units import Unit

CATEGORY_TITLES = {
    "compute": "Compute",
    "supporting": "Supporting infrastructure",
    "deployment": "Deployment engineering",
    "ongoing": "Ongoing engineering",
    "interim": "Running both until go-live",
    "other": "One-off and other",
}
"""The cost categories of MODEL, "Options", in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price by month, with the lines that lead to it; `looked_up` has its path where the price book gives it."""

    by_month: Line
    lines: tuple[Line, ...]
    looked_up: Mapping[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OptionBuilder:
    """Writes the lines of one option: its keys, its assumptions, its months."""

    outline: OptionOutline
    shared: Shared
    tables: Tables = field(default_factory=dict)

    def input(self, name: str) -> Input:
        """Read one of the option's assumptions."""
        return Input(f"options.{self.outline.key}.{name}")

    def monthly(self, name: str, label: str, unit: Unit, formula: Term) -> Line:
        """Write a line of drivers by month."""
        return Line(self._key(name), label, unit, as_node(formula), self.shared.months)

    def cost(self, name: str, label: str, formula: Term) -> Line:
        """Write a line of cost by month, added up over the horizon."""
        return Line(self._key(name), label, units.MONEY, as_node(formula), self.shared.months, total=True)

    def subtotal(self, name: str, label: str, formula: Term, unit: Unit = units.MONEY) -> Line:
        """Write the total of a section."""
        months = self.shared.months
        return Line(self._key(name), label, unit, as_node(formula), months, total=True, rank="subtotal")

    def single(self, name: str, label: str, unit: Unit, formula: Term) -> Line:
        """Write a line with one value."""
        return Line(self._key(name), label, unit, as_node(formula))

    def price(self, name: str, label: str, unit: Unit, change: str) -> Price:
        """Write a price by month: as stated, with its announced changes and its drift (MODEL, "Prices")."""
        drift = self.shared.grow(self.input(change))
        rates = in_force(self.outline, name, label, unit, self.shared, self.tables)
        if not rates:
            by_month = self.monthly(f"{name}_by_month", label, unit, self.input(name) * drift)
            return Price(by_month, (by_month,))
        first = At(rates[-1], as_node(1))
        stepped = step(self.outline, name, label, rates[-1], first)
        stated = Input(self.input(name).path, first)
        by_month = self.monthly(f"{name}_by_month", label, unit, stated * stepped * drift)
        return Price(by_month, (*rates, stepped, by_month), {stated.path: rates[-1]})

    def _key(self, name: str) -> str:
        return f"options.{self.outline.key}.{name}"


@dataclass(frozen=True, slots=True)
class Timing:
    """When an option is deployed and from when it serves: go-live in months, shares of each month."""

    go_live: Line
    live: Line
    deploying: Line


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
    """What a kind of option contributes: its drivers, its cost lines by category, and what its exit needs."""

    timing: Timing
    engineer: Line
    drivers: tuple[Line, ...]
    costs: dict[str, tuple[Line, ...]]
    running: Node
    """What keeping the service up costs, besides its engineers (fleet and supporting; the compute of an api)."""
    stable_at: Node | None = None
    """Month at which the service is stable; go-live where the kind has no stabilisation."""
    commitment: Node | None = None
    resale: Line | None = None
    residual_forgone: Line | None = None
    residual: Line | None = None
    looked_up: Mapping[str, Line] = field(default_factory=dict)
    """The prices out of the price book by path: lines whose first value they are."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines of one option by month, up to its discounted cost."""

    outline: OptionOutline
    parts: Parts
    categories: dict[str, Line]
    cost: Line
    discounted: Line
    cumulative: Line
    together: Line
    """The categories, added up: what the total is checked against."""
    sections: tuple[Section, ...]
    months_block: Block

    @property
    def key(self) -> str:
        """Give the option's key."""
        return self.outline.key


def ledger(builder: OptionBuilder, parts: Parts, interim: Line | None, names: dict[str, str]) -> Ledger:
    """Add up an option: lines by category, cost, discounted cost and cumulative cost by month."""
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
    together = builder.single("categories", "Categories, added up", units.MONEY, sum_terms(totals))
    sections.append(Section("Result", (cost, discounted, cumulative, together)))
    block = Block(builder.outline.name, builder.shared.months, tuple(sections))
    return Ledger(
        builder.outline, parts, categories, cost, discounted, cumulative, together, tuple(sections), block
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
    hiring = builder.input("hires") * builder.input("cost_per_hire")
    return (
        one_off,
        builder.cost("hiring", "Hiring", where(month <= 1, hiring, 0)),
        builder.cost(
            "other_cost", "Other running cost", builder.input("other_monthly_cost") * parts.timing.live
        ),
    )
