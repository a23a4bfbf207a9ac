"""Reader 1: numbers. The last axis of an array is the line's own (months, options, risks), the others runs, draws or points."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, assert_never

import numpy as np

from reportgen.formula import nodes
from reportgen.formula.functions import FUNCTIONS, Values, apply, case_insensitive, numbers
from reportgen.formula.nodes import Line, Node
from reportgen.formula.runs import BASE, LEAST, SCALE, SHIFT, Run

Step = Callable[[Values, int], Values]
"""A part of a recursive formula: its value, given the line's value at the position before, and the position."""

MONTHS_PER_YEAR = 12


class Evaluation:
    """The values of lines, computed on first access and cached.

    `inputs` holds the active values of assumptions by path; `runs` and `what_if`, the evaluation over those runs, serve
    the lines of stage 2; `shown` is the name of the selected run; `unchanged` says that all is as issued.
    """

    def __init__(
        self,
        inputs: Mapping[str, Values],
        runs: Sequence[Run] = (),
        what_if: "Evaluation | None" = None,
        shown: str = BASE,
        *,
        unchanged: bool = True,
    ) -> None:
        self._inputs = inputs
        self._runs = runs
        self._what_if = what_if
        self._shown = shown
        self._unchanged = unchanged
        self._values: dict[Line, Values] = {}
        self._recursive_lines: dict[Line, bool] = {}
        self._quiet = False

    def __reduce__(self) -> tuple[type["Evaluation"], tuple[object, ...]]:
        """Send the inputs alone to another process, which computes what it needs."""
        return Evaluation, (self._inputs, self._runs, self._what_if, self._shown)

    def __getitem__(self, line: Line) -> Values:
        """Return a line's values: shape (runs or 1, positions or 1)."""
        found = self._values.get(line)
        if found is None:
            found = self._values[line] = self._quietly(self._line, line)
        return found

    def with_inputs(
        self,
        inputs: Mapping[str, Values],
        paths: AbstractSet[str],
        dependencies: Mapping[Line, AbstractSet[str]],
    ) -> "Evaluation":
        """Return an evaluation with other inputs at some paths; cached values of lines that depend on none of them are kept."""
        other = Evaluation(
            {**self._inputs, **inputs}, self._runs, self._what_if, self._shown, unchanged=self._unchanged
        )
        other._recursive_lines = self._recursive_lines
        other._values = {
            line: values for line, values in self._values.items() if dependencies[line].isdisjoint(paths)
        }
        return other

    def changed_since_issue(self) -> "Evaluation":
        """Return the evaluation of what was changed since issue: results as issued do not hold for it."""
        return Evaluation(self._inputs, self._runs, self._what_if, self._shown, unchanged=False)

    def node(self, node: Node) -> Values:
        """Return the values of a formula that belongs to no line."""
        return self._quietly(self._node, node)

    def _quietly(self, compute: Callable[[Any], Values], of: Line | Node) -> Values:
        """Compute without warnings of errors, which are values here; they are switched off once, not for every line."""
        if self._quiet:
            return compute(of)
        self._quiet = True
        try:
            with np.errstate(all="ignore"):
                return compute(of)
        finally:
            self._quiet = False

    def _line(self, line: Line) -> Values:
        recursive = self._recursive_lines.get(line)
        if recursive is None:
            recursive = self._recursive_lines[line] = is_recursive(line.formula)
        return self._recursive(line) if recursive else self._node(line.formula)

    def _recursive(self, line: Line) -> Values:
        """Compute a line from position to position; what does not refer to the line itself is computed once."""
        match line.formula:
            case nodes.Binary("+", nodes.Previous(None), added) if not is_recursive(added):
                values = self._node(added)
                return np.asarray(np.cumsum(np.broadcast_to(values, _full_shape(values, line)), axis=-1))
        step, previous, columns = self._step(line.formula), np.zeros((1, 1)), []
        for position in range(line.axis.size):
            previous = step(previous, position)
            columns.append(previous)
        return np.concatenate(np.broadcast_arrays(*columns), axis=-1)

    def _step(self, node: Node) -> Step:
        """Return the function that computes a part of a recursive formula at a position."""
        if not is_recursive(node):
            values = self._node(node)
            return lambda _, position: _at_position(values, position)
        match node:
            case nodes.Binary(operator, left, right):
                first, second = self._step(left), self._step(right)
                return lambda previous, position: apply(
                    operator, first(previous, position), second(previous, position)
                )
            case nodes.Call(function, arguments):
                steps = [self._step(argument) for argument in arguments]
                return lambda previous, position: FUNCTIONS[function](
                    *(each(previous, position) for each in steps)
                )
            case _:
                return lambda previous, _: previous

    def _node(self, node: Node) -> Values:
        """Compute a node of a formula that does not refer to its own line."""
        match node:
            case nodes.Binary(operator, left, right):
                return apply(operator, self._node(left), self._node(right))
            case nodes.Ref(line):
                return self[line]
            case nodes.Call(function, arguments):
                return FUNCTIONS[function](*(self._node(argument) for argument in arguments))
            case nodes.Input(path, stated) if stated is not None:
                value = self._node(stated)
                if path + SCALE not in self._inputs:
                    return value
                changed = value * self._inputs[path + SCALE] + self._inputs[path + SHIFT]
                least = self._inputs.get(path + LEAST)
                return changed if least is None else np.maximum(changed, least)
            case nodes.Previous(line):
                assert line is not None, "a recursive formula is computed by steps"
                return _previous(self[line])
            case nodes.PerPosition(formulas):
                return _side_by_side([self._node(each) for each in formulas])
            case nodes.EffectAmount(run):
                return _at(self._first_amounts(), self._node(run))
            case nodes.LineFunction():
                return self._line_function(node)
            case nodes.Leaf():
                return self._leaf(node)
        assert_never(node)

    def _line_function(self, node: nodes.AnyLineFunction) -> Values:
        """Compute an aggregate of a line, or a look-up in one."""
        match node:
            case nodes.Total(line, year):
                return _total(np.broadcast_to(self[line], _full_shape(self[line], line)), year)
            case nodes.Reduce(function, line, rank):
                return _reduce(function, self[line], rank)
            case nodes.SumProduct(left_line, right_line):
                return np.asarray(np.sum(self[left_line] * self[right_line], axis=-1, keepdims=True))
            case nodes.SumWhere(line, keys, value):
                return _sum_where(self[line], self[keys], self._node(value))
            case nodes.At(line, position):
                return _at(self[line], self._node(position))
            case nodes.Match(value, line, sorted_up):
                return _match(self._node(value), self[line], sorted_up)
            case nodes.Largest(line, rank):
                return _largest(self[line], self._node(rank))
            case nodes.LatestDate(dates, day):
                return _latest(self[dates], self._node(day))
        assert_never(node)

    def _leaf(self, node: nodes.AnyLeaf) -> Values:
        """Return a constant, an input, a text, or the results of other runs."""
        match node:
            case nodes.Constant(value):
                return _constant(value)
            case nodes.Text(text):
                return _objects([text])
            case nodes.Input(path):
                return self._inputs[path]
            case nodes.Stated(path):
                assert self._what_if is not None
                return self._what_if.node(nodes.Input(path))[:1]  # the base case is the first run
            case nodes.EnteredValues(paths) | nodes.ActiveValues(paths):
                return np.concatenate(np.broadcast_arrays(*(self._inputs[p] for p in paths)), axis=-1)
            case nodes.Labels(texts):
                return _objects(texts)
            case nodes.IssuedValues(values):
                has_text = any(isinstance(value, str) for value in values)
                return np.array([values], dtype=object if has_text else float)
            case nodes.WhatIf(line, base_only):
                assert self._what_if is not None
                rows = 1 if base_only else len(self._runs)
                return np.broadcast_to(self._what_if[line], (len(self._runs), 1))[:rows].T
            case nodes.SelectedRun():
                return np.full((1, 1), self._number_shown())
            case nodes.AsIssued():
                return _constant(float(self._unchanged))
            case nodes.TablesFilled():
                return np.ones((1, 1))
        assert_never(node)

    def _first_amounts(self) -> Values:
        """Return the amount of the first effect of every run; NaN where a run has none."""
        return np.array([[run.effects[0].amount if run.effects else np.nan for run in self._runs]])

    def _number_shown(self) -> float:
        """Return the number of the selected run, from 1; 0 where there is none of that name."""
        names = [run.name for run in self._runs]
        return float(names.index(self._shown) + 1) if self._shown in names else 0.0


