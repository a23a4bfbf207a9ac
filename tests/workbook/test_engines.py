"""The engines recalculate what they are given, LibreOffice Data Tables too, and repeat no cached values."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reportgen.workbook.package.writer import save
from tests.conftest import pytest_runtest_makereport
from tests.engines import (
    Address,
    Changes,
    Recalculation,
    Value,
    formualizer_values,
    formula_cells,
    libreoffice_values,
    sheet_images,
)
from tests.workbook.demo import FORMULAS, ISSUED, demo, saved_demo
from tests.workbook.functions import CASES, saved_functions

pytestmark = pytest.mark.slow

PRICE, SHOWN = ("Plan's inputs", "B1"), ("Runs", "C6")
AT_8: Changes = {PRICE: 8.0, SHOWN: "Dear"}

# A price of 8 instead of 4, the dear run shown: 8 x 1.5 = 12 a unit, 120 for 10 units.
DEAR_AT_8: dict[str, Value] = {
    "E2": 1,
    "E3": 0,
    "C7": 12,
    "C8": 120,
    "C9": 120,
    "D9": 125,
    "C14": "Run shown: Dear",
    "C15": True,
    "C16": 1,
}
# The table sets the run itself: 80 as it is, 120 dear, 8 x 0.75 x 10 = 60 cheap; 5 more in the second column.
TABLE_AT_8: dict[str, Value] = {"C10": 80, "D10": 85, "C11": 120, "D11": 125, "C12": 60, "D12": 65}


def on_runs(values: Mapping[str, Value]) -> dict[tuple[str, str], Value]:
    return {("Runs", cell): value for cell, value in values.items()}


def test_the_formulas_and_the_cells_of_data_tables_are_found(tmp_path: Path) -> None:
    formulas, tables = formula_cells(saved_demo(tmp_path))
    assert set(formulas) == {("Runs", cell) for cell in FORMULAS}
    assert tables == [("Runs", cell) for cell in ("C10", "D10", "C11", "D11", "C12", "D12")]


def test_formualizer_recalculates_with_other_inputs(tmp_path: Path) -> None:
    assert formualizer_values(saved_demo(tmp_path), AT_8) == on_runs(DEAR_AT_8)


def test_a_workbook_loaded_once_starts_from_its_own_inputs_each_time(tmp_path: Path) -> None:
    model = Recalculation(saved_demo(tmp_path))
    assert model.values({PRICE: 8.0})[("Runs", "C8")] == 80
    assert model.values({SHOWN: "Cheap"})[("Runs", "C8")] == 30
    assert model.values({}) == on_runs({cell: value for cell, (_, value) in FORMULAS.items()})


def test_libreoffice_recalculates_the_data_table_with_other_inputs(tmp_path: Path) -> None:
    assert libreoffice_values(saved_demo(tmp_path), AT_8) == on_runs(DEAR_AT_8 | TABLE_AT_8)


def test_libreoffice_does_not_repeat_wrong_cached_values(tmp_path: Path) -> None:
    book, cached = demo()
    runs = book["Runs"]
    for cell in ("D10", "C11", "D11", "C12", "D12"):
        runs[cell] = -1
    wrong = {"Runs": dict.fromkeys(cached["Runs"], -1.0)}
    save(book, tmp_path / "wrong.xlsx", wrong, ISSUED)
    right: dict[str, Value] = {cell: value for cell, (_, value) in FORMULAS.items()}
    table: dict[str, Value] = {"C10": 40, "D10": 45, "C11": 60, "D11": 65, "C12": 30, "D12": 35}
    assert libreoffice_values(tmp_path / "wrong.xlsx") == on_runs(right | table)


@pytest.mark.parametrize("engine", [formualizer_values, libreoffice_values])
def test_the_engines_know_every_function_that_the_workbook_uses(
    tmp_path: Path, engine: Callable[[Path], dict[Address, Value]]
) -> None:
    found = engine(saved_functions(tmp_path))
    wrong = {
        formula: (expected, found[("Functions", f"A{row}")])
        for row, (formula, expected) in enumerate(CASES, 1)
        if not agrees(found[("Functions", f"A{row}")], expected)
    }
    assert not wrong


def agrees(found: Value, expected: Value) -> bool:
    if isinstance(expected, int | float) and isinstance(found, float) and not isinstance(expected, bool):
        return abs(found - expected) <= 1e-12 * max(abs(expected), 1)
    return type(found) is type(expected) and found == expected


def test_every_sheet_can_be_looked_at(tmp_path: Path) -> None:
    images = sheet_images(saved_demo(tmp_path), tmp_path / "images")
    assert len(images) == 2
    assert all(image.read_bytes().startswith(b"\x89PNG") for image in images)


def test_a_missing_libreoffice_skips_here_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = saved_demo(tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(pytest.skip.Exception) as skipped:
        libreoffice_values(path)
    for ci, outcome in (("", "skipped"), ("true", "failed")):
        monkeypatch.setenv("CI", ci)
        assert _reported(str(skipped.value)).outcome == outcome


def _reported(reason: str) -> SimpleNamespace:
    """Return the report of a skipped test as the run gives it on."""
    report = SimpleNamespace(skipped=True, longrepr=reason, outcome="skipped")
    hook: Any = pytest_runtest_makereport()
    next(hook)
    with pytest.raises(StopIteration):
        hook.send(report)
    return report
