"""What leaving an option costs at the end of each month, part by part."""

from tests.oracle.excel import Months, count_up
from tests.oracle.options.lines import running_fleet, supporting
from tests.oracle.options.machines import committed_gpus
from tests.oracle.options.owned import worth
from tests.oracle.options.rented import fleet, price_signed, renews
from tests.oracle.run import Part, go_live, lead, live, once, team_month


@once
def running(part: Part) -> Months:
    """Compute what it takes to keep the old service up for a month while the new one starts."""
    taxed = 1.0 + part.run.known["finance.irrecoverable_vat"]
    lines = zip(running_fleet(part), supporting(part), team_month(part), strict=True)
    return [(machines + extra) * taxed + part.of("ongoing_fte") * team for machines, extra, team in lines]


@once
def commitment(part: Part) -> Months:
    """Compute what is still owed for rented capacity after leaving at the end of each month."""
    if part.kind not in ("self_hosted", "platform"):
        return [0.0 for _ in part.each()]
    length, parallel = part.of("commitment_months"), part.of("parallel_run_months")
    share = part.of("termination_share")
    found: Months = []
    for x in part.each():
        serves = live(part)[x - 1] == 1
        if not part.has("committed_replicas"):
            left = max(0.0, length - (x - go_live(part)) - parallel) if serves else 0.0
            found.append(left * fleet(part)[x - 1] * share)
            continue
        term = max(0, count_up((x - lead(part)) / length) - 1) if renews(part) else 0
        left = length * (term + 1) - (x - lead(part))
        owed = min(length, max(0.0, left - (parallel if serves else 0.0)))
        price = price_signed(part, term) * (1.0 - part.of("commitment_discount"))
        found.append(owed * committed_gpus(part) * price * share)
    return found


@once
def forced_sale(part: Part) -> Months:
    """Compute what a sale in a hurry brings less than the machines are worth."""
    return [part.of("resale_loss") * value for value in worth(part)]


@once
def exit_curve(part: Part) -> Months:
    """Cost an exit at the end of every month."""
    return [exit_cost(part, x) for x in part.each()]


def exit_cost(part: Part, x: int) -> float:
    """Cost an exit at the end of month x."""
    i = x - 1
    cost = part.of("exit_fees") + forced_sale(part)[i] + commitment(part)[i]
    if live(part)[i] == 1:
        cost += part.of("exit_fte_months") * team_month(part)[i]
        cost += part.of("parallel_run_months") * running(part)[i]
    return cost


def quantified(part: Part) -> bool:
    """Say whether somebody has estimated how likely the exit is, and when."""
    return part.has("exit_probability") and part.has("exit_month")


def expected_exit(part: Part) -> tuple[float, float]:
    """Compute the expected cost of the exit, nominal and present; 0 where it is not quantified."""
    if not quantified(part):
        return 0.0, 0.0
    month = int(part.of("exit_month"))
    expected = part.of("exit_probability") * exit_cost(part, month)
    return expected, expected * part.run.discount(month)
