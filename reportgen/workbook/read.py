"""A workbook made by this program, read back: the case it carries, and its input cells now and as issued."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.compare.history import Issued
from reportgen.errors import InputError, Problem
from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.package.confined import Confined, TooMuch, Unreadable, confined, confined_process
from reportgen.workbook.package.digest import is_unmodified
from reportgen.workbook.package.guard import list_dangers
from reportgen.workbook.package.reader import OpenedBook, load, open_book
from reportgen.workbook.sheets import inputs, prices, runs
from reportgen.workbook.sheets.change_log import read_editions
from reportgen.workbook.sheets.cover import read_case_text, read_price_text
from reportgen.workbook.sheets.inputs import HIGH, HIGH_ISSUED, ISSUED, KEY, LOW, LOW_ISSUED, VALUE
from reportgen.workbook.sheets.prices import FROM, FROM_ISSUED
from reportgen.workbook.state import WITHOUT_TABLES, WhatIfMode

P = ParamSpec("P")
T = TypeVar("T")
UNSAFE = "This workbook is not safe to open:"
DAMAGED = "This cannot be read as a workbook: parts of it are missing or damaged."
OTHER_ORIGIN = "This is not a workbook of this program."
MISSING_SHEETS = (
    "This workbook has no sheet {} any more: it was deleted or renamed. Give it its name back, or copy what was typed "
    "into a fresh workbook, and adopt again."
)
MOST_HEAD_ROWS = 30
INPUT_HEADS = {
    column: {**inputs.TEXT_HEADS, **inputs.NUMBER_HEADS}[column]
    for column in (VALUE, ISSUED, LOW, HIGH, LOW_ISSUED, HIGH_ISSUED, KEY)
}
PRICE_HEADS = {
    column: {**prices.TEXT_HEADS, **prices.NUMBER_HEADS}[column]
    for column in (VALUE, ISSUED, FROM, FROM_ISSUED, KEY)
}
RUN_HEADS = {
    column: runs.HEADS[column] for column in (runs.RUN, runs.OPERATION, runs.AMOUNT, runs.ISSUED, runs.KEY)
}
"""The heads of the columns that are read, by the column as issued."""
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
    cells: tuple[str, ...] = ()
    """The addresses of run, operation and path."""

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

    @property
    def cells(self) -> frozenset[str]:
        """Return the addresses of all cells that are read, and so merged where they were edited."""
        found = [
            *self.values.values(),
            *self.days.values(),
            *(end for pair in self.ranges.values() for end in pair),
        ]
        cells = {cell.cell for cell in found}
        cells |= {one for risk in self.risks for one in (risk.cell, risk.probability.cell)}
        return frozenset(
            cells | {one for effect in self.effects for one in (effect.amount.cell, *effect.cells)}
        )


def read_workbook(path: Path) -> EditedWorkbook:
    """Read a workbook made by this program; raises InputError where it is missing, unsafe to open, or of another origin."""
    with opened_for_reading(path) as book:
        return book.ask(contents_of)


@contextmanager
def opened_for_reading(path: Path) -> Iterator[Confined[OpenedBook]]:
    """Provide a workbook opened in a confined process; raises InputError as `read_workbook` does."""
    if not path.is_file():
        raise _input_error(path, "There is no such file; check its name and folder.")
    with _errors_of(path), confined_process(_open, path) as book:
        yield book


def _open(path: Path) -> OpenedBook:
    _require_safe(path)
    try:
        return open_book(path)
    except MemoryError:
        raise
    except Exception as error:
        raise _input_error(path, DAMAGED) from error


def contents_of(opened: OpenedBook) -> EditedWorkbook:
    """Return the contents of a workbook, edited or not; raises InputError for one of another origin."""
    path, book = opened.path, opened.book
    if missing := sorted(REQUIRED_SHEETS - set(book.sheetnames)):
        ours = len(missing) < len(REQUIRED_SHEETS)
        raise _input_error(path, MISSING_SHEETS.format(" and ".join(missing)) if ours else OTHER_ORIGIN)
    register, effects = _columns(book["Inputs"], INPUT_HEADS), _columns(book["Runs"], RUN_HEADS)
    rates = _columns(book["Prices"], PRICE_HEADS) if "Prices" in book.sheetnames else None
    return EditedWorkbook(
        path,
        read_case_text(book),
        read_price_text(book),
        dict(_values(register)) | (dict(_values(rates)) if rates else {}),
        dict(_ranges(register)),
        dict(_days(rates)) if rates else {},
        tuple(_risks(book["Risks"])),
        tuple(_effects(effects)),
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
    with _errors_of(path):
        return confined(work, path, *args, **kwargs)


@contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    """Raise an InputError where a workbook does not let itself be worked on."""
    try:
        yield
    except TooMuch as error:
        raise _input_error(path, f"{UNSAFE} {error}") from error
    except Unreadable as error:
        raise _input_error(path, f"{DAMAGED} ({error})") from error


def _require_safe(path: Path) -> None:
    if found := list_dangers(path):
        raise _input_error(path, f"{UNSAFE} {' '.join(found)}")


def _opened(path: Path, *, data_only: bool = False) -> Any:
    try:
        return load(path, data_only=data_only)
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


@dataclass(frozen=True, slots=True)
class _Columns:
    """A sheet of rows under heads: where its columns are now, and its rows; a column that was inserted moves others."""

    sheet: Worksheet
    head_row: int
    moved: Mapping[int, int]

    def now(self, column: int) -> int:
        """Return where a column as issued is now."""
        return self.moved.get(column, column)

    def rows(self) -> range:
        """Return the rows below the heads."""
        return range(self.head_row + 1, self.sheet.max_row + 1)

    def cell(self, row: int, column: int) -> Any:
        """Return the cell of a row in a column as issued."""
        return self.sheet.cell(row, self.now(column))

    def editable(self, row: int, column: int, issued: int) -> EditableCell:
        """Return the cell of a row in a column as issued, with its value as issued."""
        return _editable_cell(self.sheet, row, self.now(column), self.now(issued))

    def keyed_rows(self) -> Iterator[tuple[int, str]]:
        """Yield row and key of every row of a register; the key column is read because rows may have been moved."""
        for row in self.rows():
            key = self.cell(row, KEY).value
            if isinstance(key, str) and key:
                yield row, key


def _columns(sheet: Worksheet, heads: Mapping[int, str]) -> _Columns:
    """Find the columns of a sheet by their heads, given by the column as issued."""
    for row in range(1, min(sheet.max_row, MOST_HEAD_ROWS) + 1):
        found: dict[str, int] = {}
        for column in range(1, sheet.max_column + 1):
            text = sheet.cell(row, column).value
            if isinstance(text, str):
                found.setdefault(text, column)
        if all(head in found for head in heads.values()):
            return _Columns(sheet, row, {column: found[head] for column, head in heads.items()})
    missing = ", ".join(f'"{head}"' for head in heads.values())
    raise _input_error(Path(sheet.title), f"The sheet {sheet.title} has lost one of its columns {missing}.")


def _values(columns: _Columns) -> Iterator[tuple[str, EditableCell]]:
    for row, key in columns.keyed_rows():
        if not columns.cell(row, VALUE).protection.locked:
            yield key, columns.editable(row, VALUE, ISSUED)


def _ranges(columns: _Columns) -> Iterator[tuple[str, tuple[EditableCell, EditableCell]]]:
    for row, key in columns.keyed_rows():
        low, high = columns.editable(row, LOW, LOW_ISSUED), columns.editable(row, HIGH, HIGH_ISSUED)
        if not columns.cell(row, LOW).protection.locked or low.changed or high.changed:
            yield key, (low, high)


def _days(columns: _Columns) -> Iterator[tuple[str, EditableCell]]:
    for row, key in columns.keyed_rows():
        if not columns.cell(row, FROM).protection.locked:
            yield key, columns.editable(row, FROM, FROM_ISSUED)


def _risks(sheet: Worksheet) -> Iterator[EditedRisk]:
    """Yield the rows of the register, spare rows included: of each the name and the probability are unlocked, in this order."""
    for row in range(TOP, sheet.max_row + 1):
        unlocked = [c for c in range(1, sheet.max_column + 1) if not sheet.cell(row, c).protection.locked]
        if len(unlocked) >= len((LABEL, FIRST)):
            label, first = unlocked[:2]
            name = sheet.cell(row, label)
            at, probability = f"{sheet.title}!{name.coordinate}", _editable_cell(sheet, row, first, first + 1)
            yield EditedRisk(str(name.value or "").strip(), at, probability)


def _effects(columns: _Columns) -> Iterator[EditedEffect]:
    """Yield the effects as issued, cleared ones included, and the spare rows that were filled."""
    for row in columns.rows():
        if row <= runs.SELECTOR or columns.cell(row, runs.AMOUNT).protection.locked:
            continue
        names = (runs.RUN, runs.OPERATION, runs.KEY)
        run, operation, key = (str(columns.cell(row, column).value or "").strip() for column in names)
        cells = tuple(f"{columns.sheet.title}!{columns.cell(row, column).coordinate}" for column in names)
        effect = EditedEffect(run, operation, key, columns.editable(row, runs.AMOUNT, runs.ISSUED), cells)
        if effect.amount.issued is not None or not effect.empty:
            yield effect
