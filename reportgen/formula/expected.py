"""Reader 1 for expected values: the mean of lines over runs, computed run by run only where formulas are not linear."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.dependencies import lines_in, paths_in
from reportgen.formula.evaluate import Evaluation, is_recursive
from reportgen.formula.functions import Values
from reportgen.formula.nodes import (
    At,
    Binary,
    Call,
    Line,
    Node,
    PerPosition,
    Previous,
    Ref,
    SumProduct,
    Total,
)


class VaryingFormulas:
    """The formulas that differ between runs, and which of them are linear in what differs; cached for many evaluations.

    Why: the mean of a sum is the sum of the means, and a factor that is the same in every run can be taken out of it.
    """

    def __init__(self, paths: AbstractSet[str], dependencies: Mapping[Line, AbstractSet[str]]) -> None:
        self._paths, self._dependencies = paths, dependencies
        self._lines: dict[Line, bool] = {}
        self._nodes: dict[int, tuple[Node, bool]] = {}

    def is_expanded(self, line: Line) -> bool:
        """Return whether the mean of a line is computed from its formula, with means in it or in parts of it."""
        if line not in self._lines:
            self._lines[line] = self._differs(line) and not is_recursive(line.formula)
        return self._lines[line]

    def is_linear(self, node: Node) -> bool:
        """Return whether a formula varies and its mean is the formula of the means of its terms.

        Why: results are cached by identity, because comparing formulas by value takes as long as computing them.
        """
        if id(node) not in self._nodes:
            self._nodes[id(node)] = node, self._varies(node) and self._linear_terms(node)
        return self._nodes[id(node)][1]

    def _differs(self, line: Line) -> bool:
        return not self._paths.isdisjoint(self._dependencies[line])

    def _varies(self, node: Node) -> bool:
        return not self._paths.isdisjoint(paths_in(node)) or any(map(self._differs, lines_in(node)))

    def _linear_terms(self, node: Node) -> bool:
        match node:
            case Ref() | Previous() | Total() | PerPosition() | Binary("+" | "-"):
                return True
            case Binary("*", left, right):
                return not (self._varies(left) and self._varies(right))
            case SumProduct(left_line, right_line):
                return not (self._differs(left_line) and self._differs(right_line))
            case Binary("/", _, same) | At(_, same) | Call("IF", (same, *_)):
                return not self._varies(same)
            case _:
                return False


class ExpectedEvaluation(Evaluation):
    """The mean of lines over the runs of another evaluation, with weights of shape (runs,); its arrays have one run."""

    def __init__(self, runs: Evaluation, weights: NDArray[np.float64], varying: VaryingFormulas) -> None:
        super().__init__({})
        self._runs_evaluation, self._weights, self._varying = runs, weights, varying

    def for_runs(
        self, runs: Evaluation, paths: AbstractSet[str], dependencies: Mapping[Line, AbstractSet[str]]
    ) -> "ExpectedEvaluation":
        """Return the mean over other runs, which differ from these in some paths only; other cached means are kept."""
        other = ExpectedEvaluation(runs, self._weights, self._varying)
        other._values = {
            line: mean for line, mean in self._values.items() if dependencies[line].isdisjoint(paths)
        }
        return other

    def _line(self, line: Line) -> Values:
        if self._varying.is_expanded(line):
            return self._node(line.formula)
        return self._mean(self._runs_evaluation[line])

    def _node(self, node: Node) -> Values:
        if self._varying.is_linear(node):
            return super()._node(node)
        return self._mean(self._runs_evaluation.node(node))

    def _mean(self, values: Values) -> Values:
        constant = values.ndim < 3 or values.shape[-2] == 1
        return values if constant else np.asarray(self._weights @ values)[..., None, :]
