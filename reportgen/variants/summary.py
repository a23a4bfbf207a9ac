"""The summary of a sweep, gathered block by block: how often each option is recommended, its costs, what was refused."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import Any

import numpy as np

from reportgen.runtime.records import dataclass
from reportgen.variants.evaluation import Evaluator
from reportgen.variants.grid import Array
from reportgen.variants.running import Block


@dataclass(slots=True)
class Spread:
    """The lowest and the highest cost so far, each with the values of its variant."""

    lowest: float = np.inf
    highest: float = -np.inf
    at_lowest: Mapping[str, float] = field(default_factory=dict)
    at_highest: Mapping[str, float] = field(default_factory=dict)

    def add(self, costs: Array, block: Block) -> None:
        """Take the costs of a block in; NaN counts for nothing."""
        if np.isnan(costs).all():
            return
        least, most = int(np.nanargmin(costs)), int(np.nanargmax(costs))
        if costs[least] < self.lowest:
            self.lowest, self.at_lowest = float(costs[least]), _values(block, least)
        if costs[most] > self.highest:
            self.highest, self.at_highest = float(costs[most]), _values(block, most)


def _values(block: Block, place: int) -> dict[str, float]:
    return {path: float(values[place]) for path, values in block.columns.items()}


@dataclass(slots=True)
class Summary:
    """What a sweep found; `add` takes in the next block."""

    evaluator: Evaluator
    count: int = 0
    recommended: Counter[str] = field(default_factory=Counter)
    """How many variants recommend each option; "" counts those in which none is eligible."""
    refused: Counter[str] = field(default_factory=Counter)
    full_cost: dict[str, Spread] = field(default_factory=dict)

    def add(self, block: Block) -> None:
        """Take a block in."""
        self.count += len(block)
        keys, found = [option.key for option in self.evaluator.options], block.figures
        for place, number in zip(*np.unique(found.refused, return_counts=True), strict=True):
            if place >= 0:
                self.refused[self.evaluator.reasons[place]] += int(number)
        accepted = found.recommended[found.refused < 0]
        for place, number in zip(*np.unique(accepted, return_counts=True), strict=True):
            self.recommended[keys[place] if place >= 0 else ""] += int(number)
        for place, key in enumerate(keys):
            self.full_cost.setdefault(key, Spread()).add(found.full_cost[:, place], block)

    @property
    def evaluated(self) -> int:
        """Return how many variants were not refused."""
        return self.count - sum(self.refused.values())

    def record(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        return {
            "variants": self.count,
            "refused": dict(self.refused),
            "options": {
                option.key: {
                    "name": option.outline.name,
                    "eligible": eligible,
                    "recommended": self.recommended[option.key],
                    "full_cost": _ends(self.full_cost[option.key]),
                }
                for option, eligible in zip(self.evaluator.options, self.evaluator.eligible, strict=True)
            },
        }


def _ends(spread: Spread) -> dict[str, Any] | None:
    """Return lowest and highest cost with their variants; None where all were refused."""
    if not np.isfinite(spread.lowest):
        return None
    return {
        "lowest": spread.lowest, "at_lowest": dict(spread.at_lowest),
        "highest": spread.highest, "at_highest": dict(spread.at_highest),
    }  # fmt: skip
