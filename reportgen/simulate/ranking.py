"""Who ranks first when assumptions change: each cost with its expected events, at many points at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.dependencies import dependencies
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.expected import ExpectedEvaluation, VaryingFormulas
from reportgen.formula.nodes import Line
from reportgen.simulate.variables import Flags, Variables

Array = NDArray[np.float64]

TIE = 1e-11
"""Costs that differ by no more than this share of the lowest tie.

Why: options with the same prices cost the same but for the last bits, which depend on how many points are computed at once.
"""


TOGETHER = 4000
"""Values of a line, by point and run, that are computed together for each month: what stays near the processor."""


@dataclass(frozen=True)
class Ranking:
    """Costs to be ranked, by key: the lowest comes first, ties go to the first in order."""

    variables: Variables
    costs: Mapping[str, Line]

    def __reduce__(self) -> tuple[type["Ranking"], tuple[Variables, Mapping[str, Line]]]:
        """Leave behind what was computed when this is sent to another process: it would be most of the way."""
        return Ranking, (self.variables, self.costs)

    @cached_property
    def dependencies(self) -> dict[Line, frozenset[str]]:
        """Give the assumptions that each line stands on, those below the costs included."""
        return dependencies(*self.costs.values())

    def depends_on(self, path: str) -> bool:
        """Say whether an assumption is part of any of the costs."""
        return any(path in self.dependencies[line] for line in self.costs.values())

    def ranked_first(self, changes: Mapping[str, Array], incumbent: int | None = None) -> NDArray[np.intp]:
        """Give the place of the cost that ranks first at each point; the holder of that place loses it only past a tie.

        Costs that are equal to the last bit go to the first in order, whoever held the place.
        """
        expected = self.expected(changes)
        known = np.where(np.isfinite(expected), expected, np.inf)
        lowest = known.min(axis=1, keepdims=True)
        tied = known <= lowest + TIE * np.abs(lowest)
        if incumbent is None:
            return np.asarray(np.argmax(tied, axis=1))
        kept = tied[:, incumbent] & (known[:, incumbent] > lowest[:, 0])
        return np.where(kept, incumbent, np.argmin(known, axis=1))

    def first_change(self, path: str, points: Array, incumbent: int) -> tuple[int, int] | None:
        """Find the first point at which another than the holder ranks first, and which; None where none does.

        The points are looked at in their order, no further than needed.
        """
        size = max(1, TOGETHER // max(runs.count for runs in self._runs.values()))
        for start in range(0, len(points), size):
            ranked = self.ranked_first({path: points[start : start + size]}, incumbent)
            changed = np.flatnonzero(ranked != incumbent)
            if len(changed):
                return start + int(changed[0]), int(ranked[changed[0]])
        return None

    def expected(self, changes: Mapping[str, Array]) -> Array:
        """Give every cost plus its expected change through events, shape (points, costs).

        `changes` has the values of the changed assumptions, shape (points,); every event is run anew at every
        point.
        """
        points = max((len(values) for values in changes.values()), default=1)
        found = np.empty((points, len(self.costs)))
        for place, (key, line) in enumerate(self.costs.items()):
            mine = {path: values for path, values in changes.items() if path in self.dependencies[line]}
            found[:, place] = self._runs[key].at(self, line, mine, points) if mine else self._stated[key]
        return found

    @cached_property
    def _stated(self) -> dict[str, Array]:
        """Give every cost with its expected change as stated, shape (1,): what it is where no change reaches it."""
        return {key: self._runs[key].at(self, line, {}, 1) for key, line in self.costs.items()}

    @cached_property
    def _runs(self) -> dict[str, "_Runs"]:
        return {key: _runs(self, line) for key, line in self.costs.items()}


@dataclass(frozen=True, slots=True)
class _Runs:
    """One cost in the run without events and in one run for each event that reaches it: shape (1, runs, positions)."""

    count: int
    occurs: dict[int, Flags]
    stated: Evaluation
    expected: ExpectedEvaluation

    def at(self, ranking: Ranking, line: Line, changes: Mapping[str, Array], points: int) -> Array:
        """Give the cost with its expected change at every point; lines that do not change are not computed again."""
        inputs: dict[str, Array] = {}
        for path, values in changes.items():
            inputs |= ranking.variables.active(path, values[:, None, None], self.occurs)[0]
        runs = self.stated.with_inputs(inputs, changes.keys(), ranking.dependencies)
        mean = self.expected.for_runs(runs, changes.keys(), ranking.dependencies)[line]
        return np.broadcast_to(mean, (points, 1, 1))[:, 0, 0]


def _runs(ranking: Ranking, line: Line) -> _Runs:
    """Evaluate a cost and all lines below it as stated, in every run.

    A cost plus its expected change is a mean: of the run without events with what the chances of the others leave,
    which may be below 0, and of each other run with its event's chance.
    """
    variables, dependencies = ranking.variables, ranking.dependencies[line]
    events = [place for place, event in enumerate(variables.events) if event.paths & dependencies]
    occurs: dict[int, Flags] = {
        place: np.zeros((len(events) + 1, 1), dtype=bool) for place in range(len(variables.events))
    }
    for row, place in enumerate(events, start=1):
        occurs[place][row] = True
    inputs = {path: np.full((1, 1, 1), float(variables.values[path])) for path in dependencies}
    for path in variables.effects.keys() & dependencies:
        inputs |= variables.active(path, None if path in variables.looked_up else inputs[path], occurs)[0]
    stated = Evaluation(inputs)
    chances = np.array([variables.events[place].probability for place in events])
    weights = np.concatenate([[1 - chances.sum()], chances])
    expected = ExpectedEvaluation(
        stated, weights, VaryingFormulas(variables.effects.keys(), ranking.dependencies)
    )
    expected[line]
    return _Runs(len(weights), occurs, stated, expected)
