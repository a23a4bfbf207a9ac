"""The ranking of costs when assumptions change: each cost with the expected effect of events, at many points at once."""

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
"""Costs that differ by no more than this share of the lowest are tied.

Why: equal costs differ in their last bits, which depend on the number of points computed at once.
"""


BATCH = 4000
"""Values of a line (points x runs) that are computed at once, so that arrays stay in the processor's cache."""


@dataclass(frozen=True)
class Ranking:
    """Costs to be ranked, by key; the lowest ranks first, ties go to the first in order."""

    variables: Variables
    costs: Mapping[str, Line]

    def __reduce__(self) -> tuple[type["Ranking"], tuple[Variables, Mapping[str, Line]]]:
        """Pickle without cached values.

        Why: they are larger than the ranking itself, and a worker process computes its own.
        """
        return Ranking, (self.variables, self.costs)

    @cached_property
    def dependencies(self) -> dict[Line, frozenset[str]]:
        """Return the paths that each cost, and each line below it, depends on."""
        return dependencies(*self.costs.values())

    def depends_on(self, path: str) -> bool:
        """Return whether any of the costs depends on an assumption."""
        return any(path in self.dependencies[line] for line in self.costs.values())

    def ranked_first(self, changes: Mapping[str, Array], incumbent: int | None = None) -> NDArray[np.intp]:
        """Return the index of the cost that ranks first at each point, shape (points,).

        `incumbent` is the index of the cost that ranks first so far: it keeps its rank in a tie, unless another cost is
        equal to it to the last bit and comes first in order.
        """
        expected = self.expected(changes)
        finite = np.where(np.isfinite(expected), expected, np.inf)
        lowest = finite.min(axis=1, keepdims=True)
        tied = finite <= lowest + TIE * np.abs(lowest)
        if incumbent is None:
            return np.asarray(np.argmax(tied, axis=1))
        stays = tied[:, incumbent] & (finite[:, incumbent] > lowest[:, 0])
        return np.where(stays, incumbent, np.argmin(finite, axis=1))

    def first_change(self, path: str, points: Array, incumbent: int) -> tuple[int, int] | None:
        """Find the first point at which a cost other than the incumbent ranks first.

        Returns the indices of the point and of that cost; None where the incumbent ranks first at all points. Points are
        computed in their order, in batches, until one is found.
        """
        size = max(1, BATCH // max(runs.count for runs in self._runs.values()))
        for start in range(0, len(points), size):
            ranked = self.ranked_first({path: points[start : start + size]}, incumbent)
            changed = np.flatnonzero(ranked != incumbent)
            if len(changed):
                return start + int(changed[0]), int(ranked[changed[0]])
        return None

    def expected(self, changes: Mapping[str, Array]) -> Array:
        """Return every cost plus its expected change through events, shape (points, costs).

        `changes` maps paths to the values of the changed assumptions, shape (points,); every event is evaluated again at
        every point.
        """
        points = max((len(values) for values in changes.values()), default=1)
        costs = np.empty((points, len(self.costs)))
        for index, (key, line) in enumerate(self.costs.items()):
            relevant = {path: values for path, values in changes.items() if path in self.dependencies[line]}
            costs[:, index] = (
                self._runs[key].expected_cost(self, line, relevant, points) if relevant else self._stated[key]
            )
        return costs

    @cached_property
    def _stated(self) -> dict[str, Array]:
        """Return every cost with its expected change, without changed assumptions, shape (1,)."""
        return {key: self._runs[key].expected_cost(self, line, {}, 1) for key, line in self.costs.items()}

    @cached_property
    def _runs(self) -> dict[str, "_Runs"]:
        return {key: _evaluated_runs(self, line) for key, line in self.costs.items()}


@dataclass(frozen=True, slots=True)
class _Runs:
    """One cost in the run without events and in one run per event that affects it; arrays of shape (1, runs, positions)."""

    count: int
    occurs: dict[int, Flags]
    stated: Evaluation
    expected: ExpectedEvaluation

    def expected_cost(self, ranking: Ranking, line: Line, changes: Mapping[str, Array], points: int) -> Array:
        """Return the cost with its expected change at every point, shape (points,); unchanged lines are not computed again."""
        inputs: dict[str, Array] = {}
        for path, values in changes.items():
            inputs |= ranking.variables.active(path, values[:, None, None], self.occurs)[0]
        runs = self.stated.with_inputs(inputs, changes.keys(), ranking.dependencies)
        mean = self.expected.for_runs(runs, changes.keys(), ranking.dependencies)[line]
        return np.broadcast_to(mean, (points, 1, 1))[:, 0, 0]


def _evaluated_runs(ranking: Ranking, line: Line) -> _Runs:
    """Evaluate a cost and all lines below it in every run, without changed assumptions.

    A cost plus its expected change is a weighted mean over the runs: the weight of an event's run is its probability,
    that of the run without events is 1 less their sum, which may be negative.
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
    probabilities = np.array([variables.events[place].probability for place in events])
    weights = np.concatenate([[1 - probabilities.sum()], probabilities])
    expected = ExpectedEvaluation(
        stated, weights, VaryingFormulas(variables.effects.keys(), ranking.dependencies)
    )
    expected[line]  # fills the caches from which the evaluations with changes start
    return _Runs(len(weights), occurs, stated, expected)
