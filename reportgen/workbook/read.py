"""A workbook of ours read back: the case it carries, and what its input cells hold now beside what was issued."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.compare.history import Issued
from reportgen.errors import InputError, Problem
from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.package.guard import dangers
from reportgen.workbook.package.writer import untouched
from reportgen.workbook.sheets import runs
from reportgen.workbook.sheets.change_log import editions_in
from reportgen.workbook.sheets.cover import case_in, prices_in
from reportgen.workbook.sheets.inputs import HIGH, HIGH_ISSUED, ISSUED, KEY, LOW, LOW_ISSUED, VALUE
from reportgen.workbook.sheets.prices import FROM, FROM_ISSUED

OURS = {"Inputs", "Runs", "Risks", "Case"}
Content = object
"""What a cell holds: a number, text, a formula as text, or None."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell that people may type into: what it holds, what it held when issued, and where it stands."""

    cell: str
    now: Content
    issued: Content

    @property
    def changed(self) -> bool:
        """Say whether it holds something else than when it was issued."""
        return self.now != self.issued


@dataclass(frozen=True, slots=True)
class EditedRisk:
    """One row of the risk register, in its order."""

    name: str
    cell: str
    """Where its name stands."""
    probability: Typed


@dataclass(frozen=True, slots=True)
class EditedEffect:
    """One row of the effects that people may type into; empty texts where one was cleared."""

    run: str
    operation: str
    path: str
    amount: Typed

    @property
    def whole(self) -> bool:
        """Say whether it names a run, an operation and an assumption."""
        return bool(self.run and self.operation and self.path)

    @property
    def empty(self) -> bool:
        """Say whether nothing is left of it."""
        return not (self.run or self.operation or self.path) and self.amount.now is None


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook as it came back."""

    path: Path
    case: str
    prices: str
    values: dict[str, Typed]
    """By path: assumptions, and the amounts of dated rates."""
    ranges: dict[str, tuple[Typed, Typed]]
    """Low and high by path."""
    days: dict[str, Typed]
    """The days of dated rates, by the path of their amounts."""
    risks: tuple[EditedRisk, ...]
    effects: tuple[EditedEffect, ...]
    editions: tuple[Issued, ...]
    untouched: bool


def read_workbook(path: Path) -> Returned:
    """Read a workbook that this program issued; InputError where it is not safe to open, or not ours."""
    if not path.is_file():
        raise _refused(path, "There is no such file; check its name and folder.")
    if found := dangers(path):
        raise _refused(path, f"This workbook is not safe to open: {' '.join(found)}")
    book: Any = load_workbook(path)
    if not set(book.sheetnames) >= OURS:
        raise _refused(path, "This is not a workbook of this program.")
    sheets = [book[name] for name in ("Inputs", "Prices") if name in book.sheetnames]
    return Returned(
        path,
        case_in(book),
        prices_in(book),
        {path: typed for sheet in sheets for path, typed in _values(sheet)},
        dict(_ranges(book["Inputs"])),
        dict(_days(book["Prices"])) if "Prices" in book.sheetnames else {},
        tuple(_risks(book["Risks"])),
        tuple(_effects(book["Runs"])),
        editions_in(book),
        untouched(path),
    )


def editions_of(path: Path) -> tuple[Issued, ...]:
    """Read the editions of a workbook of ours; none where it is not there, or cannot be read."""
    if not path.is_file():
        return ()
    try:
        book: Any = load_workbook(path, read_only=True)
    except Exception:  # noqa: BLE001  whatever stands there, it has no editions to carry on
        return ()
    try:
        return editions_in(book)
    finally:
        book.close()


def _refused(path: Path, sentence: str) -> InputError:
    return InputError([Problem(str(path), 1, 1, "", "", sentence)])


def _typed(sheet: Worksheet, row: int, column: int, issued: int) -> Typed:
    cell = sheet.cell(row, column)
    return Typed(f"{sheet.title}!{cell.coordinate}", cell.value, sheet.cell(row, issued).value)


def _keys(sheet: Worksheet) -> Iterator[tuple[int, str]]:
    """Find the rows of a register by their keys: rows may have moved."""
    for row in range(TOP + 1, sheet.max_row + 1):
        key = sheet.cell(row, KEY).value
        if isinstance(key, str) and key:
            yield row, key


def _values(sheet: Worksheet) -> Iterator[tuple[str, Typed]]:
    for row, key in _keys(sheet):
        if not sheet.cell(row, VALUE).protection.locked:
            yield key, _typed(sheet, row, VALUE, ISSUED)


def _ranges(sheet: Worksheet) -> Iterator[tuple[str, tuple[Typed, Typed]]]:
    for row, key in _keys(sheet):
        if not sheet.cell(row, LOW).protection.locked:
            yield key, (_typed(sheet, row, LOW, LOW_ISSUED), _typed(sheet, row, HIGH, HIGH_ISSUED))


def _days(sheet: Worksheet) -> Iterator[tuple[str, Typed]]:
    for row, key in _keys(sheet):
        if not sheet.cell(row, FROM).protection.locked:
            yield key, _typed(sheet, row, FROM, FROM_ISSUED)


def _risks(sheet: Worksheet) -> Iterator[EditedRisk]:
    """Read the register, spare rows included: names stand in the label column, probabilities first beside them."""
    for row in range(TOP, sheet.max_row + 1):
        name, typed = sheet.cell(row, LABEL), sheet.cell(row, FIRST)
        if not name.protection.locked and not typed.protection.locked:
            at = f"{sheet.title}!{name.coordinate}"
            yield EditedRisk(str(name.value or "").strip(), at, _typed(sheet, row, FIRST, FIRST + 1))


def _effects(sheet: Worksheet) -> Iterator[EditedEffect]:
    """Read the effects that were issued, cleared ones too, and the spare rows that something was typed into."""
    for row in range(runs.SELECTOR + 1, sheet.max_row + 1):
        if sheet.cell(row, runs.AMOUNT).protection.locked:
            continue
        columns = (LABEL, runs.OPERATION, runs.KEY)
        run, operation, key = (str(sheet.cell(row, column).value or "").strip() for column in columns)
        effect = EditedEffect(run, operation, key, _typed(sheet, row, runs.AMOUNT, runs.ISSUED))
        if effect.amount.issued is not None or not effect.empty:
            yield effect
