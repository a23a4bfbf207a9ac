"""Small cases in which papers have gone wrong: ties, no ranges, risks that save, less cash elsewhere, cents, rupees."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.schema.loading.load import load_case


def ranged(value: float, low: float, high: float) -> dict[str, float]:
    """Give a value a range."""
    return {"value": value, "low": low, "high": high}


API = {
    "kind": "api", "name": "Bought by the token", "until_live": "bought", "ongoing_fte": 0.1, "exit_fte_months": 1,
    "input_price": ranged(1.5, 1.0, 2.5), "output_price": ranged(6.0, 4.0, 9.0), "exit_probability": 0.2, "exit_month": 12,
}  # fmt: skip
OWN = {
    "kind": "self_hosted", "name": "Rented and run by us", "short_name": "Run by us", "until_live": "bought",
    "deployment_months": 4, "deployment_fte": 2, "ongoing_fte": ranged(0.8, 0.5, 1.2), "gpu_hourly_price": ranged(3.0, 2.0, 4.5),
    "gpus_per_replica": 2, "replica_tps": ranged(2500, 1500, 4000), "utilisation": 0.35, "exit_fte_months": 4,
    "exit_probability": 0.3, "exit_month": 12,
}  # fmt: skip
BASE: dict[str, Any] = {
    "case": {"title": "A small case", "date": "2026-11-23", "currency": "USD", "decide_by": "2026-12-10", "organisation": "Small AG"},
    "finance": {"years": 3, "start": "2027-01", "discount_rate": 0.1},
    "workload": {"tokens_per_month": ranged(4000, 3000, 6000), "annual_growth": 0.2, "output_share": 0.25, "hours_per_month": 730},
    "people": {"loaded_cost_per_fte": 180000},
    "options": {"bought": API, "own": OWN},
    "risks": [
        {"name": "Throughput falls short", "probability": 0.4, "effects": [{"assumption": "options.own.replica_tps", "multiply": 0.6}]},
    ],
    "opportunity": [{"name": "Claims", "option": "own", "during": "deployment", "monthly_value": 30000, "confidence": 0.5}],
    "price_scenarios": [{"name": "Token prices halve", "effects": [{"assumption": "options.bought.input_price", "multiply": 0.5},
                                                                 {"assumption": "options.bought.output_price", "multiply": 0.5}]}],
    "simulation": {"draws": 200},
}  # fmt: skip


def case(name: str) -> dict[str, Any]:
    """Make one of the cases of `NAMES`."""
    made = deepcopy(BASE)
    NAMES[name](made)
    return made


def _plain(_: dict[str, Any]) -> None:
    """Leave the case as it is."""


def _tie(made: dict[str, Any]) -> None:
    made["options"]["second"] = {**deepcopy(API), "name": "Second provider"}


def _no_ranges(made: dict[str, Any]) -> None:
    made.update(_without_ranges(made))


def _no_ranges_no_risks(made: dict[str, Any]) -> None:
    made.update(_without_ranges(made))
    for part in ("risks", "opportunity", "price_scenarios"):
        del made[part]
    for option in made["options"].values():
        del option["exit_probability"], option["exit_month"]


def _less_cash(made: dict[str, Any]) -> None:
    made["workload"]["tokens_per_month"] = ranged(40000, 30000, 50000)
    made["opportunity"][0]["monthly_value"] = 2_000_000


def _risk_saves(made: dict[str, Any]) -> None:
    made["workload"]["tokens_per_month"] = 500
    made["risks"] = [{"name": "Prices fall", "probability": 0.9, "effects": [
        {"assumption": "options.bought.input_price", "multiply": 0.5}, {"assumption": "options.bought.output_price", "multiply": 0.5}]}]  # fmt: skip


def _cents(made: dict[str, Any]) -> None:
    made["workload"]["tokens_per_month"] = ranged(0.01, 0.005, 0.02)
    made["people"]["loaded_cost_per_fte"] = 1
    made["options"]["own"] |= {"gpu_hourly_price": 0.001, "deployment_fte": 0}
    made["opportunity"][0]["monthly_value"] = 0.1
    made["break_even"] = {"low": 0.001, "high": 1}


def _rupees(made: dict[str, Any]) -> None:
    made["case"]["currency"] = "INR"
    made["report"] = {"locale": "en-IN"}
    made["people"]["loaded_cost_per_fte"] = 15_000_000


def _shrinking(made: dict[str, Any]) -> None:
    made["workload"]["annual_growth"] = ranged(-0.5, -0.6, -0.3)


def _not_eligible(made: dict[str, Any]) -> None:
    met = {"bought": False, "own": True}
    made["requirements"] = [{"name": "Data stays in the house", "must": True, "met_by": met}]


def _cheapest_not_eligible(made: dict[str, Any]) -> None:
    """Add two providers: the cheaper fails a must-have, and is cheapest, first in service and the baseline."""
    cheap = {"input_price": ranged(0.3, 0.2, 0.5), "output_price": ranged(1.2, 0.8, 1.8)}
    made["options"] = {
        "abroad": {**deepcopy(API), **cheap, "name": "Provider abroad", "until_live": "abroad"},
        **made["options"],
        "third": {**deepcopy(API), "name": "Third provider", "input_price": ranged(1.8, 1.2, 2.6)},
    }
    made["baseline"] = "abroad"
    met = {"abroad": False, "bought": True, "own": True, "third": True}
    made["requirements"] = [{"name": "Data stays in the country", "must": True, "met_by": met}]


def _none_eligible(made: dict[str, Any]) -> None:
    met = {"bought": False, "own": False}
    made["requirements"] = [
        {"name": "Data stays in the house", "must": True, "met_by": met},
        {"name": "In use by spring", "must": True, "met_by": met | {"bought": True}},
    ]


def _level_ends(made: dict[str, Any]) -> None:
    """Make two options that are dearest alike, cost the same in each year, and displace, risk and leave alike."""
    made["workload"] |= {"tokens_per_month": ranged(4000, 3000, 6000), "annual_growth": 0.0}
    made["options"]["twin"] = {**deepcopy(OWN), "name": "Run by another team", "short_name": "Other team"}
    made["risks"][0]["effects"].append({"assumption": "options.twin.replica_tps", "multiply": 0.6})
    made["opportunity"].append({**made["opportunity"][0], "option": "twin"})


def _two_causes(made: dict[str, Any]) -> None:
    """Make the recommended option dearer in cash by less than risk and leaving add to the other, but more than either."""
    made["workload"] |= {"tokens_per_month": 28000, "annual_growth": 0.0}
    made["options"]["own"] |= {"exit_fte_months": 20, "exit_probability": 0.5, "deployment_months": 1}
    made["options"]["bought"].pop("exit_probability")
    made["options"]["bought"].pop("exit_month")
    made["opportunity"] = []
    made["risks"][0]["probability"] = 0.15


def _no_chance(made: dict[str, Any]) -> None:
    """Give the only risk no chance: what lies above the plan comes of ranges alone."""
    made["risks"][0]["probability"] = 0.0


def _without_ranges(part: Any) -> Any:
    """Return a part of a case with plain values in place of ranges."""
    if isinstance(part, dict):
        return (
            part["value"]
            if {"value", "low"} <= part.keys()
            else {k: _without_ranges(v) for k, v in part.items()}
        )
    return [_without_ranges(one) for one in part] if isinstance(part, list) else part


NAMES = {
    "plain": _plain, "tie": _tie, "no ranges": _no_ranges, "nothing but prices": _no_ranges_no_risks, "less cash": _less_cash,
    "risk saves": _risk_saves, "cents": _cents, "rupees": _rupees, "shrinking": _shrinking, "not eligible": _not_eligible,
    "cheapest not eligible": _cheapest_not_eligible, "none eligible": _none_eligible, "level ends": _level_ends, "two causes": _two_causes,
    "no chance": _no_chance,
}  # fmt: skip


@cache
def small(name: str) -> Analysis:
    """Work a small case out, once per test process."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "small.yaml")
        path.write_text(yaml.safe_dump(case(name), sort_keys=False), encoding="utf-8")
        return analyse(load_case(path), path)
