"""Reader 1: numbers. The last axis is the line's own (months, options, risks), those before it runs, draws or points."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.nodes import (
    Active,
    At,
    Binary,
    Call,
    Constant,
    Each,
    EffectAmount,
    Entered,
    Function,
    Given,
    Input,
    Issued,
    Labels,
    Largest,
    Latest,
    Line,
    Match,
    Node,
    Operator,
    OverLines,
    Previous,
    Reduce,
    Ref,
    Shown,
    SumProduct,
    Text,
    Total,
    WhatIf,
)  # fmt: skip
from reportgen.formula.runs import BASE, SCALE, SHIFT, Run

Values = NDArray[Any]
"""Shape (runs or 1, positions or 1); float64, or objects where a cell may hold text. NaN is an error value."""

MONTHS_PER_YEAR = 12


class Evaluation:
    """The values of lines, computed when first asked for; `what_if` holds single-valued lines over all runs."""

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
        """Give a line's values: shape (runs or 1, positions or 1)."""
        if line not in self._values:
            with np.errstate(all="ignore"):
                self._values[line] = self._line(line)
        return self._values[line]

    def but(
        self, inputs: Mapping[str, Values], paths: AbstractSet[str], reaches: Mapping[Line, AbstractSet[str]]
    ) -> "Evaluation":
        """Evaluate the same with other inputs at some paths: lines that stand on none of them keep their values."""
        other = Evaluation({**self._inputs, **inputs}, self._runs, self._what_if, self._shown)
        other._values = {
            line: values for line, values in self._values.items() if reaches[line].isdisjoint(paths)
        }
        return other

    def node(self, node: Node) -> Values:
        """Compute a formula that belongs to no line."""
        with np.errstate(all="ignore"):
            return self._node(node, None)

    def _line(self, line: Line) -> Values:
        if not is_recursive(line.formula):
            return self._node(line.formula, None)
        columns: list[Values] = []
        for position in range(line.axis.size):
            before = columns[-1] if columns else np.zeros((1, 1))
            columns.append(self._node(line.formula, (position, before)))
        return np.concatenate(np.broadcast_arrays(*columns), axis=-1)

    def _node(self, node: Node, step: tuple[int, Values] | None) -> Values:
        """Compute a node; `step` is the position and the value before it where a line builds on itself."""
        match node:
            case Input(path, stated) if stated is not None:
                found = self._node(stated, step)
                if path + SCALE not in self._inputs:
                    return found
                return found * self._inputs[path + SCALE] + self._inputs[path + SHIFT]
            case Ref(line):
                return _at_step(self[line], step)
            case Previous(line) if line is not None:
                return _at_step(_shifted(self[line]), step)
            case Previous():
                assert step is not None
                return step[1]
            case Binary(operator, left, right):
                return _operate(operator, self._node(left, step), self._node(right, step))
            case Call(function, arguments):
                return FUNCTIONS[function](*(self._node(argument, step) for argument in arguments))
            case Each(nodes):
                return _side_by_side([self._node(each, None) for each in nodes])
            case EffectAmount(run):
                amounts = {r.name.casefold(): r.effects[0].amount for r in self._runs if r.effects}
                names = self._node(run, step)
                return np.array([[amounts.get(str(name).casefold(), np.nan) for name in names[0]]])
            case Total() | Reduce() | SumProduct() | At() | Match() | Largest() | Latest():
                return self._over(node, step)
            case (
                Constant()
                | Text()
                | Input()
                | Entered()
                | Active()
                | Labels()
                | Issued()
                | WhatIf()
                | Shown()
            ):
                return self._given(node)
        assert_never(node)

    def _over(self, node: OverLines, step: tuple[int, Values] | None) -> Values:
        """Compute a node that takes a whole line together, or looks a value up in one."""
        match node:
            case Total(line, year):
                return _total(np.broadcast_to(self[line], _full(self[line], line)), year)
            case Reduce(function, line, rank):
                return _reduce(function, self[line], rank)
            case SumProduct(left_line, right_line):
                return np.asarray(np.sum(self[left_line] * self[right_line], axis=-1, keepdims=True))
            case At(line, position):
                return _at(self[line], self._node(position, step))
            case Match(value, line, sorted_up):
                return _match(self._node(value, step), self[line], sorted_up)
            case Largest(line, rank):
                return _largest(self[line], self._node(rank, step))
            case Latest(dates, day):
                return _latest(self[dates], self._node(day, step))
        assert_never(node)

    def _given(self, node: Given) -> Values:
        """Give what is not computed here: constants, inputs, names, and what other runs came to."""
        match node:
            case Constant(value):
                return np.full((1, 1), value)
            case Text(text):
                return _objects([text])
            case Input(path):
                return self._inputs[path]
            case Entered(paths) | Active(paths):
                return np.concatenate(np.broadcast_arrays(*(self._inputs[p] for p in paths)), axis=-1)
            case Labels(texts):
                return _objects(texts)
            case Issued(values):
                words = any(isinstance(value, str) for value in values)
                return np.array([values], dtype=object if words else float)
            case WhatIf(line, base_only):
                assert self._what_if is not None
                rows = 1 if base_only else len(self._runs)
                return np.broadcast_to(self._what_if[line], (len(self._runs), 1))[:rows].T
            case Shown():
                return _objects([self._shown])
        assert_never(node)


