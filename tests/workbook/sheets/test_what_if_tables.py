"""Our what-if tables are written as Excel itself writes a table of one variable down a column.

Read in two workbooks that Excel saved, both in ClosedXML/ClosedXML at f77503d (nothing of them is kept here):
ClosedXML.Tests/Resource/Other/Formulas/DataTableFormula-Excel-Input.xlsx, sheet1 (Excel 16.0300), and
ClosedXML.Tests/Resource/TryToLoad/LO/xlsx/data-table/one-variable.xlsx, sheet1 (Excel 12.0000). In both:

- the first cell of the range alone has an `f`, empty, with t, ref, dt2D="0", dtr="0" and r1 in this order and no others
  (`ca="1"` stood on one table along a row; del1 and del2 only where the input cell had been deleted);
- r1 is one cell of the same sheet, without dollar signs, outside of the range;
- every further cell of the range has its value and no `f`: a number plainly, a text with t="str";
- the values that are put in stand in the column left of the range, the formulas of results in the row above it;
- the calculation chain does not list the range: cells of a table have no place in it.

Ours differ in two ways that mean the same to every reader of XML: `<f ...></f>` for `<f .../>`, and t="n" said where
Excel leaves out what is the default.
"""

from math import isfinite
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AS_EXCEL = ["t", "ref", "dt2D", "dtr", "r1"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the shipped case, once."""
    path = tmp_path_factory.mktemp("tables") / "book.xlsx"
    write_workbook(issue_of(analysis_of(SHIPPED)), path)
    return path


def cells_of(path: Path) -> dict[str, Any]:
    """Give the cells of the one sheet that has tables, by coordinate."""
    with ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    (runs,) = [sheet for sheet in sheets if b't="dataTable"' in sheet]
    return {cell.get("r"): cell for cell in etree.fromstring(runs).iter(f"{NS}c")}


def tables_of(cells: dict[str, Any]) -> dict[str, Any]:
    """Give the formulas of tables by the cell they stand in."""
    found = {at: cell.find(f"{NS}f") for at, cell in cells.items()}
    return {at: f for at, f in found.items() if f is not None and f.get("t") == "dataTable"}


def test_a_table_is_declared_on_its_first_cell_with_the_attributes_that_excel_writes(written: Path) -> None:
    """One table per option, and one of the base case for the bridge."""
    tables = tables_of(cells_of(written))
    assert len(tables) == 4
    for at, formula in tables.items():
        assert list(formula.attrib) == AS_EXCEL
        assert (formula.get("dt2D"), formula.get("dtr"), formula.text) == ("0", "0", None)
        assert formula.get("ref").split(":")[0] == at
        assert formula.get("r1").isalnum()
        assert not CellRange(formula.get("ref")).issuperset(CellRange(formula.get("r1")))


def test_every_further_cell_of_a_table_has_a_number_and_no_formula(written: Path) -> None:
    """Names or formulas of names stand left of the range, formulas of results above it."""
    cells = cells_of(written)
    for at, formula in tables_of(cells).items():
        area = CellRange(formula.get("ref"))
        for row, column in (place for line in area.rows for place in line):
            cell = cells[f"{get_column_letter(column)}{row}"]
            assert cell.get("t") in (None, "n")
            assert isfinite(float(cell.find(f"{NS}v").text))
            assert (cell.find(f"{NS}f") is None) == (cell.get("r") != at)
        left = [
            cells[f"{get_column_letter(area.min_col - 1)}{row}"]
            for row in range(area.min_row, area.max_row + 1)
        ]
        above = [
            cells[f"{get_column_letter(c)}{area.min_row - 1}"] for c in range(area.min_col, area.max_col + 1)
        ]
        assert all(len(cell) for cell in left)
        assert all(cell.find(f"{NS}f").text for cell in above)


def test_there_is_no_calculation_chain_to_list_the_tables_in(written: Path) -> None:
    """Excel makes one when it saves."""
    with ZipFile(written) as archive:
        assert not [name for name in archive.namelist() if "calcChain" in name]
