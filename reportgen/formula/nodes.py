"""The nodes of a formula: frozen dataclasses, built by ordinary operators on lines, inputs and numbers."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from reportgen.formula.axis import SINGLE, Axis
from reportgen.runtime.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.units import Unit

Operator = Literal["+", "-", "*", "/", "^", "&", "=", "<", "<=", ">", ">="]
Function = Literal["MIN", "MAX", "IF", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "AND", "OR", "IFERROR", "EDATE"]  # fmt: skip
Reduction = Literal["SUM", "MIN", "MAX", "SMALL"]
Rank = Literal["line", "subtotal", "total"]

PRECEDENCE: dict[Operator, int] = {
    "=": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
}  # fmt: skip
"""The precedence of each operator, higher binds tighter; every reader sets its brackets from this table."""


class Operand:
    """A term of arithmetic; its operators build nodes and compute nothing."""

    __slots__ = ()

    def node(self) -> Node:
        """Return the operand as a node of a formula; TypeError where it cannot be one."""
        raise TypeError(f"{type(self).__name__} is not part of a formula")

    def __add__(self, other: Term) -> Binary:
        return Binary("+", as_node(self), as_node(other))

    def __radd__(self, other: Term) -> Binary:
        return Binary("+", as_node(other), as_node(self))

    def __sub__(self, other: Term) -> Binary:
        return Binary("-", as_node(self), as_node(other))

    def __rsub__(self, other: Term) -> Binary:
        return Binary("-", as_node(other), as_node(self))

    def __mul__(self, other: Term) -> Binary:
        return Binary("*", as_node(self), as_node(other))

    def __rmul__(self, other: Term) -> Binary:
        return Binary("*", as_node(other), as_node(self))

    def __truediv__(self, other: Term) -> Binary:
        return Binary("/", as_node(self), as_node(other))

    def __pow__(self, other: Term) -> Binary:
        return Binary("^", as_node(self), as_node(other))

    def __and__(self, other: Term) -> Binary:
        return Binary("&", as_node(self), as_node(other))

    def __lt__(self, other: Term) -> Binary:
        return Binary("<", as_node(self), as_node(other))

    def __le__(self, other: Term) -> Binary:
        return Binary("<=", as_node(self), as_node(other))

    def __gt__(self, other: Term) -> Binary:
        return Binary(">", as_node(self), as_node(other))

    def __ge__(self, other: Term) -> Binary:
        return Binary(">=", as_node(self), as_node(other))


@dataclass(frozen=True, slots=True, eq=False)
class Line(Operand):
    """A named quantity: one formula, the same at every position of its axis, with its label and its unit.

    `total` marks a flow, whose sums over the axis and over each year are meaningful. Lines are compared by identity.
    """

    key: str
    label: str
    unit: Unit
    formula: Node = field(repr=False)  # it names lines with formulas of their own, without end
    axis: Axis = SINGLE
    total: bool = False
    rank: Rank = "line"

    def node(self) -> Node:
        """Return a reference to the line at the position of the formula that uses it."""
        return Ref(self)


@dataclass(frozen=True, slots=True)
class _Node(Operand):
    """The base of all nodes."""

    def node(self) -> Node:
        """Return the node itself."""
        return self  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Leaf(_Node):
    """The base of nodes that are not computed from the lines of a run: constants, texts, inputs, results of other runs."""


@dataclass(frozen=True, slots=True)
class LineFunction(_Node):
    """The base of nodes that aggregate a whole line, or look a value up in one."""


@dataclass(frozen=True, slots=True)
class Constant(Leaf):
    """A number that is part of a definition, never an assumption."""

    value: float


@dataclass(frozen=True, slots=True)
class Text(Leaf):
    """A constant text."""

    value: str


@dataclass(frozen=True, slots=True)
class Input(Leaf):
    """The active value of an assumption: its stated value, or that of the formula `stated`, with the effects of the run."""

    path: str
    stated: Node | None = None


@dataclass(frozen=True, slots=True)
class Stated(Leaf):
    """The stated value of an assumption, without the effects of the run; for lines over all runs."""

    path: str


@dataclass(frozen=True, slots=True)
class Ref(_Node):
    """A reference to another line at the same position, or to its only value."""

    line: Line


@dataclass(frozen=True, slots=True)
class Previous(_Node):
    """The value at the previous position, 0 before the first; of the line itself where `line` is None."""

    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Binary(_Node):
    """Two operands and an operator."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(_Node):
    """A function of single values, under its name in Excel."""

    function: Function
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Total(LineFunction):
    """The sum of a line over its axis, or over one year of it (1 is the first)."""

    line: Line
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reduce(LineFunction):
    """An aggregate of a whole line: sum, smallest, largest, or the `rank`-th smallest number; texts are ignored."""

    function: Reduction
    line: Line
    rank: int = field(default=1)


@dataclass(frozen=True, slots=True)
class SumProduct(LineFunction):
    """The sum of the products of two lines over their axis."""

    left: Line
    right: Line


@dataclass(frozen=True, slots=True)
class SumWhere(LineFunction):
    """The sum of a line over the positions at which another line has a value (Excel's SUMIFS)."""

    line: Line
    keys: Line
    value: Node


