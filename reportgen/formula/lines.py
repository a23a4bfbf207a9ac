"""The layout of lines: sections in blocks, blocks on sheets, sheets in a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from reportgen.formula.axis import Axis
from reportgen.formula.nodes import Line
from reportgen.runtime.records import dataclass
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
    """The unit of each record of a list, where units differ by record."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines of all sections in order."""
        return tuple(line for section in self.sections for line in section.lines)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook: its blocks in reading order."""

    name: str
    title: str
    note: str
    blocks: tuple[Block, ...]
    option: str | None = None
    role: Literal["working", "output"] = "working"
    headline: Line | None = None
    """A live sentence shown in place of the title."""


@dataclass(frozen=True, slots=True)
class WhatIfTable:
    """A what-if table over the run selector: single-valued lines in its head, and a column of their values over runs.

    The axis of the columns holds all runs, or the base case alone.
    """

    title: str
    option: str
    heads: tuple[Line, Line]
    columns: tuple[Line, Line]


@dataclass(frozen=True, slots=True)
class RateTable:
    """The dated rates of one price: the days from which they are in force and their amounts, one position each.

    `retires` is the path of the day after which the successor's table applies.
    """

    title: str
    unit: Unit
    effective: Line
    active: Line
    retires: str | None


@dataclass(frozen=True, slots=True)
class Model:
    """A complete model: its sheets, its what-if tables with the names of the runs, and its named headline results.

    `rates` holds the dated prices; `looked_up` maps the path of an assumption to the line whose first value it is.
    """

    sheets: tuple[Sheet, ...]
    run_names: Line
    tables: tuple[WhatIfTable, ...]
    names: dict[str, Line]
    rates: tuple[RateTable, ...] = ()
    looked_up: Mapping[str, Line] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """Yield every line once, in reading order."""
        for sheet in self.sheets:
            if sheet.headline:
                yield sheet.headline
            for block in sheet.blocks:
                yield from block.lines


@dataclass(frozen=True, slots=True)
class PartLines:
    """What an option costs on core for the workloads flagged, and what it pays by then towards each obligation."""

    own: Line
    paid: tuple[Line | None, ...]
    """None where it pays nothing."""


@dataclass(frozen=True, slots=True)
class SplitLines:
    """The lines by which every assignment of workloads to options is costed: single-valued, in present value.

    They stand on no sheet. Inputs of 0 or 1 say which workloads a part carries and which options are used.
    """

    parts: Mapping[str, PartLines]
    """By option."""
    together: Line
    """Interim staff and displaced projects of the options used."""
    shortfall: Line
    """What is owed beyond what was paid, with its tax."""
    routing: tuple[str, ...]
    """The paths of the flags of the workloads, in the case's order."""
    used: tuple[str, ...]
    """The paths of the flags of the options, in the order of `parts`."""
    paid: tuple[str, ...]
    """The paths of what was paid towards each obligation."""

    @property
    def flags(self) -> tuple[str, ...]:
        """Return the paths of all inputs that say which assignment is costed."""
        return (*self.routing, *self.used, *self.paid)

    def lines(self) -> Iterator[Line]:
        """Yield every line that is read."""
        for part in self.parts.values():
            yield part.own
            yield from (line for line in part.paid if line is not None)
        yield from (self.together, self.shortfall)


@dataclass(frozen=True, slots=True)
class SplitSearch:
    """What is looked for: over which options, which of them may carry each workload, and what an assignment costs.

    `allowed` holds places in `keys`, by workload; `runs` are the names of the runs over which an assignment is costed, the
    base case first, and `chances` the paths of the probabilities of the others.
    """

    keys: tuple[str, ...]
    allowed: tuple[tuple[int, ...], ...]
    runs: tuple[str, ...]
    chances: tuple[str, ...]
    lines: SplitLines