def is_recursive(node: Node) -> bool:
    """Return whether a formula refers to the previous position of its own line."""
    match node:
        case nodes.Previous(None):
            return True
        case nodes.Binary(_, left, right):
            return is_recursive(left) or is_recursive(right)
        case nodes.Call(_, arguments):
            return any(is_recursive(argument) for argument in arguments)
        case _:
            return False


@cache
def _constant(value: float) -> Values:
    """Return the values of a constant; kept, because formulas hold few of them many times."""
    return np.full((1, 1), value)


def _full_shape(values: Values, line: Line) -> tuple[int, ...]:
    return (*values.shape[:-1], line.axis.size)


def _at_position(values: Values, position: int) -> Values:
    return values if values.shape[-1] == 1 else values[..., position : position + 1]


def _previous(values: Values) -> Values:
    first = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([first, values[..., :-1]], axis=-1)


def _objects(texts: Sequence[str]) -> Values:
    return np.array([list(texts)], dtype=object)


def _total(values: Values, year: int | None) -> Values:
    if year is not None:
        values = values[..., (year - 1) * MONTHS_PER_YEAR : year * MONTHS_PER_YEAR]
    return np.asarray(np.sum(values, axis=-1, keepdims=True))


def _reduce(function: nodes.Reduction, values: Values, rank: int) -> Values:
    amounts = numbers(values)
    finite = np.isfinite(amounts)
    match function:
        case "SUM":
            return np.asarray(np.sum(np.where(finite, amounts, 0.0), axis=-1, keepdims=True))
        case "MIN":
            smallest = np.min(np.where(finite, amounts, np.inf), axis=-1, keepdims=True)
            return np.where(np.isfinite(smallest), smallest, 0.0)
        case "MAX":
            largest = np.max(np.where(finite, amounts, -np.inf), axis=-1, keepdims=True)
            return np.where(np.isfinite(largest), largest, 0.0)
        case "SMALL":
            ordered = np.sort(np.where(finite, amounts, np.inf), axis=-1)
            if rank > ordered.shape[-1]:
                return np.full((*ordered.shape[:-1], 1), np.nan)
            nth = ordered[..., rank - 1 : rank]
            return np.where(np.isfinite(nth), nth, np.nan)
    assert_never(function)


