"""The assumptions of a case by path, defaults included, and what the effects of a run or a draw make of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.inputs import fields
from tests.oracle.inputs.book import booked_rates, rate_in_force
from tests.oracle.inputs.case import Case, horizon, slug, stated, workload_names, workload_path

Effect = dict[str, Any]
OPERATIONS = ("set", "multiply", "add")
NO_EFFECTS = ("risks.", "bridge.")


def values(case: Case) -> dict[str, float]:
    """List every assumption of the case by its path; those without a value (default none) are left out."""
    return active(case, ())[0]


def active(
    case: Case, effects: Sequence[Effect], combined: bool = False, drawn: Mapping[str, float] | None = None
) -> tuple[dict[str, float], list[str]]:
    """List the assumptions as one run sees them, and those that were clipped to a bound.

    A stated run takes at most one effect of a kind per assumption and leaves no bound. Where risks happen together
    (`combined`) the last `set`, the product and the sum are taken, and what leaves a bound is clipped to it.
    `drawn` holds values drawn in place of stated ones; beside a price of the book a value drawn is a factor.
    """
    known = stated_values(case)
    clipped: list[str] = []
    change = _Change(case, effects, combined, clipped)
    priced = [(key, field) for key, option in case["options"].items() for field in fields.COMPONENTS
              if booked_rates(case, key, field) and stated(option.get(field)) is None]  # fmt: skip
    before = {(key, field): rate_in_force(case, known, key, field, 1) for key, field in priced}
    for path in known:
        known[path] = (drawn or {}).get(path, known[path])
    for path, value in list(known.items()):
        known[path] = change.apply(path, value)
    for key, field in priced:
        path = f"options.{key}.{field}"
        known[path] = change.apply(path, rate_in_force(case, known, key, field, 1))
        if path in (drawn or {}) and before[key, field]:
            known[path] *= drawn[path] / before[key, field]  # type: ignore[index]
    for key, option in case["options"].items():
        path = f"options.{key}.cache_write_price"
        if option["kind"] == "api" and path not in known:
            known[path] = change.apply(path, known[f"options.{key}.input_price"])
    if unknown := [effect["assumption"] for effect in effects if effect["assumption"] not in known]:
        raise ValueError(f"no such assumption, or one without a value: {unknown}")
    return known, clipped


class _Change:
    """The effects of one run, applied to one assumption after the other."""

    def __init__(self, case: Case, effects: Sequence[Effect], combined: bool, clipped: list[str]) -> None:
        self.case, self.combined, self.clipped = case, combined, clipped
        self.by_path: dict[str, list[Effect]] = {}
        for effect in effects:
            self.by_path.setdefault(effect["assumption"], []).append(effect)

    def apply(self, path: str, value: float) -> float:
        """Set, then multiply, then add; keep within bounds."""
        mine = self.by_path.get(path, [])
        if mine and (path.startswith(NO_EFFECTS) or path.endswith(".exit_month")):
            raise ValueError(f"{path} takes no effects")
        for operation in OPERATIONS:
            amounts = [float(effect[operation]) for effect in mine if effect.get(operation) is not None]
            if len(amounts) > 1 and not self.combined:
                raise ValueError(f"{path}: more than one {operation} in a run")
            for amount in amounts:
                match operation:
                    case "set":
                        value = amount
                    case "multiply":
                        value *= amount
                    case "add":
                        value += amount
        return self.within(path, value)

    def within(self, path: str, value: float) -> float:
        """Clip a value to its bounds where risks happen together; outside them it is an error in a stated run."""
        if path.startswith(NO_EFFECTS):
            return value
        parts = path.split(".")
        by_second = parts[0] == "options" and self.case["options"][parts[1]].get("billed") == "second"
        least, least_open, most, most_open = fields.bounds(path, horizon(self.case), by_second)
        lower = least + fields.OPEN if least_open else least
        upper = most - fields.OPEN if most_open else most
        low = value <= least if least_open else value < least
        high = value >= most if most_open else value > most
        if not low and not high:
            return value
        if not self.combined:
            raise ValueError(f"{path}: {value} is out of bounds")
        self.clipped.append(path)
        return lower if low else upper


def stated_values(case: Case) -> dict[str, float]:
    """List what the case, its risks and projects and the price rates say, before any effect."""
    found: dict[str, float | None] = {}
    for name in workload_names(case):
        block = case["workloads"][name] if "workloads" in case else case["workload"]
        for field in (*fields.WORKLOAD_REQUIRED, *fields.WORKLOAD_DEFAULTS):
            found[f"{workload_path(case, name)}.{field}"] = _or_default(
                block.get(field), fields.WORKLOAD_DEFAULTS.get(field)
            )
    for path in (*fields.SHARED_REQUIRED, *fields.SHARED_DEFAULTS):
        shared, field = path.split(".")
        found[path] = _or_default((case.get(shared) or {}).get(field), fields.SHARED_DEFAULTS.get(path))
    for currency, rate in case["finance"].get("exchange_rates", {}).items():
        found[f"finance.exchange_rates.{currency}"] = stated(rate)
    for key, option in case["options"].items():
        defaults = fields.DEFAULTS[option["kind"]]
        for field in (*fields.REQUIRED[option["kind"]], *defaults):
            found[f"options.{key}.{field}"] = _or_default(option.get(field), defaults.get(field))
        for field in fields.COMPONENTS:
            found |= {path: rate for _, rate, path, _ in booked_rates(case, key, field)}
    for risk in case.get("risks", ()):
        found[f"risks.{slug(risk)}.probability"] = stated(risk["probability"])
    for project in case.get("opportunity", ()):
        for field in ("monthly_value", "confidence"):
            found[f"opportunity.{slug(project)}.{field}"] = stated(project[field])
    found["bridge.naive_utilisation"] = stated((case.get("bridge") or {}).get("naive_utilisation"))
    return {path: value for path, value in found.items() if value is not None}


def _or_default(written: object, default: float | None) -> float | None:
    """Read a written assumption, or take its default where none is written."""
    found = stated(written)
    return default if found is None else found
