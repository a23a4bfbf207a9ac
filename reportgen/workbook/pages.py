"""The page of every sheet: column widths, what stays in view, protection, and how it prints."""

from math import ceil

from reportgen.workbook import change_log, inputs, runs
from reportgen.workbook.page import Page
from reportgen.workbook.places import FIRST, LABEL, UNIT
from reportgen.workbook.plan import TOP, PlannedSheet, first_month
from reportgen.workbook.print_setup import Pages, by_months, fit, freeze, protect
from reportgen.workbook.styles import mark_changed, mark_failing

GUTTER = {1: 2.0, LABEL: 34.0, UNIT: 13.0}
LABELS = {
    "Checks": 54.0,
    change_log.SHEET: 58.0,
    "Case": 110.0,
    "Risks": 44.0,
    "Sensitivity": 44.0,
    "Simulation": 48.0,
    "Runs": 44.0,
    "Findings": 50.0,
}
OUTPUT = 22.0
"""The width of the Summary's columns, which hold words too."""
NAMES = 15.5
"""The width of columns in which short names of options stand."""
PROSE = {FIRST + 1: 62.0, FIRST + 2: 33.0}
"""The columns of the Findings sheet in which sentences stand, and their widths."""
SMALL_SIGNS, SMALL_LINE = 1.45, 11.5
"""Characters of the smaller size that fit in one unit of width, and the height of a line of them in points."""
NUMBER, MONTH, TOTAL, OPENING = 12.5, 8.7, 10.5, 1.5


def set_up(page: Page, planned: PlannedSheet | None) -> None:
    """Set a sheet's widths, frozen head, protection, and how it prints."""
    sheet, name = page.canvas.sheet, page.canvas.name
    page.canvas.widths(_widths(page, planned))
    if name == "Findings" and planned:
        _wrapped(page, planned)
    freeze(sheet, _frozen(page, planned) if name != "Cover" else "A1")
    if name != "Cover":
        mark_failing(sheet, "C4", 'LEFT($C$4,11)="CHECKS FAIL"')
    protect(sheet)
    _marks(page)
    _print(page, planned)


def _wrapped(page: Page, planned: PlannedSheet) -> None:
    """Make rows as high as their sentences need: not every program does so by itself."""
    for row in range(planned.blocks[0].first, planned.end + 1):
        lines = [
            ceil(len(str(page.canvas.sheet.cell(row, column).value)) / (SMALL_SIGNS * width))
            for column, width in PROSE.items()
        ]
        page.canvas.height(row, SMALL_LINE * max(lines) + 4)


def _print(page: Page, planned: PlannedSheet | None) -> None:
    sheet, cover = page.canvas.sheet, page.issue.cover
    pages = Pages("A4", cover.title, cover.fingerprint[:8])
    if planned and planned.monthly:
        first = first_month(planned.years)
        by_months(
            sheet,
            pages,
            header_rows=TOP + 1,
            last_row=planned.end,
            first_month=first,
            months=12 * planned.years,
        )
        return
    last = (
        planned.widest
        if planned
        else {"Inputs": inputs.KEY, "Prices": inputs.KEY, "Case": UNIT}.get(
            page.canvas.name, sheet.max_column
        )
    )
    fit(
        sheet, pages, header_rows=0 if page.canvas.name == "Cover" else TOP, last_row=sheet.max_row, last_column=last,
        portrait=page.canvas.name in ("Checks", "Case"),
    )  # fmt: skip


def _frozen(page: Page, planned: PlannedSheet | None) -> str:
    if planned and planned.monthly:
        return f"D{TOP + 2}"
    return {"Inputs": f"D{TOP + 1}", "Prices": f"D{TOP + 1}", "Case": f"B{TOP + 1}"}.get(
        page.canvas.name, f"D{TOP - 1}"
    )


def _widths(page: Page, planned: PlannedSheet | None) -> dict[int, float]:
    name = page.canvas.name
    widths = {**GUTTER, LABEL: LABELS.get(name, GUTTER[LABEL])}
    if planned and planned.monthly:
        years = planned.years
        last = first_month(years) + 12 * years
        widths |= {
            FIRST: TOTAL,
            **{FIRST + 1 + year: TOTAL for year in range(years)},
            first_month(years) - 1: OPENING,
        }
        return widths | dict.fromkeys(range(first_month(years), last), MONTH)
    if planned:
        number = {"Summary": OUTPUT, "Simulation": NAMES}.get(planned.sheet.name, NUMBER)
        prose = PROSE if planned.sheet.name == "Findings" else {}
        return widths | dict.fromkeys(range(FIRST, planned.widest + 1), number) | prose
    return widths | _own_widths(page)


def _own_widths(page: Page) -> dict[int, float]:
    match page.canvas.name:
        case "Inputs" | "Prices":
            numbers = dict.fromkeys(range(inputs.VALUE, inputs.ORDERED + 1), 11.0)
            return numbers | {
                inputs.SOURCE: 42,
                inputs.OWNER: 15,
                inputs.KEY: 38,
                inputs.KEY + 1: 2,
                inputs.ADD + 1: 2,
            }
        case "Runs":
            tables: dict[int, float] = {}
            for number in range(len(page.issue.model.tables)):
                at = runs.TABLES + 4 * number
                tables |= {at: 46.0, at + 1: 13.0, at + 2: 13.0, at + 3: 2.0}
            return {runs.OPERATION: 12, runs.AMOUNT: 26, runs.KEY: 42, runs.KEY + 1: 2} | tables
        case change_log.SHEET:
            return change_log.WIDTHS
        case "Cover":
            return {1: 3, 2: 22, 3: 74, 4: 3, 5: 24, 6: 46}
        case _:
            return {}


def _marks(page: Page) -> None:
    """Colour what was changed since issue."""
    name, sheet = page.canvas.name, page.canvas.sheet
    if name in ("Inputs", "Prices"):
        mark_changed(sheet, f"F{TOP + 1}:F{sheet.max_row}", f"F{TOP + 1}=1")
    if name == "Runs":
        mark_changed(sheet, f"F{TOP + 5}:F{sheet.max_row}", f"F{TOP + 5}=1")
