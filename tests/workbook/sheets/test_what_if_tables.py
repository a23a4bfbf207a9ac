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
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import UnsavedWorkbook, write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import Address, Recalculation, Value, opened_as_it_is

pytestmark = pytest.mark.slow

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
    """One table per option, one of the base case for the bridge, and one that tells whether tables are calculated."""
    tables = tables_of(cells_of(written))
    assert len(tables) == 5
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


CHANGED = "Checks: all pass; changed since issue, futures not drawn again"
NOT_CALCULATED = "what-if results as issued: this program has not calculated them"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, UnsavedWorkbook]]:
    """Write a case with what-if tables, and with results as issued alone."""
    folder, found = tmp_path_factory.mktemp("modes"), {}
    for mode in ("live", "issued"):
        path = folder / f"{mode}.xlsx"
        found[mode] = path, write_workbook(issue_of(analysis_of(SHIPPED), mode), path)  # type: ignore[arg-type]
    return found


def emptied(written: UnsavedWorkbook) -> dict[Address, Value]:
    """Give the cells of all tables without values, as LibreOffice loads them."""
    return {
        (place.sheet, f"{get_column_letter(place.column)}{place.row + number}"): None
        for place in written.places.tables.values()
        for number in range(place.size)
    }


def one_input(written: UnsavedWorkbook) -> Address:
    """Give the cell of an input that all runs read."""
    sheet, row, column = written.places.input_cells["workload.tokens_per_month"]
    return sheet, f"{get_column_letter(column)}{row}"


def test_where_tables_are_empty_every_reader_shows_the_issued_results(
    books: dict[str, tuple[Path, UnsavedWorkbook]],
) -> None:
    """With all cells of tables blank every formula keeps its value as issued: no blank, no error, checks pass."""
    path, written = books["live"]
    empty = emptied(written)
    assert len(empty) > 600
    found = Recalculation(path).values(empty)
    wrong = {
        (sheet, cell)
        for sheet, cells in written.cached.items()
        for cell, value in cells.items()
        if (sheet, cell) not in empty and isinstance(value, str) and found.get((sheet, cell)) != value
    }
    assert {at for at in wrong if at[0] != "Runs"} == set()


@pytest.mark.parametrize("mode", ["live", "issued"])
def test_after_a_change_that_no_table_follows_every_head_says_so_and_the_arithmetic_passes(
    books: dict[str, tuple[Path, UnsavedWorkbook]], mode: str
) -> None:
    """A volume is typed: results of runs stay as issued, the master check stays 1, the heads name what has happened."""
    path, written = books[mode]
    heads = [(sheet.title, "C4") for sheet in load_workbook(path).worksheets[1:]]
    below = [(sheet, "E5" if sheet == "Summary" else "C5") for sheet, _ in heads]
    engine, empty, typed = Recalculation(path), emptied(written), one_input(written)
    before = engine.values(empty, [*heads, ("Checks", "D6")])
    value = float(str(load_workbook(path)[typed[0]][typed[1]].value))
    after = engine.values({**empty, typed: 1.1 * value}, [*heads, *below, ("Checks", "D6")])
    assert {before[head] for head in heads} == {"Checks: all pass"}
    assert {after[head] for head in heads} == {CHANGED}
    assert {after[head] for head in below} == {NOT_CALCULATED}
    assert (before["Checks", "D6"], after["Checks", "D6"]) == (1.0, 1.0)


def test_a_workbook_of_issued_results_has_no_tables_and_calculates_the_run_shown(
    books: dict[str, tuple[Path, UnsavedWorkbook]],
) -> None:
    """The selector still turns the whole model: every run's TCO, live, is its row of the results as issued."""
    path, written = books["issued"]
    assert not tables_in(path)
    issue = issue_of(analysis_of(SHIPPED), "issued")
    table = issue.model.tables[0]
    head, column = (written.places.lines[line] for line in (table.heads[0], table.columns[0]))
    engine, cell = Recalculation(path), ("Runs", f"{get_column_letter(head.column)}{head.row}")
    for place, run in list(enumerate(issue.runs))[:: len(issue.runs) // 5]:
        row = ("Runs", f"{get_column_letter(column.column)}{column.row + place}")
        found = engine.values({("Runs", "D6"): run.name}, [cell, row])
        assert found[cell] == pytest.approx(found[row], rel=1e-9)


def tables_in(path: Path) -> bool:
    """Say whether any sheet of a file has a data table."""
    with ZipFile(path) as archive:
        sheets = (archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return any(b"dataTable" in sheet for sheet in sheets)


def test_opened_and_saved_untouched_libreoffice_shows_the_issued_results(
    books: dict[str, tuple[Path, UnsavedWorkbook]], tmp_path: Path
) -> None:
    """Without a recalculation no formula beside the tables loses its value, though LibreOffice drops the tables' own."""
    path, written = books["live"]
    found = load_workbook(opened_as_it_is(path, tmp_path, "xlsx"), data_only=True)
    filled = emptied(written)
    lost = [
        f"{sheet}!{cell}: {found[sheet][cell].value!r} was {value!r}"
        for sheet, cells in written.cached.items()
        for cell, value in cells.items()
        if (sheet, cell) not in filled and value != "" and not _kept(found[sheet][cell].value, value)
    ]
    probe = written.places.probe
    assert [
        text for text in lost if not text.startswith(f"Runs!{get_column_letter(probe[2])}{probe[1]}:")
    ] == []


def _kept(found: object, value: Value) -> bool:
    if isinstance(value, str):
        return found == value
    return found is not None and not str(found).startswith("#")
