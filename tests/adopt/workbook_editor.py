"""An editor of workbooks that writes only into unlocked cells, which it finds by key or label."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.sheets import runs
from reportgen.workbook.sheets.inputs import KEY, LOW, VALUE

CellContent = float | str | date | None


class WorkbookEditor:
    """Opens a workbook, edits unlocked cells as finance would, and saves it under another name."""

    def __init__(self, book: Path) -> None:
        self.book = load_workbook(book)

    def save(self, target: Path) -> Path:
        """Save the workbook."""
        target.parent.mkdir(exist_ok=True)
        self.book.save(target)
        return target

    def value(self, key: str, content: CellContent) -> None:
        """Set an assumption, a rate or a retirement."""
        self._type_into(*self._row(key), VALUE, content)

    def low(self, key: str, content: CellContent) -> None:
        """Set the low of an assumption."""
        self._type_into(*self._row(key), LOW, content)

    def day(self, key: str, content: CellContent) -> None:
        """Set the first day of a rate."""
        sheet, row = self._row(key)
        self._type_into(sheet, row, LOW, content)

    def risk(self, name: str, chance: CellContent = None, called: str = "") -> None:
        """Set the probability of a risk, and rename it where `called` is given."""
        sheet = self.book["Risks"]
        row = next(r for r in range(TOP, sheet.max_row + 1) if sheet.cell(r, LABEL).value == name)
        if chance is not None:
            self._type_into(sheet, row, FIRST, chance)
        if called:
            self._type_into(sheet, row, LABEL, called)

    def amount(self, run: str, operation: str, path: str, content: CellContent) -> None:
        """Set the amount of an effect."""
        self._type_into(self.book["Runs"], self._effect(run, operation, path), runs.AMOUNT, content)

    def run(self, run: str, operation: str, path: str, content: str) -> None:
        """Set the run of an effect."""
        self._type_into(self.book["Runs"], self._effect(run, operation, path), runs.RUN, content)

    def operation(self, run: str, operation: str, path: str, content: str) -> None:
        """Set the operation of an effect."""
        self._type_into(self.book["Runs"], self._effect(run, operation, path), runs.OPERATION, content)

    def clear(self, run: str, operation: str, path: str) -> None:
        """Clear the row of an effect."""
        row = self._effect(run, operation, path)
        for column in (runs.RUN, runs.OPERATION, runs.AMOUNT, runs.KEY):
            self._type_into(self.book["Runs"], row, column, None)

    def add(self, run: CellContent, operation: CellContent, path: CellContent, amount: CellContent) -> None:
        """Fill the first empty row of effects."""
        sheet = self.book["Runs"]
        row = next(r for r in self._effects() if not sheet.cell(r, runs.RUN).value)
        for column, content in (
            (runs.RUN, run),
            (runs.OPERATION, operation),
            (runs.KEY, path),
            (runs.AMOUNT, amount),
        ):
            self._type_into(sheet, row, column, content)

    def _row(self, key: str) -> tuple[Worksheet, int]:
        for sheet in (self.book[name] for name in ("Inputs", "Prices") if name in self.book.sheetnames):
            for row in range(TOP, sheet.max_row + 1):
                if sheet.cell(row, KEY).value == key:
                    return sheet, row
        raise KeyError(key)

    def _effects(self) -> Iterator[int]:
        sheet = self.book["Runs"]
        return (
            r for r in range(TOP + 1, sheet.max_row + 1) if not sheet.cell(r, runs.AMOUNT).protection.locked
        )

    def _effect(self, run: str, operation: str, path: str) -> int:
        sheet = self.book["Runs"]
        columns = (runs.RUN, runs.OPERATION, runs.KEY)
        return next(
            r for r in self._effects() if [sheet.cell(r, c).value for c in columns] == [run, operation, path]
        )

    @staticmethod
    def _type_into(sheet: Worksheet, row: int, column: int, content: CellContent) -> None:
        cell = sheet.cell(row, column)
        assert not cell.protection.locked, f"{sheet.title}!{cell.coordinate} is locked"
        cell.value = content
