"""The sheet Prices: the dated rates of every price from the price book, editable, with spare rows."""

from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from reportgen.formula.lines import RateTable
from reportgen.formula.nodes import ActiveValues
from reportgen.runtime.records import dataclass
from reportgen.schema.assumptions import Assumption
from reportgen.workbook.layout.addresses import LABEL, Place, Places
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.validation import restrict_to_bounds
from reportgen.workbook.sheets import inputs
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.inputs import ACTIVE, CHANGED, ISSUED, VALUE, WITHIN
from reportgen.workbook.state import Issue

SHEET, SPARE, RATES = "Prices", ".spare_", "prices"
FROM, FROM_ISSUED = inputs.LOW, inputs.HIGH
"""The columns of a rate's first day, and of that day as issued."""

TEXT_HEADS = {k: v for k, v in inputs.TEXT_HEADS.items() if k != LABEL} | {LABEL: "Rate"}
NUMBER_HEADS = {k: v for k, v in inputs.NUMBER_HEADS.items() if k <= ACTIVE or inputs.SET <= k <= inputs.ADD} | {
    FROM: "In force from", FROM_ISSUED: "From, as issued", inputs.AS_OF: "Verified",
    inputs.ABOVE: "More than", inputs.LEAST: "At least", inputs.MOST: "At most", WITHIN: "Within?",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceRows:
    """The rows of the tables of rates: of each title, of each rate and of each retirement."""

    titles: tuple[tuple[int, RateTable], ...]
    rates: tuple[tuple[int, str, str], ...]
    """Row, path of the amount, path of the first day."""
    retirements: tuple[tuple[int, str], ...]
    last: int

    def column(self, column: int) -> str:
        """Return a column's range over all rows, for formulas on other sheets."""
        letter = get_column_letter(column)
        return f"{SHEET}!${letter}${TOP + 1}:${letter}${self.last}"


def plan_prices(issue: Issue, places: Places) -> PriceRows | None:
    """Assign a row to every dated rate, and enter the addresses of days and rates; None without a price book."""
    if not issue.model.rates:
        return None
    row, titles, rates = TOP + 1, [], []
    retirements: dict[str, int] = {}
    for table in issue.model.rates:
        titles.append((row, table))
        row += 1
        days, amounts = _rate_paths(table)
        places.lines[table.effective] = Place(SHEET, row, FROM, across=False, size=len(days))
        places.lines[table.active] = Place(SHEET, row, ACTIVE, across=False, size=len(amounts))
        for amount, day in zip(amounts, days, strict=True):
            rates.append((row, amount, day))
            places.inputs[amount], places.input_cells[amount] = (SHEET, row, ACTIVE), (SHEET, row, VALUE)
            places.inputs[day] = places.input_cells[day] = (SHEET, row, FROM)
            row += 1
        if table.retires and table.retires not in retirements:
            row += 1  # a blank row sets the retirement apart from the rates
            retirements[table.retires] = row
            places.inputs[table.retires] = (SHEET, row, ACTIVE)
            places.input_cells[table.retires] = (SHEET, row, VALUE)
            row += 1
    listed = tuple((place, path) for path, place in retirements.items())
    return PriceRows(tuple(titles), tuple(rates), listed, row - 1)


def _rate_paths(table: RateTable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    days, amounts = table.effective.formula, table.active.formula
    assert isinstance(days, ActiveValues)
    assert isinstance(amounts, ActiveValues)
    return days.paths, amounts.paths


def write_prices(page: Page, rows: PriceRows) -> None:
    """Write the tables of dated rates."""
    canvas = page.canvas
    for column, text in TEXT_HEADS.items():
        canvas.text(TOP, column, text, "header_rule")
    for column, text in NUMBER_HEADS.items():
        canvas.text(TOP, column, text, "header_rule_right")
    by_path = {assumption.path: assumption for assumption in page.issue.assumptions}
    for row, table in rows.titles:
        canvas.text(row, LABEL, table.title, "section")
        canvas.height(row, 14)
    for row, amount, day in rows.rates:
        inputs.write_row(page, by_path[amount], row)
        _write_day(page, row, by_path[amount], by_path[day])
        if SPARE in amount:
            _write_spare_flag(page, row, by_path[amount], by_path[day])
    for row, path in rows.retirements:
        inputs.write_row(page, by_path[path], row)


def is_complete(rate: Assumption, day: Assumption, values: Mapping[str, float]) -> bool:
    """Return whether a rate is within its bounds; a spare one with a day and no amount is not: it would be a price of 0."""
    within = inputs.is_within_bounds(rate, values[rate.path])
    return within and (SPARE not in rate.path or values[rate.path] > 0 or values[day.path] >= day.value)


def _write_spare_flag(page: Page, row: int, rate: Assumption, day: Assumption) -> None:
    """Write the flag of a spare rate over that of its bounds: with a day and no amount it would be a price of 0."""
    columns = (VALUE, inputs.ABOVE, inputs.LEAST, inputs.MOST, FROM, FROM_ISSUED)
    cell, above, least, most, since, unused = (f"{get_column_letter(column)}{row}" for column in columns)
    bounds = f"{cell}>{above},{cell}>={least},{cell}<={most}"
    formula = f"=IF(AND({bounds},OR({cell}>0,{since}>={unused})),1,0)"
    fits = float(is_complete(rate, day, page.state.values))
    page.canvas.formula(row, WITHIN, formula, fits, "changed", "flag")


def _write_day(page: Page, row: int, rate: Assumption, day: Assumption) -> None:
    """Write the first day of a rate, and the 'Changed?' flag over both amount and day."""
    canvas, now = page.canvas, page.state.values[day.path]
    canvas.value(row, FROM, now, "input", "date")
    restrict_to_bounds(canvas.sheet, row, (FROM, FROM), day)
    canvas.value(row, FROM_ISSUED, day.value, "issued", "date")
    value, issued, since, before = (
        f"{get_column_letter(c)}{row}" for c in (VALUE, ISSUED, FROM, FROM_ISSUED)
    )
    moved = float(page.state.values[rate.path] != rate.value or now != day.value)
    canvas.formula(row, CHANGED, f"=IF(AND({value}={issued},{since}={before}),0,1)", moved, "changed", "flag")
