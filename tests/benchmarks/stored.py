"""The stored ratios: a ratio that is more than a fifth above its stored one is a regression."""

import json
from collections.abc import Mapping
from pathlib import Path

STORED = Path(__file__).with_name("ratios.json")
MOST_WORSE = 1.2
SHORTEST = 0.0005
"""Seconds of the processor below which a floor is too short to be measured by itself: the ratio is shown, not compared."""


def stored(size: str) -> dict[str, float]:
    """Return the stored ratios of a size of the run, full or quick."""
    if not STORED.is_file():
        return {}
    found: dict[str, float] = json.loads(STORED.read_text(encoding="utf-8")).get(size, {})
    return found


def store(size: str, ratios: Mapping[str, float]) -> None:
    """Store ratios; those of parts that were not run stay."""
    whole = json.loads(STORED.read_text(encoding="utf-8")) if STORED.is_file() else {}
    whole[size] = {**whole.get(size, {}), **{name: round(ratio, 3) for name, ratio in ratios.items()}}
    STORED.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def regressions(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """Return a sentence for each ratio that has grown by more than a fifth."""
    return [
        f"{name}: {ratio:.2f} times its floor, {before[name]:.2f} before"
        for name, ratio in now.items()
        if name in before and ratio > MOST_WORSE * before[name]
    ]
