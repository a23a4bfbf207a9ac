"""Reader 4: JavaScript. A line becomes one statement that computes all its positions, for the model in the web page."""

import json
from collections.abc import Iterable
from dataclasses import field
from math import isinf, isnan
from typing import Protocol, assert_never

from reportgen.formula import nodes
from reportgen.formula.axis import SINGLE
from reportgen.formula.nodes import Line, Node
from reportgen.runtime.records import dataclass

ATOM = 20
"""The precedence of a text that never needs brackets."""

PRECEDENCE: dict[nodes.Operator, int] = {
    "=": ATOM, "<": 9, "<=": 9, ">": 9, ">=": 9, "&": ATOM, "+": 11, "-": 11, "*": 12, "/": 12, "^": ATOM,
}  # fmt: skip
"""The precedence of each operator in JavaScript; those written as calls of functions bind like atoms."""

FUNCTIONS: dict[nodes.Function, str] = {
    "MIN": "Math.min", "MAX": "Math.max", "ROUND": "round", "ROUNDUP": "roundUp", "ROUNDDOWN": "roundDown", "ABS": "Math.abs",
    "IFERROR": "ifError", "EDATE": "addMonths",
}  # fmt: skip
"""The functions that calls become; the small ones stand in the template live/functions.js."""

REDUCTIONS: dict[nodes.Reduction, str] = {
    "SUM": "sumNumbers",
    "MIN": "least",
    "MAX": "most",
    "SMALL": "nthLeast",
}
MONTHS_PER_YEAR = 12


class Addresses(Protocol):
    """Where the values of inputs and lines stand, as JavaScript text; `place` is the text of a position from 0."""

    def input(self, path: str) -> str:
        """Return the active value of an assumption."""

    def changed(self, path: str) -> tuple[str, str, str]:
        """Return the factor, the amount and the bound by which a run changes an assumption that is looked up."""

    def stated(self, path: str) -> str:
        """Return the stated value of an assumption."""

    def cell(self, line: Line, place: str) -> str:
        """Return the value of a line at a position; at -1 there is 0."""

    def span(self, line: Line, first: int = 0, count: int | None = None) -> str:
        """Return a line's array, the index of a first position and a number of positions, as three arguments."""

    def in_run(self, line: Line, place: str) -> str:
        """Return the value of a single-valued line in the run at a position."""

    def selected_run(self) -> str:
        """Return the number of the selected run, from 1."""

    def as_issued(self) -> str:
        """Return 1 while the base case is shown and every assumption has its value as issued; 0 otherwise."""

    def effect_amount(self, run: str) -> str:
        """Return the amount of the first effect of a run; `run` is the text of its number, from 1."""


def statement(line: Line, addresses: Addresses) -> str:
    """Return the statement that computes a line at all its positions, from the lines and inputs that it uses."""
    writer = _Writer(line, addresses)
    match line.formula:
        case nodes.PerPosition(formulas):
            parts = [
                f"{addresses.cell(line, str(place))}={writer.read(each)[0]}"
                for place, each in enumerate(formulas)
            ]
            return ";".join((*writer.declared(), *parts))
        case formula:
            pass
    if line.axis == SINGLE:
        value = writer.read(formula)[0]
        return ";".join((*writer.declared(), f"{addresses.cell(line, '0')}={value}"))
    value = writer.read(formula)[0]
    loop = f"for(let m=0;m<{line.axis.size};m++){addresses.cell(line, 'm')}={value}"
    return ";".join((*writer.declared(), loop))


def number(value: float) -> str:
    """Write a number so that JavaScript reads the same double."""
    if isnan(value):
        return "NaN"
    if isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def text(words: str) -> str:
    """Write a text as a string that may stand in a script of a web page."""
    return json.dumps(words).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def holds_text(line: Line) -> bool:
    """Return whether a value of a line may be a text."""
    return _may_be_text(line.formula)


def _may_be_text(node: Node) -> bool:
    match node:
        case nodes.Text() | nodes.Labels() | nodes.Binary("&"):
            return True
        case nodes.IssuedValues(values):
            return any(isinstance(value, str) for value in values)
        case nodes.Ref(line) | nodes.At(line, _) | nodes.WhatIf(line, _):
            return holds_text(line)
        case nodes.Previous(line):
            return line is not None and holds_text(line)
        case nodes.Call("IF", (_, *branches)) | nodes.Call("IFERROR", (*branches,)):
            return any(_may_be_text(branch) for branch in branches)
        case nodes.PerPosition(formulas):
            return any(_may_be_text(formula) for formula in formulas)
        case _:
            return False


