"""The variants of a sweep: every combination of the values of its axes, or the rows of a table."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportgen.errors import InputError, Problem
from reportgen.files import read_input, text_as_written
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.variants.axes import Axis, contains, path_problem

Array = NDArray[np.float64]
Columns = Mapping[str, Array]
"""The values of every varied assumption, shape (variants,)."""

MOST_VARIANTS = 10_000_000
LARGEST_TABLE = 500_000_000
"""Bytes of a table of variants."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Every combination of the values of some axes; the last axis varies fastest."""

    axes: tuple[Axis, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths that are varied."""
        return tuple(axis.path for axis in self.axes)

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the number of values of each axis."""
        return tuple(len(axis.values) for axis in self.axes)

    def __len__(self) -> int:
        """Return the number of variants."""
        return prod(self.shape)

    def columns(self, start: int, stop: int) -> dict[str, Array]:
        """Return the values of the variants from `start` up to `stop`; the grid itself is never laid out."""
        places = np.unravel_index(np.arange(start, min(stop, len(self))), self.shape)
        return {
            axis.path: np.array(axis.values)[place] for axis, place in zip(self.axes, places, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Variants one by one: the values of each path."""

    values: Columns

    @property
    def paths(self) -> tuple[str, ...]:
        """Return the paths that are varied."""
        return tuple(self.values)

    def __len__(self) -> int:
        """Return the number of variants."""
        return len(next(iter(self.values.values())))

    def columns(self, start: int, stop: int) -> dict[str, Array]:
        """Return the values of the variants from `start` up to `stop`."""
        return {path: values[start:stop] for path, values in self.values.items()}


Variants = Grid | Table


def require_size(variants: Variants, file: str) -> None:
    """Raise InputError where there are more variants than one sweep evaluates."""
    if len(variants) > MOST_VARIANTS:
        sentence = f"These are {len(variants):,} variants; one sweep evaluates at most {MOST_VARIANTS:,}. Take fewer values."
        raise InputError([Problem(file, 1, 1, "", "", sentence, "invalid-value")])


def read_table(path: Path, inputs: Mapping[str, Assumption]) -> Table:
    """Read variants from a CSV file: paths in the first line, a variant in each further one; an empty cell is the case's own value.

    Raises:
        InputError: with every unknown path, every cell that is no number and every value out of bounds.
    """
    try:
        text = text_as_written(read_input(path, LARGEST_TABLE))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([Problem(str(path), 1, 1, "", "", f"This file cannot be read: {error}.")]) from error
    rows = csv.reader(io.StringIO(text))
    heads = [head.strip() for head in next(rows, [])]
    problems = list(_head_problems(path, heads, inputs))
    if problems:
        raise InputError(problems)
    columns: list[list[float]] = [[] for _ in heads]
    for line, cells in enumerate(rows, start=2):
        if any(cells):
            problems += _append(path, line, heads, cells, inputs, columns)
    if not problems and not columns[0]:
        problems.append(
            Problem(str(path), 1, 1, "", "", "There is no variant here: no line below the paths.")
        )
    values = {head: np.array(column) for head, column in zip(heads, columns, strict=True)}
    problems += _outside(path, values, inputs) if not problems else ()
    if problems:
        raise InputError(problems)
    return Table(values)


def _head_problems(path: Path, heads: Sequence[str], inputs: Mapping[str, Assumption]) -> Iterator[Problem]:
    """Yield a problem for each column that is no input of the case, or that is there twice."""
    if not any(heads):
        yield Problem(str(path), 1, 1, "", "", "The first line names the paths that are varied.")
        return
    for column, head in enumerate(heads, start=1):
        sentence = path_problem(head, inputs)
        if head in heads[: column - 1]:
            sentence = "There are two columns of this path; keep one."
        if sentence:
            yield Problem(str(path), 1, column, head, "", sentence, "path")


def _append(
    path: Path, line: int, heads: Sequence[str], cells: Sequence[str], inputs: Mapping[str, Assumption],
    columns: Sequence[list[float]],
) -> Iterator[Problem]:  # fmt: skip
    """Append a line's values to the columns; yield a problem for what is no number, and for a line of another length."""
    if len(cells) != len(heads):
        sentence = f"This line has {len(cells)} cells; there are {len(heads)} paths."
        yield Problem(str(path), line, 1, "", "", sentence, "wrong-type")
        return
    for place, (head, cell) in enumerate(zip(heads, cells, strict=True)):
        try:
            columns[place].append(float(cell) if cell.strip() else inputs[head].value)
        except ValueError:
            columns[place].append(np.nan)
            yield Problem(str(path), line, place + 1, head, "", f"{cell!r} is no number.", "wrong-type")


def _outside(path: Path, values: Columns, inputs: Mapping[str, Assumption]) -> Iterator[Problem]:
    """Yield a problem for each value that is out of its bounds; `line` is right where no line was left out."""
    for head, column in values.items():
        bounds = inputs[head].bounds
        for row in np.flatnonzero(~contains(bounds, column)):
            sentence = f"{column[row]:g} is out of bounds; it must be {bounds.requirement}."
            yield Problem(str(path), int(row) + 2, 1, head, "", sentence, "invalid-value")
