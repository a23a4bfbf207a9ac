"""The size of the fleet: the lines that the three GPU kinds share, and the spill of a hybrid."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, as_node, count_up, maximum, minimum, round_to, where
from reportgen.model.options.ledger import OptionBuilder, Price, Timing
from reportgen.model.workload import SECONDS_PER_HOUR, TOKENS_PER_M


@dataclass(frozen=True, slots=True)
class Sizing:
    """The replicas in service by month, and the cost of what spills to an api beyond a cap."""

    drivers: tuple[Line, ...]
    replicas: Line
    spill: tuple[Line, ...]


def tuned_speed(builder: OptionBuilder, timing: Timing) -> tuple[Line, Line]:
    """Define the flag of months after tuning, and the speed of a replica in tokens per second (MODEL, "self_hosted")."""
    since = builder.shared.month - 1 - timing.go_live - builder.input("tuning_months")
    tuned = builder.monthly("tuned", "Tuning done", units.FLAG, where(round_to(since, 6) >= 0, 1, 0))
    speed = builder.input("replica_tps") * (1 - builder.input("tuning_loss") * (1 - tuned))
    return tuned, builder.monthly(
        "replica_tps_effective", "Speed of one replica", units.TOKENS_PER_SECOND, speed
    )


def sizing(builder: OptionBuilder, timing: Timing, speed: Line | None, spill_usage: Line | None) -> Sizing:
    """Define the replicas for the average load at the planned utilisation; `speed` is None where it is constant."""
    per_replica = (as_node(speed) if speed else builder.input("replica_tps")) * builder.input("utilisation")
    needed = count_up(maximum(builder.input("min_replicas"), builder.shared.average_tps / per_replica))
    if spill_usage is None:
        replicas = builder.monthly("replicas", "Replicas", units.REPLICAS, needed)
        return Sizing((replicas,), replicas, ())
    replicas = builder.monthly(
        "replicas", "Replicas", units.REPLICAS, minimum(builder.input("max_replicas"), needed)
    )
    hours = Input("workload.hours_per_month")
    capacity = replicas * per_replica * SECONDS_PER_HOUR * hours / TOKENS_PER_M
    served = builder.monthly(
        "served", "Tokens served here", units.M_TOKENS, minimum(builder.shared.tokens, capacity)
    )
    spill = builder.cost(
        "spill", "Tokens beyond the cap", spill_usage * (1 - served / builder.shared.tokens) * timing.live
    )
    return Sizing((replicas, served), replicas, (spill,))


def replica_month(builder: OptionBuilder, price: Price) -> Node:
    """Return the monthly price of one replica at an hourly GPU price; machines are billed for the whole month."""
    return builder.input("gpus_per_replica") * Input("workload.hours_per_month") * price.by_month
