"""What the runs say together: risks, full cost, recommendation, break-even, price scenarios, bridge."""

from itertools import product
from math import prod
from typing import Any

from tests.oracle.assumptions import Case, slug, values
from tests.oracle.bridge import bridge
from tests.oracle.run import evaluate

Runs = dict[str, dict[str, Any]]
SHOWN = (
    "tco", "pv", "core", "years", "categories", "monthly", "run_rate", "cost_per_m_tokens", "opportunity",
    "opportunity_pv", "expected_exit", "expected_exit_pv", "exit_curve",
)  # fmt: skip
MOST_ENUMERATED = 20


def results(case: Case) -> dict[str, Any]:
    """Compute everything that is compared with the program: amounts unrounded, None for not reached or quantified."""
    base = evaluate(case)
    risks = _risks(case, base)
    options = {key: {name: base[key][name] for name in SHOWN} | _risked(key, base, risks) for key in base}
    recommended, too_close = _recommendation(case, options)
    return {
        "recommended": recommended,
        "too_close": too_close,
        "options": options,
        "risks": risks,
        "joint": _joint(base, risks),
        "break_even": _break_even(case, base),
        "price_scenarios": [
            {"name": scenario["name"], "core": {key: run["core"] for key, run in changed.items()}}
            for scenario in case.get("price_scenarios", ())
            for changed in [evaluate(case, scenario["effects"])]
        ],
        "bridge": bridge(case, options),
    }


def _risks(case: Case, base: Runs) -> list[dict[str, Any]]:
    """Run each risk: what it adds to TCO and to core."""
    known = values(case)
    found = []
    for risk in case.get("risks", ()):
        happened = evaluate(case, risk["effects"])
        found.append({
            "name": risk["name"],
            "probability": known[f"risks.{slug(risk)}.probability"],
            "impact": {key: happened[key]["tco"] - base[key]["tco"] for key in base},
            "impact_core": {key: happened[key]["core"] - base[key]["core"] for key in base},
        })  # fmt: skip
    return found


def _risked(key: str, base: Runs, risks: list[dict[str, Any]]) -> dict[str, Any]:
    """Add up an option's expected risk and full cost; without risks the first is not quantified."""
    tco = sum(risk["probability"] * risk["impact"][key] for risk in risks)
    core = sum(risk["probability"] * risk["impact_core"][key] for risk in risks)
    return {
        "expected_risk": tco if risks else None,
        "expected_risk_core": core if risks else None,
        "full_cost": base[key]["core"] + core,
    }


def _recommendation(case: Case, options: dict[str, dict[str, Any]]) -> tuple[str | None, bool]:
    """Recommend the eligible option of lowest full cost, and say whether it is too close to call.

    The share of simulated futures is not looked at here.
    """
    musts = [rule["met_by"] for rule in case.get("requirements", ()) if rule.get("must", True)]
    eligible = [key for key in options if all(met[key] for met in musts)]
    ranked = sorted(eligible, key=lambda key: options[key]["full_cost"])  # stable: ties go to the first
    if not ranked:
        return None, False
    first = options[ranked[0]]
    unknown = any(first[part] is None for part in ("expected_risk", "opportunity", "expected_exit"))
    if len(ranked) == 1:
        return ranked[0], unknown
    second = options[ranked[1]]["full_cost"]
    return ranked[0], unknown or (second - first["full_cost"]) / second < 0.05


def _joint(base: Runs, risks: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Enumerate every combination of risks: percentiles of TCO plus impacts, and how often each option is cheapest.

    Empty beyond 20 risks: those are drawn at random, which no second computation repeats.
    """
    if len(risks) > MOST_ENUMERATED:
        return {}
    futures = []
    for happened in product((False, True), repeat=len(risks)):
        pairs = list(zip(happened, risks, strict=True))
        chance = prod((r["probability"] if yes else 1.0 - r["probability"] for yes, r in pairs), start=1.0)
        futures.append((
            chance, {key: base[key]["tco"] + sum(r["impact"][key] for yes, r in pairs if yes) for key in base}
        ))  # fmt: skip
    cheapest = dict.fromkeys(base, 0.0)
    for chance, cost in futures:
        cheapest[min(cost, key=lambda key: cost[key])] += chance
    return {
        key: {
            f"p{p}": _percentile([(cost[key], chance) for chance, cost in futures], p / 100)
            for p in (50, 80, 90)
        }
        | {"cheapest": cheapest[key]}
        for key in base
    }


def _percentile(outcomes: list[tuple[float, float]], p: float) -> float:
    """Find the smallest v with P(<= v) >= p - 1e-9."""
    reached = 0.0
    for v, chance in sorted(outcomes):
        reached += chance
        if reached >= p - 1e-9:
            return v
    return max(outcomes)[0]


def _break_even(case: Case, base: Runs) -> dict[str, dict[str, Any]]:
    """Find from which month and at about which volume each option costs no more than the baseline."""
    options: dict[str, dict[str, Any]] = case["options"]
    first_api = next((key for key, option in options.items() if option["kind"] == "api"), next(iter(options)))
    baseline = case.get("baseline") or first_api
    rungs = {"low": 50.0, "high": 100000.0, "points": 25} | (case.get("break_even") or {})
    last = rungs["points"] - 1
    ladder = [rungs["low"] * (rungs["high"] / rungs["low"]) ** (i / last) for i in range(last + 1)]
    path = "workload.tokens_per_month"
    runs = [evaluate(case, [{"assumption": path, "set": volume}]) for volume in ladder]
    found = {}
    for key in base:
        if key != baseline:
            gaps = [run[key]["tco"] - run[baseline]["tco"] for run in runs]
            volume, word = break_even_volume(ladder, gaps)
            month = break_even_month(base[key]["monthly"], base[baseline]["monthly"])
            found[key] = {"month": month, "volume": volume, "word": word}
    return found


def break_even_month(option: list[float], baseline: list[float]) -> int | None:
    """Find the first month from which cumulative cost stays at or below the baseline's to the end."""
    found = None
    ours = theirs = 0.0
    for m, (a, b) in enumerate(zip(option, baseline, strict=True), start=1):
        ours, theirs = ours + a, theirs + b
        reached = ours <= theirs + 1e-9 * abs(theirs)
        found = (found or m) if reached else None
    return found


def break_even_volume(ladder: list[float], gaps: list[float]) -> tuple[float | None, str]:
    """Find the volume at which the gap to the baseline closes first, and the word beside it."""
    if all(gap <= 0 for gap in gaps):
        return None, "at every volume shown"
    if all(gap > 0 for gap in gaps):
        return None, f"not up to {ladder[-1]:,.0f} M"
    if gaps[0] <= 0:
        return None, "only at small volumes"
    i = next(i for i in range(len(gaps) - 1) if gaps[i] > 0 >= gaps[i + 1])
    return ladder[i] + (ladder[i + 1] - ladder[i]) * gaps[i] / (gaps[i] - gaps[i + 1]), "about"
