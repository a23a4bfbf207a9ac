"""The differences between a workbook and the same one as issued, independent of the program that saved it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.addresses import FIRST, LABEL
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.package.reader import CellPosition, Formula, OpenedBook, OpenedSheet
from reportgen.workbook.sheets import runs
from reportgen.workbook.verify.alignment import Alignment, align, mapped_reference, renamed_sheets
from reportgen.workbook.verify.recalculation import equal_values
from reportgen.workbook.verify.rules.rule import Finding

HISTORY = "Change log"
"""The sheet that cannot be rebuilt from the case."""
KEY_HEAD = "Key"
"""The head of the column with the key of each row, on the sheets that have one."""
THREADED = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)
"""What Excel writes before a comment of a thread, for programs that do not know threads."""
MOST_SHOWN = 200
"""Characters of a cell that a change shows."""

VIEW_CELLS = frozenset({(runs.SHEET, (runs.SELECTOR, FIRST)), ("Summary", runs.ON_SUMMARY)})
"""The cells that choose the run shown: a view of the workbook, no edit of it."""
CHOOSING = "Sensitivity"
"""The sheet whose unlocked cells choose what is examined."""

Kind = Literal["cell", "comment", "row added", "row deleted", "column added", "column deleted", "sheet"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, before and after in words; `locked` where the cell was not to be edited.

    `key` is the key of the row and `head` the head of the column as issued, where they have one; `value` is the cell's
    content now.
    """

    kind: Kind
    where: str
    before: str = ""
    after: str = ""
    locked: bool = True
    key: str = ""
    head: str = ""
    value: object = None
    label: str = ""
    """What stands first in the row of a cell as issued."""

    @property
    def sentence(self) -> str:
        """Return the change as what follows its place."""
        match self.kind:
            case "cell":
                return f"is {self.after}, was {self.before}"
            case "comment":
                return f"has the comment: {self.after}"
            case "row added" | "column added":
                return f"is a {self.kind.partition(' ')[0]} that was added: {self.after}"
            case "row deleted" | "column deleted":
                return f"is a {self.kind.partition(' ')[0]} that was deleted: {self.before}"
            case "sheet":
                return self.after

    @property
    def overwritten(self) -> bool:
        """Return whether something that was not to be edited holds something else."""
        return self.locked and self.kind == "cell" and self.before != "empty"

    @property
    def finding(self) -> Finding:
        """Return the change as a finding."""
        return Finding(self.where, self.sentence)


def find_changes(now: OpenedBook, issued: OpenedBook) -> Iterator[Change]:
    """Yield every cell that differs, comments, and rows, columns and sheets that were added or deleted.

    The Change log is not compared, since a rebuilt workbook has no earlier editions.
    """
    renamed = renamed_sheets(now.sheets, issued.sheets)
    for name in issued.sheets.keys() - now.sheets.keys() - set(renamed.values()):
        yield Change("sheet", name, after="is a sheet that is gone")
    pairs = {name: renamed.get(name, name) for name in now.sheets if renamed.get(name, name) in issued.sheets}
    aligned = {name: (old, align(now.sheets[name], issued.sheets[old])) for name, old in pairs.items()}
    moved = any(name != old or not alignment.identical for name, (old, alignment) in aligned.items())
    for name, sheet in now.sheets.items():
        if name not in aligned:
            yield Change("sheet", name, after="is a sheet that was added")
            continue
        old, alignment = aligned[name]
        if name in renamed:
            yield Change("sheet", name, after=f"is a sheet that was renamed; it was {old}")
        if old != HISTORY:
            before = issued.sheets[old]
            keys = [p[1] for p, cell in before.cells.items() if p[0] == TOP and cell.value == KEY_HEAD]
            yield from _Sheets(sheet, before, alignment, aligned, keys[0] if keys else 0, moved).changes()


