"""Cases of any size: two to eight options, one to five years, no to forty risks, and names of fifty characters in any script."""

from pathlib import Path
from typing import Any

import yaml

from tests.report.limits import KINDS, option, ranged

SCRIPTS = {
    "Latin": "Grundstücksverkehrsgenehmigungszuständigkeitsamts und mehr",
    "Polish": "Własne serwery w dzierżawionej serwerowni w Łodzi, żółć",
    "Greek": "Ιδιόκτητοι διακομιστές σε μισθωμένο χώρο στην Αθήνα, Ελλάδα",
    "Cyrillic": "Собственные серверы в арендованном машинном зале, Сибирь",
    "Chinese": "自有图形处理器服务器托管于法兰克福租用机房并由本地团队负责日常运行维护与安全更新以及容量规划和成本核算工作",
    "Arabic": "خوادم مملوكة في قاعة مستأجرة ضمن مركز البيانات المحلي في المدينة",
}
"""The texts from which names are cut, by script; none has an emoji."""
LENGTH = 50


def name_of(place: int, script: str) -> str:
    """Return a unique name of fifty characters that ends with a number."""
    end = f" {place}"
    return SCRIPTS[script][: LENGTH - len(end)].rstrip().ljust(LENGTH - len(end), "·") + end


def sized(options: int, years: int, risks: int, script: str, *, ranges: bool = True) -> dict[str, Any]:
    """Return a case of a given size; with `ranges`, every assumption that may have a range has one (two runs each)."""
    keys = [f"option_{place}" for place in range(options)]
    ids = {place: f"risk_{place}" for place in range(risks)}
    return {
        "case": {"title": f"{options} options, {years} years, {risks} risks", "date": "2026-11-23", "currency": "EUR"},
        "finance": {"years": years, "start": "2027-02", "discount_rate": ranged(0.08, ranges=ranges)},
        "workload": {"tokens_per_month": ranged(3000, ranges=ranges), "annual_growth": ranged(0.2, ranges=ranges), "output_share": ranged(0.3, ranges=ranges)},
        "people": {"loaded_cost_per_fte": ranged(1.8e5, ranges=ranges)},
        "options": {key: _option(place, script, ranges=ranges) for place, key in enumerate(keys)},
        "risks": [
            {
                "name": name_of(place, script), "id": ids[place], "probability": 0.2,
                "effects": [
                    {"assumption": f"options.{keys[place % options]}.ongoing_fte", "multiply": 1.5},
                    {"assumption": "workload.tokens_per_month", "multiply": 1 + place / 100},
                ],
            }
            for place in range(risks)
        ],
        "opportunity": [{"name": name_of(1, script), "id": "project", "option": keys[0], "during": "deployment", "monthly_value": 9000, "confidence": 0.5}],
        "price_scenarios": [{"name": name_of(99, script), "id": "dearer", "effects": [{"assumption": "options.option_1.output_price", "multiply": 1.3}]}],
        "requirements": [{"name": name_of(1, script), "met_by": dict.fromkeys(keys, True)}],
        "strategic_fit": [{"name": name_of(1, script), "weight": 1, "scores": dict.fromkeys(keys, 3)}],
        "simulation": {"draws": 100},
    }  # fmt: skip


def _option(place: int, script: str, *, ranges: bool) -> dict[str, Any]:
    """Return an option with a name in a script, ranges on its assumptions, and exit costs."""
    made = option(place, 0, ranges=ranges) | {
        "name": name_of(place, script),
        "short_name": f"{name_of(0, script)[:15]} {place}",
    }
    more = {
        "hires": 1,
        "cost_per_hire": 9000.0,
        "one_off_cost": 5000.0,
        "other_monthly_cost": 300.0,
        "exit_fte_months": 3.0,
        "exit_fees": 9000.0,
    }
    if KINDS[place] != "api":
        more |= {"deployment_fte": 2.0, "deployment_months": 2.0, "replica_tps": 2000.0, "utilisation": 0.3}
    made |= {key: value if key == "hires" else ranged(value, ranges=ranges) for key, value in more.items()}
    return made


def written(case: dict[str, Any], folder: Path) -> Path:
    """Write a case into a folder."""
    path = folder / "sized.yaml"
    path.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
