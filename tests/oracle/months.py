"""What every option shares: the timeline, compounding, tokens and the cost of engineers, month by month."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from tests.oracle.assumptions import Case, active, first_day, horizon, price_steps

Months = list[float]
"""One amount a month; month m stands at index m - 1."""


@dataclass(frozen=True, slots=True)
class Run:
    """A case with the assumptions of one run."""

    case: Case
    known: dict[str, float]
    H: int

    def option(self, key: str) -> dict[str, Any]:
        """Give the structure of an option as written."""
        found: dict[str, Any] = self.case["options"][key]
        return found

    def of(self, key: str, field: str) -> float:
        """Give an assumption of an option; 0 for one that its kind does not have."""
        return self.known.get(f"options.{key}.{field}", 0.0)


def start(case: Case, effects: Any) -> Run:
    """Begin a run of the case under these effects."""
    return Run(case, active(case, effects), horizon(case))


def months(run: Run) -> range:
    """List the month numbers 1..H."""
    return range(1, run.H + 1)


def overlap(run: Run, a: float, b: float) -> Months:
    """Compute the share of each month inside [a, b]."""
    return [round(max(0.0, min(m, b) - max(m - 1, a)), 6) for m in months(run)]


def grow(rate: float, m: int) -> float:
    """Compound an annual rate from month 1, which is unchanged."""
    return float((1.0 + rate) ** ((m - 1) / 12.0))


def count_up(x: float) -> int:
    """Round up to whole machines, dust below 1e-6 excepted."""
    return ceil(round(x, 6))


def discount(run: Run, m: int) -> float:
    """Discount the end of month m at the annual rate."""
    return float((1.0 + run.known["finance.discount_rate"]) ** (-m / 12.0))


def tokens(run: Run, m: int) -> float:
    """Count the tokens of month m, in millions."""
    return run.known["workload.tokens_per_month"] * grow(run.known["workload.annual_growth"], m)


def average_tps(run: Run, m: int) -> float:
    """Compute the average tokens per second of month m."""
    return tokens(run, m) * 1e6 / (run.known["workload.hours_per_month"] * 3600.0)


def fte_month(run: Run, key: str, m: int) -> float:
    """Cost one engineer for month m: plain for an api option, with the specialists' premium for the others."""
    plain = run.known["people.loaded_cost_per_fte"] / 12.0 * grow(run.known["people.wage_growth"], m)
    if run.option(key)["kind"] == "api":
        return plain
    return plain * (1.0 + run.known["people.specialist_share"] * run.known["people.ml_premium"])


def price(run: Run, key: str, field: str, change: str) -> Months:
    """Follow a price through its announced steps and its drift."""
    steps = price_steps(run.case, run.known, key, field)
    return [run.of(key, field) * steps[m - 1] * grow(run.of(key, change), m) for m in months(run)]


def go_live(run: Run, key: str) -> float:
    """Compute g, the fractional month of going live."""
    return round(run.of(key, "lead_time_months") + run.of(key, "deployment_months"), 6)


def live(run: Run, key: str) -> Months:
    """Compute the share of each month in service."""
    return overlap(run, go_live(run, key), run.H)


def deploying(run: Run, key: str) -> Months:
    """Compute the share of each month in deployment."""
    return overlap(run, run.of(key, "lead_time_months"), go_live(run, key))


def stabilised(run: Run, key: str) -> float:
    """Compute when the service is stable; g for kinds without stabilisation."""
    return round(go_live(run, key) + run.of(key, "stabilisation_months"), 6)


def migration_months(run: Run, key: str) -> list[int]:
    """List the first months that start after a model of the option retires."""
    days = run.case.get("_retires", {}).get(key, [])
    starts = [first_day(run.case, m) for m in months(run)]
    return [
        next(m for m in months(run) if starts[m - 1] > day) for day in days if starts[0] <= day < starts[-1]
    ]
