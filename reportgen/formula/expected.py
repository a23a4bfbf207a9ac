"""Reader 1 over many runs at once: the mean of lines, computed run by run only where it has to be."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.evaluate import Evaluation, Values, is_recursive
from reportgen.formula.lines import lines_of, paths_of
from reportgen.formula.nodes import At, Binary, Call, Each, Line, Node, Previous, Ref, SumProduct, Total


class Varying:
    """Which formulas differ between runs, and which of those a mean passes through; found once for many evaluations.

    The mean of a sum is the sum of the means, and a factor that is the same in every run can be taken out of it.
    """

    def __init__(self, paths: AbstractSet[str], reaches: Mapping[Line, AbstractSet[str]]) -> None:
        self._paths, self._reaches = paths, reaches
        self._lines: dict[Line, bool] = {}
        self._nodes: dict[int, tuple[Node, bool]] = {}

    def through(self, line: Line) -> bool:
        """Say whether the mean of a line is its formula with means in it, or at least in parts of it."""
        if line not in self._lines:
            self._lines[line] = self._differs(line) and not is_recursive(line.formula)
        return self._lines[line]

    def passes(self, node: Node) -> bool:
        """Say whether the mean of a formula that varies is the formula of the means below it.

        Formulas are known by which they are and kept: to compare what they say would take as long as to compute it.
        """
        if id(node) not in self._nodes:
            self._nodes[id(node)] = node, self._varies(node) and self._is_linear(node)
        return self._nodes[id(node)][1]

    def _differs(self, line: Line) -> bool:
        return not self._paths.isdisjoint(self._reaches[line])

    def _varies(self, node: Node) -> bool:
        return not self._paths.isdisjoint(paths_of(node)) or any(map(self._differs, lines_of(node)))

    def _is_linear(self, node: Node) -> bool:
        match node:
            case Ref() | Previous() | Total() | Each() | Binary("+" | "-"):
                return True
            case Binary("*", left, right):
                return not (self._varies(left) and self._varies(right))
            case SumProduct(left_line, right_line):
                return not (self._differs(left_line) and self._differs(right_line))
            case Binary("/", _, same) | At(_, same) | Call("IF", (same, *_)):
                return not self._varies(same)
            case _:
                return False


class Expected(Evaluation):
    """The mean of lines over the runs of another evaluation, by weights of shape (runs,); same shapes with one run."""

    def __init__(self, runs: Evaluation, weights: NDArray[np.float64], varying: Varying) -> None:
        super().__init__({})
        self._each, self._weights, self._varying = runs, weights, varying

    def over(
        self, runs: Evaluation, paths: AbstractSet[str], reaches: Mapping[Line, AbstractSet[str]]
    ) -> "Expected":
        """Take the mean over other runs, in which lines that stand on none of some paths are the same."""
        other = Expected(runs, self._weights, self._varying)
        other._values = {line: mean for line, mean in self._values.items() if reaches[line].isdisjoint(paths)}
        return other

    def _line(self, line: Line) -> Values:
        if self._varying.through(line):
            return self._node(line.formula, None)
        return self._mean(self._each[line])

    def _node(self, node: Node, step: tuple[int, Values] | None) -> Values:
        if self._varying.passes(node):
            return super()._node(node, step)
        return self._mean(self._each.node(node))

    def _mean(self, values: Values) -> Values:
        same = values.ndim < 3 or values.shape[-2] == 1
        return values if same else np.asarray(self._weights @ values)[..., None, :]
