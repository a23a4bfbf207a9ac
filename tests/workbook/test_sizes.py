"""Workbooks of every size, with names in every script, follow the rules, save the right values, and are built in time."""

from pathlib import Path
from typing import Any

import pytest

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.schema.loading.load import load_case
from reportgen.workbook.issue import issue_of
from reportgen.workbook.package.guard import find_dangers
from reportgen.workbook.package.reader import open_book
from reportgen.workbook.verify.rules.table import apply_rules
from reportgen.workbook.write import write_workbook
from tests.workbook.mutants import as_saved_and_computed
from tests.workbook.sizes import LENGTH, SCRIPTS, name_of, sized, written
from tests.workbook.verify.rules.test_rules import alike

pytestmark = pytest.mark.slow

LARGEST = sized(8, 5, 40, "Polish")
CORNERS: dict[str, dict[str, Any]] = {
    "2 options, 1 year, no risk": sized(2, 1, 0, "Latin"),
    "8 options, 1 year, no risk": sized(8, 1, 0, "Arabic", ranges=False),
    "2 options, 5 years, 40 risks": sized(2, 5, 40, "Chinese", ranges=False),
    "3 options, 2 years, 7 risks": sized(3, 2, 7, "Greek"),
    "5 options, 3 years, 20 risks": sized(5, 3, 20, "Cyrillic", ranges=False),
    "8 options, 5 years, 40 risks": LARGEST,
}
LARGER = ("3 options, 2 years, 7 risks", "5 options, 3 years, 20 risks", "8 options, 5 years, 40 risks")


def analysed(case: dict[str, Any], folder: Path) -> Analysis:
    """Write a case to a file and analyse it."""
    path = written(case, folder)
    return analyse(load_case(path), path)


def test_names_are_fifty_characters_in_six_scripts() -> None:
    """Every name has fifty characters, and all are different."""
    names = [name_of(place, script) for script in SCRIPTS for place in range(100)]
    assert {len(name) for name in names} == {LENGTH} == {50}
    assert len(set(names)) == 600


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name, marks=pytest.mark.long if name in LARGER else ())
        for name, case in CORNERS.items()
    ],
)
def test_a_workbook_of_any_size_is_safe_keeps_the_rules_and_says_what_it_computes(
    case: dict[str, Any], tmp_path: Path
) -> None:
    """The guard accepts it, no rule has a finding, and another engine computes every saved value."""
    book = tmp_path / "book.xlsx"
    write_workbook(issue_of(analysed(case, tmp_path)), book)
    assert find_dangers(book) == ()
    assert [one for _, found in apply_rules(open_book(book)) for one in found] == []
    saved, computed = as_saved_and_computed(book)
    assert len(computed) > 2000
    assert [cell for cell, value in computed.items() if not alike(saved[cell], without_sign(value))] == []


def without_sign(value: Any) -> Any:
    """Write zero thousands as spreadsheets do; the other engine shows the sign of a negative number that rounds to 0."""
    return value.replace(" -0k", " 0k") if isinstance(value, str) else value


@pytest.mark.long
def test_the_largest_workbook_is_built_whole(tmp_path: Path) -> None:
    """Eight options, five years, forty risks that all reach the volume, a range on whatever may have one: over 110 runs, as what all options state alike moves in one."""
    case = LARGEST | {"simulation": LARGEST["simulation"] | {"draws": 10_000}}
    analysis = analysed(case, tmp_path)
    formulas = write_workbook(issue_of(analysis), tmp_path / "book.xlsx").cached
    assert analysis.results.simulation is not None
    assert analysis.results.simulation.draws == 10_000
    assert len(issue_of(analysis).runs) > 110
    assert sum(map(len, formulas.values())) > 28_000
