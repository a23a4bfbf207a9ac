"""Who is eligible, who is recommended, by how much, and in which word."""

from typing import Any

from tests.oracle.evaluate import Found
from tests.oracle.excel import lead_of, lowest, ranked
from tests.oracle.inputs.case import Case, must_haves, ranged, workload_names

CLOSE_LEAD = 0.05
CLOSE_SHARE = 0.6


def meets(case: Case, rule: dict[str, Any], key: str) -> bool:
    """Say whether an option meets a requirement: a mix does when every option does that gets a workload it is about."""
    option = case["options"][key]
    if option["kind"] != "mix":
        return bool(rule["met_by"][key])
    return routes_meet(case, rule, option["routes"])


def routes_meet(case: Case, rule: dict[str, Any], routes: dict[str, str]) -> bool:
    """Say whether routes meet a requirement."""
    about = rule.get("workloads") or workload_names(case)
    return all(rule["met_by"][routes[name]] for name in about)


def eligible_options(case: Case) -> list[str]:
    """List the options that fail no must-have, in the case's order."""
    return [key for key in case["options"] if all(meets(case, rule, key) for rule in must_haves(case))]


def decision(case: Case, options: dict[str, Found], eligible: list[str], through: Found | None) -> Found:
    """Rank the eligible options, measure the lead, and say what can be said of the word without a simulation."""
    full = {key: options[key]["full_cost"] for key in eligible}
    order = ranked(full)
    first, second = [*order, None, None][:2]
    means = None if through is None else {key: through["core"][key] for key in eligible}
    best_mean = lowest(means) if means else None
    lead = None if first is None or second is None else lead_of(full[first], full[second])
    no_ranges = not ranged(case)
    share = through["cheapest"][first] if first and through and no_ranges else None
    found: Found = {
        "order": order,
        "recommended": first,
        "runner_up": second,
        "lead": lead,
        "joint_core": None if through is None else through["core"],
        "joint_first": best_mean,
        "futures_share": share,
        "unquantified": {key: unquantified(case, key, options[key]) for key in order[:2]},
    }
    if second is None or first is None:
        return found | {"reasons": None, "word": None}
    reasons = {
        "lead": lead is not None and lead < CLOSE_LEAD,
        "joint_runs": best_mean is not None and best_mean != first,
        "not_above_0": full[first] <= 0 or full[second] <= 0,
        "futures": share is not None and share < CLOSE_SHARE,
    }
    return found | {"reasons": reasons, "word": word(found, reasons, no_ranges and through is not None)}


def word(found: Found, reasons: Found, known: bool) -> str | None:
    """Choose the word where the futures are the joint runs; None where it takes a simulation."""
    if any(reasons.values()):
        return "too close to call"
    if not known:
        return None
    return "open" if any(found["unquantified"].values()) else "untested"


def unquantified(case: Case, key: str, result: Found) -> list[str]:
    """List what nobody has estimated of an option; the exit of an api in use already is not asked for."""
    option = case["options"][key]
    in_use = option["kind"] == "api" and option.get("until_live") == key
    parts = ["expected_risk", "opportunity", *([] if in_use else ["expected_exit"])]
    return [part for part in parts if result[part] is None]
