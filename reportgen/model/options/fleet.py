"""How many machines serve the workload: the sizing that the three GPU kinds share, and the hybrid's spill."""

from dataclasses import dataclass

from reportgen import units
from reportgen.formula.nodes import Input, Line, Node, as_node, count_up, maximum, minimum, round_to, where
from reportgen.model.options.ledger import OptionBuilder, Price, Timing
from reportgen.model.workload import SECONDS_PER_HOUR, TOKENS_PER_M


@dataclass(frozen=True, slots=True)
class Sizing:
    """Replicas in service by month, and what spills to an api beyond a cap."""

    drivers: tuple[Line, ...]
    replicas: Line
    spill: tuple[Line, ...]


def tuned_speed(builder: OptionBuilder, timing: Timing) -> tuple[Line, Line]:
    """Give the months from which tuning is done, and the speed of a replica before and after (MODEL, "self_hosted")."""
    since = builder.shared.month - 1 - timing.go_live - builder.input("tuning_months")
    tuned = builder.monthly("tuned", "Tuning done", units.FLAG, where(round_to(since, 6) >= 0, 1, 0))
    speed = builder.input("replica_tps") * (1 - builder.input("tuning_loss") * (1 - tuned))
    return tuned, builder.monthly(
        "replica_tps_effective", "Speed of one replica", units.TOKENS_PER_SECOND, speed
    )


def sizing(builder: OptionBuilder, timing: Timing, speed: Line | None, spill_usage: Line | None) -> Sizing:
    """Size the fleet for the average load at the planned utilisation; `speed` is None where it does not change."""
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
    """Price one replica for a month at an hourly GPU price, machines billed whole."""
    return builder.input("gpus_per_replica") * Input("workload.hours_per_month") * price.by_month
