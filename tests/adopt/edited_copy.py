"""Copies of a workbook with edited inputs."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.sheets.inputs import KEY, VALUE

CellContent = float | str


def write_edited_copy(
    book: Path,
    target: Path,
    values: Mapping[str, CellContent] = {},
    chance: tuple[int, CellContent] | None = None,
) -> Path:
    """Write a copy with new input values by key, and a new probability of the risk at a position (position, probability)."""
    opened = load_workbook(book)
    for sheet in (opened[name] for name in ("Inputs", "Prices") if name in opened.sheetnames):
        for row in range(TOP, sheet.max_row + 1):
            key = sheet.cell(row, KEY).value
            if key in values:
                sheet.cell(row, VALUE).value = values[key]
    if chance is not None:
        risks = opened["Risks"]
        rows = [row for row in range(TOP, risks.max_row + 1) if not risks.cell(row, LABEL).protection.locked]
        risks.cell(rows[chance[0]], FIRST).value = chance[1]
    opened.save(target)
    return target
