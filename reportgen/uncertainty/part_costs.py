"""What each option costs for every subset of the workloads, and what options used together cost: tables for the best split."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.dependencies import dependencies
from reportgen.formula.evaluate import Evaluation
from reportgen.formula.lines import SplitLines
from reportgen.formula.nodes import Line
from reportgen.formula.runs import BASE, Run, active_values
from reportgen.model.case import BusinessCase
from reportgen.model.options.split import split_lines
from reportgen.model.outline import Outline
from reportgen.runtime.records import dataclass

Array = NDArray[np.float64]


def split_runs(outline: Outline) -> tuple[Run, ...]:
    """Return the runs over which an assignment is costed: the base case, then the run of each risk."""
    real = {risk.name for risk in outline.real_risks}
    return (Run(BASE), *(run for run in outline.purposes("risk") if run.name in real))


@dataclass(frozen=True)
class PartCosts:
    """The costs of parts by option and subset of the workloads, in the base case and in the run of each risk.

    `keys` are the options but mixes in the case's order. A subset is a number: workload n counts 2^n; 0 carries nothing
    and costs nothing. `own` has the shape (options, subsets, runs), `paid` (options, subsets, runs, obligations).
    """

    lines: BusinessCase
    values: Mapping[str, float]
    keys: tuple[str, ...]

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Return the base case, then the run of each risk."""
        return split_runs(self.lines.outline)

    @cached_property
    def weights(self) -> Array:
        """Return the weight of each run in the full cost: that of the base case is 1 less all chances."""
        chances = [self.values[risk.probability] for risk in self.lines.outline.real_risks]
        return np.array([1 - sum(chances), *chances])

    @cached_property
    def split(self) -> SplitLines:
        """Define the lines of the split."""
        return split_lines(self.lines.shared, self.lines.bases, self.lines.options, self.keys)

    @cached_property
    def _evaluation(self) -> Evaluation:
        """Evaluate parts for every subset of the workloads; arrays of shape (subsets or 1, runs or 1, positions)."""
        subsets = np.arange(2 ** len(self.split.routing))[:, None, None]
        flags = {path: (subsets >> n & 1).astype(float) for n, path in enumerate(self.split.routing)}
        inputs = {path: values[None] for path, values in active_values(self.values, self.runs).items()}
        return Evaluation({**inputs, **flags})

    @cached_property
    def _dependencies(self) -> dict[Line, frozenset[str]]:
        return dependencies(*self.split.lines())

    def _with(self, flags: Mapping[str, Array], line: Line) -> Array:
        """Return a line for assignments, whose flags have the shape (assignments, runs or 1, 1); shape (assignments, runs)."""
        evaluation = self._evaluation.with_inputs(flags, flags.keys(), self._dependencies)
        count = max((len(values) for values in flags.values()), default=1)
        return np.asarray(np.broadcast_to(evaluation[line], (count, len(self.runs), 1))[..., 0])

    @cached_property
    def _tables(self) -> tuple[Array, Array]:
        shape = (2 ** len(self.split.routing), len(self.runs))
        own = np.zeros((len(self.keys), *shape))
        paid = np.zeros((*own.shape, len(self.split.paid)))
        for place, part in enumerate(self.split.parts.values()):
            own[place] = np.broadcast_to(self._evaluation[part.own], (*shape, 1))[..., 0]
            for number, line in enumerate(part.paid):
                if line is not None:
                    paid[place, ..., number] = np.broadcast_to(self._evaluation[line], (*shape, 1))[..., 0]
        own[:, 0], paid[:, 0] = 0.0, 0.0
        return own, paid

    @property
    def own(self) -> Array:
        """Return what parts cost by themselves, on core."""
        return self._tables[0]

    @property
    def paid(self) -> Array:
        """Return what parts pay towards each obligation, up to the month in which it is due."""
        return self._tables[1]

    def together(self, sets: NDArray[np.integer]) -> Array:
        """Return what sets of options cost together, on core: interim staff and displaced projects; shape (sets, runs).

        A set is a number: option n counts 2^n.
        """
        flags = {path: (sets >> n & 1).astype(float)[:, None, None] for n, path in enumerate(self.split.used)}
        return self._with(flags, self.split.together)

    def shortfalls(self, paid: Array) -> Array:
        """Return what is owed beyond what was paid, with its tax, on core; `paid` of shape (assignments, runs, obligations)."""
        flags = {path: paid[..., n, None] for n, path in enumerate(self.split.paid)}
        return self._with(flags, self.split.shortfall) if flags else np.zeros(paid.shape[:-1])
