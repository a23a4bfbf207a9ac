"""What an option has whatever workloads it carries: timing, prices, engineers, and its tokens workload by workload."""

from collections.abc import Mapping
from dataclasses import field

from reportgen import units
from reportgen.formula.nodes import Line, Node, maximum, where
from reportgen.model.options.builder import OptionBuilder, Timing
from reportgen.model.workload import WorkloadLines
from reportgen.runtime.records import dataclass

LEAST_MONTHS = 0.01
"""The least time in which work is done that is stated with a time to do it in (MODEL, "Fields, defaults and bounds")."""

Costs = dict[str, tuple[Line, ...]]
"""Lines of cost by category."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Committed machines: the GPUs covered in each month, the locked price of one, and what they cost."""

    gpus: Line
    covered: Line
    locked: Line
    cost: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rent:
    """What rented GPUs cost: the price of one for a month, those for staging, and what is committed."""

    gpu_month: Line
    staging_gpus: Line | None
    staging: Line | None
    reserve: Reserve | None


@dataclass(frozen=True, slots=True)
class Basis:
    """The lines of an option that do not depend on which workloads it carries, and those of each workload.

    `by_workload` is the usage of an api, or the load on machines; `usage` is an api's usage for all workloads.
    """

    builder: OptionBuilder
    timing: Timing
    engineer: Line
    drivers: tuple[Line, ...]
    by_workload: Mapping[str, Line]
    costs: Costs
    stable_at: Node | None = None
    """Months from the start until the service is stable; None, for go-live, where the kind has no stabilisation."""
    usage: Line | None = None
    servers_per_replica: Line | None = None
    rent: Rent | None = None
    staging_gpus: Line | None = None
    looked_up: Mapping[str, Line] = field(default_factory=dict)
    """The prices from the price book: the line whose first value is the price, by path."""

    @property
    def key(self) -> str:
        """Return the option's key."""
        return self.builder.outline.key


@dataclass(frozen=True, slots=True)
class Tokens:
    """The input and output tokens of one workload, as the option's model counts them."""

    workload: WorkloadLines
    input: Line
    output: Line


def tokens_of(builder: OptionBuilder) -> tuple[Tokens, ...]:
    """Define the tokens of every workload as the option's model counts them (MODEL, "Shared assumptions")."""

    def line(name: str, label: str, workload: WorkloadLines, formula: Node) -> Line:
        return builder.monthly(
            builder.of_workload(name, workload), builder.label_of(label, workload), units.M_TOKENS, formula
        )

    found = []
    for workload in builder.shared.workloads:
        share = workload.input("output_share")
        read = workload.tokens * (1 - share) * builder.input("input_token_factor")
        written = workload.tokens * share * builder.input("output_token_factor")
        found.append(
            Tokens(
                workload,
                line("input_tokens", "Input tokens", workload, read),
                line("output_tokens", "Output tokens", workload, written),
            )
        )
    return tuple(found)


def standing_costs(builder: OptionBuilder, timing: Timing, engineer: Line, work: tuple[Line, ...]) -> Costs:
    """Define the costs that all kinds have whatever they carry; `work` is more engineering in service."""
    month, live = builder.shared.month, timing.live
    refreshes = builder.input("refresh_fte_months") / maximum(builder.input("refresh_months"), LEAST_MONTHS)
    recruitment = builder.input("hires") * builder.input("cost_per_hire")
    return {
        "deployment": (
            builder.cost(
                "deployment_engineering", "Engineers during deployment",
                builder.input("deployment_fte") * engineer * timing.deploying,
            ),
        ),
        "ongoing": (
            builder.cost(
                "ongoing_engineering", "Engineers in operation", builder.input("ongoing_fte") * engineer * live
            ),
            builder.cost("refresh", "Replacing the model", refreshes * engineer * live),
            *work,
        ),
        "other": (
            builder.cost("one_off", "One-off cost", where(month <= 1, builder.input("one_off_cost"), 0)),
            builder.cost("recruitment", "Recruitment", where(month <= 1, recruitment, 0)),
            builder.cost("other_cost", "Other running cost", builder.input("other_monthly_cost") * live),
        ),
    }  # fmt: skip