def _is_condition(node: Node) -> bool:
    """Return whether the text of a node is true or false, not a number."""
    match node:
        case nodes.Binary("=" | "<" | "<=" | ">" | ">=") | nodes.Call("AND" | "OR"):
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Writer:
    """Translates one line's formula; each visit returns the text and its precedence.

    `constants` holds what is the same at every position of the line: it is computed once, before the loop.
    """

    line: Line
    addresses: Addresses
    constants: dict[str, str] = field(default_factory=dict)

    def declared(self) -> tuple[str, ...]:
        """Return the declarations of what is computed before the loop."""
        return tuple(f"const {name}={value}" for value, name in self.constants.items())

    def read(self, node: Node) -> tuple[str, int]:
        """Return the text of a node and its precedence."""
        match node:
            case nodes.Binary():
                return self._binary(node)
            case nodes.Call("IF", (condition, then, otherwise)):
                parts = (self._condition(condition), self.read(then)[0], self.read(otherwise)[0])
                return "({}?{}:{})".format(*parts), ATOM
            case nodes.Call("AND" | "OR" as function, conditions):
                sign = "&&" if function == "AND" else "||"
                return f"({sign.join(self._condition(each) for each in conditions)})", ATOM
            case nodes.Call(function, arguments):
                read = self._plain if function == "IFERROR" else self._number
                return f"{FUNCTIONS[function]}({','.join(read(each) for each in arguments)})", ATOM
            case nodes.Ref(line):
                return self._reference(line, "m"), ATOM
            case nodes.Previous(line):
                return self._reference(line or self.line, "m-1"), ATOM
            case nodes.EffectAmount(run):
                return self.addresses.effect_amount(self._plain(run)), ATOM
            case nodes.PerPosition():
                raise TypeError(f"{self.line.key}: a formula for each position must be the whole formula")
            case nodes.LineFunction():
                return self._line_function(node), ATOM
            case nodes.Leaf():
                return self._leaf(node), ATOM
        assert_never(node)

    def _plain(self, node: Node) -> str:
        return self.read(node)[0]

    def _number(self, node: Node, least: int = 0) -> str:
        """Return the text of a number, in brackets where its precedence is below `least`; what may be a text is converted."""
        written, precedence = self.read(node)
        if _may_be_text(node):
            return f"num({written})"
        return written if precedence >= least else f"({written})"

    def _condition(self, node: Node) -> str:
        """Return the text of a condition: NaN holds, as in the reader of numbers."""
        return self._plain(node) if _is_condition(node) else f"{self._number(node, ATOM)}!=0"

    def _reference(self, line: Line, place: str) -> str:
        """Return a reference to a line: to its only value, or to the one at the same position of the shared axis."""
        return self.addresses.cell(line, "0" if line.axis == SINGLE and place == "m" else place)

    def _binary(self, node: nodes.Binary) -> tuple[str, int]:
        match node.operator:
            case "&":
                return f"join({self._plain(node.left)},{self._plain(node.right)})", ATOM
            case "=":
                return f"same({self._plain(node.left)},{self._plain(node.right)})", ATOM
            case "^":
                return f"power({self._number(node.left)},{self._number(node.right)})", ATOM
            case operator:
                precedence = PRECEDENCE[operator]
        # A right side of equal precedence keeps its brackets: sums of floats depend on their order
        left, right = self._number(node.left, precedence), self._number(node.right, precedence + 1)
        return f"{left}{operator}{' ' if right.startswith('-') else ''}{right}", precedence

    @property
    def _position(self) -> str:
        """Return the text of the position that is computed."""
        return "0" if self.line.axis == SINGLE else "m"

    def _listed(self, values: Iterable[str]) -> str:
        """Return the one of a list of values that stands at the position."""
        items = ",".join(values)
        return f"{self._once(f'[{items}]')}[{self._position}]"

    def _once(self, value: str) -> str:
        """Return the name of a value that is the same at every position."""
        return (
            self.constants.setdefault(value, f"c{len(self.constants)}") if self.line.axis != SINGLE else value
        )

    def _line_function(self, node: nodes.AnyLineFunction) -> str:
        """Translate an aggregate of a line, or a look-up in one."""
        span = self.addresses.span
        match node:
            case nodes.Total(line, year):
                if year is None:
                    return self._once(f"sum({span(line)})")
                return self._once(f"sum({span(line, (year - 1) * MONTHS_PER_YEAR, MONTHS_PER_YEAR)})")
            case nodes.Reduce("SMALL", line, rank):
                return self._once(f"nthLeast({span(line)},{rank})")
            case nodes.Reduce(function, line, _):
                return self._once(f"{REDUCTIONS[function]}({span(line)})")
            case nodes.SumProduct(left, right):
                return self._once(f"sumProduct({span(left)},{span(right)})")
            case nodes.SumWhere(line, keys, value):
                return f"sumWhere({span(line)},{span(keys)},{self._plain(value)})"
            case nodes.At(line, nodes.Constant(position)):
                return self.addresses.cell(line, str(int(position) - 1))
            case nodes.At(line, position):
                return f"at({span(line)},{self._number(position)})"
            case nodes.Match(value, line, sorted_up):
                if sorted_up:
                    return f"lastNotAbove({span(line)},{self._number(value)})"
                return f"placeOf({span(line)},{self._plain(value)})"
            case nodes.Largest(line, rank):
                return f"ranked({self._once(f'falling({span(line)})')},{self._number(rank)})"
            case nodes.LatestDate(dates, day):
                return f"latest({span(dates)},{self._number(day)})"
        assert_never(node)

    def _leaf(self, node: nodes.AnyLeaf) -> str:
        """Translate a constant, an input, a text, or the results of other runs."""
        match node:
            case nodes.Constant(value):
                return number(value)
            case nodes.Text(words):
                return text(words)
            case nodes.Input(path, stated):
                if stated is None:
                    return self.addresses.input(path)
                factor, amount, least = self.addresses.changed(path)
                return f"Math.max({self._number(stated, PRECEDENCE['*'])}*{factor}+{amount},{least})"
            case nodes.Stated(path):
                return self.addresses.stated(path)
            case nodes.EnteredValues(paths) | nodes.ActiveValues(paths):
                return self._listed(self.addresses.input(path) for path in paths)
            case nodes.Labels(texts):
                return self._listed(text(one) for one in texts)
            case nodes.IssuedValues(values):
                return self._listed(text(one) if isinstance(one, str) else number(one) for one in values)
            case nodes.WhatIf(line, base_only):
                return self.addresses.in_run(line, "0" if base_only else self._position)
            case nodes.SelectedRun():
                return self.addresses.selected_run()
            case nodes.AsIssued():
                return self.addresses.as_issued()
            case nodes.TablesFilled():
                return "1"
        assert_never(node)
