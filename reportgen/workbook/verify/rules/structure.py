"""Rules on structure: inputs, protection, names, direction of the data flow, what-if tables, checks."""

from collections.abc import Iterator
from typing import Any

from openpyxl.formula.tokenizer import Token

from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.package.reader import (
    CellPosition,
    Formula,
    OpenedBook,
    OpenedSheet,
    Reference,
    parse_reference,
)
from reportgen.workbook.sheets import runs
from reportgen.workbook.sheets.book_prices import RATE
from reportgen.workbook.state import WITHOUT_TABLES
from reportgen.workbook.verify.rules.rule import Finding, Rule

INPUT_SHEETS = {"Inputs", "Prices", "Runs", "Risks", "Sensitivity", "Strategic fit"}
"""The sheets with inputs."""
ACCOUNTS_SHEET = "Budget"
"""The sheet where finance names the accounts of categories, which no formula reads."""
SUMMARY_SHEETS = {"Cover", "Summary"}
"""Sheets that show results of later sheets."""
SHARED_SHEETS = {"Runs"}
"""Sheets that all others may read (run selector and effects), and that may read the names of risks."""
STATUS_ROWS = 5
PUT_IN = f"D{TOP + 3}"
"""The cell on Runs that the what-if tables turn."""
AS_ISSUED = (TOP + 4, LABEL)
"""The cell on Runs whose text says that a workbook has no what-if tables."""


