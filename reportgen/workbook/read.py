"""A workbook made by this program, read back: the case it carries, and its input cells now and as issued."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.compare.history import Issued
from reportgen.errors import InputError, Problem
from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.package.confined import TooMuch, Unreadable, confined
from reportgen.workbook.package.guard import list_dangers
from reportgen.workbook.package.writer import is_unmodified
from reportgen.workbook.sheets import runs
from reportgen.workbook.sheets.change_log import read_editions
from reportgen.workbook.sheets.cover import read_case_text, read_price_text
from reportgen.workbook.sheets.inputs import HIGH, HIGH_ISSUED, ISSUED, KEY, LOW, LOW_ISSUED, VALUE
from reportgen.workbook.sheets.prices import FROM, FROM_ISSUED
from reportgen.workbook.state import WITHOUT_TABLES, WhatIfMode

P = ParamSpec("P")
T = TypeVar("T")
UNSAFE = "This workbook is not safe to open:"
DAMAGED = "This cannot be read as a workbook: parts of it are missing or damaged."
REQUIRED_SHEETS = {"Inputs", "Runs", "Risks", "Case"}
CellContent = object
"""The content of a cell: a number, text, a formula as text, or None."""


@dataclass(frozen=True, slots=True)
class EditableCell:
    """One unlocked cell: its address, its content now, and its content as issued.

    `saved` is the saved value of a formula, where `saved_values` was asked for it.
    """

    cell: str
    now: CellContent
    issued: CellContent
    saved: CellContent = None

    @property
    def changed(self) -> bool:
        """Return whether the content differs from the one issued."""
        return self.now != self.issued


@dataclass(frozen=True, slots=True)
class EditedRisk:
    """One row of the risk register."""

    name: str
    cell: str
    """The address of the name."""
    probability: EditableCell


@dataclass(frozen=True, slots=True)
class EditedEffect:
    """One unlocked row of the effects; texts are empty where a cell was cleared."""

    run: str
    operation: str
    path: str
    amount: EditableCell

    @property
    def complete(self) -> bool:
        """Return whether the row names a run, an operation and an assumption."""
        return bool(self.run and self.operation and self.path)

    @property
    def empty(self) -> bool:
        """Return whether the row has no content."""
        return not (self.run or self.operation or self.path) and self.amount.now is None


@dataclass(frozen=True, slots=True)
class EditedWorkbook:
    """The contents of a workbook, edited or not."""

    path: Path
    case: str
    prices: str
    values: dict[str, EditableCell]
    """Assumptions and amounts of dated rates, by path."""
    ranges: dict[str, tuple[EditableCell, EditableCell]]
    """Low and high by path."""
    days: dict[str, EditableCell]
    """First days of dated rates, by the path of their amounts."""
    risks: tuple[EditedRisk, ...]
    effects: tuple[EditedEffect, ...]
    editions: tuple[Issued, ...]
    is_unmodified: bool


def read_workbook(path: Path) -> EditedWorkbook:
    """Read a workbook made by this program; raises InputError where it is missing, unsafe to open, or of another origin."""
    if not path.is_file():
        raise _input_error(path, "There is no such file; check its name and folder.")
    return _confined(path, _read)


def _read(path: Path) -> EditedWorkbook:
    """Read a workbook in this process, after a look at its dangers."""
    _require_safe(path)
    book = _opened(path)
    if not set(book.sheetnames) >= REQUIRED_SHEETS:
        raise _input_error(path, "This is not a workbook of this program.")
    sheets = [book[name] for name in ("Inputs", "Prices") if name in book.sheetnames]
    return EditedWorkbook(
        path,
        read_case_text(book),
        read_price_text(book),
        {path: cell for sheet in sheets for path, cell in _values(sheet)},
        dict(_ranges(book["Inputs"])),
        dict(_days(book["Prices"])) if "Prices" in book.sheetnames else {},
        tuple(_risks(book["Risks"])),
        tuple(_effects(book["Runs"])),
        read_editions(book),
        is_unmodified(path),
    )


def saved_values(path: Path, cells: Iterable[str]) -> dict[str, CellContent]:
    """Return the values that a workbook has saved for cells, by their addresses."""
    return _confined(path, _saved_values, tuple(cells))


def _saved_values(path: Path, cells: tuple[str, ...]) -> dict[str, CellContent]:
    _require_safe(path)
    book = _opened(path, data_only=True)
    places = [(cell, *cell.rpartition("!")[::2]) for cell in cells]
    return {cell: book[sheet][place].value for cell, sheet, place in places}


def _confined(path: Path, work: Callable[Concatenate[Path, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do work on a workbook in a confined process; raises InputError where the workbook does not let it."""
    try:
        return confined(work, path, *args, **kwargs)
    except TooMuch as error:
        raise _input_error(path, f"{UNSAFE} {error}") from error
    except Unreadable as error:
        raise _input_error(path, f"{DAMAGED} ({error})") from error


