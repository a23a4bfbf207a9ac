"""What a formula is made of: frozen nodes, built by ordinary operators on lines, inputs and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.units import Unit

Operator = Literal["+", "-", "*", "/", "^", "&", "<", "<=", ">", ">="]
Function = Literal["MIN", "MAX", "IF", "ROUND", "ROUNDUP", "ABS", "AND", "OR", "IFERROR", "EDATE"]
Reduction = Literal["SUM", "MIN", "MAX", "SMALL"]
Rank = Literal["line", "subtotal", "total"]

PRECEDENCE: dict[Operator, int] = {
    "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
}  # fmt: skip
"""How strongly an operator binds; every reader sets its brackets from this."""


class Operand:
    """Something that arithmetic works on: the operators build nodes and compute nothing."""

    __slots__ = ()

    def node(self) -> Node:
        """Give the operand as a node of a formula."""
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


@dataclass(frozen=True, slots=True)
class Axis:
    """The positions that a line has a value at; `across` says whether they run across a sheet or down it."""

    name: str
    labels: tuple[str, ...]
    across: bool = True

    @property
    def size(self) -> int:
        """Count the positions."""
        return len(self.labels)


SINGLE = Axis("single", ("",))
"""The axis of a line with one value."""


@dataclass(frozen=True, slots=True, eq=False)
class Line(Operand):
    """A named quantity: one formula, the same at every position of its axis, with its label and its unit.

    `total` marks a flow over months whose sum over the horizon and over each year means something.
    """

    key: str
    label: str
    unit: Unit
    formula: Node
    axis: Axis = SINGLE
    total: bool = False
    rank: Rank = "line"

    def node(self) -> Node:
        """Refer to the line at the position of the formula that uses it."""
        return Ref(self)


@dataclass(frozen=True, slots=True)
class _Node(Operand):
    """What every node shares: it stands for itself in arithmetic."""

    def node(self) -> Node:
        """Give the node itself."""
        return self  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Constant(_Node):
    """A number that is part of the definition, never an assumption."""

    value: float


@dataclass(frozen=True, slots=True)
class Text(_Node):
    """A constant piece of text."""

    value: str


@dataclass(frozen=True, slots=True)
class Input(_Node):
    """The active value of an assumption: as stated, or as `stated` says, with the effects of the run."""

    path: str
    stated: Node | None = None


@dataclass(frozen=True, slots=True)
class Ref(_Node):
    """Another line at the same position, or its only value."""

    line: Line


@dataclass(frozen=True, slots=True)
class Previous(_Node):
    """The position before, 0 before the first; of the line itself where `line` is None."""

    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Binary(_Node):
    """Two operands and an operator."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(_Node):
    """A function of single values, as Excel names it."""

    function: Function
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Total(_Node):
    """The sum of a line over its axis, or over one year of it (1 is the first)."""

    line: Line
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reduce(_Node):
    """A function of a whole line: its smallest, its largest, or its n-th smallest number (text is passed over)."""

    function: Reduction
    line: Line
    rank: int = field(default=1)


@dataclass(frozen=True, slots=True)
class SumProduct(_Node):
    """The sum over an axis of the products of two lines."""

    left: Line
    right: Line


@dataclass(frozen=True, slots=True)
class At(_Node):
    """A line at a position counted from 1 (Excel's INDEX)."""

    line: Line
    position: Node


@dataclass(frozen=True, slots=True)
class Match(_Node):
    """The first position at which a line has a value, from 1; the last not above it where `sorted_up` (Excel's MATCH)."""

    value: Node
    line: Line
    sorted_up: bool = False


@dataclass(frozen=True, slots=True)
class Largest(_Node):
    """The number of a line that has a rank from above, 1 is the largest (Excel's LARGE)."""

    line: Line
    rank: Node


@dataclass(frozen=True, slots=True)
class Each(_Node):
    """A formula of its own for each position: how results of several blocks are brought side by side."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entered(_Node):
    """Numbers that people type, one assumption per position."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Active(_Node):
    """The active values of assumptions that people type into a list of their own, one per position."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Latest(_Node):
    """The latest date of a list on or before a day, whatever their order."""

    dates: Line
    day: Node


@dataclass(frozen=True, slots=True)
class Labels(_Node):
    """Names, one per position; `editable` where people may overwrite them."""

    texts: tuple[str, ...]
    editable: bool = False


@dataclass(frozen=True, slots=True)
class Issued(_Node):
    """Results as issued, computed outside the formulas: static, and labelled so; a word where there is no number."""

    values: tuple[float | str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf(_Node):
    """What a single-valued line is in every run, or in the base case: a column of a what-if table."""

    line: Line
    base_only: bool = False


@dataclass(frozen=True, slots=True)
class Shown(_Node):
    """The name of the run that is shown: what the run selector holds."""


@dataclass(frozen=True, slots=True)
class EffectAmount(_Node):
    """The amount of the first effect of the run that is named."""

    run: Node


Given = Constant | Text | Input | Entered | Active | Labels | Issued | WhatIf | Shown
"""What is not computed from the lines of a run: figures, texts, inputs, and what other runs came to."""

OverLines = Total | Reduce | SumProduct | At | Match | Largest | Latest
"""What takes a whole line together, or looks a value up in one."""

Node = Given | OverLines | Ref | Previous | Binary | Call | Each | EffectAmount
Term = Operand | float | int | str


def as_node(term: Term) -> Node:
    """Turn a number, a text, a line or a node into a node."""
    if isinstance(term, Operand):
        return term.node()
    if isinstance(term, str):
        return Text(term)
    return Constant(float(term))


def _call(function: Function, *terms: Term) -> Call:
    return Call(function, tuple(as_node(term) for term in terms))


def minimum(*terms: Term) -> Call:
    """Take the smallest of the terms."""
    return _call("MIN", *terms)


def maximum(*terms: Term) -> Call:
    """Take the largest of the terms."""
    return _call("MAX", *terms)


def where(condition: Term, then: Term, otherwise: Term) -> Call:
    """Choose by a condition."""
    return _call("IF", condition, then, otherwise)


def round_to(term: Term, digits: int) -> Call:
    """Round half away from zero, as Excel does."""
    return _call("ROUND", term, digits)


def count_up(term: Term) -> Call:
    """Round up to whole machines; rounded first, so that floating-point dust never buys one."""
    return _call("ROUNDUP", round_to(term, 6), 0)


def absolute(term: Term) -> Call:
    """Drop the sign."""
    return _call("ABS", term)


def all_of(*terms: Term) -> Call:
    """Hold where every condition holds."""
    return _call("AND", *terms)


def any_of(*terms: Term) -> Call:
    """Hold where one condition holds."""
    return _call("OR", *terms)


def month_after(day: Term, months: Term) -> Call:
    """Give the same day some months later."""
    return _call("EDATE", day, months)


def if_error(term: Term, otherwise: Term) -> Call:
    """Fall back where there is no value."""
    return _call("IFERROR", term, otherwise)


def add_up(terms: Sequence[Term]) -> Node:
    """Add terms; 0 where there are none."""
    if not terms:
        return Constant(0.0)
    node = as_node(terms[0])
    for term in terms[1:]:
        node = node + term
    return node
