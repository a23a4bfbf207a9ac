"""Random risks and price scenarios, for `generated`: effects that leave no bound one at a time."""

from typing import Any

from tests.agreement.generated_options import Dice
from tests.oracle.inputs.fields import DEFAULTS, REQUIRED

Case = dict[str, Any]
Kind = tuple[str, float, float]
SAFE: dict[str, list[Kind]] = {
    "tokens_per_month": [("multiply", 0.5, 2.5)], "output_share": [("multiply", 0.7, 1.4), ("add", -0.01, 0.05)],
    "annual_growth": [("add", -0.2, 0.3), ("set", -0.1, 0.6)], "cached_share": [("multiply", 0.6, 1.2)],
    "cache_write_share": [("multiply", 0.5, 1.1)], "starts_month": [("add", 1, 3)], "ramp_months": [("add", 1, 4)],
    "ramp_start": [("multiply", 0.4, 1.2)], "volume_factor": [("multiply", 0.6, 1.8), ("set", 0.5, 2)],
    "loaded_cost_per_fte": [("multiply", 0.8, 1.3)], "ml_premium": [("set", 0, 0.8)], "wage_growth": [("add", 0, 0.05)],
    "discount_rate": [("add", 0, 0.06)], "irrecoverable_vat": [("set", 0, 0.3), ("add", 0, 0.1)],
    "lead_time_months": [("add", 0, 2.5)], "deployment_months": [("add", 0.1, 2.5), ("multiply", 1, 1.8)],
    "deployment_fte": [("add", 0, 1)], "ongoing_fte": [("add", 0, 0.7)], "hires": [("add", 0, 2)],
    "one_off_cost": [("add", 0, 30000)], "other_monthly_cost": [("add", 0, 3000)], "exit_fees": [("multiply", 0, 2)],
    "refresh_months": [("multiply", 0.5, 1.5)], "refresh_fte_months": [("multiply", 0.5, 2)],
    "input_token_factor": [("multiply", 0.8, 1.3)], "output_token_factor": [("multiply", 0.7, 1.8), ("add", 0, 0.5)],
    "exit_probability": [("multiply", 0.5, 1.6)], "parallel_run_months": [("add", 0, 1)],
    "input_price": [("multiply", 0.4, 1.6)], "output_price": [("multiply", 0.4, 1.6)],
    "cached_input_price": [("multiply", 0.4, 1.6)], "cache_write_price": [("multiply", 0.8, 1.6), ("add", 0, 0.3)],
    "price_change": [("add", -0.2, 0.2)], "batch_share": [("multiply", 0.3, 1.5)], "credit": [("multiply", 0, 2)],
    "minimum_monthly_spend": [("multiply", 0.5, 2)], "migration_fte_months": [("multiply", 0.5, 2)],
    "gpu_hourly_price": [("multiply", 0.6, 1.6)], "gpu_price_change": [("add", -0.2, 0.2)],
    "replica_tps": [("multiply", 0.5, 1.3)], "prompt_tps": [("multiply", 0.5, 1.3)],
    "output_tps": [("multiply", 0.5, 1.3)], "replica_tps_change": [("add", -0.2, 0.2)],
    "prefix_cache_reach": [("multiply", 0.3, 1)], "utilisation": [("multiply", 0.6, 1.1)],
    "min_replicas": [("add", 0, 2)], "max_replicas": [("add", 0, 2)], "tuning_loss": [("add", 0, 0.12)],
    "tuning_months": [("add", 0, 3)], "stabilisation_months": [("add", 0, 2)], "supporting_rate": [("add", 0, 0.2)],
    "committed_replicas": [("add", 0, 2)], "commitment_months": [("add", 0, 8)],
    "termination_share": [("multiply", 0.4, 1)], "fee_rate": [("add", 0, 0.2)], "monthly_fee": [("add", 0, 900)],
    "price_per_gpu_installed": [("multiply", 0.7, 1.5)], "price_per_kwh": [("multiply", 0.6, 2)],
    "resale_decline": [("add", 0, 0.3)], "resale_loss": [("set", 0, 0.6)], "hardware_price_change": [("add", -0.2, 0.1)],
    "monthly_value": [("multiply", 0.3, 2)], "confidence": [("multiply", 0.4, 1.5)],
}  # fmt: skip
"""Per field what an effect may do to it; between `low` and `high` no value that `generated` states leaves its bounds."""
UNSTATED = (
    "volume_factor", "irrecoverable_vat", "cache_write_price", "output_token_factor", "refresh_fte_months", "resale_loss",
)  # fmt: skip
"""Fields left at their default that effects are tried on, beside those that are stated."""


