"""Risks: each by itself, several added up, and all combinations through the model."""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from tests.oracle.evaluate import Found, costs_in
from tests.oracle.excel import lowest
from tests.oracle.inputs.assumptions import values
from tests.oracle.inputs.case import Case, slug
from tests.oracle.run import Run, start

Runs = dict[str, Found]
MOST_ADDED = 20
MOST_THROUGH_THE_MODEL = 10


def risks_of(case: Case, base: Runs) -> list[Found]:
    """Run each risk: what it adds to TCO and to core."""
    known = values(case)
    found = []
    for risk in case.get("risks", ()):
        happened = costs_in(start(case, risk["effects"]))
        found.append({
            "name": risk["name"],
            "probability": known[f"risks.{slug(risk)}.probability"],
            "impact": {key: happened[key]["tco"] - base[key]["tco"] for key in base},
            "impact_core": {key: happened[key]["core"] - base[key]["core"] for key in base},
        })  # fmt: skip
    return found


def combinations(chances: list[float]) -> Iterator[tuple[float, tuple[bool, ...]]]:
    """Go through every combination of risks with its chance."""
    for happened in product((False, True), repeat=len(chances)):
        yield (
            prod((p if yes else 1.0 - p for yes, p in zip(happened, chances, strict=True)), start=1.0),
            happened,
        )


def joint(base: Runs, risks: list[Found], eligible: list[str], confidence: float) -> dict[str, Any]:
    """Add impacts up in every combination: percentiles of TCO, and how often each eligible option is lowest.

    Empty beyond 20 risks: those are drawn at random, which no second computation repeats.
    """
    if len(risks) > MOST_ADDED:
        return {}
    futures = []
    for chance, happened in combinations([risk["probability"] for risk in risks]):
        mine = [risk["impact"] for risk, yes in zip(risks, happened, strict=True) if yes]
        futures.append(
            (chance, {key: base[key]["tco"] + sum(impact[key] for impact in mine) for key in base})
        )
    cheapest = dict.fromkeys(eligible, 0.0)
    for chance, cost in futures:
        if first := lowest({key: cost[key] for key in eligible}):
            cheapest[first] += chance
    levels = {"p50": 0.5, "p80": 0.8, "p90": 0.9, "at_confidence": confidence}
    return {
        key: {
            name: percentile([(cost[key], chance) for chance, cost in futures], p)
            for name, p in levels.items()
        }
        | {"cheapest": cheapest.get(key)}
        for key in base
    }


def percentile(outcomes: list[tuple[float, float]], p: float) -> float:
    """Find the smallest v with P(<= v) >= p - 1e-9."""
    reached = 0.0
    for v, chance in sorted(outcomes):
        reached += chance
        if reached >= p - 1e-9:
            return v
    return max(outcomes)[0]


def combined_run(case: Case, happened: tuple[bool, ...]) -> Run:
    """Begin the run in which these risks happen together, clipped to bounds."""
    pairs = zip(case.get("risks", ()), happened, strict=True)
    return start(case, [effect for risk, yes in pairs if yes for effect in risk["effects"]], combined=True)


def through_the_model(case: Case, risks: list[Found], eligible: list[str]) -> Found | None:
    """Run every combination through the model: mean core, mean TCO, how often each is lowest; None beyond 10 risks."""
    if len(risks) > MOST_THROUGH_THE_MODEL:
        return None
    core: dict[str, float] = dict.fromkeys(case["options"], 0.0)
    tco = dict(core)
    cheapest = dict.fromkeys(eligible, 0.0)
    clipped = 0.0
    for chance, happened in combinations([risk["probability"] for risk in risks]):
        run = combined_run(case, happened)
        found = costs_in(run)
        for key, result in found.items():
            core[key] += chance * result["core"]
            tco[key] += chance * result["tco"]
        if first := lowest({key: found[key]["core"] for key in eligible}):
            cheapest[first] += chance
        clipped += chance if run.clipped else 0.0
    return {"core": core, "tco": tco, "cheapest": cheapest, "clipped": clipped}
