"""Workbooks with one seeded defect each, and the rule that must report it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.package.reader import OpenedBook, as_opened, load
from reportgen.workbook.package.writer import save
from tests.engines import Address, Recalculation, formula_cells, plain
from tests.workbook.demo import ISSUED

Cached = dict[str, dict[str, Any]]
Change = Callable[[Workbook, Cached], None]
RECALCULATION = "recalculation"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A defect: the change to a sound workbook, and the rule (or the recalculation) that reports it."""

    name: str
    seen_by: str
    change: Change
    plainly: bool = False
    """Whether openpyxl alone saves the file, since the program's own writer refuses the defect."""
    in_saved_values: bool = False
    """Whether the defect is (also) in the values saved with formulas, which only a file has."""

    @property
    def needs_file(self) -> bool:
        """Return whether the defect shows in a written file alone."""
        return self.plainly or self.in_saved_values or self.seen_by == RECALCULATION


def mutated(source: Path, target: Path, change: Change, *, plainly: bool = False) -> Path:
    """Write a copy of a workbook with one change; the values saved with formulas are kept."""
    book, values = load_workbook(source), saved_values(source)
    cached: Cached = {
        sheet.title: {
            cell.coordinate: values[sheet.title][cell.coordinate]
            for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        }
        for sheet in book.worksheets
    }  # fmt: skip
    change(book, cached)
    if plainly:
        book.save(target)
        return target
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cached[sheet.title].setdefault(cell.coordinate, 0.0)
    save(book, target, cached, ISSUED)
    return target


def mutated_in_memory(source: Path, change: Change) -> OpenedBook:
    """Open a workbook with one change that is in no file; its saved values are those of the source."""
    book = load(source)
    change(book, {})
    return as_opened(source, book, partial(_with_values, source))


@cache
def _with_values(source: Path) -> Any:
    return load(source, data_only=True)


@cache
def saved_values(source: Path) -> Cached:
    """Read the values saved in a workbook, once, empty texts for those without."""
    return {
        sheet.title: {
            cell.coordinate: "" if cell.value is None else _number(cell.value)
            for row in sheet.iter_rows() for cell in row
        }
        for sheet in load_workbook(source, data_only=True).worksheets
    }  # fmt: skip


def _number(value: Any) -> Any:
    from openpyxl.utils.datetime import to_excel

    return value if isinstance(value, str | bool | int | float) else to_excel(value)


OPTION = "Self-hosted GPUs"


def row_of(sheet: Worksheet, label: str) -> int:
    """Find the first row with a label in column B."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == label)


def months(sheet: Worksheet, label: str) -> list[Any]:
    """Return the cells of a row's months, right of the blank opening column."""
    row = row_of(sheet, label)
    cells = [sheet.cell(row, column) for column in range(4, sheet.max_column + 1)]
    last = max(number for number, cell in enumerate(cells[:9]) if cell.value is None)
    return cells[last + 1 :]


def in_option(label: str, position: int, value: Any) -> Change:
    """Set one month of a row of the option to a value."""

    def change(book: Workbook, _: Cached) -> None:
        months(book[OPTION], label)[position].value = value

    return change


def edit(label: str, position: int, old: str, new: str) -> Change:
    """Change the text of one month's formula."""

    def change(book: Workbook, _: Cached) -> None:
        cell = months(book[OPTION], label)[position]
        assert old in cell.value, cell.value
        cell.value = cell.value.replace(old, new)

    return change


def edit_row(label: str, write: Callable[[str], str]) -> Change:
    """Change every formula of a row in the same way."""

    def change(book: Workbook, _: Cached) -> None:
        for cell in months(book[OPTION], label):
            cell.value = write(cell.value)

    return change


def cell(sheet: str, place: str, write: Callable[[Any], object]) -> Change:
    """Apply a change to one cell."""

    def change(book: Workbook, _: Cached) -> None:
        write(book[sheet][place])

    return change


def sheet(name: str, write: Callable[[Any], object]) -> Change:
    """Apply a change to one sheet."""

    def change(book: Workbook, _: Cached) -> None:
        write(book[name])

    return change


def put(value: Any) -> Callable[[Any], None]:
    """Set the value of a cell."""

    def write(target: Any) -> None:
        target.value = value

    return write


def shorter_sum(column: int) -> Change:
    """Shorten the sum in a column of totals by its last month."""

    def change(book: Workbook, _: Cached) -> None:
        target = book[OPTION].cell(row_of(book[OPTION], "Total cost"), column)
        first, last = target.value[5:-1].split(":")
        letters = last.rstrip("0123456789")
        before = next(
            book[OPTION].cell(1, number).column_letter
            for number in range(1, 99)
            if book[OPTION].cell(1, number + 1).column_letter == letters
        )
        target.value = f"=SUM({first}:{before}{last[len(letters) :]})"

    return change


def poisoned(sheet_name: str, place: str, value: Any) -> Change:
    """Replace the value saved with a formula by a wrong one."""

    def change(_: Workbook, cached: Cached) -> None:
        assert place in cached[sheet_name]
        cached[sheet_name][place] = value

    return change


