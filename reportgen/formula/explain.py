"""Reader 3: words, then figures ("replicas = the larger of 2 and ... = 2"), for people who audit a number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, assert_never

from reportgen.casing import first_lower
from reportgen.formula.nodes import (
    PRECEDENCE,
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


class Computed(Protocol):
    """Gives the values of lines and formulas: what evaluates a model does."""

    def __getitem__(self, line: Line) -> Any:
        """Give a line's values: shape (runs or 1, positions or 1)."""

    def node(self, node: Node) -> Any:
        """Compute a formula that belongs to no line."""


ATOM = 9
SIGNS: dict[Operator, str] = {
    "+": " + ", "-": " − ", "*": " × ", "/": " / ", "^": " ^ ", "&": " then ", "<": " is less than ",
    "<=": " is at most ", ">": " is more than ", ">=": " is at least ",
}  # fmt: skip
FUNCTIONS: dict[Function, str] = {
    "MIN": "the smaller of {}", "MAX": "the larger of {}", "ROUND": "{0}", "ROUNDUP": "{0}, rounded up",
    "ABS": "the size of {0}", "AND": "all of {}", "OR": "any of {}", "IFERROR": "{0}, or {1} where there is none",
    "IF": "{1} where {0}, else {2}", "EDATE": "{0} plus {1} months",
}  # fmt: skip
"""How a function reads; {} takes all its arguments, {0} the first one."""


REDUCED = {"MIN": "the smallest", "MAX": "the largest", "SUM": "the sum", "SMALL": "number {} from below"}
"""How taking a line together reads; {} is the rank."""

WORDS = {1e-9: "a billionth"}
"""Constants that read better as words."""


def words(line: Line, labels: Mapping[str, str]) -> str:
    """Put a line's formula into words; `labels` names assumptions by path, one called as the line is "as stated"."""

    def of_input(path: str) -> str:
        label = labels.get(path, path)
        return f"{label} as stated" if label == _named(line) else label

    reader = _Reader(of_input, _named)
    return f"{line.label} = {reader.read(line.formula)[0]}"


def _named(line: Line) -> str:
    return first_lower(line.label)


def figures(line: Line, evaluation: Computed, position: int, printed: Callable[[float], str]) -> str:
    """Put a line's formula into figures at a position (0 is the first), with its result."""

    def of_input(path: str) -> str:
        return printed(float(evaluation.node(Input(path))[0, 0]))

    def of_line(other: Line) -> str:
        values = evaluation[other][0]
        value = values[min(position, len(values) - 1)]
        return value if isinstance(value, str) else printed(float(value))

    return f"{_Reader(of_input, of_line).read(line.formula)[0]} = {of_line(line)}"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a formula aloud, with words or figures for inputs and lines."""

    of_input: Callable[[str], str]
    of_line: Callable[[Line], str]

    def read(self, node: Node) -> tuple[str, int]:
        """Give the text and how strongly it binds."""
        match node:
            case Binary(operator, left, right):
                mine = PRECEDENCE[operator]
                first, second = self._inside(left, mine), self._inside(right, mine + (operator in "-/^"))
                return f"{first}{SIGNS[operator]}{second}", mine
            case Call("ROUND", (inner, *_)):
                return self.read(inner)
            case Call(function, arguments):
                return self._call(function, [self.read(argument)[0] for argument in arguments]), ATOM
            case _:
                return self._atom(node), ATOM

    def _inside(self, node: Node, least: int) -> str:
        text, binds = self.read(node)
        return text if binds >= least else f"({text})"

    def _call(self, function: Function, texts: list[str]) -> str:
        pattern = FUNCTIONS[function]
        if "{}" not in pattern:
            return pattern.format(*texts)
        listed = " and ".join((", ".join(texts[:-1]), texts[-1]) if len(texts) > 1 else texts)
        return f"({pattern.format(listed)})"

    def _atom(self, node: Node) -> str:
        match node:
            case Ref(line):
                return self.of_line(line)
            case Previous(line):
                return f"{_named(line)} the position before" if line else "the month before"
            case Each(nodes):
                return "; ".join(self.read(each)[0] for each in nodes)
            case EffectAmount(run):
                return f"the first amount of the run {self.read(run)[0]}"
            case Total() | Reduce() | SumProduct() | At() | Match() | Largest() | Latest():
                return self._over(node)
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
            case Binary() | Call():
                return self.read(node)[0]
        assert_never(node)

    def _over(self, node: OverLines) -> str:
        """Read what takes a whole line together, or looks a value up in one."""
        match node:
            case Total(line, None):
                return f"the total of {_named(line).removeprefix('total ')}"
            case Total(line, year):
                return f"{_named(line)} in year {year}"
            case Reduce(function, line, rank):
                return f"{REDUCED[function].format(rank)} of {_named(line)}"
            case SumProduct(left, right):
                return f"the sum of {_named(left)} × {_named(right)}"
            case At(line, position):
                return f"{_named(line)} at {self.read(position)[0]}"
            case Match(value, line, _):
                return f"the place of {self.read(value)[0]} in {_named(line)}"
            case Largest(line, rank):
                return f"number {self.read(rank)[0]} from above of {_named(line)}"
            case Latest(dates, day):
                return f"the latest of {_named(dates)} on or before {self.read(day)[0]}"
        assert_never(node)

    def _given(self, node: Given) -> str:
        """Read what is not computed here."""
        match node:
            case Constant(value):
                return WORDS.get(value) or f"{value:,.10g}"
            case Text(text):
                return f'"{text}"'
            case Input(path, _):
                return self.of_input(path)
            case Entered() | Active() | Labels():
                return "as entered"
            case Issued():
                return "as computed when issued"
            case WhatIf(line, base_only):
                return f"{line.label} in {'the base case' if base_only else 'each run'}"
            case Shown():
                return "the run shown"
        assert_never(node)
