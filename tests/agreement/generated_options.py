"""Random options of every kind, for `generated`: each field of the second edition in a good share of them."""

from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

Option = dict[str, Any]
T = TypeVar("T")


@dataclass
class Dice:
    """Random choices, and whether assumptions have ranges."""

    random: Random
    ranges: bool = True

    def chance(self, p: float) -> bool:
        """Be true with this chance."""
        return self.random.random() < p

    def pick(self, some: list[T]) -> T:
        """Pick one."""
        return self.random.choice(some)

    def some(self, all_of_them: list[T], least: int) -> list[T]:
        """Pick some, at least so many, in their order."""
        count = self.random.randint(min(least, len(all_of_them)), len(all_of_them))
        chosen = sorted(self.random.sample(range(len(all_of_them)), count))
        return [all_of_them[i] for i in chosen]

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number."""
        return self.random.randint(low, high)

    def number(self, low: float, high: float, digits: int = 3) -> float:
        """Draw a number."""
        return round(self.random.uniform(low, high), digits)

    def around(self, low: float, high: float, digits: int = 3) -> Any:
        """Draw a value, sometimes with a range inside the same limits."""
        value = self.number(low, high, digits)
        if not self.ranges or not self.chance(0.3):
            return value
        return {
            "value": value,
            "low": self.number(low, value, digits),
            "high": self.number(value, high, digits),
        }


def options_of(dice: Dice, names: list[str], months: int, booked: bool) -> dict[str, Option]:
    """Make two to six options, at least one api among them; mixes where there are several workloads."""
    kinds = [
        "api",
        *(dice.pick(["api", "self_hosted", "self_hosted", "on_prem", "platform"]) for _ in range(3)),
    ]
    most = {4: 3, 5: 2, 6: 2}.get(len(names), 4)  # a few dozen splits, not hundreds
    kinds = kinds[: min(most, dice.pick([2, 3, 4, 4]))]
    keys = [f"{kind}_{place}" for place, kind in enumerate(kinds)]
    apis = [key for key, kind in zip(keys, kinds, strict=True) if kind == "api"]
    found: dict[str, Option] = {}
    for place, (key, kind) in enumerate(zip(keys, kinds, strict=True)):
        option: Option = {"kind": kind, "name": f"Option {place}"}
        found[key] = option | _common(dice, key, kind, apis, months) | _of_kind(dice, kind, apis, booked)
    if names and dice.chance(0.75):
        for n in range(1, dice.whole(2, 3)):
            found[f"mix_{n}"] = {"kind": "mix", "name": f"Mix {n}", "routes": _routes(dice, names, keys)}
    order = list(found)
    dice.random.shuffle(order)
    return {key: found[key] for key in order}


def _of_kind(dice: Dice, kind: str, apis: list[str], booked: bool) -> Option:
    """State what options of one kind may state."""
    match kind:
        case "api":
            return _api(dice, booked)
        case "self_hosted":
            return _self_hosted(dice, apis, booked)
        case "on_prem":
            return _on_prem(dice, apis)
    return _platform(dice, apis, booked)


def _routes(dice: Dice, names: list[str], keys: list[str]) -> dict[str, str]:
    """Route every workload, to two options at least."""
    first = dice.random.sample(keys, 2)
    rest = [dice.pick(keys) for _ in names[2:]]
    chosen = [*first, *rest]
    dice.random.shuffle(chosen)
    return dict(zip(names, chosen, strict=True))


def _common(dice: Dice, key: str, kind: str, apis: list[str], months: int) -> Option:
    """State what options of all kinds may state."""
    found: Option = {}
    if not (kind in ("api", "platform") and dice.chance(0.25)):
        found["until_live"] = key if kind == "api" and dice.chance(0.5) else dice.pick(apis)
        if dice.chance(0.5):
            found["lead_time_months"] = dice.around(0, 3, 2)
        if dice.chance(0.7):
            found["deployment_months"] = dice.around(0, 4, 2)
    for name, low, high, digits, share in (
        ("deployment_fte", 0.3, 3, 2, 0.6), ("ongoing_fte", 0.05, 1.5, 2, 0.85), ("one_off_cost", 0, 60000, 0, 0.4),
        ("other_monthly_cost", 0, 4000, 0, 0.4), ("exit_fees", 0, 20000, 0, 0.5), ("exit_fte_months", 0, 5, 1, 0.6),
        ("parallel_run_months", 0, 2, 2, 0.6), ("input_token_factor", 0.6, 1.7, 3, 0.45),
        ("output_token_factor", 0.5, 2.5, 3, 0.45),
    ):  # fmt: skip
        if dice.chance(share):
            found[name] = dice.around(low, high, digits)
    if dice.chance(0.4):
        found |= {"hires": dice.whole(0, 3), "cost_per_hire": dice.around(5000, 40000, 0)}
    if dice.chance(0.45):
        found |= {"refresh_months": dice.around(3, 12, 1), "refresh_fte_months": dice.around(0.2, 3, 2)}
    if dice.chance(0.85):
        found |= {"exit_probability": dice.around(0, 0.6), "exit_month": dice.whole(1, months)}
    return found


def _api(dice: Dice, booked: bool) -> Option:
    found: Option = {}
    if booked and dice.chance(0.6):
        found["prices"] = "swift-3"
        if dice.ranges and dice.chance(0.5):
            found["input_price"] = {"low": 0.4, "high": 1.6}
            if dice.chance(0.5):
                found["output_price"] = {"low": 2.0, "high": 8.0}
    else:
        price = dice.number(0.2, 3)
        found["input_price"] = dice.around(price * 0.8, price * 1.2)
        found["cached_input_price"] = dice.around(price * 0.05, price * 0.5)
        found["output_price"] = dice.around(price * 3, price * 6)
        if dice.chance(0.4):
            found["cache_write_price"] = dice.around(price * 1.2, price * 2)
    for name, low, high, digits, share in (
        ("price_change", -0.4, 0.2, 3, 0.5), ("committed_discount", 0, 0.3, 3, 0.3),
        ("minimum_monthly_spend", 200, 20000, 0, 0.4), ("credit", 500, 90000, 0, 0.4),
        ("migration_fte_months", 0.5, 3, 2, 0.5),
    ):  # fmt: skip
        if dice.chance(share):
            found[name] = dice.around(low, high, digits)
    if dice.chance(0.4):
        found |= {"batch_share": dice.around(0, 0.6), "batch_discount": dice.around(0.2, 0.6)}
    return found


def _machines(dice: Dice, apis: list[str], by_second: bool) -> Option:
    """State how machines are sized, capped, and how fast they are."""
    each = dice.pick([1, 2, 3, 4, 8])
    found: Option = {"gpus_per_replica": each, "utilisation": dice.around(0.25, 0.9)}
    if by_second:
        found["billed"] = "second"
    elif dice.chance(0.45):
        found["gpus_per_server"] = dice.pick([4, 8])
    if by_second or dice.chance(0.6):
        found["min_replicas"] = dice.whole(0 if by_second else 1, 3)
    if dice.chance(0.5):
        found["replica_tps"] = dice.around(600.0 * each, 2500.0 * each, 0)
    else:
        found["prompt_tps"] = dice.around(4000.0 * each, 15000.0 * each, 0)
        found["output_tps"] = dice.around(250.0 * each, 1200.0 * each, 0)
        if dice.chance(0.7):
            found["prefix_cache_reach"] = dice.around(0.1, 1)
    if dice.chance(0.4):
        found["replica_tps_change"] = dice.around(-0.1, 0.4)
    if dice.chance(0.3):
        found |= {"max_replicas": dice.whole(1, 5), "spill_to": dice.pick(apis)}
    return found


def _team(dice: Dice) -> Option:
    """State what only a team's own service has."""
    found: Option = {}
    for name, low, high, digits, share in (
        ("tuning_loss", 0.05, 0.5, 3, 0.55), ("stabilisation_months", 0.5, 3, 2, 0.5),
        ("stabilisation_fte", 0.2, 2, 2, 0.5), ("supporting_rate", 0.05, 0.4, 3, 0.6),
    ):  # fmt: skip
        if dice.chance(share):
            found[name] = dice.around(low, high, digits)
    if dice.chance(0.6):
        found["staging_replicas"] = dice.whole(0, 2)
    if dice.chance(0.6):
        found |= {"tuning_months": dice.around(0.5, 4, 2), "tuning_fte_months": dice.around(0, 4, 1)}
    return found