def name(text: str) -> Change:
    """Define a name."""

    def change(book: Workbook, _: Cached) -> None:
        book.defined_names["added"] = DefinedName("added", attr_text=text)

    return change


def _input(book: Workbook, key: str) -> Any:
    inputs = book["Inputs"]
    row = next(r for r in range(1, inputs.max_row + 1) if key in [c.value for c in inputs[r]])
    return inputs.cell(row, 4)


def an_input(key: str, write: Callable[[Any], object]) -> Change:
    """Apply a change to the input cell of an assumption."""

    def change(book: Workbook, _: Cached) -> None:
        write(_input(book, key))

    return change


def unvalidated(book: Workbook, _: Cached) -> None:
    """Remove the validation of one input."""
    rules: Any = book["Inputs"].data_validations
    place = _input(book, "finance.discount_rate").coordinate
    rules.dataValidation = [rule for rule in rules.dataValidation if str(rule.sqref) != place]


def other_selector(book: Workbook, _: Cached) -> None:
    """Point a what-if table at another cell than the run selector."""
    for row in book["Runs"].iter_rows():
        for found in row:
            if type(found.value).__name__ == "DataTableFormula":
                found.value.r1 = "D7"
                return


def frozen_tables(book: Workbook, cached: Cached) -> None:
    """Replace the what-if tables by values."""
    for row in book["Runs"].iter_rows():
        for found in row:
            if type(found.value).__name__ == "DataTableFormula":
                found.value = cached["Runs"].pop(found.coordinate)


def unchanged(_: Workbook, __: Cached) -> None:
    """Change nothing."""


def exactly_compared(book: Workbook, _: Cached) -> None:
    """Compare two computed amounts with an equals sign."""
    one, other = (
        months(book[OPTION], label)[9].coordinate for label in ("Discounted cost", "Cumulative cost")
    )
    months(book[OPTION], TOTAL)[9].value = f"=IF({one}={other},1,0)"


def _style(attribute: str, value: Any) -> Callable[[Any], None]:
    def write(target: Any) -> None:
        setattr(target, attribute, value)

    return write


def _array(target: Any) -> None:
    target.value = ArrayFormula(target.coordinate, "=SUM(D9:D10*D9:D10)")


def _footless(target: Any) -> None:
    target.oddFooter.right.text = ""


def _password(target: Any) -> None:
    target.protection.password = "any"  # noqa: S105


def _unprotected(target: Any) -> None:
    target.protection.sheet = False


def _hide_row(target: Any) -> None:
    target.row_dimensions[12].hidden = True


def _hide_column(target: Any) -> None:
    target.column_dimensions["L"].hidden = True


def _scale(target: Any) -> None:
    target.sheet_properties.pageSetUpPr = None
    target.page_setup.scale = 40


BLUE = PatternFill("solid", start_color="EDF3FD")
TOTAL = "Total cost"
GROWN = "Months in the horizon"

