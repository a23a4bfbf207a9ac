"""Reader 1: numbers. The last axis of an array is the line's own (months, options, risks), the others runs, draws or points."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from reportgen.formula import nodes
from reportgen.formula.nodes import Line, Node
from reportgen.formula.runs import BASE, SCALE, SHIFT, Run

Values = NDArray[Any]
"""Shape (runs or 1, positions or 1); float64, or objects where a value may be a text. NaN is an error value."""

MONTHS_PER_YEAR = 12


class Evaluation:
    """The values of lines, computed on first access and cached.

    `inputs` holds the active values of assumptions by path; `runs` and `what_if`, the evaluation over those runs, serve
    the lines of stage 2; `shown` is the name of the selected run.
    """

    def __init__(
        self,
        inputs: Mapping[str, Values],
        runs: Sequence[Run] = (),
        what_if: "Evaluation | None" = None,
        shown: str = BASE,
    ) -> None:
        self._inputs = inputs
        self._runs = runs
        self._what_if = what_if
        self._shown = shown
        self._values: dict[Line, Values] = {}

    def __reduce__(self) -> tuple[type["Evaluation"], tuple[object, ...]]:
        """Send the inputs alone to another process, which computes what it needs."""
        return Evaluation, (self._inputs, self._runs, self._what_if, self._shown)

    def __getitem__(self, line: Line) -> Values:
        """Return a line's values: shape (runs or 1, positions or 1)."""
        if line not in self._values:
            with np.errstate(all="ignore"):
                self._values[line] = self._line(line)
        return self._values[line]

    def with_inputs(
        self,
        inputs: Mapping[str, Values],
        paths: AbstractSet[str],
        dependencies: Mapping[Line, AbstractSet[str]],
    ) -> "Evaluation":
        """Return an evaluation with other inputs at some paths; cached values of lines that depend on none of them are kept."""
        other = Evaluation({**self._inputs, **inputs}, self._runs, self._what_if, self._shown)
        other._values = {
            line: values for line, values in self._values.items() if dependencies[line].isdisjoint(paths)
        }
        return other

    def node(self, node: Node) -> Values:
        """Return the values of a formula that belongs to no line."""
        with np.errstate(all="ignore"):
            return self._node(node, None)

    def _line(self, line: Line) -> Values:
        if not is_recursive(line.formula):
            return self._node(line.formula, None)
        columns: list[Values] = []
        for position in range(line.axis.size):
            previous = columns[-1] if columns else np.zeros((1, 1))
            columns.append(self._node(line.formula, (position, previous)))
        return np.concatenate(np.broadcast_arrays(*columns), axis=-1)

    def _node(self, node: Node, step: tuple[int, Values] | None) -> Values:
        """Compute a node; in a recursive line `step` is the position and the line's value at the one before."""
        match node:
            case nodes.Input(path, stated) if stated is not None:
                value = self._node(stated, step)
                if path + SCALE not in self._inputs:
                    return value
                return value * self._inputs[path + SCALE] + self._inputs[path + SHIFT]
            case nodes.Ref(line):
                return _at_step(self[line], step)
            case nodes.Previous(line) if line is not None:
                return _at_step(_previous(self[line]), step)
            case nodes.Previous():
                assert step is not None
                return step[1]
            case nodes.Binary(operator, left, right):
                return _apply(operator, self._node(left, step), self._node(right, step))
            case nodes.Call(function, arguments):
                return FUNCTIONS[function](*(self._node(argument, step) for argument in arguments))
            case nodes.PerPosition(formulas):
                return _side_by_side([self._node(each, None) for each in formulas])
            case nodes.EffectAmount(run):
                return _at(self._first_amounts(), self._node(run, step))
            case nodes.LineFunction():
                return self._line_function(node, step)
            case nodes.Leaf():
                return self._leaf(node)
        assert_never(node)

    def _line_function(self, node: nodes.AnyLineFunction, step: tuple[int, Values] | None) -> Values:
        """Compute an aggregate of a line, or a look-up in one."""
        match node:
            case nodes.Total(line, year):
                return _total(np.broadcast_to(self[line], _full_shape(self[line], line)), year)
            case nodes.Reduce(function, line, rank):
                return _reduce(function, self[line], rank)
            case nodes.SumProduct(left_line, right_line):
                return np.asarray(np.sum(self[left_line] * self[right_line], axis=-1, keepdims=True))
            case nodes.At(line, position):
                return _at(self[line], self._node(position, step))
            case nodes.Match(value, line, sorted_up):
                return _match(self._node(value, step), self[line], sorted_up)
            case nodes.Largest(line, rank):
                return _largest(self[line], self._node(rank, step))
            case nodes.LatestDate(dates, day):
                return _latest(self[dates], self._node(day, step))
        assert_never(node)

    def _leaf(self, node: nodes.AnyLeaf) -> Values:
        """Return a constant, an input, a text, or the results of other runs."""
        match node:
            case nodes.Constant(value):
                return np.full((1, 1), value)
            case nodes.Text(text):
                return _objects([text])
            case nodes.Input(path):
                return self._inputs[path]
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


