"""Charts carry the values of their cells, so that programs that do not calculate draw them."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]
from openpyxl import Workbook, load_workbook
from openpyxl.chart.reference import Reference
from openpyxl.utils import range_to_tuple

from reportgen.workbook.charts.chart_parts import Frame, Series
from reportgen.workbook.charts.charts import stacked_bars
from reportgen.workbook.issue import issue_of
from reportgen.workbook.layout.folding import fold_rows
from reportgen.workbook.package.writer import save
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.workbook.demo import ISSUED

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def saved_points(reference: Any) -> list[str]:
    """Give the values saved with a reference."""
    return [point.findtext(f"{C}v") for point in reference.iter(f"{C}pt")]


def charts_of(path: Path) -> list[Any]:
    """Give the XML of every chart of a workbook."""
    with ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        return [etree.fromstring(archive.read(name)) for name in names]


def test_a_formula_has_its_computed_value_in_the_chart_and_a_folded_row_none(tmp_path: Path) -> None:
    """Row 2 holds 3 and a formula of 7.5; row 3 is folded, and drawn once somebody unfolds it."""
    book = load_workbook(_two_rows(tmp_path))
    sheet = book.worksheets[0]
    sheet["C2"] = "=B2*2.5"
    fold_rows(sheet, 3, 3)
    series = [
        Series(Reference(sheet, 1, row, 1, row), Reference(sheet, 2, row, 3, row), "4C8FCB") for row in (2, 3)
    ]
    stacked_bars(sheet, Frame(8, 2, 24, 9), Reference(sheet, 2, 1, 3, 1), series)
    save(book, tmp_path / "chart.xlsx", {"It's": {"C2": 7.5}}, ISSUED)
    shown, folded = charts_of(tmp_path / "chart.xlsx")[0].iter(f"{C}ser")
    found = [saved_points(reference) for reference in shown.iter(f"{C}strRef", f"{C}numRef")]
    assert found == [["Shown"], ["One", "Two"], ["3", "7.5"]]
    assert saved_points(folded.find(f"{C}val")) == []


def _two_rows(folder: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "It's"
    for cells in (("", "One", "Two"), ("Shown", 3, 0), ("Folded", 1, 1)):
        sheet.append(cells)
    book.save(folder / "plain.xlsx")
    return folder / "plain.xlsx"


@pytest.mark.slow
def test_every_visible_number_of_every_chart_is_saved_in_the_shipped_case(tmp_path: Path) -> None:
    """As many points as cells with numbers, in the order of the cells."""
    path = tmp_path / "book.xlsx"
    write_workbook(issue_of(analysis_of(SHIPPED)), path)
    values, checked = load_workbook(path, data_only=True), 0
    for chart in charts_of(path):
        for reference in chart.iter(f"{C}numRef"):
            name, (left, top, right, bottom) = range_to_tuple(reference.findtext(f"{C}f"))
            sheet = values[name]
            cells = [
                sheet.cell(row, column).value
                for row in range(top, bottom + 1)
                if not sheet.row_dimensions[row].hidden
                for column in range(left, right + 1)
            ]
            expected = [f"{value + 0.0:.12g}" for value in cells if isinstance(value, int | float)]
            assert [f"{float(point):.12g}" for point in saved_points(reference)] == expected
            checked += len(expected)
    assert checked > 500
