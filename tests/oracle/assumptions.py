"""The assumptions of a case by path, defaults included, and what the effects of a run make of them."""

from collections.abc import Sequence
from datetime import date
from re import sub
from typing import Any

Case = dict[str, Any]
Effect = dict[str, Any]

SHARED_REQUIRED = (
    "workload.tokens_per_month", "workload.output_share", "people.loaded_cost_per_fte", "finance.discount_rate",
)  # fmt: skip
SHARED_DEFAULTS = {
    "workload.annual_growth": 0.0, "workload.cached_share": 0.0, "workload.hours_per_month": 730.0,
    "workload.peak_to_average": None,
    "people.wage_growth": 0.0, "people.ml_premium": 0.0, "people.specialist_share": 0.0,
}  # fmt: skip

_ALL = dict.fromkeys(
    ("lead_time_months", "deployment_months", "deployment_fte", "ongoing_fte", "hires", "cost_per_hire",
     "one_off_cost", "other_monthly_cost", "exit_fte_months", "exit_fees", "parallel_run_months"), 0.0,
) | dict.fromkeys(("exit_probability", "exit_month", "max_replicas"), None)  # fmt: skip
_TEAM = dict.fromkeys(
    ("staging_replicas", "tuning_loss", "tuning_months", "tuning_fte_months", "stabilisation_months",
     "stabilisation_fte", "supporting_rate"), 0.0,
) | {"min_replicas": 1.0}  # fmt: skip
_SIZED = ("gpus_per_replica", "replica_tps", "utilisation")

REQUIRED = {
    "api": ("input_price", "output_price"),
    "self_hosted": ("gpu_hourly_price", *_SIZED),
    "on_prem": (*_SIZED, "price_per_gpu_installed", "kw_per_gpu", "pue", "price_per_kwh", "upkeep_rate",
                "resale_decline"),
    "platform": ("gpu_hourly_price", *_SIZED),
}  # fmt: skip
DEFAULTS: dict[str, dict[str, float | None]] = {
    "api": _ALL | dict.fromkeys(
        ("price_change", "batch_share", "batch_discount", "committed_discount", "migration_fte_months"), 0.0,
    ) | {"cached_input_price": None},
    "self_hosted": _ALL | _TEAM | dict.fromkeys(
        ("gpu_price_change", "commitment_discount", "commitment_months"), 0.0,
    ) | {"termination_share": 1.0},
    "on_prem": _ALL | _TEAM | dict.fromkeys(("hardware_price_change", "power_price_change"), 0.0),
    "platform": _ALL | dict.fromkeys(
        ("brokerage_discount", "fee_rate", "monthly_fee", "gpu_price_change", "commitment_months"), 0.0,
    ) | {"min_replicas": 1.0, "termination_share": 1.0},
}  # fmt: skip
COMPONENTS = {
    "input_price": "input", "cached_input_price": "cached_input", "output_price": "output",
    "gpu_hourly_price": "per_gpu_hour",
}  # fmt: skip


def values(case: Case) -> dict[str, float]:
    """List every assumption of the case by its path; those without a value (default none) are left out."""
    return active(case, ())


def active(case: Case, effects: Sequence[Effect]) -> dict[str, float]:
    """List the assumptions as one run sees them: set, then multiplied, then added to.

    Why: prices of the book follow from rates and exchange rates, so those take their effects first.
    """
    changed = apply(_stated(case), effects)
    booked = {f"options.{key}.{field}": booked_price(case, changed, key, field)
              for key, option in case["options"].items() for field in COMPONENTS
              if booked_rates(case, key, field) and stated(option.get(field)) is None}  # fmt: skip
    known = changed | apply(booked, effects)
    if unknown := [effect["assumption"] for effect in effects if effect["assumption"] not in known]:
        raise ValueError(f"no such assumption: {unknown}")
    return known


def apply(before: dict[str, float], effects: Sequence[Effect]) -> dict[str, float]:
    """Apply those effects that name one of these assumptions; two of one kind on one assumption are an error."""
    after = dict(before)
    for path, value in before.items():
        mine = [effect for effect in effects if effect["assumption"] == path]
        amounts: dict[str, float] = {}
        for operation, amount in (
            (o, e[o]) for e in mine for o in ("set", "multiply", "add") if e.get(o) is not None
        ):
            if operation in amounts:
                raise ValueError(f"{path}: more than one {operation} in a run")
            amounts[operation] = float(amount)
        after[path] = amounts.get("set", value) * amounts.get("multiply", 1.0) + amounts.get("add", 0.0)
    return after