def _full_shape(values: Values, line: Line) -> tuple[int, ...]:
    return (*values.shape[:-1], line.axis.size)


def _at_step(values: Values, step: tuple[int, Values] | None) -> Values:
    if step is None or values.shape[-1] == 1:
        return values
    return values[..., step[0] : step[0] + 1]


def _previous(values: Values) -> Values:
    first = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([first, values[..., :-1]], axis=-1)


def _objects(texts: Sequence[str]) -> Values:
    return np.array([list(texts)], dtype=object)


def _total(values: Values, year: int | None) -> Values:
    if year is not None:
        values = values[..., (year - 1) * MONTHS_PER_YEAR : year * MONTHS_PER_YEAR]
    return np.asarray(np.sum(values, axis=-1, keepdims=True))


def _numbers(values: Values) -> NDArray[np.float64]:
    """Convert values to floats; a text becomes an error (NaN)."""
    if values.dtype != object:
        return values.astype(float, copy=False)
    flat = [v if isinstance(v, int | float | np.floating) else np.nan for v in values.flat]
    return np.array(flat, dtype=float).reshape(values.shape)


def _reduce(function: nodes.Reduction, values: Values, rank: int) -> Values:
    numbers = _numbers(values)
    finite = np.isfinite(numbers)
    match function:
        case "SUM":
            return np.asarray(np.sum(np.where(finite, numbers, 0.0), axis=-1, keepdims=True))
        case "MIN":
            smallest = np.min(np.where(finite, numbers, np.inf), axis=-1, keepdims=True)
            return np.where(np.isfinite(smallest), smallest, 0.0)
        case "MAX":
            largest = np.max(np.where(finite, numbers, -np.inf), axis=-1, keepdims=True)
            return np.where(np.isfinite(largest), largest, 0.0)
        case "SMALL":
            ordered = np.sort(np.where(finite, numbers, np.inf), axis=-1)
            if rank > ordered.shape[-1]:
                return np.full((*ordered.shape[:-1], 1), np.nan)
            nth = ordered[..., rank - 1 : rank]
            return np.where(np.isfinite(nth), nth, np.nan)
    assert_never(function)


def _at(values: Values, position: Values) -> Values:
    positions = _numbers(position)
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


def _add_months(day: Values, months: Values) -> Values:
    """Add months to days in Excel's serial numbers; the 31st becomes the last day of a shorter month."""
    start = np.datetime64("1899-12-30") + day.astype(int)
    month = start.astype("M8[M]")
    later = month + months.astype(int)
    last = (later + 1).astype("M8[D]") - 1
    day_later = np.minimum(later.astype("M8[D]") + (start - month.astype("M8[D]")), last)
    return np.asarray((day_later - np.datetime64("1899-12-30")).astype(float))


def _largest(values: Values, ranks: Values) -> Values:
    descending = -np.sort(-_numbers(values), axis=-1)
    return _at(descending, ranks)


