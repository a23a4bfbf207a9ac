"""How many machines an option's load needs: speed, load, replicas, GPUs, and the share that is served."""

from tests.oracle.excel import Months, count_up, excel_round, grow, whole_down
from tests.oracle.options.workloads import cache_shares, output_share, tokens_in, tokens_out
from tests.oracle.run import Part, go_live, once


def speed(part: Part, name: str) -> float:
    """Compute the total tokens a second of one replica on a workload's own mix, untuned losses left out."""
    if part.has("replica_tps"):
        return part.of("replica_tps")
    out = output_share(part, name)
    read, _ = cache_shares(part.run, name)
    reading = (1.0 - out) * (1.0 - read * part.of("prefix_cache_reach")) / part.of("prompt_tps")
    return 1.0 / max(1e-12, reading + out / part.of("output_tps"))


@once
def pace(part: Part) -> Months:
    """Compute what software gains from year to year, and what untuned defaults waste (nothing for a platform)."""
    found: Months = []
    for m in part.each():
        tuned = 1.0 if excel_round(m - 1 - go_live(part) - part.of("tuning_months")) >= 0 else 0.0
        found.append(grow(part.of("replica_tps_change"), m) * (1.0 - part.of("tuning_loss") * (1.0 - tuned)))
    return found


@once
def load(part: Part) -> Months:
    """Compute how many replicas are kept busy all month."""
    seconds = part.run.known["workload.hours_per_month"] * 3600.0
    busy = [0.0 for _ in part.each()]
    for name in part.carried:
        went_in, came_out, each = tokens_in(part, name), tokens_out(part, name), speed(part, name)
        for i, gained in enumerate(pace(part)):
            busy[i] += (went_in[i] + came_out[i]) * 1e6 / seconds / each / gained
    return busy


@once
def replicas(part: Part) -> Months:
    """Count the replicas that carry the load, capped and counted up; as many as needed where billed by the second."""
    found: Months = []
    for busy in load(part):
        needed = max(part.of("min_replicas"), busy / part.of("utilisation"))
        if part.has("max_replicas"):
            needed = min(needed, part.of("max_replicas"))
        found.append(needed if part.option.get("billed") == "second" else float(count_up(needed)))
    return found


def in_gpus(part: Part, count: float) -> float:
    """Count the GPUs of so many replicas: by the server where they come by the server."""
    each = part.of("gpus_per_replica")
    if not part.has("gpus_per_server"):
        return count * each
    server = part.of("gpus_per_server")
    per_replica = max(each / server, 1.0 / max(1, whole_down(server / each)))
    return count_up(count * per_replica) * server


@once
def gpus(part: Part) -> Months:
    """Count the GPUs that serve."""
    return [in_gpus(part, count) for count in replicas(part)]


def staging_gpus(part: Part) -> float:
    """Count the GPUs of the replicas that deployment works with."""
    return in_gpus(part, part.of("staging_replicas"))


def committed_gpus(part: Part) -> float:
    """Count the GPUs reserved."""
    return in_gpus(part, part.of("committed_replicas"))


@once
def served(part: Part) -> Months:
    """Compute the share of every workload that the machines serve; 1 where there is no load."""
    found: Months = []
    for count, busy in zip(replicas(part), load(part), strict=True):
        share = count * part.of("utilisation") / max(busy, 1e-9)
        found.append(min(1.0, share) if busy > 0 else 1.0)
    return found
