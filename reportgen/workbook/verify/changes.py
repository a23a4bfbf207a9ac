"""The differences between a workbook and the same one as issued, independent of the program that saved it."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.formula.tokenizer import Token

from reportgen.workbook.package.reader import CellPosition, Formula, OpenedBook, OpenedSheet
from reportgen.workbook.verify.recalculation import equal_values
from reportgen.workbook.verify.rules.rule import Finding

HISTORY = "Change log"
"""The sheet that cannot be rebuilt from the case."""


def find_changes(now: OpenedBook, issued: OpenedBook) -> Iterator[Finding]:
    """Yield a finding for every cell that differs, and one for every removed or added sheet.

    The Change log is not compared, since a rebuilt workbook has no earlier editions.
    """
    for name in issued.sheets.keys() - now.sheets.keys():
        yield Finding(name, "is a sheet that is gone")
    for name, sheet in now.sheets.items():
        before = issued.sheets.get(name)
        if before is None:
            yield Finding(name, "is a sheet that was added")
        elif name != HISTORY:
            yield from _cells(sheet, before)


def _cells(now: OpenedSheet, issued: OpenedSheet) -> Iterator[Finding]:
    tables = now.table_cells | issued.table_cells
    for place in sorted(now.cells.keys() | issued.cells.keys()):
        if place in tables:
            continue  # recalculated, not changed
        a, b = _content(now, place), _content(issued, place)
        if not _equal(a, b):
            yield Finding(now.at(place), f"is {_shown(now, place)}, was {_shown(issued, place)}")


def _content(sheet: OpenedSheet, place: CellPosition) -> Any:
    if place in sheet.formulas:
        return normalised(sheet.formulas[place])
    cell = sheet.all_cells.get(place)
    return None if cell is None else cell.value


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return bool(a == b)
    return equal_values(a, b)


def normalised(formula: Formula) -> tuple[str, ...]:
    """Return the tokens of a formula in a normal form: no blanks, no needless quotes, numbers by value."""
    return tuple(_normalised_token(token) for token in formula.tokens)


def _normalised_token(token: Token) -> str:
    if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
        return repr(float(token.value))
    if token.type == Token.OPERAND and token.subtype == Token.TEXT:
        return str(token.value)
    return re.sub(r"^'([A-Za-z_][A-Za-z0-9_.]*)'!", r"\1!", str(token.value)).upper()


def _shown(sheet: OpenedSheet, place: CellPosition) -> str:
    value = sheet.formulas[place].text if place in sheet.formulas else _content(sheet, place)
    if isinstance(value, float):
        return f"{value:.12g}"
    return "empty" if value is None else str(value)[:50]
