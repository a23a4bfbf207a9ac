"""Twenty cases at the limits: names of fifty letters, forty risks, eight options, nothing known, one year and five."""

import random
from pathlib import Path
from typing import Any

import yaml

NAMES = (
    "Własne serwery w dzierżawionej serwerowni w Łodzi",
    "API",
    "Zarządzana platforma u zewnętrznego usługodawcy!!",
    "Grundstücksverkehrsgenehmigungszuständigkeitsamts",
    "Self-hosted GPUs in a leased cage in Frankfurt, DE",
    "Zweite Schnittstelle <Ersatz> & Überlauf bei Last",
    "GPU",
    "Own machines beside the MRI scanner, ground floor",
)
KINDS = ("self_hosted", "api", "platform", "self_hosted", "self_hosted", "api", "api", "platform")
SHORT = ("Własne serwery", "API", "Platforma", "Amt", "Frankfurt cage", "Ersatz", "GPU", "Beside the MRI")
COUNT = 20


def case_at(number: int) -> dict[str, Any]:
    """Make one of the cases; its number determines its limits."""
    source = random.Random(number)  # noqa: S311  test data
    options = (2, 3, 5, 8)[number % 4]
    keys = [f"option_{place}" for place in range(options)]
    ranges = number % 3 != 0
    case: dict[str, Any] = {
        "case": {"title": "T" * 10 + " at the limits, " + NAMES[number % 8], "date": "2026-11-23", "currency": ("USD", "PLN", "CHF")[number % 3]},
        "finance": {"years": (1, 3, 5)[number % 3], "start": "2027-02", "discount_rate": 0.08},
        "workload": {"tokens_per_month": ranged(10 ** source.uniform(1.7, 4.9), ranges=ranges), "output_share": 0.3},
        "people": {"loaded_cost_per_fte": 10 ** source.uniform(4, 6)},
        "options": {key: option(place, number, ranges=ranges) for place, key in enumerate(keys)},
        "break_even": {"points": (2, 25)[number % 2]},
        "simulation": {"draws": 100},
        "report": {"paper": ("A4", "Letter")[number % 2], "locale": ("en", "en-PL", "en-IN")[number % 3]},
    }  # fmt: skip
    if number % 4:
        case["case"] |= {
            "organisation": "O" * 40,
            "meeting": "Meeting " * 5,
            "sponsor": NAMES[0],
            "prepared_by": NAMES[2],
            "decide_by": "2026-12-31",
        }
    risks = (0, 1, 20, 40)[(number // 2) % 4]
    if risks:
        case["risks"] = [risk(place, keys, source) for place in range(risks)]
    if number % 5 == 0:
        met = dict.fromkeys(keys, number % 10 != 0)
        case["requirements"] = [{"name": "No data outside of the building", "must": True, "met_by": met}]
    if number % 2:
        case["strategic_fit"] = [{"name": "Fit " * 8, "weight": 1, "scores": dict.fromkeys(keys, 3)}]
    return case


def ranged(value: float, *, ranges: bool) -> Any:
    """Give a value a range."""
    return {"value": value, "low": value / 3, "high": value * 3, "owner": "Owner " * 6} if ranges else value


def option(place: int, number: int, *, ranges: bool) -> dict[str, Any]:
    """Make an option with a long name."""
    kind = KINDS[place]
    made: dict[str, Any] = {
        "kind": kind,
        "name": NAMES[place],
        "short_name": SHORT[place],
        "ongoing_fte": ranged(0.2, ranges=ranges),
    }
    if kind == "api":
        made |= {"input_price": ranged(1.0 + place, ranges=ranges), "output_price": 4.0}
    else:
        made |= {
            "gpu_hourly_price": ranged(2.5, ranges=ranges),
            "gpus_per_replica": 2,
            "replica_tps": 2000,
            "utilisation": 0.4,
        }
        made |= {
            "deployment_months": 9.0 if number % 2 else 0.5,
            "until_live": "option_1",
            "deployment_fte": 2,
        }
    if number % 2 == 0:
        made |= {
            "exit_probability": 0.5,
            "exit_month": 12,
            "exit_fte_months": 3,
            "exit_fees": 0 if place else 1e7,
        }
    return made


def risk(place: int, keys: list[str], source: random.Random) -> dict[str, Any]:
    """Make a risk; a multiplier below 1 saves money."""
    effect = {
        "assumption": f"options.{source.choice(keys)}.ongoing_fte",
        "multiply": source.choice((0.5, 1.5, 4.0)),
    }
    return {"name": f"Ryzyko {place}: {NAMES[place % 8]}"[:60], "probability": source.choice((0.0, 0.3, 1.0)), "effects": [effect],
            "response": "We would do something about it, " * 3, "owner": NAMES[0]}  # fmt: skip


def written(number: int, folder: Path) -> Path:
    """Write a case into a folder."""
    path = folder / f"limit-{number}.yaml"
    path.write_text(yaml.safe_dump(case_at(number), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