def risks(dice: Dice, case: Case) -> list[Case]:
    """Make up to four risks."""
    found = []
    for n in range(1, dice.pick([1, 3, 4, 4, 5])):
        probability = dice.around(0.05, 0.7)
        found.append({"name": f"Risk {n}", "probability": probability, "effects": _effects(dice, case)})
    return found


def scenarios(dice: Dice, case: Case) -> list[Case]:
    """Make up to two price scenarios."""
    names = [f"Scenario {n}" for n in range(1, dice.whole(1, 3))]
    return [{"name": name, "effects": _effects(dice, case)} for name in names]


def _effects(dice: Dice, case: Case) -> list[Case]:
    """Choose one to five assumptions and change each in one or two ways."""
    paths = _paths(case)
    chosen = dice.random.sample(paths, min(len(paths), dice.whole(1, 5)))
    rates = [path for path in paths if path.startswith("prices.") and path not in chosen]
    if rates and dice.chance(0.4):
        chosen.append(dice.pick(rates))
    found: list[Case] = []
    for path in chosen:
        kinds = SAFE.get(path.rsplit(".", 1)[1], [("multiply", 0.7, 1.5)])
        for operation, low, high in kinds if dice.chance(0.3) and _bounded(kinds) else [dice.pick(kinds)]:
            found.append({"assumption": path, operation: dice.number(low, high)})
    return found


def _bounded(kinds: list[Kind]) -> bool:
    """Say whether several operations may act on one assumption."""
    return len(kinds) > 1 and kinds[0][0] == "multiply"


def _paths(case: Case) -> list[str]:
    """List the assumptions that effects may change: what is stated, and some that are not."""
    found = [
        "workload.volume_factor",
        "finance.irrecoverable_vat",
        "finance.discount_rate",
        "people.loaded_cost_per_fte",
    ]
    if "workload" in case and "workloads" not in case:
        found += [f"workload.{name}" for name in case["workload"] if name in SAFE and name != "volume_factor"]
    for name, block in case.get("workloads", {}).items():
        found += [f"workloads.{name}.{field}" for field in block if field in SAFE]
    found += [f"finance.exchange_rates.{name}" for name in case["finance"].get("exchange_rates", {})]
    for n, _ in enumerate(case.get("opportunity", []), start=1):
        found += [f"opportunity.project_{n}.{field}" for field in ("monthly_value", "confidence")]
    for key, option in case["options"].items():
        found += [f"options.{key}.{field}" for field in _fields(option)]
        if option.get("prices"):
            found += ["prices.swift-3.input.undated", "prices.swift-3.output.undated"]
        if option.get("gpu_prices"):
            found += ["prices.h100-cloud.per_gpu_hour.2026-10-01"]
    return list(dict.fromkeys(found))


def _fields(option: Case) -> list[str]:
    """List the fields of an option that effects may change."""
    known = (*REQUIRED[option["kind"]], *DEFAULTS[option["kind"]])
    stated = [field for field in option if field in SAFE]
    unstated = [field for field in UNSTATED if field in known and field not in option]
    if "refresh_months" not in option:
        unstated = [field for field in unstated if field != "refresh_fte_months"]
    if "until_live" in option:
        unstated += [field for field in ("lead_time_months", "deployment_months") if field not in option]
    booked = [
        field
        for item, names in (
            ("prices", ("input_price", "output_price")),
            ("gpu_prices", ("gpu_hourly_price",)),
        )
        for field in names
        if item in option and field not in option
    ]
    return [*stated, *unstated, *booked]
