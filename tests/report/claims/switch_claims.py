"""What the results file says of switching values and price scenarios, for the checker of claims."""

import re
from math import ceil, floor

from tests.report.claims.facts import DIGITS, Facts

FACTS_OF_THE_START = (
    "hours_per_month",
    "gpus_per_replica",
    "discount_rate",
    "price_per_gpu_installed",
    "exit_month",
    "exit_probability",
)

WHOLE_UNITS = ("hires", "GPUs", "replicas", "month no.")
SIDES = ("below", "above")


def sides(facts: Facts, side: str, winner: str) -> list[tuple[dict[str, object], float]]:
    """List the switching values on a side of the stated value beyond which an option is recommended."""
    beyond = facts.names[winner]
    every = facts.results["switching_values"]
    return [(one, float(one[side])) for one in every if one[side] is not None and one[f"{side}_to"] == beyond]


def reads(facts: Facts, text: str, value: float, one: dict[str, object]) -> bool:
    """Return whether a printed value is a value of an assumption: a share, a multiple of the plan, or with its unit."""
    stated = float(str(one["value"]))
    shares = re.fullmatch(rf"(−?{DIGITS})\s?% of the plan", text)
    times = re.fullmatch(rf"({DIGITS}) times the plan", text)
    if shares or times:
        shown, half = facts.number((shares or times)[1])  # type: ignore[index]
        scale = 0.01 if shares else 1.0
        is_volume = str(one["path"]).endswith(("tokens_per_month", "volume_factor"))
        return is_volume and abs(shown * scale - value / stated) <= half * scale * 1.001
    found = re.match(rf"(−?)\D{{0,4}}?(−?{DIGITS})(k|M|bn)?\s?(%)?", text)
    if not found:
        return False
    shown, half = facts.number(found[1] + found[2])
    if found[4]:
        return abs(shown * 0.01 - value) <= 0.0005001
    scale = {"k": 1e3, "M": 1e6, "bn": 1e9}.get(found[3] or "", 1.0)
    last = half * scale * 1.001
    return abs(shown * scale - value) <= (min(last, 0.00501 * abs(value)) if scale == 1 else last)


def tokens(facts: Facts, one: dict[str, object]) -> float:
    """Return how many millions of tokens a month one unit of a volume stands for: of a factor, all workloads together."""
    if not str(one["path"]).endswith("volume_factor"):
        return 1.0
    workloads = facts.results["inputs"]["workloads"].values() or [facts.results["inputs"]["workload"]]
    return float(sum(workload["tokens_per_month"]["value"] for workload in workloads))


def places(where: str) -> list[tuple[str, str, bool]]:
    """List what a condition may mean: side of the stated value, printed value, and whether the value itself is meant."""
    if where == "near 0":
        return [(side, "0", False) for side in SIDES]
    found = re.fullmatch(r"(above|below|at) (.+?)( or more| or fewer)?", where)
    if not found or (found[1] == "at") < bool(found[3]):
        return []
    if found[1] != "at":
        return [(found[1], found[2], False)]
    return [
        (side, found[2], True)
        for side in {" or more": ("above",), " or fewer": ("below",)}.get(found[3], SIDES)
    ]


def is_met_at(one: dict[str, object], value: float) -> bool:
    """Return whether the advice changes at a value itself: a whole number, or the end of what it may be."""
    searched = one["searched"]
    assert isinstance(searched, list)
    return one["unit"] in WHOLE_UNITS or any(
        abs(value - end) <= (0.0005 if str(one["unit"]).startswith("%") else 1e-8) * max(abs(end), 1)
        for end in searched
    )


def is_switch(facts: Facts, where: str, winner: str, volume: str | None, *, within: bool) -> bool:
    """Return whether there is a switching value of this text; `within`: one that may stand among what can change the advice."""
    for side, text, exact in places(where):
        for one, value in sides(facts, side, winner):
            low, high = one["low"], one["high"]
            inside = isinstance(low, float) and isinstance(high, float) and low <= value <= high
            if (
                (not within or inside or str(one["path"]).startswith("opportunity."))
                and (
                    is_tiny(one, value)
                    if where == "near 0"
                    else exact == is_met_at(one, value) and reads(facts, text, value, one)
                )
                and (volume is None or facts.is_volume(volume, value * tokens(facts, one)))
            ):
                return facts.names[winner] in facts.meeting()
    return False


def is_tiny(one: dict[str, object], value: float) -> bool:
    """Return whether a switching value is next to zero beside the stated one, and not zero."""
    return 0 < abs(value) < abs(float(str(one["value"]))) / 10_000


def review_of(one: dict[str, object], value: float) -> float:
    """Return the value half way between the stated and a switching value; of whole numbers the next one beyond."""
    stated = float(str(one["value"]))
    half_way = (stated + value) / 2
    if one["unit"] not in WHOLE_UNITS:
        return half_way
    return float(ceil(half_way) if value > stated else floor(half_way))


def is_watched(facts: Facts, review: str, where: str, winner: str) -> bool:
    """Return whether the review is half way to the switching value, of something that can be observed later."""
    early = {side: text for side, text, _ in places(review)}
    for side, text, exact in places(where):
        for one, value in sides(facts, side, winner):
            observable = (
                not is_tiny(one, value) and str(one["path"]).rpartition(".")[2] not in FACTS_OF_THE_START
            )
            if (
                observable
                and exact == is_met_at(one, value)
                and side in early
                and early[side] != text
                and reads(facts, text, value, one)
                and reads(facts, early[side], review_of(one, value), one)
            ):
                return True
    return False


def is_measured(facts: Facts, where: str, winner: str, said: str) -> bool:
    """Return whether a text is what was measured of a switching value's assumption, beyond where a look is due."""
    changes = facts.results["actual"]["changes"]
    for side, text, _ in places(where):
        for one, value in sides(facts, side, winner):
            found = changes.get(one["path"])
            if one["path"] == "workload.tokens_per_month" and "workload.volume_factor" in changes:
                found = changes["workload.volume_factor"] * float(str(one["value"]))
            if found is not None and reads(facts, text, value, one) and reads(facts, said, found, one):
                beyond = found - review_of(one, value)
                return beyond >= 0 if side == "above" else beyond <= 0
    return False


def price_scenarios_that_change(facts: Facts) -> dict[str, str]:
    """Return the price scenarios in which another eligible option costs least before risk, with that option."""
    base = min(facts.meeting(), key=lambda key: facts.cost(key, "core"), default=None)
    found = {}
    for scenario in facts.results["price_scenarios"]:
        first = min(facts.meeting(), key=lambda key: scenario["core"][key], default=None)
        if first is not None and first != base:
            found[scenario["name"]] = first
    return found