def is_recursive(node: Node) -> bool:
    """Say whether a line with this formula builds on its own position before."""
    match node:
        case Previous(None):
            return True
        case Binary(_, left, right):
            return is_recursive(left) or is_recursive(right)
        case Call(_, arguments):
            return any(is_recursive(argument) for argument in arguments)
        case _:
            return False


def _full(values: Values, line: Line) -> tuple[int, ...]:
    return (*values.shape[:-1], line.axis.size)


def _at_step(values: Values, step: tuple[int, Values] | None) -> Values:
    if step is None or values.shape[-1] == 1:
        return values
    return values[..., step[0] : step[0] + 1]


def _shifted(values: Values) -> Values:
    first = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([first, values[..., :-1]], axis=-1)


def _objects(texts: Sequence[str]) -> Values:
    return np.array([list(texts)], dtype=object)


def _total(values: Values, year: int | None) -> Values:
    if year is not None:
        values = values[..., (year - 1) * MONTHS_PER_YEAR : year * MONTHS_PER_YEAR]
    return np.asarray(np.sum(values, axis=-1, keepdims=True))


def _numbers(values: Values) -> NDArray[np.float64]:
    """See values as numbers: text is an error (NaN)."""
    if values.dtype != object:
        return values.astype(float, copy=False)
    flat = [v if isinstance(v, int | float | np.floating) else np.nan for v in values.flat]
    return np.array(flat, dtype=float).reshape(values.shape)


def _reduce(function: str, values: Values, rank: int) -> Values:
    numbers = _numbers(values)
    found = np.isfinite(numbers)
    match function:
        case "SUM":
            return np.asarray(np.sum(np.where(found, numbers, 0.0), axis=-1, keepdims=True))
        case "MIN":
            least = np.min(np.where(found, numbers, np.inf), axis=-1, keepdims=True)
            return np.where(np.isfinite(least), least, 0.0)
        case "MAX":
            most = np.max(np.where(found, numbers, -np.inf), axis=-1, keepdims=True)
            return np.where(np.isfinite(most), most, 0.0)
        case _:
            ordered = np.sort(np.where(found, numbers, np.inf), axis=-1)
            if rank > ordered.shape[-1]:
                return np.full((*ordered.shape[:-1], 1), np.nan)
            nth = ordered[..., rank - 1 : rank]
            return np.where(np.isfinite(nth), nth, np.nan)


def _at(values: Values, position: Values) -> Values:
    positions = _numbers(position)
    inside = np.isfinite(positions) & (positions >= 1) & (positions < values.shape[-1] + 1)
    index = np.where(inside, positions, 1).astype(int) - 1
    taken = _taken(values, index)
    return taken if inside.all() else np.where(inside, taken, np.nan)


def _taken(values: Values, index: Values) -> Values:
    """Take the values at these places of the last axis; the axes before it stretch to each other."""
    rows = np.broadcast_shapes(values.shape[:-1], index.shape[:-1])
    row, places = (np.broadcast_to(each, (*rows, each.shape[-1])) for each in (values, index))
    return np.asarray(np.take_along_axis(row, places, axis=-1))


