"""Another formula engine sees in every cell of the workbook what Python computed, whatever is typed into it."""

import random
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from reportgen.workbook.issue import issue_of
from reportgen.workbook.layout.addresses import Place
from reportgen.workbook.state import Issue, evaluate_state
from reportgen.workbook.write import lay_out, write_workbook
from tests.agreement.cases import (
    CASES,
    SHIPPED,
    analysis_of,
    changes_for,
    differences,
    over_cases,
    same,
)
from tests.agreement.moves import moved, moved_day
from tests.engines import Recalculation

pytestmark = pytest.mark.slow

some_and_all = pytest.mark.parametrize(
    "step", [pytest.param(20, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)
"""Runs a test on every twentieth run of a case, and on all of them where there is time for it."""


def test_there_are_cases() -> None:
    """The proof runs over something."""
    assert len(CASES) >= 6


@pytest.mark.parametrize(
    "moves", [pytest.param(1, id="once"), pytest.param(8, id="often", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("path", over_cases(larger=["polish_names", "dated_prices"]))
def test_every_cell_agrees_when_all_inputs_move(path: Path, moves: int, tmp_path: Path) -> None:
    """All inputs moved at random and a run chosen at random: every formula cell has Python's value."""
    issue = issue_of(analysis_of(path))
    book = tmp_path / "book.xlsx"
    write_workbook(issue, book)
    engine = Recalculation(book)
    for seed in range(moves):
        chance = random.Random(seed)  # noqa: S311  no secret
        values = issue.values | {row.path: moved(row, chance) for row in issue.assumptions}
        values |= {
            row.path: moved_day(row, chance, issue.values["finance.start"])
            for row in issue.assumptions
            if row.unit.kind == "date"
        }
        _compare(issue, engine, values, issue.runs[chance.randrange(len(issue.runs))].name)


@some_and_all
def test_every_run_agrees(step: int, tmp_path: Path) -> None:
    """The selector set to one run after the other: the whole workbook shows that run."""
    issue = issue_of(analysis_of(SHIPPED))
    book = tmp_path / "book.xlsx"
    write_workbook(issue, book)
    engine = Recalculation(book)
    for run in issue.runs[::step]:
        _compare(issue, engine, issue.values, run.name)


SEVERAL = over_cases("three_workloads", "small", "hospital-group", "ten-to-twenty-billion-tokens")


@some_and_all
@pytest.mark.parametrize("path", SEVERAL)
def test_every_run_is_its_row_of_the_what_if_tables(path: Path, step: int, tmp_path: Path) -> None:
    """The selector set to a run: the live TCO and core of every option are that run's cells of the tables."""
    issue = issue_of(analysis_of(path))
    book = tmp_path / "book.xlsx"
    places = write_workbook(issue, book).places
    engine, state = Recalculation(book), evaluate_state(issue.values, issue.runs)
    tables = [table for table in issue.model.tables if table.columns[0].axis.size == len(issue.runs)]
    heads = [head for table in tables for head in table.heads]
    rows = [state.series(column) for table in tables for column in table.columns]
    cells = [_cell(places.lines[head]) for head in heads]
    assert len(cells) == 2 * len(issue.options)
    for number, run in list(enumerate(issue.runs))[::step]:
        found = engine.values({("Runs", "D6"): run.name}, cells)
        wrong = [cell for cell, row in zip(cells, rows, strict=True) if not same(found[cell], row[number])]
        assert wrong == [], run.name


def _cell(place: Place) -> tuple[str, str]:
    return place.sheet, f"{get_column_letter(place.column)}{place.row}"


def _compare(issue: Issue, engine: Recalculation, values: dict[str, float], shown: str) -> None:
    state = evaluate_state(values, issue.runs, shown)
    written = lay_out(issue, state)
    given = changes_for(written, state)
    assert differences(written, engine.values(given), given)[:5] == [], shown
