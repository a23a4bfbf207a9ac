"""How lines are laid out for reading: sections in blocks, blocks on sheets; and every line that a formula stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from reportgen.formula.nodes import (
    Active,
    At,
    Axis,
    Binary,
    Call,
    Each,
    EffectAmount,
    Entered,
    Input,
    Largest,
    Latest,
    Line,
    Match,
    Node,
    Previous,
    Reduce,
    Ref,
    SumProduct,
    Total,
    WhatIf,
)  # fmt: skip
from reportgen.units import Unit


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines on one axis: positions run across (months, options) or down (risks, runs), with one header."""

    title: str
    axis: Axis
    sections: tuple[Section, ...]
    note: str = ""
    units: tuple[Unit, ...] = ()
    """The unit of each record of a list, where they differ."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """List the lines of all sections in order."""
        return tuple(line for section in self.sections for line in section.lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook as the model sees it: what stands on it, in reading order."""

    name: str
    title: str
    note: str
    blocks: tuple[Block, ...]
    option: str | None = None
    role: Literal["working", "output"] = "working"
    headline: Line | None = None
    """A sentence that stands in the title's place and follows the numbers."""


@dataclass(frozen=True, slots=True)
class WhatIfTable:
    """One what-if table over the run selector: the single-valued lines in its head, and their columns over runs.

    The columns' axis holds all runs, or the base case alone.
    """

    title: str
    option: str
    heads: tuple[Line, Line]
    columns: tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class RateTable:
    """The dated rates of one price: the days from which they are in force and the amounts, one position each.

    `retires` is the path of the day after which another table takes over.
    """

    title: str
    unit: Unit
    effective: Line
    active: Line
    retires: str | None


@dataclass(frozen=True, slots=True)
class Model:
    """A whole model: its sheets, its what-if tables with the names of the runs, and its named headline results.

    `rates` holds the dated prices; `looked_up` the lines whose first value is an assumption out of them, by path.
    """

    sheets: tuple[Sheet, ...]
    run_names: Line
    tables: tuple[WhatIfTable, ...]
    names: dict[str, Line]
    rates: tuple[RateTable, ...] = ()
    looked_up: Mapping[str, Line] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """Give every line once, in reading order."""
        for sheet in self.sheets:
            if sheet.headline:
                yield sheet.headline
            for block in sheet.blocks:
                yield from block.lines


def lines_of(node: Node) -> Iterable[Line]:
    """Give the lines that a formula names, itself left out."""
    match node:
        case Ref(line) | Previous(line) | Total(line) | Reduce(_, line) | WhatIf(line, _):
            return (line,) if line is not None else ()
        case Binary(_, left, right):
            return (*lines_of(left), *lines_of(right))
        case Call(_, terms) | Each(terms):
            return tuple(line for term in terms for line in lines_of(term))
        case SumProduct(left, right):
            return (left, right)
        case At(line, term) | Match(term, line) | Largest(line, term):
            return (line, *lines_of(term))
        case EffectAmount(term):
            return lines_of(term)
        case Latest(dates, day):
            return (dates, *lines_of(day))
        case Input(_, stated) if stated is not None:
            return lines_of(stated)
        case _:
            return ()


def inputs_of(line: Line) -> frozenset[str]:
    """Give the paths of all assumptions that a line stands on, however far down."""
    return reaches(line)[line]


def reaches(*lines: Line) -> dict[Line, frozenset[str]]:
    """Give the paths that lines and all lines below them stand on."""
    found: dict[Line, frozenset[str]] = {}

    def of(line: Line) -> frozenset[str]:
        if line not in found:
            below = (of(each) for each in lines_of(line.formula))
            found[line] = frozenset(paths_of(line.formula)).union(*below)
        return found[line]

    for line in lines:
        of(line)
    return found


def paths_of(node: Node) -> set[str]:
    """Give the assumptions that a formula itself names."""
    match node:
        case Input(path, stated):
            return {path} | (paths_of(stated) if stated else set())
        case Entered(paths) | Active(paths):
            return set(paths)
        case Binary(_, left, right):
            return paths_of(left) | paths_of(right)
        case Call(_, terms) | Each(terms):
            return {path for term in terms for path in paths_of(term)}
        case At(_, term) | Match(term, _) | Largest(_, term) | EffectAmount(term) | Latest(_, term):
            return paths_of(term)
        case _:
            return set()
