"""An edited workbook recalculated by LibreOffice shows the same results as the case after adoption and a new build."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.adopt.returned_pack import ReturnedPack
from tests.adopt.workbook_editor import WorkbookEditor
from tests.engines import convert_for_test
from tests.packs import pack

pytestmark = pytest.mark.slow

SWIFT = "prices.swift-3.8"
TOLERANCE = 1e-9


def everything(editor: WorkbookEditor) -> None:
    """Edit every kind of cell that an adoption takes."""
    editor.value("finance.discount_rate", 0.1)
    editor.value("finance.exchange_rates.EUR", 1.2)
    editor.value(f"{SWIFT}.input.undated", 0.7)
    editor.value(f"{SWIFT}.input.2027-03-15", 1.4)
    editor.day(f"{SWIFT}.input.2027-03-15", datetime(2027, 5, 1))  # noqa: DTZ001  cells have no zone
    editor.value(f"{SWIFT}.output.spare_1", 8.0)
    editor.day(f"{SWIFT}.output.spare_1", datetime(2028, 1, 1))  # noqa: DTZ001
    editor.value(f"{SWIFT}.retires", datetime(2028, 3, 31))  # noqa: DTZ001
    editor.value("prices.h100-cloud.per_gpu_hour.2027-07-01", 3.5)
    editor.risk("The dollar falls", 0.35, "The euro rises")
    editor.amount("The dollar falls", "multiply", "finance.exchange_rates.EUR", 1.3)
    editor.run("The dollar falls", "multiply", "finance.exchange_rates.EUR", "The euro rises")
    editor.add("The euro rises", "add", "options.rented.ongoing_fte", 0.1)
    editor.operation("A contract instead of the list", "set", "options.old_model.output_price", "multiply")
    editor.amount("A contract instead of the list", "multiply", "options.old_model.output_price", 0.8)
    editor.risk("Spare risk 1", 0.25, "Nobody knows the software")
    editor.add("Nobody knows the software", "add", "options.rented.deployment_months", 2)


def full_costs(book: Workbook) -> list[float]:
    """Return the full cost of each option from the Summary."""
    summary = book["Summary"]
    row = next(r for r in range(1, 40) if summary.cell(r, 2).value == "Full economic cost")
    return [float(str(summary.cell(row, column).value)) for column in (4, 5, 6)]


NAMES, CORES = 2, (5, 7, 9)
"""The columns of Runs with the name of a run and the core of each option in it."""


def shown(book: Path) -> dict[str, list[float]]:
    """Return the saved full cost from the Summary, and core of every risk and scenario from the what-if tables."""
    opened = load_workbook(book, data_only=True)
    runs, found = opened["Runs"], {"full cost": full_costs(opened)}
    names = (
        "The list prices rise by half",
        "The euro rises",
        "Nobody knows the software",
        "A contract instead of the list",
    )
    for r in range(1, runs.max_row + 1):
        if runs.cell(r, NAMES).value in names:
            found[str(runs.cell(r, NAMES).value)] = [float(str(runs.cell(r, c).value)) for c in CORES]
    assert found.keys() == {"full cost", *names}
    return found


def test_the_adopted_case_gives_what_the_workbook_showed(returned: ReturnedPack) -> None:
    """All kinds of edits at once, saved by LibreOffice: equal full costs, and equal core in every run."""
    editor, before = (
        returned.opened(),
        full_costs(load_workbook(returned.folder / "out" / "acme.xlsx", data_only=True)),
    )
    everything(editor)
    typed = editor.save(returned.folder / "typed" / "back.xlsx")
    live = shown(convert_for_test(typed, returned.folder, "xlsx"))
    assert all(abs(a - b) > 1 for a, b in zip(live["full cost"], before, strict=True))
    assert returned.adopt("--apply").exit_code == 0
    pack(returned.case, returned.folder / "out")
    built = shown(returned.folder / "out" / "acme.xlsx")
    for name, amounts in live.items():
        assert built[name] == pytest.approx(amounts, rel=TOLERANCE), name
    assert "There is nothing to take." in returned.adopt().stderr