@dataclass(frozen=True, slots=True)
class _Sheets:
    """A sheet and the same as issued, with the alignment of all sheets; `moved` where one of them is not where it was."""

    now: OpenedSheet
    issued: OpenedSheet
    alignment: Alignment
    aligned: Mapping[str, tuple[str, Alignment]]
    key_column: int
    moved: bool

    def changes(self) -> Iterator[Change]:
        yield from self._structure()
        places = {was: place for place in self.now.cells if (was := self.alignment.as_issued(place))}
        back = (
            {was: now for now, was in self.alignment.rows.items()},
            {was: now for now, was in self.alignment.columns.items()},
        )
        tables = self.issued.table_cells | {
            was for place in self.now.table_cells if (was := self.alignment.as_issued(place))
        }
        for was in sorted(places.keys() | self.issued.cells.keys()):
            place = (back[0].get(was[0]), back[1].get(was[1]))
            if was in tables or place[0] is None or place[1] is None or is_view(self.issued, was):
                continue  # recalculated, not changed; or told with its row or column
            yield from self._cell((place[0], place[1]), was)
        yield from self._comments()

    def _cell(self, place: CellPosition, was: CellPosition) -> Iterator[Change]:
        if self._written_alike(place, was):
            return
        if not _equal(self._content(place), _issued_content(self.issued, was)):
            cell = self.issued.all_cells.get(was)
            yield Change(
                "cell", self.now.at(place), _shown(self.issued, was), _shown(self.now, place),
                cell is None or cell.protection.locked, *self._names(was), _value(self.now, place),
                str(_value(self.issued, (was[0], LABEL)) or ""),
            )  # fmt: skip

    def _comments(self) -> Iterator[Change]:
        for place, cell in sorted(self.now.all_cells.items()):
            text = THREADED.sub("", str(cell.comment.text or "")).strip() if cell.comment else ""
            was = self.alignment.as_issued(place)
            before = self.issued.all_cells.get(was) if was else None
            known = before is not None and before.comment and before.comment.text.strip() == text
            if text and not known:
                names = self._names(was) if was else ("", "")
                yield Change("comment", self.now.at(place), "", text[:MOST_SHOWN], True, *names, text)

    def _structure(self) -> Iterator[Change]:
        """Yield the rows and columns with content that were added or deleted."""
        rows: dict[int, list[CellPosition]] = {}
        columns: dict[int, list[CellPosition]] = {}
        for place in sorted(self.now.cells):
            if place[0] not in self.alignment.rows:
                rows.setdefault(place[0], []).append(place)
            elif place[1] not in self.alignment.columns:
                columns.setdefault(place[1], []).append(place)
        for row, places in rows.items():
            yield Change("row added", f"{self.now.name}!{row}:{row}", after=self._list(self.now, places))
        for column, places in columns.items():
            letter = get_column_letter(column)
            where = f"{self.now.name}!{letter}:{letter}"
            yield Change("column added", where, after=self._list(self.now, places))
        for row in self.alignment.gone_rows:
            if places := [place for place in sorted(self.issued.cells) if place[0] == row]:
                key = self._names(places[0])[0]
                where = f"{self.now.name}!{row}:{row}"
                yield Change("row deleted", where, before=self._list(self.issued, places), key=key)
        for column in self.alignment.gone_columns:
            if places := [place for place in sorted(self.issued.cells) if place[1] == column]:
                letter = get_column_letter(column)
                where, head = f"{self.now.name}!{letter}:{letter}", self._names(places[0])[1]
                yield Change("column deleted", where, before=self._list(self.issued, places), head=head)

    @staticmethod
    def _list(sheet: OpenedSheet, places: list[CellPosition]) -> str:
        """Return the first contents of a row or column."""
        shown = " | ".join(_shown(sheet, place) for place in places[:4])
        return shown + (f" | and {len(places) - 4} more cells" if len(places) > 4 else "")

    def _names(self, was: CellPosition) -> tuple[str, str]:
        """Return the key of the row and the head of the column of a cell as issued."""
        key = _value(self.issued, (was[0], self.key_column)) if self.key_column else ""
        head = _value(self.issued, (TOP, was[1]))
        return str(key or ""), head if isinstance(head, str) and not head.startswith("=") else ""

    def _written_alike(self, place: CellPosition, was: CellPosition) -> bool:
        """Return whether both cells hold the same text of a formula: the usual case, known without taking it apart."""
        now, before = self.now.formulas.get(place), self.issued.formulas.get(was)
        return not self.moved and now is not None and before is not None and now.text == before.text

    def _content(self, place: CellPosition) -> Any:
        if place not in self.now.formulas:
            return _value(self.now, place)
        return normalised(self.now.formulas[place], self.aligned if self.moved else None)


def is_view(issued: OpenedSheet, place: CellPosition) -> bool:
    """Return whether a cell as issued chooses what is shown."""
    cell = issued.all_cells.get(place)
    choosing = issued.name == CHOOSING and cell is not None and not cell.protection.locked
    return choosing or (issued.name, place) in VIEW_CELLS


def other_view(now: OpenedBook, issued: OpenedBook) -> bool:
    """Return whether another run or option is chosen than as issued, so that computed values are others."""
    return any(
        is_view(before, place) and _value(now.sheets[name], place) != _value(before, place)
        for name, before in issued.sheets.items()
        if name in now.sheets and name in (runs.SHEET, "Summary", CHOOSING)
        for place in before.all_cells
    )


def _issued_content(sheet: OpenedSheet, place: CellPosition) -> Any:
    return normalised(sheet.formulas[place]) if place in sheet.formulas else _value(sheet, place)


def _value(sheet: OpenedSheet, place: CellPosition) -> Any:
    cell = sheet.all_cells.get(place)
    return None if cell is None else cell.value


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return bool(a == b)
    return equal_values(a, b)


def normalised(
    formula: Formula, aligned: Mapping[str, tuple[str, Alignment]] | None = None
) -> tuple[str, ...]:
    """Return the tokens of a formula in a normal form: no blanks, no needless quotes, numbers by value.

    With `aligned`, what it refers to stands as it stood as issued.
    """
    return tuple(_normalised_token(token, formula, aligned) for token in formula.tokens)


def _normalised_token(
    token: Token, formula: Formula, aligned: Mapping[str, tuple[str, Alignment]] | None
) -> str:
    text = str(token.value)
    if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
        return repr(float(text))
    if token.type == Token.OPERAND and token.subtype == Token.TEXT:
        return text
    if aligned is not None and token.type == Token.OPERAND and token.subtype == Token.RANGE:
        text = mapped_reference(text, formula, aligned)
    return re.sub(r"^'([A-Za-z_][A-Za-z0-9_.]*)'!", r"\1!", text).upper()


def _shown(sheet: OpenedSheet, place: CellPosition) -> str:
    value = sheet.formulas[place].text if place in sheet.formulas else _value(sheet, place)
    if isinstance(value, float):
        return f"{value:.12g}"
    return "empty" if value is None else str(value)[:MOST_SHOWN]
