"""Random valid cases, as `yaml.safe_load` would read them, that use every field of the model.

`generated(seed)` gives a case; `generated_book(seed)` the price book that it names, None where it names none. The same
seed always gives the same two. Amounts are chosen so that no stated run leaves a bound; some combinations of risks do.
"""

from datetime import date
from random import Random
from typing import Any

from tests.agreement.generated_effects import risks, scenarios
from tests.agreement.generated_options import Dice, options_of

Case = dict[str, Any]
WORK = ("chat", "documents", "embeddings", "agents", "code", "voice")


def generated(seed: int) -> Case:
    """Make a random valid case."""
    return _made(seed)[0]


def generated_book(seed: int) -> Case | None:
    """Make the price book that the case of this seed names, if it names one."""
    return _made(seed)[1]


def _made(seed: int) -> tuple[Case, Case | None]:
    dice = Dice(Random(seed))  # noqa: S311 - a case to test with, no secret
    dice.ranges = dice.chance(0.75)
    currency = dice.pick(["USD", "EUR"])
    case: Case = {"case": {"title": f"Random case {seed}", "date": date(2026, 11, 23), "currency": currency}}
    case["finance"] = _finance(dice)
    months = 12 * case["finance"]["years"]
    book = _book(dice, case["finance"]["start"]) if dice.chance(0.4) else None
    if book:
        foreign = {"USD": "EUR", "EUR": "USD"}[currency]
        rate = 1.1 if currency == "USD" else 0.9
        case["finance"]["exchange_rates"] = {foreign: dice.around(rate * 0.9, rate * 1.1)}
    names = _workloads(dice, case, months)
    case["people"] = _people(dice)
    case["options"] = options_of(dice, names, months, book is not None)
    plain = {key: option for key, option in case["options"].items() if option["kind"] != "mix"}
    apis = [key for key, option in plain.items() if option["kind"] == "api"]
    machines = [key for key, option in plain.items() if option["kind"] != "api"]
    if dice.chance(0.6):
        case["baseline"] = dice.pick(list(plain))
    if machines and dice.chance(0.8):
        case["bridge"] = {"option": dice.pick(machines), "naive_utilisation": dice.around(0.6, 0.9)}
    if dice.chance(0.45):
        case["obligations"] = [
            {"id": f"owed_{n}", "name": f"Owed {n}", "option": dice.pick(apis),
             "amount": dice.number(2000, 250000, 0), "until_month": dice.whole(1, months)}
            for n in range(1, dice.whole(1, 2) + 1)
        ]  # fmt: skip
    _projects(dice, case, list(plain))
    _requirements(dice, case, list(plain), names)
    case["risks"] = risks(dice, case)
    case["price_scenarios"] = scenarios(dice, case)
    case["break_even"] = {
        "low": dice.number(50, 400, 0),
        "high": dice.number(2e4, 1e5, 0),
        "points": dice.whole(3, 6),
    }
    case["simulation"] = {"draws": 200, "seed": seed, "confidence": dice.number(0.6, 0.95)}
    if dice.chance(0.3):
        case["simulation"]["independent"] = True
    named = any("prices" in option or "gpu_prices" in option for option in plain.values())
    return {key: block for key, block in case.items() if block != []}, book if named else None


def _finance(dice: Dice) -> Case:
    found: Case = {
        "years": dice.pick([1, 1, 2, 2, 3]),
        "start": f"{dice.whole(2027, 2028)}-{dice.whole(1, 12):02d}",
        "discount_rate": dice.around(0.0, 0.15),
    }
    if dice.chance(0.5):
        found["irrecoverable_vat"] = dice.around(0.0, 0.23)
    if dice.chance(0.5):
        found["fiscal_year_start"] = dice.whole(1, 12)
    if dice.chance(0.6):
        found["depreciation_years"] = dice.whole(1, 4)
    return found


def _people(dice: Dice) -> Case:
    found: Case = {"loaded_cost_per_fte": dice.around(90000, 260000, 0)}
    for name, low, high in (("wage_growth", 0, 0.06), ("ml_premium", 0.1, 0.6), ("specialist_share", 0.2, 1)):
        if dice.chance(0.7):
            found[name] = dice.around(low, high)
    return found


