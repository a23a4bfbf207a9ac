"""Reader 2: Excel text. A formula becomes a template once and is filled in per position."""

from dataclasses import dataclass
from typing import Protocol, assert_never

from reportgen.formula.nodes import (
    PRECEDENCE,
    SINGLE,
    Active,
    At,
    Binary,
    Call,
    Constant,
    Each,
    EffectAmount,
    Entered,
    Input,
    Issued,
    Labels,
    Largest,
    Latest,
    Line,
    Match,
    Node,
    Previous,
    Reduce,
    Ref,
    Shown,
    SumProduct,
    Text,
    Total,
    WhatIf,
)  # fmt: skip

ATOM = 9
"""The precedence of what never needs brackets."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A cell that moves with the position: `shift` positions away from the one that is written."""

    line: Line
    shift: int


Piece = str | Hole
Template = tuple[Piece, ...]


class Addresses(Protocol):
    """Where things stand, as seen from the sheet that the formula is written on."""

    def input(self, path: str) -> str:
        """Give the cell of an assumption's active value."""

    def single(self, line: Line) -> str:
        """Give the cell of a single-valued line."""

    def total(self, line: Line, year: int | None) -> str:
        """Give the cell, or the SUM, of a line's total over its axis or over a year."""

    def whole(self, line: Line) -> str:
        """Give the range of a line over its axis."""

    def place(self, line: Line, position: int) -> str:
        """Give the cell of a line at a position counted from 1, the same wherever it is named."""

    def moving(self, line: Line, position: int) -> str:
        """Give the cell of a line at a position (0 is the first, -1 the blank one before it)."""

    def shown(self) -> str:
        """Give the cell of the run selector."""

    def effect_amount(self, run: str) -> str:
        """Give the look-up of a run's first effect amount."""


def template(formula: Node, line: Line, addresses: Addresses) -> Template:
    """Write a line's formula as pieces of text with a hole for each cell that moves with the position."""
    return tuple(_merged(_Writer(line, addresses).pieces(formula)[0]))


def filled(pieces: Template, position: int, addresses: Addresses) -> str:
    """Fill a template in for one position: the formula with its leading equals sign."""
    return "=" + "".join(
        piece if isinstance(piece, str) else addresses.moving(piece.line, position + piece.shift)
        for piece in pieces
    )


def number(value: float) -> str:
    """Write a constant as Excel reads it: whole numbers without a decimal point, 1E-9 as such."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value).upper()


def _merged(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if out and isinstance(piece, str) and isinstance(out[-1], str):
            out[-1] += piece
        else:
            out.append(piece)
    return out


@dataclass(frozen=True, slots=True)
class _Writer:
    """Walks one line's formula; every visit gives the pieces and how strongly they bind."""

    line: Line
    addresses: Addresses

    def pieces(self, node: Node) -> tuple[list[Piece], int]:
        match node:
            case Binary():
                return self._binary(node)
            case Call(function, arguments):
                return self._call(function, list(arguments)), ATOM
            case At(line, Constant(position)):
                return [self.addresses.place(line, int(position))], ATOM
            case At(line, position):
                return [f"INDEX({self.addresses.whole(line)},", *self.pieces(position)[0], ")"], ATOM
            case Match(value, line, sorted_up):
                kind = "1" if sorted_up else "0"
                found = self.pieces(value)[0]
                return ["MATCH(", *found, f",{self.addresses.whole(line)},{kind})"], ATOM
            case Latest(dates, day):
                when = self.addresses.whole(dates)
                return [f'LARGE({when},COUNTIFS({when},">"&', *self.pieces(day)[0], ")+1)"], ATOM
            case Largest(line, rank):
                return [f"LARGE({self.addresses.whole(line)},", *self.pieces(rank)[0], ")"], ATOM
            case EffectAmount(run):
                before, after = self.addresses.effect_amount("\0").split("\0")
                return [before, *self.pieces(run)[0], after], ATOM
            case _:
                return [self._atom(node)], ATOM

    def _atom(self, node: Node) -> Piece:
        match node:
            case Constant(value):
                return number(value)
            case Text(text):
                return '"' + text.replace('"', '""') + '"'
            case Input(path, _):
                return self.addresses.input(path)
            case Ref(line):
                return self._reference(line, 0)
            case Previous(line):
                return self._reference(line or self.line, -1)
            case Total(line, year):
                return self.addresses.total(line, year)
            case Shown():
                return self.addresses.shown()
            case Reduce("SMALL", line, rank):
                return f"SMALL({self.addresses.whole(line)},{rank})"
            case Reduce(function, line, _):
                return f"{function}({self.addresses.whole(line)})"
            case SumProduct(left, right):
                return f"SUMPRODUCT({self.addresses.whole(left)},{self.addresses.whole(right)})"
            case Each() | Entered() | Active() | Labels() | Issued() | WhatIf():
                raise TypeError(f"{self.line.key}: {type(node).__name__} is only allowed alone")
            case Binary() | Call() | At() | Match() | Latest() | Largest() | EffectAmount():
                raise TypeError(f"{type(node).__name__} is not an atom")
        assert_never(node)

    def _reference(self, line: Line, shift: int) -> Piece:
        """Refer to a line: to its only cell, or to the one that moves along the shared axis."""
        if line.axis == SINGLE and self.line.axis != SINGLE:
            return self.addresses.single(line)
        if line.axis != self.line.axis:
            raise TypeError(f"{self.line.key} and {line.key} do not share an axis")
        return Hole(line, shift)

    def _binary(self, node: Binary) -> tuple[list[Piece], int]:
        mine = PRECEDENCE[node.operator]
        left, left_binds = self.pieces(node.left)
        right, right_binds = self.pieces(node.right)
        # Excel reads a^b^c as (a^b)^c and a-b-c as (a-b)-c: the right side needs brackets when it binds as strongly
        if left_binds < mine:
            left = ["(", *left, ")"]
        associative = (
            node.operator in "+*&" and isinstance(node.right, Binary) and node.right.operator == node.operator
        )
        if right_binds < mine or (right_binds == mine and not associative):
            right = ["(", *right, ")"]
        return [*left, node.operator, *right], mine

    def _call(self, function: str, arguments: list[Node]) -> list[Piece]:
        out: list[Piece] = [f"{function}("]
        for place, argument in enumerate(arguments):
            out += ["," if place else "", *self.pieces(argument)[0]]
        return [*out, ")"]
