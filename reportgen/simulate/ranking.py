"""The ranking of costs when assumptions change: each cost with the expected effect of events, at many points at once."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.comparison import first_lowest
from reportgen.formula.dependencies import dependencies
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.expected import ExpectedEvaluation, VaryingFormulas
from reportgen.formula.nodes import Line
from reportgen.runtime.records import dataclass
from reportgen.simulate.variables import Flags, Variables

Array = NDArray[np.float64]

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
        """Return whether any of the costs depends on an assumption, or on one that moves with it."""
        paths = {path, *self.variables.members.get(path, ())}
        return any(paths & self.dependencies[line] for line in self.costs.values())

    def ranked_first(self, changes: Mapping[str, Array]) -> NDArray[np.intp]:
        """Return the index of the cost that ranks first at each point, shape (points,); of equal costs the first."""
        return first_lowest(self.expected(changes))

    def along(self, path: str, points: Array) -> Array:
        """Return every cost at each value of an assumption, shape (points, costs); what moves with it does.

        Points are computed in batches.
        """
        size = max(1, BATCH // max(runs.count for runs in self._runs.values()))
        return np.concatenate([
            self.expected(self.variables.moved(path, points[start : start + size]))
            for start in range(0, len(points), size)
        ])  # fmt: skip

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
        inputs |= variables.active(path, inputs[path], occurs)[0]
    stated = Evaluation(inputs)
    probabilities = np.array([variables.events[place].probability for place in events])
    weights = np.concatenate([[1 - probabilities.sum()], probabilities])
    expected = ExpectedEvaluation(
        stated, weights, VaryingFormulas(variables.effects.keys(), ranking.dependencies)
    )
    expected[line]  # fills the caches from which the evaluations with changes start
    return _Runs(len(weights), occurs, stated, expected)
