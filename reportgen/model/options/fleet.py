"""The size of a fleet: speed, pace and load of machines, and the replicas and GPUs that the load needs."""

from collections.abc import Mapping

from reportgen import units
from reportgen.formula.nodes import (
    Input,
    Line,
    Node,
    Term,
    as_node,
    count_up,
    maximum,
    minimum,
    round_to,
    where,
    whole_down,
)  # fmt: skip
from reportgen.model.options.basis import Tokens, tokens_of
from reportgen.model.options.builder import OptionBuilder, Timing, flat
from reportgen.model.options.part import PartBuilder, Sizing
from reportgen.model.workload import HOURS, SECONDS_PER_HOUR, TOKENS_PER_M
from reportgen.runtime.records import dataclass

LEAST_TIME, LEAST_LOAD = 1e-12, 1e-9


@dataclass(frozen=True, slots=True)
class Machines:
    """How an option's machines are sized, whatever they carry: the load of each workload, and servers per replica."""

    load: Mapping[str, Line]
    servers_per_replica: Line | None
    lines: tuple[Line, ...]


def machines(builder: OptionBuilder, timing: Timing, *, tuned: bool) -> Machines:
    """Define speed, pace and load of machines; `tuned` machines are slower until they are (MODEL, "self_hosted")."""
    pace = _pace(builder, timing, tuned=tuned)
    loads, shown = {}, []
    for tokens in tokens_of(builder):
        speed, lines = _speed(builder, tokens)
        seconds = Input(HOURS) * SECONDS_PER_HOUR
        busy = (tokens.input + tokens.output) * TOKENS_PER_M / seconds / speed / pace[-1]
        workload = tokens.workload
        load = builder.monthly(
            builder.of_workload("load", workload), builder.label_of("Replicas kept busy", workload),
            units.REPLICAS, busy,
        )  # fmt: skip
        loads[workload.key] = load
        shown.append((tokens.input, tokens.output, *lines, load))
    servers = _servers_per_replica(builder)
    return Machines(loads, servers, (*pace, *flat(shown), *((servers,) if servers else ())))


def _pace(builder: OptionBuilder, timing: Timing, *, tuned: bool) -> tuple[Line, ...]:
    """Define what software gains over time and loses until it is tuned; the pace is the last line."""
    gained = builder.shared.grow(builder.input("replica_tps_change"))
    if not tuned:
        return (builder.monthly("pace", "Pace of a replica", units.FACTOR, gained),)
    since = builder.shared.month - 1 - timing.go_live - builder.input("tuning_months")
    done = builder.monthly("tuned", "Tuning done", units.FLAG, where(round_to(since, 6) >= 0, 1, 0))
    pace = gained * (1 - builder.input("tuning_loss") * (1 - done))
    return done, builder.monthly("pace", "Pace of a replica", units.FACTOR, pace)


def _speed(builder: OptionBuilder, tokens: Tokens) -> tuple[Node, tuple[Line, ...]]:
    """Return the speed of a replica on a workload's own mix, and the lines that define it (MODEL, "self_hosted")."""
    if builder.outline.speeds == "replica":
        return builder.input("replica_tps"), ()
    workload = tokens.workload
    share = workload.input("output_share")
    written = share * builder.input("output_token_factor")
    read = (1 - share) * builder.input("input_token_factor")
    output = builder.single(
        builder.of_workload("output_mix", workload),
        builder.label_of("Output, of the tokens handled", workload),
        units.SHARE,
        written / (read + written),
    )
    uncached = 1 - workload.input("cached_share") * builder.input("prefix_cache_reach")
    time = (1 - output) * uncached / builder.input("prompt_tps") + output / builder.input("output_tps")
    speed = builder.single(
        builder.of_workload("speed", workload), builder.label_of("Speed of a replica", workload),
        units.TOKENS_PER_SECOND, as_node(1) / maximum(LEAST_TIME, time),
    )  # fmt: skip
    return as_node(speed), (output, speed)


def _servers_per_replica(builder: OptionBuilder) -> Line | None:
    """Define the servers that one replica takes; None where machines do not come in servers."""
    if not builder.outline.servers:
        return None
    server, each = builder.input("gpus_per_server"), builder.input("gpus_per_replica")
    fit = maximum(1, whole_down(server / each))
    return builder.single(
        "servers_per_replica", "Servers per replica", units.RATIO, maximum(each / server, as_node(1) / fit)
    )


def gpus_of(builder: OptionBuilder, servers_per_replica: Line | None, replicas: Term) -> Node:
    """Return the GPUs of a number of replicas, by the server where they come in servers (MODEL, "self_hosted")."""
    if servers_per_replica is None:
        return as_node(replicas) * builder.input("gpus_per_replica")
    return count_up(as_node(replicas) * servers_per_replica) * builder.input("gpus_per_server")


def sizing(parts: PartBuilder) -> Sizing:
    """Define the machines that the workloads carried here need, and the share of them that is served here."""
    builder, outline = parts.builder, parts.builder.outline
    load = parts.carried("load", "Replicas kept busy", units.REPLICAS)
    least = maximum(builder.input("min_replicas"), load / builder.input("utilisation"))
    capped = minimum(builder.input("max_replicas"), least) if outline.capped else least
    needed = builder.monthly("needed", "Replicas needed", units.REPLICAS, capped)
    counted: Term = needed if outline.billed == "second" else count_up(needed)
    replicas = builder.monthly("replicas", "Replicas", units.REPLICAS, counted)
    found = gpus_of(builder, parts.basis.servers_per_replica, replicas)
    gpus = builder.monthly("gpus", "GPUs", units.GPUS, found)
    served = None
    if outline.capped:
        share = minimum(1, replicas * builder.input("utilisation") / maximum(load, LEAST_LOAD))
        served = builder.monthly(
            "served", "Share served here", units.SHARE, maximum(share, where(load > 0, 0, 1))
        )
    own = (load,) if load.key == builder.key("load") and len(parts.basis.by_workload) > 1 else ()
    lines = (*own, needed, replicas, gpus, *((served,) if served else ()))
    return Sizing(load, needed, replicas, gpus, served, lines)
