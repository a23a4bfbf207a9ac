"""Charts in the workbook of a case: whole on one printed page, their lines named so that names do not meet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.assessment import analyse
from reportgen.schema.loading.load import case_with_text, load_case
from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of, each_case
from tests.paths import large_cases
from tests.workbook.sizes import sized
from tests.workbook.sizes import written as case_file

OPPORTUNITY = """
opportunity:
  - {name: Claims, id: claims, option: gpu, during: deployment, monthly_value: 1000, confidence: 0.5}
  - {name: Search, id: search, option: api, during: operation, monthly_value: 2000, confidence: 0.5}
"""
REPEATED = 3
"""Gutter, label and unit stand on every page of a sheet that is wider than one."""


def book_of(case: Path, folder: Path) -> Any:
    """Write the workbook of a case."""
    return write_workbook(issue_of(analysis_of(case)), folder / "book.xlsx").book


def spans(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    """Give the first and last column of each chart, counted from 1."""
    for chart in sheet._charts:  # type: ignore[attr-defined]
        yield chart.anchor._from.col + 1, chart.anchor.to.col


@pytest.mark.slow
@each_case
def test_no_chart_is_torn_or_repeated_by_the_columns_of_a_page(case: Path, tmp_path: Path) -> None:
    """Where a sheet is printed over several pages across, each chart stands right of the repeated columns and within a page."""
    seen = 0
    for sheet in book_of(case, tmp_path).worksheets:
        breaks = [one.id for one in sheet.col_breaks.brk]
        for first, last in spans(sheet):
            seen += 1
            where = (sheet.title, get_column_letter(first), get_column_letter(last), breaks)
            assert not breaks or first > REPEATED, where
            assert not any(first <= column < last for column in breaks), where
    assert seen > 5


@pytest.mark.slow
@large_cases
def test_up_to_four_lines_are_named_at_their_ends_and_more_in_a_legend(tmp_path: Path) -> None:
    """Three options: a name at each end. Six: a legend of their short names, which are those over the Summary's columns."""
    few, many = (
        book_of(case, tmp_path)["Cumulative"]._charts[0]
        for case in (SHIPPED, SHIPPED.with_name("hospital-group.yaml"))
    )
    assert few.legend is None
    assert [len(one.dLbls.dLbl) for one in few.series] == [1, 1, 1]
    assert many.legend is not None
    assert [one.dLbls for one in many.series] == [None] * 6
    assert [one.tx.strRef.f for one in many.series][:2] == ["'Summary'!$D$6", "'Summary'!$E$6"]
    dashes = [one.graphicalProperties.line.prstDash for one in many.series]
    assert dashes == ["solid", "dash", "sysDot", "dashDot", "solid", "dash"]
    assert {one.graphicalProperties.line.prstDash for one in few.series} == {"solid"}


@pytest.mark.slow
def test_all_risks_are_drawn_and_labels_stand_clear_of_negative_bars(tmp_path: Path) -> None:
    """Four risks of the case and ten spare ones; names of options and months stand at the low end of every axis."""
    book = book_of(SHIPPED, tmp_path)
    names = [one.tx.strRef.f for one in book["Risks"]._charts[0].series]
    assert len(names) == len(set(names)) == 14
    for sheet in book.worksheets:
        for chart in sheet._charts:
            assert chart.x_axis.tickLblPos == "low", sheet.title


@pytest.mark.slow
def test_the_chart_of_risks_grows_with_the_names_below_it(tmp_path: Path) -> None:
    """With ten spare ones, two names in a row, 4 risks take 7 rows of names and 40 take 25: the bars and their axis keep five.

    Names in capitals stand one in a row: 4 take 14 rows.
    """
    heights = []
    small, many, wide = (sized(2, 1, risks, "Latin", ranges=False) for risks in (4, 40, 4))
    for risk in wide["risks"]:
        risk["name"] = risk["name"].upper()
    for case in (small, many, wide):
        path = case_file(case, tmp_path)
        book = write_workbook(issue_of(analyse(load_case(path), path)), tmp_path / "book.xlsx").book
        anchor = book["Risks"]._charts[0].anchor
        heights.append(anchor.to.row - anchor._from.row)
    assert min(heights[0] - 7, heights[1] - 25, heights[2] - 14) >= 5


@pytest.mark.slow
def test_no_chart_of_risks_stands_where_a_case_names_none(tmp_path: Path) -> None:
    """It would be an empty frame; the register below the head is the first thing on the sheet, and the one on core the next."""
    sheet = book_of(SHIPPED.with_name("small.yaml"), tmp_path)["Risks"]
    assert sheet._charts == []
    assert [cell.value for row in sheet["B6:B40"] for cell in row if cell.value and "register" in str(cell.value)] == [
        "Risk register, on TCO", "Risk register, on core",
    ]  # fmt: skip


@pytest.mark.long
def test_every_displaced_project_has_its_name_beside_its_bars(tmp_path: Path) -> None:
    """Programs name bars as in the first series: all have the names of the longest list, here the two of Cloud GPUs."""
    sheet = book_of(SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml"), tmp_path)["Opportunity"]
    series = sheet._charts[0].series
    names = {one.cat.strRef.f if one.cat.strRef else one.cat.numRef.f for one in series}
    assert len(series) == 6
    assert len(names) == 1
    first, last = str(names.pop()).rpartition("!")[2].replace("$", "").split(":")
    assert [row[0].value for row in sheet[f"{first}:{last}"]] == [
        "Support assistant, delayed",
        "Document search, given up",
    ]


def test_projects_that_do_not_begin_alike_are_drawn_as_one_bar_an_option(tmp_path: Path) -> None:
    """API displaces Search alone and the GPU Claims alone: bars named after one list would give one the other's name."""
    path = SHIPPED.with_name("small.yaml")
    analysis = analyse(case_with_text(path, path.read_text(encoding="utf-8") + OPPORTUNITY), path)
    sheet = write_workbook(issue_of(analysis), tmp_path / "book.xlsx").book["Opportunity"]
    series = sheet._charts[0].series
    categories = {str((one.cat.strRef or one.cat.numRef).f) for one in series}
    named = [row_of(one) for one in categories]
    drawn = [row_of(str(one.val.numRef.f)) for one in series]
    assert [sheet.cell(row, 2).value for row in named] == ["Displaced value"]
    assert [sheet.cell(row, 2).value for row in drawn] == ["Displaced value"] * 2
    assert len(set(drawn)) == 2


def row_of(cells: str) -> int:
    """Return the one row of a range."""
    rows = {int(part.rpartition("$")[2]) for part in cells.rpartition("!")[2].split(":")}
    assert len(rows) == 1
    return rows.pop()