def _sum_where(values: Values, keys: Values, wanted: Values) -> Values:
    """Sum values over the positions of each wanted key; `keys` are the same in every run."""
    names = [case_insensitive(key) for key in keys[0]]
    inside = np.array([[case_insensitive(one) == name for name in names] for one in wanted[0]], dtype=float)
    return np.asarray(np.broadcast_to(values, (*values.shape[:-1], len(names))) @ inside.T)


def _at(values: Values, position: Values) -> Values:
    positions = numbers(position)
    inside = np.isfinite(positions) & (positions >= 1) & (positions < values.shape[-1] + 1)
    index = np.where(inside, positions, 1).astype(int) - 1
    taken = _take_along_last_axis(values, index)
    return taken if inside.all() else np.where(inside, taken, np.nan)


def _take_along_last_axis(values: Values, index: Values) -> Values:
    """Take values by index along the last axis; the other axes are broadcast."""
    rows = np.broadcast_shapes(values.shape[:-1], index.shape[:-1])
    row, places = (np.broadcast_to(array, (*rows, array.shape[-1])) for array in (values, index))
    return np.asarray(np.take_along_axis(row, places, axis=-1))


def _latest(dates: Values, days: Values) -> Values:
    """Return the latest date on or before each day; NaN where there is none."""
    in_force = dates[..., None, :] <= days[..., :, None]
    latest = np.max(np.where(in_force, dates[..., None, :], -np.inf), axis=-1)
    return np.where(np.isfinite(latest), latest, np.nan)


def _largest(values: Values, ranks: Values) -> Values:
    descending = -np.sort(-numbers(values), axis=-1)
    return _at(descending, ranks)


def _match(value: Values, within: Values, sorted_up: bool) -> Values:
    """Return the positions of values in a list that is the same in every run, from 1; NaN where a value is not in it."""
    listed = within.reshape(-1, within.shape[-1])[0]
    if sorted_up:
        position = np.searchsorted(numbers(listed), numbers(value), side="right")
        return np.where(position > 0, position, np.nan).astype(float)
    first_positions: dict[object, int] = {}
    for position_in_list, entry in enumerate(listed, start=1):
        first_positions.setdefault(case_insensitive(entry), position_in_list)
    positions = [first_positions.get(case_insensitive(entry), np.nan) for entry in value.flat]
    return np.array(positions, dtype=float).reshape(value.shape)


def _side_by_side(parts: Sequence[Values]) -> Values:
    rows = np.broadcast_shapes(*(part.shape[:-1] for part in parts))
    kind = object if any(part.dtype == object for part in parts) else float
    return np.concatenate([np.broadcast_to(p.astype(kind), (*rows, 1)) for p in parts], axis=-1)
