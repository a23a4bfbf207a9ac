"""Owned GPUs: how many, what was paid for them and when, what they use, and what they are worth."""

from itertools import accumulate

from tests.oracle.excel import Months, grow
from tests.oracle.options.machines import gpus, staging_gpus
from tests.oracle.run import Part, deploying, live, once


@once
def owned(part: Part) -> Months:
    """Count the GPUs owned: the most that staging or service has needed so far."""
    have = 0.0
    found: Months = []
    for deploys, serves, count in zip(deploying(part), live(part), gpus(part), strict=True):
        have = max(have, staging_gpus(part) if deploys > 0 else 0.0, count if serves > 0 else 0.0)
        found.append(have)
    return found


@once
def purchases(part: Part) -> Months:
    """Compute what is paid for machines in each month."""
    change = part.of("hardware_price_change")
    before = [0.0, *owned(part)]
    return [
        (have - before[m - 1]) * part.of("price_per_gpu_installed") * grow(change, m)
        for m, have in enumerate(owned(part), start=1)
    ]


def power(part: Part) -> Months:
    """Compute what the owned machines' power costs, in service or not."""
    kwh = part.of("kw_per_gpu") * part.of("pue") * part.run.known["workload.hours_per_month"]
    change = part.of("power_price_change")
    return [
        have * kwh * part.of("price_per_kwh") * grow(change, m) for m, have in enumerate(owned(part), start=1)
    ]


def upkeep(part: Part) -> Months:
    """Compute space, network and maintenance, on what was paid."""
    return [part.of("upkeep_rate") / 12.0 * paid for paid in accumulate(purchases(part))]


@once
def worth(part: Part) -> Months:
    """Compute what the machines would bring at the end of each month, each by its own age; 0 where none are owned."""
    if part.kind != "on_prem":
        return [0.0 for _ in part.each()]
    kept = (1.0 - part.of("resale_decline")) ** (1.0 / 12.0)
    value = 0.0
    found: Months = []
    for paid in purchases(part):
        value = value * kept + paid
        found.append(value)
    return found
