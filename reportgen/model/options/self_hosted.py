"""An option of kind self_hosted: rented GPUs, run by the company's own engineers."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Line, Node, maximum, round_to
from reportgen.model.options.fleet import replica_month, sizing, tuned_speed
from reportgen.model.options.ledger import OptionBuilder, Parts, Timing, timing


@dataclass(frozen=True, slots=True)
class Settling:
    """The engineering after go-live until the service is stable and tuned."""

    stable_at: Node
    lines: tuple[Line, Line]


def settling(builder: OptionBuilder, when: Timing) -> Settling:
    """Define stabilisation and tuning work (MODEL, "self_hosted"; on_prem has the same)."""
    engineer = builder.shared.specialist_month
    stable_at = round_to(when.go_live + builder.input("stabilisation_months"), 6)
    tuned_at = round_to(when.go_live + builder.input("tuning_months"), 6)
    overlap = builder.shared.overlap
    stabilising = builder.input("stabilisation_fte") * engineer * overlap(when.go_live, stable_at)
    monthly_tuning = builder.input("tuning_fte_months") / maximum(builder.input("tuning_months"), 1e-9)
    tuning = monthly_tuning * engineer * overlap(when.go_live, tuned_at)
    lines = (
        builder.cost("stabilisation", "Stabilisation", stabilising),
        builder.cost("tuning", "Tuning", tuning),
    )
    return Settling(stable_at, lines)


def parts(builder: OptionBuilder, spill_usage: Line | None) -> Parts:
    """Define what rented GPUs contribute (MODEL, "self_hosted")."""
    when = timing(builder)
    tuned, speed = tuned_speed(builder, when)
    size = sizing(builder, when, speed, spill_usage)
    price = builder.price("gpu_hourly_price", "GPU price", units.PRICE_PER_GPU_HOUR, "gpu_price_change")
    replica = builder.monthly(
        "gpu_hours_price", "One replica", units.MONEY_PER_MONTH,
        replica_month(builder, price) * (1 - builder.input("commitment_discount")),
    )  # fmt: skip
    fleet = builder.cost("fleet", "GPUs in production", size.replicas * when.live * replica)
    staging = builder.cost(
        "staging", "GPUs in staging", builder.input("staging_replicas") * when.deploying * replica
    )
    support = builder.cost(
        "supporting_infrastructure", "Storage, network, monitoring",
        builder.input("supporting_rate") * (fleet + staging),
    )  # fmt: skip
    settled = settling(builder, when)
    owed = maximum(0, builder.input("commitment_months") - (builder.shared.month - when.go_live))
    return Parts(
        when,
        builder.shared.specialist_month,
        (when.go_live, when.live, when.deploying, tuned, speed, *size.drivers, *price.lines, replica),
        {"compute": (fleet, staging, *size.spill), "supporting": (support,), "ongoing": settled.lines},
        fleet + support,
        settled.stable_at,
        owed * fleet * builder.input("termination_share"),
        looked_up=price.looked_up,
    )
