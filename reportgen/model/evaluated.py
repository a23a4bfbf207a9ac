"""The evaluation of a case over all its runs."""

from collections.abc import Mapping

import numpy as np

from reportgen.formula.evaluate import Evaluation
from reportgen.formula.nodes import Line, Node
from reportgen.formula.runs import BASE, active_values
from reportgen.model.case import BusinessCase
from reportgen.runtime.records import dataclass

TOLERANCE = 1e-9
"""Amounts that differ by no more than this share are equal."""


@dataclass(frozen=True, slots=True)
class EvaluatedCase:
    """A case with its numbers: `every` evaluates stage 1 over all runs, `shown` both stages with one run selected."""

    case: BusinessCase
    values: Mapping[str, float]
    every: Evaluation
    shown: Evaluation

    def number(self, node: Line | Node) -> float:
        """Return a single value in the selected run."""
        values = self.shown[node] if isinstance(node, Line) else self.shown.node(node)
        return float(values[0, 0])

    def series(self, line: Line) -> tuple[float, ...]:
        """Return a line's values along its axis, in the selected run."""
        wide = np.broadcast_to(self.shown[line], (1, line.axis.size))
        return tuple(float(value) for value in wide[0])


def evaluate(case: BusinessCase, values: Mapping[str, float], shown: str = BASE) -> EvaluatedCase:
    """Evaluate stage 1 over all runs at once, then stage 2, with the run named `shown` selected."""
    runs = case.outline.runs
    every = Evaluation(active_values(values, runs))
    chosen = [run for run in runs if run.name == shown]
    return EvaluatedCase(case, values, every, Evaluation(active_values(values, chosen), runs, every, shown))
