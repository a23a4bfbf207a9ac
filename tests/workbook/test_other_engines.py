"""Other programs than the two of the fast run agree with the values saved in a workbook, or are told to be absent."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportgen.workbook.issue import issue_of
from reportgen.workbook.write import write_workbook
from tests.agreement.cases import SHIPPED, analysis_of
from tests.engines import plain
from tests.node import need_node, node_environment

pytestmark = [pytest.mark.slow, pytest.mark.long]

HERE = Path(__file__).parent
CASES = [
    SHIPPED,
    SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml"),
    SHIPPED.with_name("hospital-group.yaml"),
]
TOLERANCE = 1e-6


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
            same = abs(other - value) <= TOLERANCE * size
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
    """Recalculated by Gnumeric's ssconvert."""
    if not shutil.which("ssconvert"):
        pytest.skip("Gnumeric (ssconvert) is not installed.")
    target = tmp_path / "gnumeric.xlsx"
    subprocess.run(["ssconvert", "--recalc", book, target], check=True, capture_output=True, timeout=600)
    values, expected = load_workbook(target, data_only=True), saved(book)
    found = {(sheet, cell): plain(values[sheet][cell].value) for sheet, cell in expected}
    assert differing(found, expected)[:5] == []


def test_exceljs_opens_it(book: Path) -> None:
    """ExcelJS finds drawings by their prefix, and gives every sheet."""
    need_node("exceljs")
    assert int(node("exceljs.js", book)) == len(load_workbook(book, read_only=True).sheetnames)
