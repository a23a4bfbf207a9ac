"""Rows kept for additions, folded as a group of the outline until somebody needs them."""

from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.layout.plan import PlannedSheet
from reportgen.workbook.sheets import runs
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.prices import SPARE, PriceRows

RISKS = "risks"
"""The name of the axis of risks."""


def fold_rows(sheet: Worksheet, first: int, last: int) -> None:
    """Fold rows into a group of the outline, with its [+] on the row below."""
    if last < first:
        return
    sheet.row_dimensions.group(first, last, outline_level=1, hidden=True)
    sheet.row_dimensions[last + 1].collapsed = True


def fold_spare_rows(
    page: Page, planned: PlannedSheet | None, run_rows: runs.RunRows, price_rows: PriceRows | None
) -> None:
    """Fold the spare rows of a sheet: of risks, of effects and runs, of dated rates."""
    sheet, name = page.canvas.sheet, page.canvas.name
    if name == "Runs":
        fold_rows(sheet, runs.last_used(page, run_rows) + 1, max(run_rows.last_effect, run_rows.last_run))
    elif name == "Prices" and price_rows:
        spare = {row for row, path, _ in price_rows.rates if SPARE in path}
        for first in sorted(row for row in spare if row - 1 not in spare):
            last = first
            while last + 1 in spare:
                last += 1
            fold_rows(sheet, first, last)
    elif name == "Risks" and planned:
        for block in planned.blocks:
            places = [n for n, label in enumerate(block.block.axis.labels) if label in page.issue.spare_runs]
            if block.block.axis.name == RISKS and places:
                fold_rows(sheet, block.first + places[0], block.first + places[-1])
