"""The best split: every assignment of workloads to options that meets the must-haves, costed as a mix would be."""

from itertools import product
from typing import Any

from tests.oracle.decision import routes_meet
from tests.oracle.evaluate import Found, costs
from tests.oracle.excel import lead_of, ranked
from tests.oracle.inputs.case import Case, must_haves, workload_names
from tests.oracle.run import Run, routed, start

LIMIT = 4096
SHOWN = 5


def best_split(case: Case, risks: list[Found], stated: dict[str, float]) -> Found | None:
    """Search the splits; `stated` holds the full cost of the eligible options. None where there is one `workload`."""
    if "workloads" not in case:
        return None
    runs = [start(case), *(start(case, risk["effects"]) for risk in case.get("risks", ()))]
    chances = [risk["probability"] for risk in risks]
    rules = must_haves(case)
    every, cost = _search(case, rules, runs, chances)
    best_stated = ranked(stated)[0] if stated else None
    found: Found = {"assignments": every, "limit": every > LIMIT, "best": None, "five": [], "lead": None}
    found |= {"best_stated": best_stated, "without": []}
    found["without"] = without(case, rules, runs, chances)
    if not cost:
        return found
    order = ranked({name: amount for name, (_, amount) in cost.items()})
    found["five"] = [{"routes": cost[name][0], "full_cost": cost[name][1]} for name in order[:SHOWN]]
    found["best"] = found["five"][0]
    if best_stated is not None:
        found["lead"] = lead_of(found["best"]["full_cost"], stated[best_stated])
    return found


def without(case: Case, rules: list[dict[str, Any]], runs: list[Run], chances: list[float]) -> list[Found]:
    """Search again without each must-have: what the best split costs then."""
    found = []
    for rule in rules:
        _, cost = _search(case, [other for other in rules if other is not rule], runs, chances)
        order = ranked({name: amount for name, (_, amount) in cost.items()})
        best = cost[order[0]] if order else (None, None)
        found.append({"requirement": rule["name"], "routes": best[0], "full_cost": best[1]})
    return found


def _search(
    case: Case, rules: list[dict[str, Any]], runs: list[Run], chances: list[float]
) -> tuple[int, dict[str, tuple[dict[str, str], float]]]:
    """Cost every assignment that meets the rules, the first workload slowest; none where there are too many."""
    names = workload_names(case)
    options = [key for key, option in case["options"].items() if option["kind"] != "mix"]
    splits = [dict(zip(names, keys, strict=True)) for keys in product(options, repeat=len(names))]
    splits = [routes for routes in splits if all(routes_meet(case, rule, routes) for rule in rules)]
    if len(splits) > LIMIT:
        return len(splits), {}
    return len(splits), {
        " ".join(routes.values()): (routes, full_cost(runs, chances, routes)) for routes in splits
    }


def full_cost(runs: list[Run], chances: list[float], routes: dict[str, str]) -> float:
    """Compute the full cost of a split: core, and each risk's impact on it by its probability."""
    name = ("full cost", *routes.values())
    if name not in runs[0].memo:
        base, *happened = [costs(routed(run, routes))["core"] for run in runs]
        expected = sum(p * (cost - base) for p, cost in zip(chances, happened, strict=True))
        runs[0].memo[name] = base + expected
    return float(runs[0].memo[name])