def _inputs_apart(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        if sheet.name in INPUT_SHEETS or sheet.name == ACCOUNTS_SHEET:
            continue
        for place, cell in sheet.all_cells.items():
            chooses_run = (sheet.name, place) == ("Summary", runs.ON_SUMMARY)
            if not cell.protection.locked and not chooses_run:
                yield Finding(sheet.at(place), "is an input on a sheet of workings or results")


def _protected(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        protection = sheet.sheet.protection
        if not protection.sheet:
            if book.made_by_reportgen:
                yield Finding(sheet.name, "is not protected")
            continue
        if protection.password:
            yield Finding(sheet.name, "is protected with a password: its readers cannot look into it")
        for place in sheet.formulas:
            if not sheet.all_cells[place].protection.locked:
                yield Finding(sheet.at(place), "holds a formula that can be typed over")


def _validated(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        covered = [one for rule in sheet.sheet.data_validations.dataValidation for one in rule.sqref.ranges]
        single = {
            (one.min_row, one.min_col) for one in covered if one.size["rows"] * one.size["columns"] == 1
        }
        wide = [one for one in covered if one.size["rows"] * one.size["columns"] > 1]
        for place, cell in sheet.all_cells.items():
            if cell.protection.locked or place in single or (cell.value is None and sheet.name != "Risks"):
                continue
            if any(o.min_row <= place[0] <= o.max_row and o.min_col <= place[1] <= o.max_col for o in wide):
                continue
            if isinstance(cell.value, int | float):
                yield Finding(sheet.at(place), "is an input without bounds")


def _names(book: OpenedBook) -> Iterator[Finding]:
    for name, found in book.book.defined_names.items():
        text = str(found.attr_text)
        one = parse_reference(text, "")
        if "#REF!" in text or (one and one.sheet not in book.sheets):
            yield Finding(name, f"is a name that leads nowhere: {text[:40]}")
        elif one and one.single and one.first not in book.sheets[one.sheet].cells:
            yield Finding(name, f"is the name of an empty cell: {text[:40]}")


def _plain_references(book: OpenedBook) -> Iterator[Finding]:
    names = {name.lower() for name in book.book.defined_names}
    for formula in book.formulas():
        for token in formula.tokens:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE and token.value.lower() in names:
                yield Finding(book.sheets[formula.sheet].at(formula.place), f"reads the name {token.value}")


def _empty_cells(book: OpenedBook) -> Iterator[Finding]:
    """Yield references to a single empty cell, and to sheets that do not exist."""
    for formula in book.formulas():
        for one in formula.references:
            sheet = book.sheets.get(one.sheet)
            where = book.sheets[formula.sheet].at(formula.place)
            if sheet is None:
                yield Finding(where, f"reads the sheet {one.sheet}, which is not there")
            elif one.single and not _is_filled(sheet, one.first) and not _may_be_empty(book, formula, one):
                yield Finding(where, f"{formula.text[:60]} reads the empty cell {sheet.at(one.first)}")


def _is_filled(sheet: OpenedSheet, place: CellPosition) -> bool:
    cell = sheet.all_cells.get(place)
    return place in sheet.table_cells or (
        cell is not None and (cell.value is not None or not cell.protection.locked)
    )


def _may_be_empty(book: OpenedBook, formula: Formula, one: Reference) -> bool:
    """Return whether a reference may be empty: the blank cell before a row of copies, or a cell left blank in a list."""
    (row, column), place = formula.place, one.first
    if one.sheet == formula.sheet and _compares_for_equality(formula, one):
        return True
    sheet = book.sheets[formula.sheet]
    across = place[1] == column - 1 and (place[0], column) in sheet.cells
    down = place == (row - 1, place[1])
    listed = place[0] == row and sheet.copies[column, formula.relative] > 1
    return across or down or listed


def _compares_for_equality(formula: Formula, one: Reference) -> bool:
    """Return whether a formula compares a cell with an equals sign; such a cell may be empty."""
    for before, token, after in zip(
        ("", *formula.tokens), formula.tokens, (*formula.tokens[1:], ""), strict=True
    ):
        if token.type == Token.OPERAND and parse_reference(token.value, formula.sheet) == one:
            beside = (side.value for side in (before, after) if isinstance(side, Token))
            return "=" in beside
    return False


def _flow(book: OpenedBook) -> Iterator[Finding]:
    """Yield formulas that read a sheet further right, except the status in the heads and the summary sheets."""
    for formula in book.formulas():
        own = book.sheets[formula.sheet]
        link = own.name == "Inputs" and (formula.place[1] == FIRST or formula.place[1] >= RATE)
        if own.name in SUMMARY_SHEETS | SHARED_SHEETS or formula.place[0] <= STATUS_ROWS or link:
            continue
        for one in formula.references:
            sheet = book.sheets.get(one.sheet)
            if (
                sheet
                and sheet.number > own.number
                and sheet.name not in SHARED_SHEETS
                and not _may_read_forward(own, sheet)
            ):
                yield Finding(own.at(formula.place), f"reads {sheet.name}, which comes after it")
                break


def _may_read_forward(own: OpenedSheet, read: OpenedSheet) -> bool:
    """Return whether a sheet may read a later one: the option that serves until another is live, or the stale flag."""
    return read.name == "Checks" or (
        own.sheet.freeze_panes == read.sheet.freeze_panes and _monthly(own) and _monthly(read)
    )


def _monthly(sheet: OpenedSheet) -> bool:
    return any(place[0] == TOP and "EDATE" in f.text for place, f in sheet.formulas.items())


def _tables(book: OpenedBook) -> Iterator[Finding]:
    """Yield defects of the what-if tables: saved as formulas, missing, over another cell, or with empty cells."""
    runs = book.sheets["Runs"]
    for formula in book.resaved_tables[:1]:
        yield Finding(
            runs.at(formula.place),
            "the what-if tables were saved by another program as ordinary formulas, which Excel does not know: build the workbook again before it goes back to Excel",
        )
    meant = _value(runs, AS_ISSUED) == WITHOUT_TABLES
    if not runs.tables and not book.resaved_tables and not meant:
        yield Finding("Runs", "has lost its what-if tables")
    for place, table in runs.tables.items():
        found: Any = parse_reference(table.ref, "Runs")
        if table.r1 != PUT_IN:
            yield Finding(runs.at(place), f"the what-if table turns {table.r1}, not the run number {PUT_IN}")
        missing = [p for p in found.places() if p != place and not isinstance(_value(runs, p), int | float)]
        if missing:
            yield Finding(runs.at(missing[0]), "is a cell of a what-if table without a number")


def _value(sheet: OpenedSheet, place: CellPosition) -> object:
    cell = sheet.all_cells.get(place)
    return cell.value if cell is not None else None


def _checks(book: OpenedBook) -> Iterator[Finding]:
    """Yield the checks that fail, by the saved values of the master check and of each check's flag."""
    checks = book.sheets["Checks"]
    if book.without_values:
        return  # the rule `saved-values` reports it: what was not computed neither passes nor fails
    if checks.saved.get((TOP, FIRST)) != 1:
        yield Finding(checks.at((TOP, FIRST)), "the master check does not pass")
    for place, formula in checks.formulas.items():
        if formula.text.startswith("=IF(ABS(") and checks.saved.get(place) != 1:
            name = checks.cells.get((place[0], 2))
            yield Finding(checks.at(place), f"fails: {name.value if name else ''}")


def _saved_values(book: OpenedBook) -> Iterator[Finding]:
    if book.without_values:
        first = next(sheet.at(place) for sheet in book.sheets.values() for place in sheet.saved)
        count = sum(len(sheet.saved) for sheet in book.sheets.values())
        yield Finding(
            first,
            f"and all other {count:,} formulas were saved without values: open the workbook in a spreadsheet "
            "program and save it, or previewers show nothing",
        )
        return
    for sheet in book.sheets.values():
        empty = [
            place for place, value in sheet.saved.items() if value is None and '""' not in _text(sheet, place)
        ]
        if empty:
            more = f", as have {len(empty) - 1:,} more" if len(empty) > 1 else ""
            yield Finding(
                sheet.at(empty[0]), f"has a formula but no saved value{more}: previewers show nothing"
            )


def _text(sheet: OpenedSheet, place: CellPosition) -> str:
    return sheet.formulas[place].text if place in sheet.formulas else ""


SAVED_VALUES = Rule(
    "saved-values", "Every formula has its value saved with it", "ICAEW 8", "followed",
    "So that previewers and other programs see what Excel sees.", _saved_values,
)  # fmt: skip
STRUCTURE = (
    Rule("inputs-apart", "Inputs, workings and results stand apart", "FAST 1.01; ICAEW 10", "in part", "Probabilities stand beside their risks and effects beside their runs, where people think of them; accounts beside their categories.", _inputs_apart, own_workbooks_only=True),
    Rule("protected", "What is not to be changed is locked", "ICAEW 20", "followed", "Without a password: a reader can unlock it, and then knows that she did.", _protected),
    Rule("validated", "Every input has bounds", "FAST 4.04; ICAEW 19", "followed", "The same as in the case file.", _validated, own_workbooks_only=True),
    Rule("names", "No name leads nowhere", "FAST 4.03", "followed", "Names are the paths of the case file: for going to, and for reading back.", _names),
    Rule("plain-references", "Formulas name cells, not names", "FAST 4.03", "followed", "So that what they read can be followed with the arrows of a spreadsheet program.", _plain_references),
    Rule("empty-cells", "No formula reads an empty cell", "ICAEW 18", "followed", "But the blank cell before the first month, from which a row counts on.", _empty_cells),
    Rule("flow", "The data flows from left to right", "FAST 2.01-04", "in part", "The cover, the summary, the heads, prices of the book on Inputs, and the option that serves until another is live.", _flow, own_workbooks_only=True),
    Rule("what-if-tables", "Every run is recalculated", "ICAEW 18", "followed", "One what-if table per option, over the run selector.", _tables, own_workbooks_only=True),
    Rule("checks", "All checks pass", "FAST 2.03-05; ICAEW 19", "followed", "As the values saved in the file have it.", _checks, own_workbooks_only=True),
    SAVED_VALUES,
)  # fmt: skip