def stated(written: object) -> float | None:
    """Read a bare number or {value: number}; None where nothing, or only a range, is written."""
    found = written.get("value") if isinstance(written, dict) else written
    return None if found is None else float(found)  # type: ignore[arg-type]


def slug(named: dict[str, Any]) -> str:
    """Give the id of a risk, project or scenario: its own, or the slug of its name."""
    return str(named.get("id") or sub(r"[^a-z0-9]+", "_", named["name"].lower()).strip("_"))


def horizon(case: Case) -> int:
    """Count the months."""
    return 12 * int(stated(case["finance"].get("years")) or 3)


def first_day(case: Case, m: int) -> date:
    """Give the first day of month m."""
    year, month = (int(part) for part in str(case["finance"]["start"]).split("-")[:2])
    return date(year + (month + m - 2) // 12, (month + m - 2) % 12 + 1, 1)


def booked_rates(case: Case, key: str, field: str) -> list[tuple[date | None, float, str, str | None]]:
    """List the resolved book rates of one price: the day from which each is used, rate, path, exchange rate's path."""
    return list(case.get("_prices", {}).get(key, {}).get(COMPONENTS[field], []))


def rate_in_force(case: Case, known: dict[str, float], key: str, field: str, m: int) -> float:
    """Look up the last rate used on or before the first day of month m, in the case's currency."""
    day = first_day(case, m)
    rows = [row for row in booked_rates(case, key, field) if row[0] is None or row[0] <= day]
    if not rows:
        raise ValueError(f"options.{key}.{field}: no rate in force on {day}")
    _, _, path, exchange = rows[-1]
    return known[path] * (known[exchange] if exchange else 1.0)


def booked_price(case: Case, known: dict[str, float], key: str, field: str) -> float:
    """Take a price from the book: its rate on the first day of the start month, in the case's currency."""
    return rate_in_force(case, known, key, field, 1)


def price_steps(case: Case, known: dict[str, float], key: str, field: str) -> list[float]:
    """Compute step[m]: the rate in force over that of month 1, and 1 for a price given in the case."""
    months = range(1, horizon(case) + 1)
    if not booked_rates(case, key, field) or stated(case["options"][key].get(field)) is not None:
        return [1.0 for _ in months]
    first = rate_in_force(case, known, key, field, 1)
    rates = [rate_in_force(case, known, key, field, m) for m in months]
    if first == 0 and any(rates):
        raise ValueError(f"options.{key}.{field}: a rate of 0 with later changes cannot be a step")
    return [rate / first if first else 1.0 for rate in rates]


def _stated(case: Case) -> dict[str, float]:
    """List what the case, its risks and projects and the price rates say, before any effect."""
    found: dict[str, float | None] = {}
    for path in (*SHARED_REQUIRED, *SHARED_DEFAULTS):
        block, field = path.split(".")
        found[path] = _or_default(case[block].get(field), SHARED_DEFAULTS.get(path))
    for currency, rate in case["finance"].get("exchange_rates", {}).items():
        found[f"finance.exchange_rates.{currency}"] = stated(rate)
    for key, option in case["options"].items():
        for field in (*REQUIRED[option["kind"]], *DEFAULTS[option["kind"]]):
            found[f"options.{key}.{field}"] = _or_default(
                option.get(field), DEFAULTS[option["kind"]].get(field)
            )
        for field in COMPONENTS:
            found |= {path: rate for _, rate, path, _ in booked_rates(case, key, field)}
    for risk in case.get("risks", ()):
        found[f"risks.{slug(risk)}.probability"] = stated(risk["probability"])
    for project in case.get("opportunity", ()):
        for field in ("monthly_value", "confidence"):
            found[f"opportunity.{slug(project)}.{field}"] = stated(project[field])
    found["bridge.naive_utilisation"] = stated(case.get("bridge", {}).get("naive_utilisation"))
    return {path: value for path, value in found.items() if value is not None}


def _or_default(written: object, default: float | None) -> float | None:
    """Read a written assumption, or take its default where none is written."""
    found = stated(written)
    return default if found is None else found
