"""Small cases whose numbers can be worked out by hand: 1,000 tokens a second, 10,000 a month for an engineer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.results.options import OptionResult
from reportgen.results.results import Results
from reportgen.schema.loading.load import load_case

Part = Mapping[str, Any]

API: Part = {"kind": "api", "input_price": 1, "output_price": 1}
"""3,600 M tokens a month at 1 each: 3,600 a month."""

RENTED: Part = {
    "kind": "self_hosted", "until_live": "api",
    "gpu_hourly_price": 2, "gpus_per_replica": 2, "replica_tps": 500, "utilisation": 0.5,
}  # fmt: skip
"""1,000 tokens/s over 500 x 0.5 each: 4 replicas of 2 GPUs at 2 an hour for 1,000 hours, 4,000 a replica and month."""

OWNED: Part = {
    "kind": "on_prem", "until_live": "api",
    "gpus_per_replica": 2, "replica_tps": 500, "utilisation": 0.5, "price_per_gpu_installed": 30000,
    "kw_per_gpu": 1, "pue": 1.2, "price_per_kwh": 0.1, "upkeep_rate": 0.12, "resale_decline": 0.19,
}  # fmt: skip
"""4 replicas of 2 GPUs at 30,000: 60,000 a replica."""

MANAGED: Part = {
    "kind": "platform", "until_live": "api",
    "gpu_hourly_price": 4, "gpus_per_replica": 2, "replica_tps": 500, "utilisation": 0.5,
}  # fmt: skip
"""4 replicas of 2 GPUs at 4 an hour for 1,000 hours: 8,000 a replica and month."""

FIXED: Part = {**MANAGED, "gpu_hourly_price": 0}
"""A platform that costs its monthly fee and nothing else, whatever the volume."""

HALVING = 4095
"""The yearly discount rate at which a payment is worth half as much every month: (1 + 4095)^(1/12) = 2."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A case worked out by the program, to be held against numbers worked out by hand."""

    analysis: Analysis = field(repr=False)  # a failing assertion would print every formula, for minutes

    @property
    def results(self) -> Results:
        """Give the results."""
        return self.analysis.results

    def option(self, key: str) -> OptionResult:
        """Give one option's results."""
        return self.results.option(key)

    def line(self, key: str) -> tuple[float, ...]:
        """Give a line's values in the base case, month 1 first."""
        found = [line for line in self.analysis.model.lines() if line.key == key]
        assert len(found) == 1, f"{len(found)} lines are called {key}"
        line = found[0]
        wide = np.broadcast_to(self.analysis.base[line], (1, line.axis.size))
        return tuple(float(value) for value in wide[0])


Work = Callable[..., Worked]


def work(folder: Path, options: Mapping[str, Part], **parts: Any) -> Worked:
    """Work a case out: these options, an api beside them, and `parts` over what the small case has.

    With `workloads` the single workload of the small case is left out.
    """
    finance = {"years": 1, "start": "2027-01", "discount_rate": 0, **parts.pop("finance", {})}
    tokens = {} if "workloads" in parts else {"tokens_per_month": 3600, "output_share": 0.25}
    workload = {**tokens, "hours_per_month": 1000, **parts.pop("workload", {})}
    people = {"loaded_cost_per_fte": 120000, **parts.pop("people", {})}
    beside = {} if "api" in options else {"api": API}
    simulation = {"draws": 100, **parts.pop("simulation", {})}
    case = {
        "case": {"title": "Small", "date": "2026-11-23", "currency": "USD"},
        "finance": finance, "workload": workload, "people": people,
        "options": {key: {"name": key.capitalize(), **option} for key, option in {**beside, **options}.items()},
        "simulation": simulation,
        "break_even": {"low": 1000, "high": 4000, "points": 3},
        **parts,
    }  # fmt: skip
    file = folder / "small.yaml"
    file.write_text(json.dumps(case), encoding="utf-8")
    return Worked(analyse(load_case(file), file))
