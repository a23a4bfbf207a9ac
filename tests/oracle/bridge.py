"""The bridge from the first estimate to the full cost of one GPU option, nominal."""

from typing import Any

from tests.oracle.assumptions import Case, values
from tests.oracle.run import evaluate

STEPS: list[tuple[str, tuple[str, ...]]] = [
    ("the first estimate", ()),
    ("real utilisation", ("utilisation",)),
    ("redundancy", ("min_replicas",)),
    ("untuned software", ("tuning_loss",)),
    ("supporting infrastructure", ("supporting_rate",)),
    ("time to production", ("lead_time_months", "deployment_months", "staging_replicas")),
    ("deployment engineering", ("deployment_fte", "one_off_cost")),
    ("ongoing engineering", ("ongoing_fte", "stabilisation_fte", "tuning_fte_months", "other_monthly_cost")),
    ("talent", ("people.ml_premium", "hires")),
]
AMOUNTS = {
    "expected risk": "expected_risk",
    "opportunity cost": "opportunity",
    "expected exit": "expected_exit",
}


def bridge(case: Case, options: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Restore the case's assumptions step by step; None without an option or a naive utilisation.

    `cost` is the run's TCO in steps 0 to 8 and the amount added, or None, in 9 to 11; `multiple` is cumulative.
    """
    known = values(case)
    hosted = (key for key, option in case["options"].items() if option["kind"] == "self_hosted")
    option = case.get("bridge", {}).get("option") or next(hosted, None)
    if option is None or "bridge.naive_utilisation" not in known:
        return None
    naive = {_path(option, field): 0.0 for _, fields in STEPS for field in fields}
    naive[_path(option, "utilisation")] = known["bridge.naive_utilisation"]
    naive[_path(option, "min_replicas")] = 1.0
    naive = {path: value for path, value in naive.items() if path in known}
    steps: list[dict[str, Any]] = []
    for label, fields in STEPS:
        for field in fields:
            naive.pop(_path(option, field), None)
        effects = [{"assumption": path, "set": value} for path, value in naive.items()]
        steps.append({"label": label, "cost": evaluate(case, effects)[option]["tco"]})
    steps = [step | {"multiple": step["cost"] / steps[0]["cost"]} for step in steps]
    cumulative = steps[-1]["cost"]
    for label, part in AMOUNTS.items():
        cumulative += options[option][part] or 0.0
        multiple = cumulative / steps[0]["cost"]
        steps.append({"label": label, "cost": options[option][part], "multiple": multiple})
    return {"option": option, "steps": steps}


def _path(option: str, field: str) -> str:
    return field if "." in field else f"options.{option}.{field}"
