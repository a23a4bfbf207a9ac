"""The builder of an option's lines: their keys, the option's assumptions, its prices and its timing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from reportgen import units
from reportgen.formula.nodes import (
    At,
    Input,
    Line,
    Node,
    Rank,
    Ref,
    Term,
    as_node,
    round_to,
    sum_terms,
)  # fmt: skip
from reportgen.model.outline import OptionOutline
from reportgen.model.prices import Tables, rate_lines, step_line
from reportgen.model.workload import SharedLines, WorkloadLines
from reportgen.runtime.records import dataclass
from reportgen.units import Unit


@dataclass(frozen=True, slots=True)
class Price:
    """A price by month, with the lines it depends on; `looked_up` holds its path where it is from the price book."""

    by_month: Line
    lines: tuple[Line, ...]
    looked_up: Mapping[str, Line] = field(default_factory=dict)
    stated: Node | None = None
    """The price in the run, before its steps and its drift; None where it is not asked for again."""
    steps: Line | None = None


@dataclass(frozen=True, slots=True)
class OptionBuilder:
    """A builder of the lines of one option, with its keys, its assumptions and its months."""

    outline: OptionOutline
    shared: SharedLines
    tables: Tables = field(default_factory=dict)
    owner: str = ""
    """The key of the mix that the option is a part of; empty where it stands for itself."""

    def part_of(self, mix: str) -> "OptionBuilder":
        """Return a builder of the lines of this option as a part of a mix."""
        return replace(self, owner=mix)

    def input(self, name: str) -> Input:
        """Return a reference to one of the option's assumptions."""
        return Input(f"options.{self.outline.key}.{name}")

    def monthly(self, name: str, label: str, unit: Unit, formula: Term) -> Line:
        """Build a monthly line that is not a cost."""
        return Line(self.key(name), label, unit, as_node(formula), self.shared.months)

    def cost(self, name: str, label: str, formula: Term) -> Line:
        """Build a monthly line of cost, with its total over the horizon."""
        return Line(self.key(name), label, units.MONEY, as_node(formula), self.shared.months, total=True)

    def subtotal(
        self, name: str, label: str, formula: Term, unit: Unit = units.MONEY, rank: Rank = "subtotal"
    ) -> Line:
        """Build the monthly subtotal of a section."""
        months = self.shared.months
        return Line(self.key(name), label, unit, as_node(formula), months, total=True, rank=rank)

    def single(self, name: str, label: str, unit: Unit, formula: Term) -> Line:
        """Build a single-valued line."""
        return Line(self.key(name), label, unit, as_node(formula))

    def price(self, name: str, label: str, unit: Unit, change: str) -> Price:
        """Build a price by month: stated value x step x drift, with the change rate `change` (MODEL, "Prices")."""
        drift = self.shared.grow(self.input(change))
        rates = rate_lines(self.outline, name, label, unit, self.shared, self.tables)
        if not rates:
            stated: Node = self.input(name)
            by_month = self.monthly(f"{name}_by_month", label, unit, stated * drift)
            return Price(by_month, (by_month,), stated=stated)
        first = At(rates[-1], as_node(1))
        steps = step_line(self.outline, name, label, rates[-1], first)
        stated = Input(self.input(name).path, first)
        by_month = self.monthly(f"{name}_by_month", label, unit, stated * steps * drift)
        return Price(by_month, (*rates, steps, by_month), {stated.path: rates[-1]}, stated, steps)

    def key(self, name: str) -> str:
        """Return the key of a line."""
        middle = f"{self.owner}.{self.outline.key}" if self.owner else self.outline.key
        return f"options.{middle}.{name}"

    def of_workload(self, name: str, workload: WorkloadLines) -> str:
        """Return the name of a line that there is one of for each workload."""
        return name if len(self.shared.workloads) == 1 else f"{name}_{workload.key}"

    def label_of(self, label: str, workload: WorkloadLines) -> str:
        """Return the label of a line that there is one of for each workload."""
        return label if len(self.shared.workloads) == 1 else f"{label}, {workload.outline.name}"


@dataclass(frozen=True, slots=True)
class Selection:
    """The workloads that an option carries; where `flagged`, each counts by an input `routing.<workload>`, 0 or 1."""

    workloads: tuple[str, ...]
    flagged: bool = False

    def line(self, lines: Mapping[str, Line], define: Callable[[Node], Line]) -> Line:
        """Return the sum of a line over the workloads carried; `define` makes a line of it where there are several."""
        if len(self.workloads) == 1 and not self.flagged:
            return lines[self.workloads[0]]
        return define(sum_terms([self._counted(key, lines[key]) for key in self.workloads]))

    def _counted(self, key: str, line: Line) -> Node:
        return Input(routing(key)) * line if self.flagged else Ref(line)


def routing(workload: str) -> str:
    """Return the path of the flag that says whether a workload is carried."""
    return f"routing.{workload}"


@dataclass(frozen=True, slots=True)
class Timing:
    """Delivery and go-live in months from the start, and the shares of each month in service and in deployment."""

    lead: Line
    go_live: Line
    live: Line
    deploying: Line

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines in the order of display."""
        return (self.lead, self.go_live, self.live, self.deploying)


def timing_lines(builder: OptionBuilder) -> Timing:
    """Define go-live and the shares of each month in service and in deployment (MODEL, "Options")."""
    lead = builder.single(
        "lead", "Delivery", units.MONTHS, round_to(builder.input("lead_time_months"), 6)
    )  # fmt: skip
    go_live = builder.single(
        "go_live", "Go-live", units.MONTHS, round_to(lead + builder.input("deployment_months"), 6)
    )
    overlap = builder.shared.overlap
    live = builder.monthly(
        "live", "In operation", units.SHARE_OF_MONTH, overlap(go_live, builder.shared.horizon)
    )
    deploying = builder.monthly("deploying", "Deploying", units.SHARE_OF_MONTH, overlap(lead, go_live))
    return Timing(lead, go_live, live, deploying)


def flat(groups: Sequence[Sequence[Line]]) -> tuple[Line, ...]:
    """Return the lines of several groups in one."""
    return tuple(line for group in groups for line in group)