MUTANTS = (
    Mutant("a number over a formula", "copies", in_option(TOTAL, 9, 12345.0)),
    Mutant("a number over the last formula of a row", "copies", in_option(TOTAL, -1, 12345.0)),
    Mutant("a number over the first formula of a row", "copies", in_option(TOTAL, 0, 12345.0)),
    Mutant("an emptied formula", "copies", in_option(TOTAL, 9, None)),
    Mutant("a sum of the year one month short", "whole-ranges", shorter_sum(5)),
    Mutant("a sum of the last year one month short", "whole-ranges", shorter_sum(6)),
    Mutant("a sum of all months one month short", "whole-ranges", shorter_sum(4)),
    Mutant("a factor in one cell", "constants", in_option(TOTAL, 9, "=J12*1.05")),
    Mutant("a factor in a whole row", "constants", edit_row(TOTAL, lambda text: text + "*1.05")),
    Mutant("one copy that adds one line less", "copies", edit(TOTAL, 9, "+", "-")),
    Mutant("a whole row with a sign turned", RECALCULATION, edit_row(TOTAL, lambda text: text.replace("+", "-", 1))),
    Mutant("a whole row divided by 1000", RECALCULATION, edit_row(TOTAL, lambda text: f"=({text[1:]})/1000")),
    Mutant("a poisoned value in a total", RECALCULATION, poisoned("Summary", "D22", 1.0)),
    Mutant("a poisoned value in a month", RECALCULATION, poisoned(OPTION, "J13", 0.5)),
    Mutant("a poisoned text", RECALCULATION, poisoned("Checks", "B4", "Run shown: another")),
    Mutant("a swapped unit", "unit-formats", an_input("finance.discount_rate", lambda at: put("USD")(at.offset(0, -1)))),
    Mutant("a removed unit", "units", an_input("finance.discount_rate", lambda at: put(None)(at.offset(0, -1)))),
    Mutant("another number format in one copy", "row-formats", lambda book, _: _style("number_format", "0.0%")(months(book[OPTION], TOTAL)[5])),
    Mutant("a percentage typed as text", "numbers-as-text", an_input("finance.discount_rate", put("10%"))),
    Mutant("a hidden row", "nothing-hidden", sheet(OPTION, _hide_row)),
    Mutant("a hidden column", "nothing-hidden", sheet(OPTION, _hide_column)),
    Mutant("a hidden sheet", "nothing-hidden", sheet("Checks", _style("sheet_state", "hidden"))),
    Mutant("merged cells", "merged", sheet(OPTION, lambda page: page.merge_cells("B2:F2"))),
    Mutant("an input in black", "colours", an_input("finance.discount_rate", _style("font", Font(name="Arial", size=9, color="1B2733")))),
    Mutant("a formula that looks like an input", "colours", lambda book, _: _style("fill", BLUE)(months(book[OPTION], TOTAL)[5])),
    Mutant("an input without bounds", "validated", unvalidated),
    Mutant("an unlocked formula", "protected", lambda book, _: _style("protection", Protection(locked=False))(months(book[OPTION], TOTAL)[5])),
    Mutant("an input amid workings", "inputs-apart", cell(OPTION, "B3", _style("protection", Protection(locked=False)))),
    Mutant("an unprotected sheet", "protected", sheet(OPTION, _unprotected)),
    Mutant("a password", "protected", sheet(OPTION, _password)),
    Mutant("a name that leads nowhere", "names", name("#REF!")),
    Mutant("a name of an empty cell", "names", name("'Inputs'!$A$3")),
    Mutant("a name of a sheet that is gone", "names", name("'Old inputs'!$A$3")),
    Mutant("a name in a formula", "plain-references", in_option(TOTAL, 9, "=finance_discount_rate*1")),
    Mutant("a reference to an empty cell", "empty-cells", in_option(TOTAL, 9, "=Inputs!$A$3*1")),
    Mutant("a reference to a sheet that is gone", "empty-cells", in_option(TOTAL, 9, "=Gone!$A$3*1")),
    Mutant("a look at a later sheet", "flow", in_option(TOTAL, 9, "='Break-even'!$D$11*1")),
    Mutant("an IF within an IF", "nested-if", in_option(TOTAL, 9, "=IF(J12>1,IF(J12>2,1,0),0)")),
    Mutant("OFFSET", "volatile", in_option(TOTAL, 9, "=OFFSET(J12,0,0)")),
    Mutant("NPV", "discounting", in_option(TOTAL, 9, "=NPV(J12,J13,L13)")),
    Mutant("VLOOKUP", "functions", in_option(TOTAL, 9, "=VLOOKUP(J12,J12:L13,2,0)")),
    Mutant("a function of today's Excel", "plain-formulas", in_option(TOTAL, 9, "=_xlfn.XLOOKUP(J12,J12:K12,J13:L13)")),
    Mutant("an array formula", "plain-formulas", cell(OPTION, "D3", _array), plainly=True),
    Mutant("a circle", "circles", lambda book, _: put("=" + months(book[OPTION], TOTAL)[9].coordinate)(months(book[OPTION], TOTAL)[9])),
    Mutant("another workbook", "external", in_option(TOTAL, 9, "=[1]Sheet1!$A$1")),
    Mutant("an exact comparison", "equality", exactly_compared),
    Mutant("a formula of 200 characters", "length", in_option(TOTAL, 9, "=J12" + "+J12" * 50)),
    Mutant("a sheet of workings in front of the cover", "welcome", lambda book, _: book.move_sheet(OPTION, -book.index(book[OPTION]))),
    Mutant("a long sheet whose head scrolls away", "in-sight", sheet("Inputs", _style("freeze_panes", None))),
    Mutant("a wide sheet whose head scrolls away", "in-sight", sheet("Workload", _style("freeze_panes", None))),
    Mutant("formulas saved without values", "saved-values", unchanged, plainly=True),
    Mutant("panes that are not frozen", "heads", sheet(OPTION, _style("freeze_panes", None))),
    Mutant("a head without checks", "heads", cell(OPTION, "C4", put("Checks: all pass"))),
    Mutant("a head without its way back", "heads", cell(OPTION, "B5", _style("hyperlink", None))),
    Mutant("no print area", "printing", sheet(OPTION, lambda page: setattr(page, "print_area", None))),
    Mutant("no page numbers", "printing", sheet(OPTION, _footless)),
    Mutant("print at 40 %", "printing", sheet(OPTION, _scale)),
    Mutant("a what-if table over another cell", "what-if-tables", other_selector),
    Mutant("what-if tables turned to values", "what-if-tables", frozen_tables, in_saved_values=True),
    Mutant("a check that fails", "checks", poisoned("Checks", "D6", 0.0), in_saved_values=True),
    Mutant("an error value", "no-errors", poisoned("Summary", "D22", "#REF!"), in_saved_values=True),
)  # fmt: skip


def as_saved_and_computed(path: Path) -> tuple[dict[Address, Any], dict[Address, Any]]:
    """Return the values saved with formulas, and those computed by an engine from the saved what-if tables."""
    values, (formulas, filled) = load_workbook(path, data_only=True), formula_cells(path)
    saved = {at: plain(values[at[0]][at[1]].value) for at in formulas}
    tables = {at: values[at[0]][at[1]].value for at in filled}
    return saved, Recalculation(path, formulas).values(tables)