def _latest(dates: Values, days: Values) -> Values:
    """Find the latest date on or before each day; NaN before the first."""
    reached = dates[..., None, :] <= days[..., :, None]
    latest = np.max(np.where(reached, dates[..., None, :], -np.inf), axis=-1)
    return np.where(np.isfinite(latest), latest, np.nan)


def _months_after(day: Values, months: Values) -> Values:
    """Count months on from a day, in Excel's serial numbers; the 31st becomes the last day of a shorter month."""
    start = np.datetime64("1899-12-30") + day.astype(int)
    month = start.astype("M8[M]")
    later = month + months.astype(int)
    last = (later + 1).astype("M8[D]") - 1
    found = np.minimum(later.astype("M8[D]") + (start - month.astype("M8[D]")), last)
    return np.asarray((found - np.datetime64("1899-12-30")).astype(float))


def _largest(values: Values, ranks: Values) -> Values:
    falling = -np.sort(-_numbers(values), axis=-1)
    return _at(falling, ranks)


def _match(value: Values, within: Values, sorted_up: bool) -> Values:
    """Find values in a list that is the same in every run."""
    listed = within.reshape(-1, within.shape[-1])[0]
    if sorted_up:
        found = np.searchsorted(_numbers(listed), _numbers(value), side="right")
        return np.where(found > 0, found, np.nan).astype(float)
    places: dict[object, int] = {}
    for place, entry in enumerate(listed, start=1):
        places.setdefault(_comparable(entry), place)
    found_at = [places.get(_comparable(entry), np.nan) for entry in value.flat]
    return np.array(found_at, dtype=float).reshape(value.shape)


def _comparable(entry: object) -> object:
    return entry.casefold() if isinstance(entry, str) else entry


def _side_by_side(parts: Sequence[Values]) -> Values:
    rows = np.broadcast_shapes(*(part.shape[:-1] for part in parts))
    kind = object if any(part.dtype == object for part in parts) else float
    return np.concatenate([np.broadcast_to(p.astype(kind), (*rows, 1)) for p in parts], axis=-1)


def _operate(operator: Operator, left: Values, right: Values) -> Values:
    if operator == "&":
        joined = [_text(a) + _text(b) for a, b in np.broadcast(left, right)]
        shape = np.broadcast_shapes(left.shape, right.shape)
        return np.array(joined, dtype=object).reshape(shape)
    return np.asarray(OPERATORS[operator](_numbers(left), _numbers(right)))


def _text(value: object) -> str:
    """Write a value as Excel joins it to a text: numbers with up to 15 digits."""
    return value if isinstance(value, str) else f"{float(value):.15g}"  # type: ignore[arg-type]


def _if(condition: Values, then: Values, otherwise: Values) -> Values:
    kind = object if object in (then.dtype, otherwise.dtype) else float
    chosen = np.where(_numbers(condition) != 0, then.astype(kind), otherwise.astype(kind))
    return np.asarray(chosen)


def _if_error(value: Values, otherwise: Values) -> Values:
    if value.dtype == object:
        failed = np.array([isinstance(v, float) and math.isnan(v) for v in value.flat]).reshape(value.shape)
    else:
        failed = ~np.isfinite(value)
    return _if(failed, otherwise, value) if failed.any() else value


def _round(value: Values, digits: Values) -> Values:
    """Round half away from zero (numpy rounds half to even, Excel does not)."""
    scale = 10.0**digits
    return np.asarray(np.sign(value) * np.floor(np.abs(value) * scale + 0.5) / scale)


def _round_up(value: Values, digits: Values) -> Values:
    scale = 10.0**digits
    return np.asarray(np.sign(value) * np.ceil(np.abs(value) * scale) / scale)


def _folded(combine: Callable[[Values, Values], Values]) -> Callable[..., Values]:
    def fold(first: Values, *rest: Values) -> Values:
        result = first
        for value in rest:
            result = combine(result, value)
        return result

    return fold


OPERATORS: dict[Operator, Callable[[Values, Values], Values]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "^": np.power,
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip

FUNCTIONS: dict[Function, Callable[..., Values]] = {
    "MIN": _folded(np.minimum), "MAX": _folded(np.maximum), "IF": _if, "ROUND": _round, "ROUNDUP": _round_up,
    "ABS": np.abs, "AND": _folded(np.logical_and), "OR": _folded(np.logical_or), "IFERROR": _if_error, "EDATE": _months_after,
}  # fmt: skip
