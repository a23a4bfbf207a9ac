"""A small workbook with the features that engines must support: a run selector, a data table, a quoted sheet name."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.formula import DataTableFormula

from reportgen.workbook.package.writer import Value, save

ISSUED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

FORMULAS: dict[str, tuple[str, Value]] = {
    "E2": ("=IF(B2=$C$6,1,0)", 0.0),
    "E3": ("=IF(B3=$C$6,1,0)", 0.0),
    "C7": ("='Plan''s inputs'!B1*(1+SUMPRODUCT(E2:E3,C2:C3))", 4.0),
    "C8": ("=C7*'Plan''s inputs'!B2", 40.0),
    "C9": ("=C8", 40.0),
    "D9": ("=C8+5", 45.0),
    "C14": ('="Run shown: "&C6', "Run shown: Base case"),
    "C15": ("=C8>100", False),
    "C16": ("=MATCH(C8,C9,0)", 1.0),
}


def demo() -> tuple[Workbook, dict[str, dict[str, Value]]]:
    """Build it with its cached values: 10 units at 4; one run half as dear again, one a quarter cheaper."""
    book = Workbook()
    runs, inputs = book.worksheets[0], book.create_sheet("Plan's inputs")
    runs.title = "Runs"
    inputs["B1"], inputs["B2"] = 4, 10
    for row, run, amount in ((2, "Dear", 0.5), (3, "Cheap", -0.25)):
        runs[f"B{row}"], runs[f"C{row}"] = run, amount
    runs["C6"] = "Base case"
    for cell, (formula, _) in FORMULAS.items():
        runs[cell] = formula
    table: Any = DataTableFormula
    runs["C10"] = table(ref="C10:D12", dt2D="0", dtr="0", r1="C6")
    for row, run in enumerate(("Base case", "Dear", "Cheap"), 10):
        runs[f"B{row}"] = run
    for cell, value in (("D10", 45), ("C11", 60), ("D11", 65), ("C12", 30), ("D12", 35)):
        runs[cell] = value
    return book, {"Runs": {cell: value for cell, (_, value) in FORMULAS.items()} | {"C10": 40.0}}


def saved_demo(folder: Path) -> Path:
    """Save the workbook into a folder."""
    book, cached = demo()
    path = folder / "demo.xlsx"
    save(book, path, cached, ISSUED)
    return path
