"""Rented GPUs, of a team's own service and of a platform: price, reserved capacity, fleet and staging."""

from tests.oracle.excel import Months, count_up, excel_round, overlap, whole_down
from tests.oracle.options.machines import committed_gpus, gpus, staging_gpus
from tests.oracle.run import Part, deploying, lead, live, once, price


@once
def gpu_month(part: Part) -> Months:
    """Price one GPU for a month; a platform's after brokerage and with its fee."""
    hours = part.run.known["workload.hours_per_month"]
    kept = (1.0 - part.of("brokerage_discount")) * (1.0 + part.of("fee_rate"))  # 1 for a team's own service
    return [hours * hourly * kept for hourly in price(part, "gpu_hourly_price", "gpu_price_change")]


def price_signed(part: Part, term: int) -> float:
    """Give the price of a GPU for a month that was signed for a term, the first being term 0."""
    first = count_up(lead(part) + part.of("commitment_months") * term)
    return float(gpu_month(part)[min(part.run.H, max(1, first)) - 1])


def renews(part: Part) -> bool:
    """Say whether reserved capacity is reserved again when a term ends."""
    return bool(part.option.get("commitment_renews", False))


@once
def covered(part: Part) -> Months:
    """Count the GPUs that are reserved in each month, from delivery on."""
    until = part.run.H if renews(part) else excel_round(lead(part) + part.of("commitment_months"))
    return [committed_gpus(part) * overlap(lead(part), until, m) for m in part.each()]


@once
def locked(part: Part) -> Months:
    """Give the price of a reserved GPU in each month: that of the month in which its term was signed."""
    found: Months = []
    for m in part.each():
        passed = max(0.0, m - 1 - lead(part)) / max(1.0, part.of("commitment_months"))
        found.append(price_signed(part, whole_down(passed) if renews(part) else 0))
    return found


@once
def fleet(part: Part) -> Months:
    """Compute what the machines in service cost, reserved capacity and a platform's monthly fee with them."""
    fee = [part.of("monthly_fee") * serves for serves in live(part)]
    each, kept = gpu_month(part), 1.0 - part.of("commitment_discount")
    need = [count * serves for count, serves in zip(gpus(part), live(part), strict=True)]
    if not part.has("committed_replicas"):
        discounted = kept if part.kind == "self_hosted" else 1.0
        return [need[i] * each[i] * discounted + fee[i] for i in range(part.run.H)]
    found: Months = []
    for i, deploys in enumerate(deploying(part)):
        reserved = covered(part)[i]
        rest = max(0.0, need[i] + staging_gpus(part) * deploys - reserved)
        found.append(reserved * locked(part)[i] * kept + rest * each[i] + fee[i])
    return found


@once
def staging(part: Part) -> Months:
    """Compute what the machines of deployment cost; nothing of its own where capacity is reserved."""
    if part.has("committed_replicas"):
        return [0.0 for _ in part.each()]
    kept, count = 1.0 - part.of("commitment_discount"), staging_gpus(part)
    return [
        count * deploys * each * kept for deploys, each in zip(deploying(part), gpu_month(part), strict=True)
    ]