def _require_safe(path: Path) -> None:
    if found := list_dangers(path):
        raise _input_error(path, f"{UNSAFE} {' '.join(found)}")


def _opened(path: Path, *, data_only: bool = False) -> Any:
    try:
        return load_workbook(path, data_only=data_only)
    except Exception as error:
        raise _input_error(path, DAMAGED) from error


def editions_of(path: Path) -> tuple[Issued, ...]:
    """Return the editions recorded in a workbook; empty where the file is missing or unreadable."""
    if not path.is_file():
        return ()
    try:
        return _confined(path, _editions)
    except InputError:  # a file of any other kind has no editions
        return ()


def _editions(path: Path) -> tuple[Issued, ...]:
    _require_safe(path)
    book: Any = load_workbook(path, read_only=True)
    try:
        return read_editions(book)
    finally:
        book.close()


def read_what_if(book: Any) -> WhatIfMode:
    """Return whether a workbook was written with what-if tables, or with the results of all runs as issued alone."""
    return "issued" if book["Runs"].cell(runs.CALCULATED, LABEL).value == WITHOUT_TABLES else "live"


def _input_error(path: Path, sentence: str) -> InputError:
    return InputError([Problem(str(path), 1, 1, "", "", sentence)])


def _editable_cell(sheet: Worksheet, row: int, column: int, issued: int) -> EditableCell:
    cell = sheet.cell(row, column)
    return EditableCell(f"{sheet.title}!{cell.coordinate}", cell.value, sheet.cell(row, issued).value)


def _keys(sheet: Worksheet) -> Iterator[tuple[int, str]]:
    """Yield row and key of every row of a register; the key column is read because rows may have been moved."""
    for row in range(TOP + 1, sheet.max_row + 1):
        key = sheet.cell(row, KEY).value
        if isinstance(key, str) and key:
            yield row, key


def _values(sheet: Worksheet) -> Iterator[tuple[str, EditableCell]]:
    for row, key in _keys(sheet):
        if not sheet.cell(row, VALUE).protection.locked:
            yield key, _editable_cell(sheet, row, VALUE, ISSUED)


def _ranges(sheet: Worksheet) -> Iterator[tuple[str, tuple[EditableCell, EditableCell]]]:
    for row, key in _keys(sheet):
        if not sheet.cell(row, LOW).protection.locked:
            yield (
                key,
                (_editable_cell(sheet, row, LOW, LOW_ISSUED), _editable_cell(sheet, row, HIGH, HIGH_ISSUED)),
            )


def _days(sheet: Worksheet) -> Iterator[tuple[str, EditableCell]]:
    for row, key in _keys(sheet):
        if not sheet.cell(row, FROM).protection.locked:
            yield key, _editable_cell(sheet, row, FROM, FROM_ISSUED)


def _risks(sheet: Worksheet) -> Iterator[EditedRisk]:
    """Yield the rows of the register, spare rows included: name in the label column, probability in the first number column."""
    for row in range(TOP, sheet.max_row + 1):
        name, probability = sheet.cell(row, LABEL), sheet.cell(row, FIRST)
        if not name.protection.locked and not probability.protection.locked:
            at = f"{sheet.title}!{name.coordinate}"
            yield EditedRisk(str(name.value or "").strip(), at, _editable_cell(sheet, row, FIRST, FIRST + 1))


def _effects(sheet: Worksheet) -> Iterator[EditedEffect]:
    """Yield the effects as issued, cleared ones included, and the spare rows that were filled."""
    for row in range(runs.SELECTOR + 1, sheet.max_row + 1):
        if sheet.cell(row, runs.AMOUNT).protection.locked:
            continue
        columns = (LABEL, runs.OPERATION, runs.KEY)
        run, operation, key = (str(sheet.cell(row, column).value or "").strip() for column in columns)
        effect = EditedEffect(run, operation, key, _editable_cell(sheet, row, runs.AMOUNT, runs.ISSUED))
        if effect.amount.issued is not None or not effect.empty:
            yield effect