def _workloads(dice: Dice, case: Case, months: int) -> list[str]:
    """Put one `workload` or several `workloads` into the case; name the several, none for the one."""
    shared: Case = {}
    if dice.chance(0.5):
        shared["hours_per_month"] = dice.pick([720, 730, 744])
    if dice.chance(0.3):
        shared["peak_to_average"] = dice.around(1.5, 3)
    if dice.chance(0.4):
        shared["volume_factor"] = dice.around(0.6, 1.6)
    if dice.chance(0.3):
        case["workload"] = _work(dice, months) | shared
        return []
    count = dice.pick([2, 2, 2, 3, 3, 3, 4, 4, 5, 6])
    names = list(WORK[:count])
    case["workloads"] = {name: {"name": name.capitalize()} | _work(dice, months) for name in names}
    if shared:
        case["workload"] = shared
    return names


def _work(dice: Dice, months: int) -> Case:
    found: Case = {"tokens_per_month": dice.around(200, 12000, 0), "output_share": dice.around(0.02, 0.5)}
    if dice.chance(0.6):
        found["annual_growth"] = dice.around(-0.2, 1.0)
    if dice.chance(0.6):
        found["cached_share"] = dice.around(0.05, 0.5)
    if dice.chance(0.5):
        found["cache_write_share"] = dice.around(0.05, 0.35)
    if dice.chance(0.4):
        found["starts_month"] = dice.whole(1, months - 4)
    if dice.chance(0.4):
        found["ramp_months"] = dice.around(1, 8, 1)
    if dice.chance(0.3):
        found["ramp_start"] = dice.around(0.05, 0.6)
    return found


def _projects(dice: Dice, case: Case, plain: list[str]) -> None:
    """Put displaced projects into the case, some displaced by several options."""
    if dice.chance(0.12):
        return
    projects = []
    for n in range(1, dice.whole(2, 4)):
        several = dice.chance(0.6)
        projects.append({
            "name": f"Project {n}",
            "option": dice.some(plain, 2) if several else dice.pick(plain),
            "during": dice.pick(["deployment", "operation"]),
            "monthly_value": dice.around(1000, 60000, 0),
            "confidence": dice.around(0.1, 0.65),
        })  # fmt: skip
    case["opportunity"] = projects


def _requirements(dice: Dice, case: Case, plain: list[str], names: list[str]) -> None:
    """Put requirements into the case; every option but a mix is listed."""
    rules = []
    for n in range(1, dice.pick([1, 2, 2, 3])):
        rule: Case = {"name": f"Rule {n}", "met_by": {key: dice.chance(0.75) for key in plain}}
        if dice.chance(0.3):
            rule["must"] = dice.chance(0.3)
        if names and dice.chance(0.6):
            rule["workloads"] = dice.some(names, 1)
        rules.append(rule)
    if rules:
        case["requirements"] = rules


def _book(dice: Dice, start: str) -> Case:
    """Make a price book: announced changes, a retirement with a successor in euros, GPUs by the hour."""
    year, month = (int(part) for part in start.split("-"))

    def later(months: int, day: int = 1) -> date:
        return date(year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1, day)

    def rate(scale: float, effective: date | None, writes: bool) -> Case:
        found: Case = {"effective": effective} if effective else {}
        found |= {"verified": date(2026, 11, 9), "source": "list", "basis": "list"}
        found |= {
            "input": round(scale, 4),
            "cached_input": round(scale / 8, 4),
            "output": round(scale * 4.5, 4),
        }
        return found | ({"cache_write": round(scale * 1.25, 4)} if writes else {})

    def gpu(per_hour: float, effective: date) -> Case:
        return {"effective": effective, "verified": date(2026, 11, 9), "source": "list", "basis": "list",
                "per_gpu_hour": per_hour}  # fmt: skip

    writes = [dice.chance(0.5) for _ in range(4)]
    token = {"kind": "token", "provider": "example", "purchase": "standard"}
    first = token | {
        "id": "swift-3",
        "model": "Swift 3",
        "retires": later(dice.whole(4, 9), 20),
        "successor": "swift-4",
    }
    first["rates"] = [rate(0.8, None, writes[0]), rate(1.1, later(3, 15), writes[1])]
    second = token | {"id": "swift-4", "model": "Swift 4", "currency": "EUR"}
    second["rates"] = [rate(0.9, later(1), writes[2]), rate(0.7, later(10), writes[3])]
    third = {
        "id": "h100-cloud",
        "kind": "gpu_hour",
        "provider": "example",
        "gpu": "H100 SXM",
        "purchase": "on_demand",
    }
    third["rates"] = [gpu(3.4, date(2026, 10, 1)), gpu(2.9, later(5))]
    source = {"title": "Price lists of example providers", "url": "https://example.com/prices", "licence": "MIT",
              "retrieved": date(2026, 11, 20)}  # fmt: skip
    return {"schema": "reportgen.prices/1", "currency": "USD", "sources": {"list": source},
            "items": [first, second, third]}  # fmt: skip
