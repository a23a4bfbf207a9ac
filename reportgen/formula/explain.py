"""Reader 3: a formula in words, or in figures with its result ("the larger of 2 and 1.4 = 2"), for people who audit a number."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, assert_never

from reportgen.casing import first_lower
from reportgen.formula import nodes
from reportgen.formula.nodes import Line, Node
from reportgen.runtime.records import dataclass


class ValueSource(Protocol):
    """A source of the values of lines and formulas, such as an evaluation."""

    def __getitem__(self, line: Line) -> Any:
        """Return a line's values: shape (runs or 1, positions or 1)."""

    def node(self, node: Node) -> Any:
        """Return the values of a formula that belongs to no line."""


ATOM = 9
SIGNS: dict[nodes.Operator, str] = {
    "+": " + ", "-": " − ", "*": " × ", "/": " / ", "^": " ^ ", "&": " then ", "=": " is ", "<": " is less than ",
    "<=": " is at most ", ">": " is more than ", ">=": " is at least ",
}  # fmt: skip
FUNCTIONS: dict[nodes.Function, str] = {
    "MIN": "the smaller of {}", "MAX": "the larger of {}", "ROUND": "{0}", "ROUNDUP": "{0}, rounded up", "ROUNDDOWN": "{0}, rounded down",
    "ABS": "the size of {0}", "AND": "all of {}", "OR": "any of {}", "IFERROR": "{0}, or {1} where there is none",
    "IF": "{1} where {0}, else {2}", "EDATE": "{0} plus {1} months",
}  # fmt: skip
"""The wording of each function; {} stands for all its arguments, {0} for the first one."""

REDUCTIONS = {"MIN": "the smallest", "MAX": "the largest", "SUM": "the sum", "SMALL": "number {} from below"}
"""The wording of each aggregate of a line; {} is the rank."""

CONSTANT_WORDS = {1e-9: "a billionth", 1e-12: "a trillionth"}
"""Constants that read better as words."""


def formula_in_words(line: Line, labels: Mapping[str, str]) -> str:
    """Return a line's formula in words.

    `labels` gives the names of assumptions by path; an assumption that has the line's own name is followed by "as stated".
    """

    def input_text(path: str) -> str:
        label = labels.get(path, path)
        return f"{label} as stated" if label == _name(line) else label

    reader = _Reader(input_text, _name)
    return f"{line.label} = {reader.read(line.formula)[0]}"


def _name(line: Line) -> str:
    return first_lower(line.label)


def formula_in_figures(
    line: Line, evaluation: ValueSource, position: int, printed: Callable[[float], str]
) -> str:
    """Return a line's formula in figures at a position (0 is the first), with its result.

    `printed` formats a number.
    """

    def input_text(path: str) -> str:
        return printed(float(evaluation.node(nodes.Input(path))[0, 0]))

    def line_text(other: Line) -> str:
        values = evaluation[other][0]
        value = values[min(position, len(values) - 1)]
        return value if isinstance(value, str) else printed(float(value))

    match line.formula:
        case nodes.PerPosition(formulas):
            formula = formulas[position]
        case formula:
            pass
    return f"{_Reader(input_text, line_text).read(formula)[0]} = {line_text(line)}"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Translates a formula to text, with the given texts for inputs and lines."""

    input_text: Callable[[str], str]
    line_text: Callable[[Line], str]

    def read(self, node: Node) -> tuple[str, int]:
        """Return the text and its precedence."""
        match node:
            case nodes.Binary(operator, left, right):
                precedence = nodes.PRECEDENCE[operator]
                first = self._bracketed(left, precedence)
                second = self._bracketed(right, precedence + (operator in "-/^"))
                return f"{first}{SIGNS[operator]}{second}", precedence
            case nodes.Call("ROUND", (inner, *_)):
                return self.read(inner)
            case nodes.Call(function, arguments):
                return self._call(function, [self.read(argument)[0] for argument in arguments]), ATOM
            case _:
                return self._atom(node), ATOM

    def _bracketed(self, node: Node, least: int) -> str:
        """Return the text of a node, in brackets where its precedence is below `least`."""
        text, precedence = self.read(node)
        return text if precedence >= least else f"({text})"

    def _call(self, function: nodes.Function, texts: list[str]) -> str:
        pattern = FUNCTIONS[function]
        if "{}" not in pattern:
            return pattern.format(*texts)
        listed = " and ".join((", ".join(texts[:-1]), texts[-1]) if len(texts) > 1 else texts)
        return f"({pattern.format(listed)})"

    def _atom(self, node: Node) -> str:
        match node:
            case nodes.Ref(line):
                return self.line_text(line)
            case nodes.Previous(line):
                return f"{_name(line)} the position before" if line else "the month before"
            case nodes.PerPosition(formulas):
                return "; ".join(self.read(each)[0] for each in formulas)
            case nodes.EffectAmount(run):
                return f"the first amount of the run {self.read(run)[0]}"
            case nodes.LineFunction():
                return self._line_function(node)
            case nodes.Leaf():
                return self._leaf(node)
            case nodes.Binary() | nodes.Call():
                return self.read(node)[0]
        assert_never(node)

    def _line_function(self, node: nodes.AnyLineFunction) -> str:
        """Translate an aggregate of a line, or a look-up in one."""
        match node:
            case nodes.Total(line, None):
                return f"the total of {_name(line).removeprefix('total ')}"
            case nodes.Total(line, year):
                return f"{_name(line)} in year {year}"
            case nodes.Reduce(function, line, rank):
                return f"{REDUCTIONS[function].format(rank)} of {_name(line)}"
            case nodes.SumProduct(left, right):
                return f"the sum of {_name(left)} × {_name(right)}"
            case nodes.SumWhere(line, keys, value):
                return f"the sum of {_name(line)} where {_name(keys)} is {self.read(value)[0]}"
            case nodes.At(line, position):
                return f"{_name(line)} at {self.read(position)[0]}"
            case nodes.Match(value, line, _):
                return f"the place of {self.read(value)[0]} in {_name(line)}"
            case nodes.Largest(line, rank):
                return f"number {self.read(rank)[0]} from above of {_name(line)}"
            case nodes.LatestDate(dates, day):
                return f"the latest of {_name(dates)} on or before {self.read(day)[0]}"
        assert_never(node)

    def _leaf(self, node: nodes.AnyLeaf) -> str:
        """Translate a constant, an input, a text, or results of other runs."""
        match node:
            case nodes.Constant(value):
                return CONSTANT_WORDS.get(value) or f"{value:,.10g}"
            case nodes.Text(text):
                return f'"{text}"'
            case nodes.Input(path, _):
                return self.input_text(path)
            case nodes.Stated(path):
                return f"{self.input_text(path)} in the base case"
            case nodes.EnteredValues() | nodes.ActiveValues() | nodes.Labels():
                return "as entered"
            case nodes.IssuedValues():
                return "as computed when issued"
            case nodes.WhatIf(line, base_only):
                return f"{line.label} in {'the base case' if base_only else 'each run'}"
            case nodes.SelectedRun():
                return "the run shown"
            case nodes.AsIssued():
                return "nothing was changed since issue"
            case nodes.TablesFilled():
                return "the what-if tables are calculated"
        assert_never(node)