def _match(value: Values, within: Values, sorted_up: bool) -> Values:
    """Return the positions of values in a list that is the same in every run, from 1; NaN where a value is not in it."""
    listed = within.reshape(-1, within.shape[-1])[0]
    if sorted_up:
        position = np.searchsorted(_numbers(listed), _numbers(value), side="right")
        return np.where(position > 0, position, np.nan).astype(float)
    first_positions: dict[object, int] = {}
    for position_in_list, entry in enumerate(listed, start=1):
        first_positions.setdefault(_case_insensitive(entry), position_in_list)
    positions = [first_positions.get(_case_insensitive(entry), np.nan) for entry in value.flat]
    return np.array(positions, dtype=float).reshape(value.shape)


def _case_insensitive(entry: object) -> object:
    return entry.casefold() if isinstance(entry, str) else entry


def _side_by_side(parts: Sequence[Values]) -> Values:
    rows = np.broadcast_shapes(*(part.shape[:-1] for part in parts))
    kind = object if any(part.dtype == object for part in parts) else float
    return np.concatenate([np.broadcast_to(p.astype(kind), (*rows, 1)) for p in parts], axis=-1)


def _apply(operator: nodes.Operator, left: Values, right: Values) -> Values:
    if operator == "&":
        joined = [_text(a) + _text(b) for a, b in np.broadcast(left, right)]
        shape = np.broadcast_shapes(left.shape, right.shape)
        return np.array(joined, dtype=object).reshape(shape)
    if operator == "=":
        return _equal(left, right)
    return np.asarray(OPERATORS[operator](_numbers(left), _numbers(right)))


def _equal(left: Values, right: Values) -> Values:
    """Compare as Excel does: texts without regard to case, a text never equal to a number."""
    if object not in (left.dtype, right.dtype):
        return np.asarray(left == right)
    pairs = [_case_insensitive(a) == _case_insensitive(b) for a, b in np.broadcast(left, right)]
    return np.array(pairs).reshape(np.broadcast_shapes(left.shape, right.shape))


def _text(value: object) -> str:
    """Format a value as Excel concatenates it to a text: numbers with up to 15 digits."""
    return value if isinstance(value, str) else f"{float(value):.15g}"  # type: ignore[arg-type]


def _if(condition: Values, then: Values, otherwise: Values) -> Values:
    kind = object if object in (then.dtype, otherwise.dtype) else float
    chosen = np.where(_numbers(condition) != 0, then.astype(kind), otherwise.astype(kind))
    return np.asarray(chosen)


def _if_error(value: Values, otherwise: Values) -> Values:
    if value.dtype == object:
        is_error = np.array([isinstance(v, float) and math.isnan(v) for v in value.flat]).reshape(value.shape)
    else:
        is_error = ~np.isfinite(value)
    return _if(is_error, otherwise, value) if is_error.any() else value


def _round(value: Values, digits: Values) -> Values:
    """Round half away from zero as Excel does (numpy rounds half to even)."""
    scale = 10.0**digits
    return np.asarray(np.sign(value) * np.floor(np.abs(value) * scale + 0.5) / scale)


def _round_up(value: Values, digits: Values) -> Values:
    scale = 10.0**digits
    return np.asarray(np.sign(value) * np.ceil(np.abs(value) * scale) / scale)


def _variadic(combine: Callable[[Values, Values], Values]) -> Callable[..., Values]:
    """Turn a function of two arrays into one of any number of them."""

    def fold(first: Values, *rest: Values) -> Values:
        result = first
        for value in rest:
            result = combine(result, value)
        return result

    return fold


OPERATORS: dict[nodes.Operator, Callable[[Values, Values], Values]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power,
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip

FUNCTIONS: dict[nodes.Function, Callable[..., Values]] = {
    "MIN": _variadic(np.minimum), "MAX": _variadic(np.maximum), "IF": _if, "ROUND": _round, "ROUNDUP": _round_up,
    "ABS": np.abs, "AND": _variadic(np.logical_and), "OR": _variadic(np.logical_or), "IFERROR": _if_error, "EDATE": _add_months,
}  # fmt: skip
