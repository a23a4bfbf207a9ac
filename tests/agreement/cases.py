"""The cases that proofs run over, worked out once, and what a workbook shows in a given state."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.formula.nodes import EnteredValues
from reportgen.schema.loading.load import load_case
from reportgen.workbook.state import State
from reportgen.workbook.write import UnsavedWorkbook
from tests.engines import Changes, Value
from tests.paths import ROOT

CASES = tuple(
    path
    for path in (
        *sorted((ROOT / "inputs").glob("*.yaml")),
        *sorted((ROOT / "tests" / "cases").glob("*.yaml")),
    )
    if "\noptions:" in path.read_text(encoding="utf-8")
)
SHIPPED = ROOT / "inputs" / "one-billion-tokens.yaml"
QUICK = ("small", "nothing_known")
"""Cases that are worked out in less than a second: the fast run takes sweeps over these alone."""
WHOLE = (
    *QUICK,
    "one-billion-tokens",
    "months_passed",
    "dated_prices",
    "second_edition_machines",
    "three_workloads",
    "polish_names",
)
"""Cases of the whole run, which between them use everything that a case may state; the others are larger numbers of the same."""


def over_cases(*names: str, larger: Collection[str] = ()) -> list[Any]:
    """Return the cases as parameters of a test: slow but for the quick ones, long beyond the whole run.

    Args:
        names: of the cases; all of them without any.
        larger: names of cases of the whole run that are too large for it in this test, which makes them long.
    """
    whole = set(WHOLE).difference(larger)
    return [_parameter(path, whole) for path in CASES if not names or path.stem in names]


def _parameter(path: Path, whole: Collection[str]) -> Any:
    marks = () if path.stem in QUICK else (pytest.mark.slow if path.stem in whole else pytest.mark.long,)
    return pytest.param(path, id=path.stem, marks=marks)


SWEPT = over_cases()
"""Every case as a test's parameter."""
OF_THE_WHOLE = tuple(path for path in CASES if path.stem in WHOLE)
each_set = pytest.mark.parametrize(
    "cases",
    [
        pytest.param(OF_THE_WHOLE, id="whole", marks=pytest.mark.slow),
        pytest.param(
            tuple(path for path in CASES if path not in OF_THE_WHOLE), id="others", marks=pytest.mark.long
        ),
    ],
)
"""Runs a test that takes many cases at once on those of the whole run, and in the long run on the others."""
each_case = pytest.mark.parametrize("case", SWEPT)
"""Runs a test on every case; those of one case run in one process, which works and renders it once."""


def sampled(rows: Iterable[Any], called: Callable[[Any], str] | None = None, every: int = 8) -> list[Any]:
    """Return the rows of a long table as parameters of a test, slow but for one in `every`; a tuple is several arguments.

    Args:
        rows: the values of each test.
        called: gives a row's id; pytest's own without it.
        every: how many rows one row of the fast run stands for.
    """
    return [
        pytest.param(
            *(row if isinstance(row, tuple) else (row,)),
            id=called(row) if called else None,
            marks=pytest.mark.slow if place % every else (),
        )
        for place, row in enumerate(rows)
    ]


@cache
def analysis_of(path: Path) -> Analysis:
    """Work a case out, once per test process."""
    return analyse(load_case(path), path)


def changes_for(written: UnsavedWorkbook, state: State) -> dict[tuple[str, str], Value]:
    """List the cells to set so that a workbook as issued shows a state: inputs, selector, what-if tables."""
    cells: dict[tuple[str, str], Value] = {("Runs", "D6"): state.shown}
    for path, (sheet, row, column) in written.places.input_cells.items():
        cells[(sheet, f"{get_column_letter(column)}{row}")] = state.values[path]
    for line, place in written.places.lines.items():
        if isinstance(line.formula, EnteredValues):
            for position, path in enumerate(line.formula.paths):
                row, column = place.at(position)
                cells[(place.sheet, f"{get_column_letter(column)}{row}")] = state.values[path]
    for line, place in written.places.tables.items():
        for position, value in enumerate(state.series(line)):
            row, column = place.at(position)
            cells[("Runs", f"{get_column_letter(column)}{row}")] = value
    sheet, row, column = written.places.probe
    for at in (column, column + 1) if written.places.tables else ():  # the probe agrees with its heads
        letter = get_column_letter(at)
        cells[(sheet, f"{letter}{row}")] = written.cached[sheet][f"{letter}{row - 1}"]
    return cells


def differences(written: UnsavedWorkbook, found: Changes, given: Changes) -> list[str]:
    """List the formula cells whose value an engine sees differently, beyond 1e-9 of its size."""
    out = []
    for sheet, cells in written.cached.items():
        for cell, expected in cells.items():
            if (sheet, cell) in given:
                continue
            value = found.get((sheet, cell))
            # A difference that ought to be nothing is dust of its two sides, which engines add in other orders
            sides = cells.get(f"D{cell[1:]}", 0.0) if (sheet, cell[0]) == ("Checks", "F") else 0.0
            if not same(value, expected, sides):
                out.append(f"{sheet}!{cell}: {value!r} is not {expected!r}")
    return out


def same(value: object, expected: object, scale: object = 0.0) -> bool:
    """Compare two cell values: numbers to 1e-9 of the largest of their size, a scale and 1."""
    if isinstance(expected, str | bool):
        return value == expected
    if not isinstance(value, int | float) or not isinstance(expected, int | float):
        return False
    return abs(value - expected) <= 1e-9 * max(
        abs(expected), abs(scale) if isinstance(scale, float) else 0.0, 1.0
    )
