"""Other programs than the two of the fast run agree with the values saved in a workbook, or are told to be absent."""

import importlib.util
import json
import shutil
import subprocess
import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.workbook.issue import issue_of
from reportgen.workbook.sheets.checks import FILLED_ROW
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import plain
from tests.node import need_node, node_environment

pytestmark = [pytest.mark.slow, pytest.mark.long]

HERE = Path(__file__).parent
CASES = [
    SHIPPED.with_name("small.yaml"),
    SHIPPED,
    SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml"),
    SHIPPED.with_name("hospital-group.yaml"),
]
TOLERANCE = 1e-6
DUST = {"Sensitivity": 1e-4}
"""What a difference between two amounts of millions may be off, since amounts are saved with twelve digits."""
TABLES_CALCULATED = ("Checks", f"D{FILLED_ROW}")


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Write the workbook of a shipped case."""
    path = tmp_path / "book.xlsx"
    write_workbook(issue_of(analysis_of(request.param)), path)
    return path


def node(script: str, book: Path) -> str:
    """Run a script of this folder on a workbook."""
    return subprocess.run(
        ["node", HERE / script, book],
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
        env=node_environment(),
    ).stdout


def saved(book: Path) -> dict[tuple[str, str], Any]:
    """Give the values saved with the formulas of a workbook."""
    formulas, values = load_workbook(book), load_workbook(book, data_only=True)
    return {
        (sheet.title, cell.coordinate): plain(values[sheet.title][cell.coordinate].value)
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "f"
    }


def differing(found: dict[tuple[str, str], Any], expected: dict[tuple[str, str], Any]) -> list[str]:
    """List the formulas with another value: numbers beyond a millionth of their size, or of the sides of a difference."""
    out = []
    for at, value in expected.items():
        other = "" if found.get(at) is None else found[at]
        # A difference that ought to be nothing is dust of its two sides, which engines add in other orders
        side = expected.get((at[0], f"D{at[1][1:]}"), 0.0) if (at[0], at[1][0]) == ("Checks", "F") else 0.0
        if isinstance(value, float) and isinstance(other, int | float):
            size = max(abs(value), abs(side) if isinstance(side, float) else 0.0, 1.0)
            same = abs(other - value) <= max(TOLERANCE * size, DUST.get(at[0], 0.0))
        else:
            same = other == value
        if not same:
            out.append(f"{at[0]}!{at[1]}: {other!r} is not {value!r}")
    return out


def test_hyperformula_agrees_with_every_saved_value(book: Path) -> None:
    """Read by SheetJS and recalculated by HyperFormula, with its array arithmetic."""
    need_node("hyperformula", "xlsx")
    found = {(sheet, cell): value for sheet, cell, value in json.loads(node("hyperformula.js", book))}
    expected = saved(book)
    assert found.keys() >= expected.keys()
    assert differing(found, expected)[:5] == []


def test_gnumeric_agrees_with_every_saved_value(book: Path, tmp_path: Path) -> None:
    """Recalculated by Gnumeric's ssconvert; only whether tables are calculated differs, since Gnumeric has no such tables."""
    if not shutil.which("ssconvert"):
        pytest.skip("Gnumeric (ssconvert) is not installed.")
    target = tmp_path / "gnumeric.xlsx"
    subprocess.run(["ssconvert", "--recalc", book, target], check=True, capture_output=True, timeout=600)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gnumeric names no default style
        values = load_workbook(target, data_only=True)
    expected = saved(book)
    assert expected.pop(TABLES_CALCULATED) == 1.0
    found = {(sheet, cell): plain(values[sheet][cell].value) for sheet, cell in expected}
    assert differing(found, expected)[:5] == []


def test_exceljs_opens_it(book: Path) -> None:
    """ExcelJS finds drawings by their prefix, and gives every sheet."""
    need_node("exceljs")
    assert int(node("exceljs.js", book)) == len(load_workbook(book, read_only=True).sheetnames)


def shown(book: Path) -> dict[str, dict[tuple[int, int], float]]:
    """Give the saved numbers of a workbook by sheet, row and column, counted from 0."""
    values = load_workbook(book, data_only=True)
    return {
        sheet.title: {
            (cell.row - 1, cell.column - 1): float(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        }
        for sheet in values.worksheets
    }


def test_calamine_reads_every_saved_number(book: Path) -> None:
    """The reader of Rust, which pandas, polars and others build on: all sheets, the saved values of formulas."""
    calamine = pytest.importorskip("python_calamine")
    opened = calamine.CalamineWorkbook.from_path(str(book))
    for name, numbers in shown(book).items():
        rows = opened.get_sheet_by_name(name).to_python(skip_empty_area=False)
        wrong = [at for at, value in numbers.items() if not near(rows[at[0]][at[1]], value)]
        assert (name, wrong[:5]) == (name, [])


@pytest.mark.parametrize("engine", ["openpyxl", "calamine"])
def test_pandas_reads_every_saved_number(book: Path, engine: str) -> None:
    """Each sheet as a table without heads."""
    pandas = pytest.importorskip("pandas")
    pytest.importorskip({"calamine": "python_calamine"}.get(engine, engine))
    frames = pandas.read_excel(book, sheet_name=None, header=None, engine=engine)
    for name, numbers in shown(book).items():
        frame = frames[name]
        wrong = [at for at, value in numbers.items() if not near(frame.iat[at], value)]
        assert (name, wrong[:5]) == (name, [])


def test_polars_reads_every_sheet(book: Path) -> None:
    """Through fastexcel, which is built on calamine, or through openpyxl where that is absent."""
    polars = pytest.importorskip("polars")
    engine = "calamine" if importlib.util.find_spec("fastexcel") else "openpyxl"
    frames = polars.read_excel(book, sheet_id=0, has_header=False, engine=engine, raise_if_empty=False)
    assert [*frames] == load_workbook(book, read_only=True).sheetnames
    tco = frames["TCO"]
    sums = {value for value in shown(book)["TCO"].values() if abs(value) > 1000}
    found = {number for row in tco.rows() for cell in row if (number := as_number(cell)) is not None}
    assert all(any(near(other, value) for other in found) for value in sums)


def near(found: Any, value: float) -> bool:
    """Return whether a cell that was read is a number as saved; days are read as days."""
    if isinstance(found, date | datetime | time | timedelta) or hasattr(found, "to_pydatetime"):
        return True
    return isinstance(found, int | float) and abs(found - value) <= TOLERANCE * max(abs(value), 1.0)


def as_number(cell: Any) -> float | None:
    """Return a cell as a number; a column with words has its numbers as text."""
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None
