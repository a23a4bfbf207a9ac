"""The monthly cost of each kind of option, by category, with what its exit cost needs."""

from dataclasses import dataclass

from tests.oracle.machines import installed_price, owned, replicas, unserved_share, worth
from tests.oracle.months import (
    Months,
    Run,
    deploying,
    fte_month,
    go_live,
    grow,
    live,
    migration_months,
    months,
    overlap,
    price,
    stabilised,
    tokens,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Costs:
    """Monthly amounts of one option in one run; `residual` is inside compute, `running` and `fleet` serve the exit."""

    categories: dict[str, Months]
    fleet: Months
    running: Months
    residual: Months


def costs(run: Run, key: str) -> Costs:
    """Compute an option's cost of every category."""
    kind = run.option(key)["kind"]
    fleet = _FLEETS[kind](run, key)
    staging = _staging(run, key) if kind == "self_hosted" else _none(run)
    residual = _none(run)
    residual[-1] = -worth(run, key, run.H, run.H)
    bought = _bought(run, key) if kind == "on_prem" else _none(run)
    # Platforms and APIs have no supporting rate: 0.
    rate = run.of(key, "supporting_rate")
    serves, deploys = live(run, key), deploying(run, key)
    people = [run.of(key, "ongoing_fte") * fte_month(run, key, m) for m in months(run)]
    supporting = [rate * (f + s) for f, s in zip(fleet, staging, strict=True)]
    categories = {
        "compute": _sum(fleet, staging, bought, residual, _spill(run, key)),
        "supporting": supporting,
        "deployment": [run.of(key, "deployment_fte") * fte_month(run, key, m) * deploys[m - 1] for m in months(run)],
        "ongoing": _sum([p * share for p, share in zip(people, serves, strict=True)], _settling(run, key)),
        "interim": _interim(run, key),
        "other": _other(run, key),
    }  # fmt: skip
    return Costs(categories, fleet, _sum(fleet, supporting, people), residual)


def api_compute(run: Run, key: str) -> Months:
    """Compute what an api charges for all the tokens, its own go-live left out."""
    output, cached = run.known["workload.output_share"], run.known["workload.cached_share"]
    inputs = price(run, key, "input_price", "price_change")
    outputs = price(run, key, "output_price", "price_change")
    if cached > 0 and f"options.{key}.cached_input_price" not in run.known:
        raise ValueError(f"options.{key}.cached_input_price is required where cached_share is above 0")
    caches = price(run, key, "cached_input_price", "price_change")
    kept = 1.0 - run.of(key, "batch_share") * run.of(key, "batch_discount")
    kept *= 1.0 - run.of(key, "committed_discount")
    charged = []
    for m in months(run):
        fresh = (1.0 - cached) * inputs[m - 1] + cached * caches[m - 1]
        blended = (1.0 - output) * fresh + output * outputs[m - 1]
        charged.append(tokens(run, m) * blended * kept)
    return charged


def _api_fleet(run: Run, key: str) -> Months:
    return [c * share for c, share in zip(api_compute(run, key), live(run, key), strict=True)]


def _gpu_hours_price(run: Run, key: str) -> Months:
    """Price one replica for a month, at the committed price."""
    monthly = run.of(key, "gpus_per_replica") * run.known["workload.hours_per_month"]
    hourly = price(run, key, "gpu_hourly_price", "gpu_price_change")
    return [monthly * rate * (1.0 - run.of(key, "commitment_discount")) for rate in hourly]


def _rented_fleet(run: Run, key: str) -> Months:
    count, serves, each = replicas(run, key), live(run, key), _gpu_hours_price(run, key)
    return [count[i] * serves[i] * each[i] for i in range(run.H)]


def _staging(run: Run, key: str) -> Months:
    deploys, each = deploying(run, key), _gpu_hours_price(run, key)
    return [run.of(key, "staging_replicas") * deploys[i] * each[i] for i in range(run.H)]


def _platform_fleet(run: Run, key: str) -> Months:
    count, serves = replicas(run, key), live(run, key)
    each = _gpu_hours_price(run, key)  # a platform has no commitment discount: 0
    kept = (1.0 - run.of(key, "brokerage_discount")) * (1.0 + run.of(key, "fee_rate"))
    return [(count[i] * each[i] * kept + run.of(key, "monthly_fee")) * serves[i] for i in range(run.H)]


def _owned_fleet(run: Run, key: str) -> Months:
    """Cost power and upkeep of the owned machines, in service or not."""
    have = owned(run, key)
    kwh = run.of(key, "gpus_per_replica") * run.of(key, "kw_per_gpu") * run.of(key, "pue")
    kwh *= run.known["workload.hours_per_month"]
    power = [have[m - 1] * kwh * run.of(key, "price_per_kwh") * grow(run.of(key, "power_price_change"), m)
             for m in months(run)]  # fmt: skip
    upkeep = [machines * installed_price(run, key) * run.of(key, "upkeep_rate") / 12.0 for machines in have]
    return _sum(power, upkeep)


_FLEETS = {
    "api": _api_fleet,
    "self_hosted": _rented_fleet,
    "on_prem": _owned_fleet,
    "platform": _platform_fleet,
}


def _bought(run: Run, key: str) -> Months:
    have = owned(run, key)
    new = [have[i] - (have[i - 1] if i else 0.0) for i in range(run.H)]
    change = run.of(key, "hardware_price_change")
    return [new[m - 1] * installed_price(run, key) * grow(change, m) for m in months(run)]


def _spill(run: Run, key: str) -> Months:
    if f"options.{key}.max_replicas" not in run.known:
        return _none(run)
    over, serves = api_compute(run, run.option(key)["spill_to"]), live(run, key)
    missing = unserved_share(run, key)
    return [over[i] * missing[i] * serves[i] for i in range(run.H)]


def _settling(run: Run, key: str) -> Months:
    """Cost the engineers of stabilisation and tuning (0 for kinds that have neither)."""
    g, work, length = go_live(run, key), run.of(key, "tuning_fte_months"), run.of(key, "tuning_months")
    if work > 0 and length == 0:
        raise ValueError(f"options.{key}: tuning work without months to do it in")
    stabilising = overlap(run, g, stabilised(run, key))
    tuning = overlap(run, g, round(g + length, 6))
    pace = work / length if length else 0.0
    return [(run.of(key, "stabilisation_fte") * stabilising[m - 1] + pace * tuning[m - 1]) * fte_month(run, key, m)
            for m in months(run)]  # fmt: skip


def _interim(run: Run, key: str) -> Months:
    carrier = run.option(key).get("until_live")
    if carrier is None:
        if go_live(run, key) > 0:
            raise ValueError(f"options.{key}.until_live is required where go-live comes later")
        return _none(run)
    serves = live(run, key)
    return [c * (1.0 - share) for c, share in zip(api_compute(run, carrier), serves, strict=True)]


def _other(run: Run, key: str) -> Months:
    other = [run.of(key, "other_monthly_cost") * share for share in live(run, key)]
    other[0] += run.of(key, "one_off_cost") + run.of(key, "hires") * run.of(key, "cost_per_hire")
    for m in migration_months(run, key):
        other[m - 1] += run.of(key, "migration_fte_months") * fte_month(run, key, m)
    return other


def _none(run: Run) -> Months:
    return [0.0 for _ in months(run)]


def _sum(*lines: Months) -> Months:
    return [sum(amounts) for amounts in zip(*lines, strict=True)]