def _rented(dice: Dice, booked: bool) -> Option:
    """State what rented GPUs cost and what is committed."""
    found: Option = {}
    if booked and dice.chance(0.6):
        found["gpu_prices"] = "h100-cloud"
        if dice.ranges and dice.chance(0.5):
            found["gpu_hourly_price"] = {"low": 2.0, "high": 5.0}
    else:
        found["gpu_hourly_price"] = dice.around(1.5, 6)
    for name, low, high, digits, share in (
        ("gpu_price_change", -0.3, 0.2, 3, 0.5), ("termination_share", 0.2, 1, 3, 0.5), ("credit", 500, 90000, 0, 0.4),
        ("commitment_discount", 0.05, 0.5, 3, 0.5),
    ):  # fmt: skip
        if dice.chance(share):
            found[name] = dice.around(low, high, digits)
    if dice.chance(0.5):
        found |= {"committed_replicas": dice.whole(0, 4), "commitment_months": dice.around(2, 16, 1)}
        if dice.chance(0.5):
            found["commitment_renews"] = dice.chance(0.8)
    elif dice.chance(0.5):
        found["commitment_months"] = dice.around(1, 16, 1)
    return found


def _self_hosted(dice: Dice, apis: list[str], booked: bool) -> Option:
    return _machines(dice, apis, dice.chance(0.35)) | _team(dice) | _rented(dice, booked)


def _platform(dice: Dice, apis: list[str], booked: bool) -> Option:
    found = _machines(dice, apis, dice.chance(0.4)) | _rented(dice, booked)
    for name, low, high, digits in (
        ("brokerage_discount", 0, 0.3, 3), ("fee_rate", 0, 0.3, 3), ("monthly_fee", 0, 3000, 0),
    ):  # fmt: skip
        if dice.chance(0.5):
            found[name] = dice.around(low, high, digits)
    return found


def _on_prem(dice: Dice, apis: list[str]) -> Option:
    found = _machines(dice, apis, by_second=False) | _team(dice)
    found |= {
        "price_per_gpu_installed": dice.around(8000, 40000, 0), "kw_per_gpu": dice.around(0.4, 1.3),
        "pue": dice.around(1.05, 1.7), "price_per_kwh": dice.around(0.05, 0.3), "upkeep_rate": dice.around(0.02, 0.15),
        "resale_decline": dice.around(0.1, 0.5),
    }  # fmt: skip
    for name, low, high in (
        ("hardware_price_change", -0.2, 0.1), ("power_price_change", -0.05, 0.1), ("resale_loss", 0.05, 0.5),
    ):  # fmt: skip
        if dice.chance(0.5):
            found[name] = dice.around(low, high)
    return found
