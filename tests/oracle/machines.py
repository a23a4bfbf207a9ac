"""How many machines an option needs, has and owns, and what its owned machines are worth."""

from tests.oracle.months import Months, Run, average_tps, count_up, deploying, go_live, live, months, tokens


def replica_tps_effective(run: Run, key: str) -> Months:
    """Compute what one replica serves, less what untuned software wastes (platforms waste nothing)."""
    ends = go_live(run, key) + run.of(key, "tuning_months")
    tuned = [1.0 if round(m - 1 - ends, 6) >= 0 else 0.0 for m in months(run)]
    loss, tps = run.of(key, "tuning_loss"), run.of(key, "replica_tps")
    return [tps * (1.0 - loss * (1.0 - tuned[m - 1])) for m in months(run)]


def replicas(run: Run, key: str) -> Months:
    """Count the replicas that carry the average load, at least min_replicas and at most max_replicas."""
    tps = replica_tps_effective(run, key)
    needed = [average_tps(run, m) / (tps[m - 1] * run.of(key, "utilisation")) for m in months(run)]
    most = run.known.get(f"options.{key}.max_replicas", float("inf"))
    return [min(most, float(count_up(max(run.of(key, "min_replicas"), need)))) for need in needed]


def unserved_share(run: Run, key: str) -> Months:
    """Compute the share of the tokens that capped replicas cannot serve; none where nothing caps them."""
    if f"options.{key}.max_replicas" not in run.known:
        return [0.0 for _ in months(run)]
    tps, count = replica_tps_effective(run, key), replicas(run, key)
    factor = run.of(key, "utilisation") * 3600.0 * run.known["workload.hours_per_month"] / 1e6
    served = [min(tokens(run, m), count[m - 1] * tps[m - 1] * factor) for m in months(run)]
    return [1.0 - served[m - 1] / tokens(run, m) for m in months(run)]


def owned(run: Run, key: str) -> Months:
    """Count the machines owned: the most that staging or service has needed so far."""
    deploys, serves, count = deploying(run, key), live(run, key), replicas(run, key)
    have: Months = []
    for i in range(run.H):
        staging = run.of(key, "staging_replicas") if deploys[i] > 0 else 0.0
        serving = count[i] if serves[i] > 0 else 0.0
        have.append(max(have[-1] if have else 0.0, staging, serving))
    return have


def installed_price(run: Run, key: str) -> float:
    """Price one replica's GPUs, installed, at month 1."""
    return run.of(key, "gpus_per_replica") * run.of(key, "price_per_gpu_installed")


def worth(run: Run, key: str, x: int, at: int) -> float:
    """Value the machines owned in month x at the end of month `at`; 0 for kinds that own none."""
    if run.option(key)["kind"] != "on_prem":
        return 0.0
    age = max(0.0, at - run.of(key, "lead_time_months"))
    kept = (1.0 - run.of(key, "resale_decline")) ** (age / 12.0)
    return owned(run, key)[x - 1] * installed_price(run, key) * float(kept)
