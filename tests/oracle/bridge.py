"""The bridge from the first estimate to the full cost of one GPU option, nominal."""

from typing import Any

from tests.oracle.evaluate import Found, costs
from tests.oracle.inputs.assumptions import stated_values
from tests.oracle.inputs.case import Case
from tests.oracle.options.whole import obligations
from tests.oracle.run import parts_of, start

STEPS: list[tuple[str, tuple[str, ...]]] = [
    ("the first estimate", ()),
    ("real utilisation", ("utilisation",)),
    ("redundancy", ("min_replicas",)),
    ("untuned software", ("tuning_loss",)),
    ("supporting infrastructure", ("supporting_rate",)),
    ("time to production", ("lead_time_months", "deployment_months", "staging_replicas")),
    ("deployment engineering", ("deployment_fte", "one_off_cost")),
    ("ongoing engineering", ("ongoing_fte", "stabilisation_fte", "tuning_fte_months", "other_monthly_cost")),
    ("talent", ("people.ml_premium", "hires", "refresh_fte_months")),
]
LAST = ("tax, credits, obligations", ("finance.irrecoverable_vat", "credit"))
AMOUNTS = {
    "expected risk": "expected_risk",
    "opportunity cost": "opportunity",
    "expected exit": "expected_exit",
}


def bridge(case: Case, options: dict[str, Found]) -> Found | None:
    """Restore the case's assumptions step by step; None without an option or a naive utilisation.

    `cost` is the run's TCO in the steps that are runs and the amount added, or None, in the last three; `multiple` is
    cumulative, None where the cost is.
    """
    known = stated_values(case)
    written = case.get("bridge") or {}
    hosted = (key for key, option in case["options"].items() if option["kind"] == "self_hosted")
    option = written.get("option") or next(hosted, None)
    if option is None or "bridge.naive_utilisation" not in known:
        return None
    naive = {_path(option, field): 0.0 for _, fields in [*STEPS, LAST] for field in fields}
    naive[_path(option, "utilisation")] = known["bridge.naive_utilisation"]
    naive[_path(option, "min_replicas")] = min(1.0, known[_path(option, "min_replicas")])
    naive = {path: value for path, value in naive.items() if path in known}
    steps: list[Found] = []
    for label, fields in [*STEPS, *([LAST] if has_last(case, option) else [])]:
        for field in fields:
            naive.pop(_path(option, field), None)
        seen = case if label == LAST[0] else {**case, "obligations": []}
        effects = [{"assumption": path, "set": value} for path, value in naive.items()]
        steps.append({"label": label, "cost": costs(parts_of(start(seen, effects), option))["tco"]})
    cumulative, first = steps[-1]["cost"], steps[0]["cost"]
    steps = [step | {"multiple": _multiple(step["cost"], first)} for step in steps]
    for label, part in AMOUNTS.items():
        cost = options[option][part]
        cumulative += cost or 0.0
        steps.append({
            "label": label, "cost": cost, "multiple": None if cost is None else _multiple(cumulative, first),
        })  # fmt: skip
    return {"option": option, "steps": steps}


def has_last(case: Case, option: str) -> bool:
    """Say whether the case states tax not recovered or obligations, or the option a credit; a stated 0 counts."""
    vat: Any = case["finance"].get("irrecoverable_vat")
    return vat is not None or bool(obligations(case)) or case["options"][option].get("credit") is not None


def _multiple(cost: float, first: float) -> float | None:
    return cost / first if first else None


def _path(option: str, field: str) -> str:
    return field if "." in field else f"options.{option}.{field}"
