"""Runs: the whole model with some assumptions changed; one run or thousands, as arrays over a leading axis."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reportgen.runtime.records import dataclass

Operation = Literal["set", "multiply", "add"]
Array = NDArray[np.float64]

SCALE, SHIFT, LEAST = " scale", " shift", " least"
"""Suffixes of an assumption's path: the factor and the amount by which a run changes a value that is looked up, and its bound."""

BASE = "Base case"
"""The name of the run without effects."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of one assumption in one run.

    `bound` says that a `set` amount is the low or the high of the assumption's range, `link` is the path of another
    assumption whose value it is.
    """

    path: str
    operation: Operation
    amount: float
    bound: Literal["low", "high"] | None = None
    link: str | None = None

    def amount_in(self, values: Mapping[str, float]) -> float:
        """Return the amount, given the values of the assumptions by path."""
        return values[self.link] if self.link else self.amount


@dataclass(frozen=True, slots=True)
class Run:
    """A named set of effects; `purpose` is the question that the run answers."""

    name: str
    effects: tuple[Effect, ...] = ()
    purpose: Literal["base", "risk", "scenario", "tornado", "ladder", "bridge"] = "base"


def active_values(values: Mapping[str, float], runs: Sequence[Run]) -> dict[str, Array]:
    """Apply the effects of each run to the stated values; shapes as in `active_values_at`."""
    return active_values_at((values,), runs)


def active_values_at(points: Sequence[Mapping[str, float]], runs: Sequence[Run]) -> dict[str, Array]:
    """Apply the effects of each run to the values at each point.

    Returns arrays of shape (points x runs, 1), runs varying fastest, for assumptions that a run or a point changes, and
    (1, 1) for the rest, so that lines which no run changes are computed once. Effects apply in the order set, multiply,
    add (MODEL, "One idea: a run"). A changed assumption also has entries with the suffixes SCALE and SHIFT: its active
    value is stated value x scale + shift.
    """
    changed_paths = {effect.path for run in runs for effect in run.effects}
    active: dict[str, Array] = {}
    for path, first in points[0].items():
        stated = np.array([[values[path]] for values in points])
        if path in changed_paths:
            changes = np.array([_change(values, path, run) for values in points for run in runs])
            active[path + SCALE], active[path + SHIFT] = changes[:, :1], changes[:, 1:]
            active[path] = np.repeat(stated, len(runs), axis=0) * changes[:, :1] + changes[:, 1:]
        elif (stated != first).any():
            active[path] = np.repeat(stated, len(runs), axis=0)
        else:
            active[path] = np.full((1, 1), float(first))
    return active


def _change(values: Mapping[str, float], path: str, run: Run) -> tuple[float, float]:
    """Return the factor and the added amount by which a run changes an assumption."""
    amounts = {effect.operation: effect.amount_in(values) for effect in run.effects if effect.path == path}
    factor, added = amounts.get("multiply", 1.0), amounts.get("add", 0.0)
    return (0.0, amounts["set"] * factor + added) if "set" in amounts else (factor, added)