@dataclass(frozen=True, slots=True)
class At(LineFunction):
    """The value of a line at a position counted from 1 (Excel's INDEX)."""

    line: Line
    position: Node


@dataclass(frozen=True, slots=True)
class Match(LineFunction):
    """The position of a value in a line, from 1: the first equal one, or where `sorted_up` the last not above it (MATCH)."""

    value: Node
    line: Line
    sorted_up: bool = False


@dataclass(frozen=True, slots=True)
class Largest(LineFunction):
    """The `rank`-th largest number of a line, from 1 (Excel's LARGE)."""

    line: Line
    rank: Node


@dataclass(frozen=True, slots=True)
class PerPosition(_Node):
    """A formula of its own for each position: brings results of several blocks side by side."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class EnteredValues(Leaf):
    """Numbers that people enter in this line, one assumption per position."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActiveValues(Leaf):
    """The active values of assumptions that people enter in a list elsewhere, one per position."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LatestDate(LineFunction):
    """The latest date of an unordered list on or before a day."""

    dates: Line
    day: Node


@dataclass(frozen=True, slots=True)
class Labels(Leaf):
    """Texts, one per position; `editable` where people may overwrite them."""

    texts: tuple[str, ...]
    editable: bool = False


@dataclass(frozen=True, slots=True)
class IssuedValues(Leaf):
    """Static results, computed outside the formulas when the workbook is issued; a text where there is no number."""

    values: tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf(Leaf):
    """The value of a single-valued line in every run, or in the base case: a column of a what-if table."""

    line: Line
    base_only: bool = False


@dataclass(frozen=True, slots=True)
class SelectedRun(Leaf):
    """The number of the run that is calculated, from 1 in the order of the runs; 0 where there is no such run."""


@dataclass(frozen=True, slots=True)
class TablesFilled(Leaf):
    """1 where the program has calculated the what-if tables since the last change, 0 where results are as issued."""


@dataclass(frozen=True, slots=True)
class AsIssued(Leaf):
    """1 while nothing was changed since issue, so that static results of the base case hold; 0 otherwise."""


@dataclass(frozen=True, slots=True)
class EffectAmount(_Node):
    """The amount of the first effect of a run, found by the run's number (from 1)."""

    run: Node


AnyLeaf = (
    Constant | Text | Input | Stated | EnteredValues | ActiveValues | Labels | IssuedValues | WhatIf | SelectedRun | TablesFilled | AsIssued
)  # fmt: skip
AnyLineFunction = Total | Reduce | SumProduct | SumWhere | At | Match | Largest | LatestDate
Node = AnyLeaf | AnyLineFunction | Ref | Previous | Binary | Call | PerPosition | EffectAmount
"""Every kind of node; a reader handles each of them, which `assert_never` makes mypy check."""
Term = Operand | float | int | str


def as_node(term: Term) -> Node:
    """Convert a number, a text, a line or a node to a node."""
    if isinstance(term, Operand):
        return term.node()
    if isinstance(term, str):
        return Text(term)
    return Constant(float(term))


def _call(function: Function, *terms: Term) -> Call:
    return Call(function, tuple(as_node(term) for term in terms))


def minimum(*terms: Term) -> Call:
    """Return the smallest of the terms."""
    return _call("MIN", *terms)


def maximum(*terms: Term) -> Call:
    """Return the largest of the terms."""
    return _call("MAX", *terms)


def where(condition: Term, then: Term, otherwise: Term) -> Call:
    """Return one of two terms by a condition."""
    return _call("IF", condition, then, otherwise)


def round_to(term: Term, digits: int) -> Call:
    """Round half away from zero, as Excel does."""
    return _call("ROUND", term, digits)


def count_up(term: Term) -> Call:
    """Round up to a whole number (MODEL, "Helpers").

    Why: rounding to six digits first keeps floating-point error from adding a machine.
    """
    return _call("ROUNDUP", round_to(term, 6), 0)


def whole_down(term: Term) -> Call:
    """Round down to a whole number; as in `count_up`, floating-point error is rounded off first."""
    return _call("ROUNDDOWN", round_to(term, 6), 0)


def equals(left: Term, right: Term) -> Binary:
    """Return whether two terms are equal, texts without regard to case; `~ * ?` are no patterns, as in MATCH and SUMIFS."""
    return Binary("=", as_node(left), as_node(right))


def absolute(term: Term) -> Call:
    """Return the absolute value."""
    return _call("ABS", term)


def all_of(*terms: Term) -> Call:
    """Return whether all conditions hold."""
    return _call("AND", *terms)


def any_of(*terms: Term) -> Call:
    """Return whether at least one condition holds."""
    return _call("OR", *terms)


def add_months(day: Term, months: Term) -> Call:
    """Return the same day of the month some months later (Excel's EDATE)."""
    return _call("EDATE", day, months)


def if_error(term: Term, otherwise: Term) -> Call:
    """Return `otherwise` where the term is an error."""
    return _call("IFERROR", term, otherwise)


def sum_terms(terms: Sequence[Term]) -> Node:
    """Return the sum of the terms; 0 where there are none."""
    node: Node = as_node(terms[0]) if terms else Constant(0.0)
    for term in terms[1:]:
        node = node + term
    return node
