"""Prices from the price book on Inputs: the value is the stated price in every run, the active value that of the run."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.workbook.issue import issue_of
from reportgen.workbook.sheets.inputs import KEY
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import ROOT, analysis_of
from tests.engines import Recalculation

pytestmark = pytest.mark.slow

DATED = ROOT / "tests" / "cases" / "dated_prices.yaml"
DEARER, FALLS = "The list prices rise by half", "The dollar falls"
JANUARY = 46388.0
"""1 January 2027, the first day of the case, as Excel counts days."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a case with dated prices, once."""
    path = tmp_path_factory.mktemp("dated") / "book.xlsx"
    write_workbook(issue_of(analysis_of(DATED)), path)
    return path


def row_of(book: Path, sheet: str, key: str) -> int:
    """Find the row of a key."""
    page = load_workbook(book)[sheet]
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, KEY).value == key)


def test_a_run_on_a_rate_moves_the_active_price_and_leaves_the_stated_one(book: Path) -> None:
    """The book says 3.99 an hour in January; the run adds 0.50 to that rate: 4.49."""
    row = row_of(book, "Inputs", "options.rented.gpu_hourly_price")
    cells = [("Inputs", f"D{row}"), ("Inputs", f"G{row}")]
    engine = Recalculation(book)
    base, dearer = (engine.values({("Runs", "D6"): run}, cells) for run in ("Base case", DEARER))
    assert [base[cell] for cell in cells] == pytest.approx([3.99, 3.99])
    assert [dearer[cell] for cell in cells] == pytest.approx([3.99, 4.49])


def test_the_successor_is_the_stated_price_where_the_first_item_has_retired(book: Path) -> None:
    """Retired before January and followed at 2 EUR from January on, at 1.10 USD: 2.20; the run makes a euro 1.32 USD: 2.64."""
    row = row_of(book, "Inputs", "options.old_model.input_price")
    retires = row_of(book, "Prices", "prices.swift-3.8.retires")
    successor = row_of(book, "Prices", "prices.swift-4.input.2028-01-01")
    typed = {("Prices", f"D{retires}"): JANUARY - 1, ("Prices", f"H{successor}"): JANUARY}
    cells = [("Inputs", f"D{row}"), ("Inputs", f"G{row}")]
    engine = Recalculation(book)
    base, falls = (engine.values({**typed, ("Runs", "D6"): run}, cells) for run in ("Base case", FALLS))
    assert [base[cell] for cell in cells] == pytest.approx([2.20, 2.20])
    assert [falls[cell] for cell in cells] == pytest.approx([2.20, 2.64])


def test_paper_shows_the_active_value_at_six_points_or_more(book: Path) -> None:
    """Inputs prints from the label to the key, the value that is active among them, at 75 % or more of 8 points."""
    sheet = load_workbook(book)["Inputs"]
    assert sheet.print_area == f"'Inputs'!$A$1:$M${sheet.max_row}"
    assert [sheet.cell(6, column).value for column in (4, 7, 13)] == ["Value", "Active", "Key"]
    assert sheet.page_setup.scale >= 75
    assert not sheet.col_breaks.brk


def test_a_spare_rate_with_a_day_and_no_amount_is_a_failing_check(book: Path) -> None:
    """A day alone would be a price of 0 from then on: the checks fail until an amount stands beside it."""
    row = row_of(book, "Prices", "prices.h100-cloud.per_gpu_hour.spare_1")
    day, amount = ("Prices", f"H{row}"), ("Prices", f"D{row}")
    head = ("Prices", "C4")
    engine = Recalculation(book)
    alone, both = (
        engine.values(typed, [head])[head]
        for typed in ({day: JANUARY + 90}, {day: JANUARY + 90, amount: 4.0})
    )
    assert str(alone).startswith("CHECKS FAIL")
    assert str(both).startswith("Checks: all pass; changed since issue")
