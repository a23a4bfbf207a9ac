"""An option of kind self_hosted: rented GPUs, run by the company's own engineers."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Line, Node, maximum, round_to
from reportgen.model.options.fleet import replica_month, sizing, tuned_speed
from reportgen.model.options.ledger import Desk, Parts, Timing, timing


@dataclass(frozen=True, slots=True)
class Settling:
    """The engineering after go-live until the service is stable and tuned."""

    stable_at: Node
    lines: tuple[Line, Line]


def settling(desk: Desk, when: Timing) -> Settling:
    """Define stabilisation and tuning work (MODEL, "self_hosted"; on_prem has the same)."""
    engineer = desk.shared.specialist_month
    stable_at = round_to(when.go_live + desk.input("stabilisation_months"), 6)
    tuned_at = round_to(when.go_live + desk.input("tuning_months"), 6)
    overlap = desk.shared.overlap
    stabilising = desk.input("stabilisation_fte") * engineer * overlap(when.go_live, stable_at)
    monthly_tuning = desk.input("tuning_fte_months") / maximum(desk.input("tuning_months"), 1e-9)
    tuning = monthly_tuning * engineer * overlap(when.go_live, tuned_at)
    lines = (
        desk.cost("stabilisation", "Stabilisation", stabilising),
        desk.cost("tuning", "Tuning", tuning),
    )
    return Settling(stable_at, lines)


def parts(desk: Desk, spill_usage: Line | None) -> Parts:
    """Define what rented GPUs contribute (MODEL, "self_hosted")."""
    when = timing(desk)
    tuned, speed = tuned_speed(desk, when)
    size = sizing(desk, when, speed, spill_usage)
    price = desk.price("gpu_hourly_price", "GPU price", units.PRICE_PER_GPU_HOUR, "gpu_price_change")
    replica = desk.monthly(
        "gpu_hours_price", "One replica", units.MONEY_PER_MONTH,
        replica_month(desk, price) * (1 - desk.input("commitment_discount")),
    )  # fmt: skip
    fleet = desk.cost("fleet", "GPUs in production", size.replicas * when.live * replica)
    staging = desk.cost(
        "staging", "GPUs in staging", desk.input("staging_replicas") * when.deploying * replica
    )
    support = desk.cost(
        "supporting_infrastructure", "Storage, network, monitoring",
        desk.input("supporting_rate") * (fleet + staging),
    )  # fmt: skip
    settled = settling(desk, when)
    owed = maximum(0, desk.input("commitment_months") - (desk.shared.month - when.go_live))
    return Parts(
        when,
        desk.shared.specialist_month,
        (when.go_live, when.live, when.deploying, tuned, speed, *size.drivers, *price.lines, replica),
        {"compute": (fleet, staging, *size.spill), "supporting": (support,), "ongoing": settled.lines},
        fleet + support,
        settled.stable_at,
        owed * fleet * desk.input("termination_share"),
        looked_up=price.looked_up,
    )
