"""Who ranks first when assumptions change: each cost with its expected events, at many points at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.lines import inputs_of
from reportgen.formula.nodes import Line
from reportgen.simulate.unknowns import Flags, Unknowns

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Ranking:
    """Costs to be ranked, by key: the lowest comes first, ties go to the first in order."""

    unknowns: Unknowns
    costs: Mapping[str, Line]

    @cached_property
    def reach(self) -> dict[str, frozenset[str]]:
        """Give the assumptions that each cost stands on."""
        return {key: inputs_of(line) for key, line in self.costs.items()}

    def reached(self, path: str) -> bool:
        """Say whether an assumption is part of any of the costs."""
        return any(path in paths for paths in self.reach.values())

    def first(self, changes: Mapping[str, Array]) -> NDArray[np.intp]:
        """Give the place of the cost that ranks first at each point."""
        expected = self.expected(changes)
        return np.asarray(np.argmin(np.where(np.isfinite(expected), expected, np.inf), axis=1))

    def expected(self, changes: Mapping[str, Array]) -> Array:
        """Give every cost plus its expected change through events, shape (points, costs).

        `changes` has the values of the changed assumptions, shape (points,); every event is run anew at every
        point.
        """
        points = max((len(values) for values in changes.values()), default=1)
        found = np.empty((points, len(self.costs)))
        for place, key in enumerate(self.costs):
            mine = {path: values for path, values in changes.items() if path in self.reach[key]}
            found[:, place] = self._cost(key, mine) if mine else self._stated[place]
        return found

    @cached_property
    def _stated(self) -> Array:
        """Give every expected cost with nothing changed."""
        return np.array([self._cost(key, {})[0] for key in self.costs])

    def _cost(self, key: str, changes: Mapping[str, Array]) -> Array:
        """Evaluate one cost: rows are points, and for each point one run without events and one for each event."""
        reach = self.reach[key]
        events = [place for place, event in enumerate(self.unknowns.events) if event.paths & reach]
        points = max((len(values) for values in changes.values()), default=1)
        runs = 1 + len(events)
        happens: dict[int, Flags] = {
            place: np.zeros((runs, 1), dtype=bool) for place in range(len(self.unknowns.events))
        }
        for row, place in enumerate(events, start=1):
            happens[place][row] = True
        inputs = {path: np.full((1, 1), float(self.unknowns.values[path])) for path in reach}
        for path in changes.keys() | (self.unknowns.effects.keys() & reach):
            given = path in changes or path not in self.unknowns.looked_up
            start = changes.get(path, inputs[path][0])[:, None, None] if given else None
            found, _ = self.unknowns.active(path, start, happens)
            for name, values in found.items():
                inputs[name] = np.broadcast_to(values, (points, runs, 1)).reshape(-1, 1)
        cost = np.broadcast_to(Evaluation(inputs)[self.costs[key]], (points * runs, 1)).reshape(points, runs)
        chances = np.array([self.unknowns.events[place].probability for place in events])
        return np.asarray(cost[:, 0] + (cost[:, 1:] - cost[:, :1]) @ chances)
