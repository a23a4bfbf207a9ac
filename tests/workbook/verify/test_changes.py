"""An edited input counts as changed since issue; a price of the book that the run shown moves does not."""

import pytest

from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state
from reportgen.workbook.write import lay_out
from tests.agreement.cases import analysis_of
from tests.paths import CASES

pytestmark = pytest.mark.slow

CASE = CASES / "dated_prices.yaml"
RATE = "prices.swift-3.8.input.undated"


def flags(values: dict[str, float], run: str) -> dict[str, object]:
    """Write the workbook with a run shown, and return the flags of inputs that are set."""
    issue = issue_of(analysis_of(CASE))
    cached = lay_out(issue, evaluate_state({**issue.values, **values}, issue.runs, run)).cached
    return {
        f"{sheet}!{cell}": value
        for sheet in ("Inputs", "Prices")
        for cell, value in cached[sheet].items()
        if cell.startswith("F") and value == 1.0
    }


@pytest.mark.parametrize("run", ["The list prices rise by half", "The dollar falls"])
def test_a_run_that_moves_a_price_of_the_book_changes_no_input(run: str) -> None:
    """The sheet Inputs shows another price, and nothing is stale."""
    assert flags({}, run) == {}


def test_a_rate_that_is_typed_is_flagged_once() -> None:
    """The rate's row on Prices is flagged; the resulting price on Inputs is not counted again."""
    found = flags({RATE: 0.9}, "Base case")
    assert len(found) == 1
    assert next(iter(found)).startswith("Prices!")
