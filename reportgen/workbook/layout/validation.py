"""Data validation of input cells, with the same bounds as in the case file."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.formula.excel import number
from reportgen.schema.assumptions import Assumption, Bounds


def restrict_to_bounds(sheet: Worksheet, row: int, columns: tuple[int, int], assumption: Assumption) -> None:
    """Restrict the cells from one column to another to numbers within the assumption's bounds, which the message states.

    Several cells may be blank: a range, which not every assumption has.
    """
    cell, last = (f"{get_column_letter(column)}{row}" for column in columns)
    condition = bounds_condition(cell, assumption.bounds)
    rule = DataValidation(type="custom", formula1=condition, allow_blank=cell != last)
    rule.errorTitle = assumption.label[:32]
    rule.error = f"Please type {bounds_text(assumption.bounds)}."
    rule.showErrorMessage = True
    rule.add(cell if cell == last else f"{cell}:{last}")
    sheet.add_data_validation(rule)


def restrict_to_numbers(sheet: Worksheet, cells: str, title: str) -> None:
    """Restrict cells to numbers or blanks."""
    first = cells.partition(":")[0]
    rule = DataValidation(type="custom", formula1=f"ISNUMBER({first})", allow_blank=True)
    rule.errorTitle = title
    rule.error = "Please type a number."
    rule.showErrorMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def restrict_to_length(sheet: Worksheet, cells: str, title: str, most: int) -> None:
    """Restrict cells to texts of at most some characters."""
    rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(most), allow_blank=True)
    rule.errorTitle = title
    rule.error = f"Please type at most {most:,} characters."
    rule.showErrorMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def restrict_to_days(sheet: Worksheet, cells: str, title: str) -> None:
    """Restrict cells to days of this century."""
    rule = DataValidation(type="date", operator="greaterThanOrEqual", formula1="36526", allow_blank=True)
    rule.errorTitle = title
    rule.error = "Please type a day, 1 January 2000 or later."
    rule.showErrorMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def restrict_to_list(sheet: Worksheet, cells: str, source: str, title: str) -> None:
    """Restrict cells to the values of a list: a range, or quoted text."""
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    rule.errorTitle = title
    rule.error = "Please choose from the list."
    rule.showErrorMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def bounds_condition(cell: str, bounds: Bounds) -> str:
    """Return the bounds as an Excel condition on a cell."""
    parts = [f"ISNUMBER({cell})"]
    for sign, limit in ((">=", bounds.least), (">", bounds.above), ("<=", bounds.most), ("<", bounds.below)):
        if limit is not None:
            parts.append(f"{cell}{sign}{number(limit)}")
    if bounds.whole:
        parts.append(f"{cell}=ROUND({cell},0)")
    return f"AND({','.join(parts)})"


def bounds_text(bounds: Bounds) -> str:
    """Return the bounds as text: "a whole number, 1 or more"."""
    parts = [
        text.format(f"{limit:g}")
        for text, limit in (
            ("{} or more", bounds.least), ("more than {}", bounds.above), ("{} or less", bounds.most), ("less than {}", bounds.below),
        )
        if limit is not None
    ]  # fmt: skip
    kind = "a whole number" if bounds.whole else "a number"
    return f"{kind}, {' and '.join(parts)}" if parts else kind
