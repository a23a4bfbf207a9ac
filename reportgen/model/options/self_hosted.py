"""The lines of an option of kind self_hosted: rented GPUs, run by own engineers."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Line, Node, maximum, round_to
from reportgen.model.options.fleet import replica_month, sizing, tuned_speed
from reportgen.model.options.ledger import OptionBuilder, Parts, Timing, timing_lines


@dataclass(frozen=True, slots=True)
class PostGoLiveWork:
    """The engineering after go-live until the service is stable and tuned; `stable_at` in months from the start."""

    stable_at: Node
    lines: tuple[Line, Line]


def post_go_live_work(builder: OptionBuilder, timing: Timing) -> PostGoLiveWork:
    """Define stabilisation and tuning work (MODEL, "self_hosted"; the same for on_prem)."""
    engineer = builder.shared.specialist_month
    stable_at = round_to(timing.go_live + builder.input("stabilisation_months"), 6)
    tuned_at = round_to(timing.go_live + builder.input("tuning_months"), 6)
    overlap = builder.shared.overlap
    stabilising = builder.input("stabilisation_fte") * engineer * overlap(timing.go_live, stable_at)
    monthly_tuning = builder.input("tuning_fte_months") / maximum(builder.input("tuning_months"), 1e-9)
    tuning = monthly_tuning * engineer * overlap(timing.go_live, tuned_at)
    lines = (
        builder.cost("stabilisation", "Stabilisation", stabilising),
        builder.cost("tuning", "Tuning", tuning),
    )
    return PostGoLiveWork(stable_at, lines)


def parts(builder: OptionBuilder, spill_usage: Line | None) -> Parts:
    """Define the parts of rented GPUs (MODEL, "self_hosted")."""
    timing = timing_lines(builder)
    tuned, speed = tuned_speed(builder, timing)
    size = sizing(builder, timing, speed, spill_usage)
    price = builder.price("gpu_hourly_price", "GPU price", units.PRICE_PER_GPU_HOUR, "gpu_price_change")
    replica = builder.monthly(
        "gpu_hours_price", "One replica", units.MONEY_PER_MONTH,
        replica_month(builder, price) * (1 - builder.input("commitment_discount")),
    )  # fmt: skip
    fleet = builder.cost("fleet", "GPUs in production", size.replicas * timing.live * replica)
    staging = builder.cost(
        "staging", "GPUs in staging", builder.input("staging_replicas") * timing.deploying * replica
    )
    support = builder.cost(
        "supporting_infrastructure", "Storage, network, monitoring",
        builder.input("supporting_rate") * (fleet + staging),
    )  # fmt: skip
    work_after = post_go_live_work(builder, timing)
    remaining = maximum(0, builder.input("commitment_months") - (builder.shared.month - timing.go_live))
    return Parts(
        timing,
        builder.shared.specialist_month,
        (*timing.lines, tuned, speed, *size.drivers, *price.lines, replica),
        {"compute": (fleet, staging, *size.spill), "supporting": (support,), "ongoing": work_after.lines},
        fleet + support,
        work_after.stable_at,
        remaining * fleet * builder.input("termination_share"),
        looked_up=price.looked_up,
    )
