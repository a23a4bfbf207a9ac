"""Reader 2: Excel text. A formula is written once as a template, which is then filled in for each position."""

from decimal import Decimal
from typing import Protocol, assert_never

from reportgen.formula import nodes
from reportgen.formula.axis import SINGLE
from reportgen.formula.nodes import Line, Node
from reportgen.runtime.records import dataclass

ATOM = 9
"""The precedence of a text that never needs brackets."""


@dataclass(frozen=True, slots=True)
class RelativeCell:
    """A cell reference that moves with the position: `shift` positions away from the cell being written."""

    line: Line
    shift: int


Piece = str | RelativeCell
Template = tuple[Piece, ...]


class Addresses(Protocol):
    """The addresses of lines and inputs, as written in a formula on one sheet."""

    def input(self, path: str) -> str:
        """Return the cell of an assumption's active value."""

    def stated(self, path: str) -> str:
        """Return the cell in which an assumption is entered."""

    def single_cell(self, line: Line) -> str:
        """Return the cell of a single-valued line."""

    def total(self, line: Line, year: int | None) -> str:
        """Return the cell of a line's total over its axis or over a year, or a SUM."""

    def line_range(self, line: Line) -> str:
        """Return the range of a line over its axis."""

    def absolute_cell(self, line: Line, position: int) -> str:
        """Return the cell of a line at a position counted from 1, as an absolute reference."""

    def relative_cell(self, line: Line, position: int) -> str:
        """Return the cell of a line at a position as a relative reference (0 is the first, -1 the blank cell before it)."""

    def selector_cell(self) -> str:
        """Return the cell with the number of the run that is calculated."""

    def as_issued_cell(self) -> str:
        """Return the cell that says whether static results hold: nothing was changed, and the base case is shown."""

    def filled_cell(self) -> str:
        """Return the cell that says whether the what-if tables are calculated."""

    def effect_amount(self, run: str) -> str:
        """Return the look-up of the amount of the first effect of a run; `run` is the Excel text of its number."""


def template(formula: Node, line: Line, addresses: Addresses) -> Template:
    """Write a line's formula as pieces of text, with a relative cell where the reference moves with the position.

    Raises TypeError where lines on different axes are combined, or a node that fills a line alone is part of a formula.
    """
    return tuple(_join_texts(_Writer(line, addresses).pieces(formula)[0]))


def fill_template(pieces: Template, position: int, addresses: Addresses) -> str:
    """Return the formula for one position, with its leading equals sign."""
    return "=" + "".join(
        piece if isinstance(piece, str) else addresses.relative_cell(piece.line, position + piece.shift)
        for piece in pieces
    )


def number(value: float) -> str:
    """Write a constant as decimals, whole numbers without a decimal point: some programs do not read 1E-9."""
    return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"


def _join_texts(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if out and isinstance(piece, str) and isinstance(out[-1], str):
            out[-1] += piece
        else:
            out.append(piece)
    return out


@dataclass(frozen=True, slots=True)
class _Writer:
    """Translates one line's formula; each visit returns the pieces and their precedence."""

    line: Line
    addresses: Addresses

    def pieces(self, node: Node) -> tuple[list[Piece], int]:
        match node:
            case nodes.Binary():
                return self._binary(node)
            case nodes.Call(function, arguments):
                return self._call(function, list(arguments)), ATOM
            case nodes.At(line, nodes.Constant(position)):
                return [self.addresses.absolute_cell(line, int(position))], ATOM
            case nodes.At(line, position):
                row = "1," if line.axis.across else ""  # some programs read one argument as the row alone
                return [
                    f"INDEX({self.addresses.line_range(line)},{row}",
                    *self.pieces(position)[0],
                    ")",
                ], ATOM
            case nodes.Match(value, line, sorted_up):
                kind = "1" if sorted_up else "0"
                lookup = self.pieces(value)[0]
                return ["MATCH(", *lookup, f",{self.addresses.line_range(line)},{kind})"], ATOM
            case nodes.LatestDate(dates, day):
                listed = self.addresses.line_range(dates)
                return [f'LARGE({listed},COUNTIFS({listed},">"&', *self.pieces(day)[0], ")+1)"], ATOM
            case nodes.SumWhere(line, keys, wanted):
                listed, named = self.addresses.line_range(line), self.addresses.line_range(keys)
                return [f"SUMIFS({listed},{named},", *self.pieces(wanted)[0], ")"], ATOM
            case nodes.Largest(line, rank):
                return [f"LARGE({self.addresses.line_range(line)},", *self.pieces(rank)[0], ")"], ATOM
            case nodes.EffectAmount(run):
                before, after = self.addresses.effect_amount("\0").split("\0")
                return [before, *self.pieces(run)[0], after], ATOM
            case _:
                return [self._atom(node)], ATOM

    def _atom(self, node: Node) -> Piece:
        match node:
            case nodes.Constant(value):
                return number(value)
            case nodes.Text(text):
                return '"' + text.replace('"', '""') + '"'
            case nodes.Input(path, _):
                return self.addresses.input(path)
            case nodes.Stated(path):
                return self.addresses.stated(path)
            case nodes.Ref(line):
                return self._reference(line, 0)
            case nodes.Previous(line):
                return self._reference(line or self.line, -1)
            case nodes.Total(line, year):
                return self.addresses.total(line, year)
            case nodes.SelectedRun():
                return self.addresses.selector_cell()
            case nodes.AsIssued():
                return self.addresses.as_issued_cell()
            case nodes.TablesFilled():
                return self.addresses.filled_cell()
            case nodes.Reduce("SMALL", line, rank):
                return f"SMALL({self.addresses.line_range(line)},{rank})"
            case nodes.Reduce(function, line, _):
                return f"{function}({self.addresses.line_range(line)})"
            case nodes.SumProduct(left, right):
                return f"SUMPRODUCT({self.addresses.line_range(left)},{self.addresses.line_range(right)})"
            case nodes.PerPosition() | nodes.Leaf():
                raise TypeError(f"{self.line.key}: {type(node).__name__} must be the whole formula of a line")
            case nodes.Binary() | nodes.Call() | nodes.LineFunction() | nodes.EffectAmount():
                raise TypeError(f"{type(node).__name__} is not an atom")
        assert_never(node)

    def _reference(self, line: Line, shift: int) -> Piece:
        """Return a reference to a line: to its only cell, or to the one at the same position of the shared axis."""
        if line.axis == SINGLE and self.line.axis != SINGLE:
            return self.addresses.single_cell(line)
        if line.axis != self.line.axis:
            raise TypeError(f"{self.line.key} and {line.key} do not share an axis")
        return RelativeCell(line, shift)

    def _binary(self, node: nodes.Binary) -> tuple[list[Piece], int]:
        precedence = nodes.PRECEDENCE[node.operator]
        left, left_precedence = self.pieces(node.left)
        right, right_precedence = self.pieces(node.right)
        # Excel reads a^b^c as (a^b)^c and a-b-c as (a-b)-c: the right side needs brackets at equal precedence
        if left_precedence < precedence:
            left = ["(", *left, ")"]
        associative = (
            node.operator in "+*&"
            and isinstance(node.right, nodes.Binary)
            and node.right.operator == node.operator
        )
        if right_precedence < precedence or (right_precedence == precedence and not associative):
            right = ["(", *right, ")"]
        return [*left, node.operator, *right], precedence

    def _call(self, function: str, arguments: list[Node]) -> list[Piece]:
        out: list[Piece] = [f"{function}("]
        for place, argument in enumerate(arguments):
            out += ["," if place else "", *self.pieces(argument)[0]]
        return [*out, ")"]
