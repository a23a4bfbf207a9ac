"""From which month, and at about which volume, an option costs no more than the baseline."""

from typing import Any

from tests.oracle.evaluate import Found, costs_in
from tests.oracle.excel import Months, at_most, tied
from tests.oracle.inputs.case import Case
from tests.oracle.options.workloads import volume_at_start
from tests.oracle.run import start

DEFAULT_LADDER = {"low": 50.0, "high": 100000.0, "points": 25}


def baseline_of(case: Case) -> str:
    """Name the baseline: as stated, else the first api option, else the first."""
    options: dict[str, Found] = case["options"]
    first_api = next((key for key, option in options.items() if option["kind"] == "api"), next(iter(options)))
    return str(case.get("baseline") or first_api)


def ladder(case: Case) -> list[Found]:
    """Run every volume of the ladder: all workloads scaled together through the volume factor."""
    rungs = DEFAULT_LADDER | (case.get("break_even") or {})
    last = int(rungs["points"]) - 1
    stated = volume_at_start(start(case))
    found = []
    for i in range(last + 1):
        volume = rungs["low"] * (rungs["high"] / rungs["low"]) ** (i / last)
        run = start(case, [{"assumption": "workload.volume_factor", "set": volume / stated}])
        found.append({"volume": volume, "tco": {key: cost["tco"] for key, cost in costs_in(run).items()}})
    return found


def break_even(case: Case, base: dict[str, Found], rungs: list[Found]) -> dict[str, Any]:
    """Find month, volume and word of every option but the baseline."""
    baseline = baseline_of(case)
    found = {}
    for key in base:
        if key != baseline:
            amounts = [(rung["tco"][key], rung["tco"][baseline]) for rung in rungs]
            volume, word = break_even_volume([rung["volume"] for rung in rungs], amounts)
            month = break_even_month(base[key]["monthly"], base[baseline]["monthly"])
            found[key] = {"month": month, "volume": volume, "word": word}
    return found


def break_even_month(option: Months, baseline: Months) -> int | None:
    """Find the first month from which cumulative cost stays at or below the baseline's to the end."""
    found = None
    ours = theirs = 0.0
    for m, (a, b) in enumerate(zip(option, baseline, strict=True), start=1):
        ours, theirs = ours + a, theirs + b
        found = (found or m) if at_most(ours, theirs) else None
    return found


def break_even_volume(volumes: list[float], amounts: list[tuple[float, float]]) -> tuple[float | None, str]:
    """Find the volume at which an option first comes down to the baseline, and the word beside it."""
    reached = [at_most(ours, theirs) for ours, theirs in amounts]
    if all(reached):
        return None, "at every volume shown"
    if not any(reached):
        return None, "not up to"
    if reached[0]:
        return None, "only at small volumes"
    gaps = [0.0 if tied(ours, theirs) else ours - theirs for ours, theirs in amounts]
    i = reached.index(True) - 1
    return volumes[i] + (volumes[i + 1] - volumes[i]) * gaps[i] / (gaps[i] - gaps[i + 1]), "about"


def payback(option: Found, baseline: Found) -> Found:
    """Give the break-even month, and whether only what the machines bring at the end reaches it."""
    month = break_even_month(option["monthly"], baseline["monthly"])
    last = len(option["monthly"])
    without = sum(option["monthly"]) - option["lines"]["residual"][-1]
    only = month == last and not at_most(without, sum(baseline["monthly"]))
    return {"month": month, "only_by_residual": only}
