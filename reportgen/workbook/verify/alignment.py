"""Which rows and columns of an edited sheet are those of the sheet as issued."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from reportgen.runtime.records import dataclass
from reportgen.workbook.package.reader import CELL, CellPosition, Formula, OpenedSheet

HEAD_ROWS = 12
"""The rows at the top of a sheet whose texts tell its columns apart."""
SPARE = 3
"""So many more lines may differ in place than in any order, and all are taken to be where they were."""
ALIKE = 0.6
"""The share of rows that two sheets have in common where one is the other renamed."""


@dataclass(frozen=True)
class Alignment:
    """The rows and columns of the issued sheet by those of the edited one; added ones have none."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    issued_rows: int
    issued_columns: int

    @cached_property
    def identical(self) -> bool:
        """Return whether every row and column is where it was."""
        pairs = (*self.rows.items(), *self.columns.items())
        complete = len(self.rows) >= self.issued_rows and len(self.columns) >= self.issued_columns
        return complete and all(now == before for now, before in pairs)

    def as_issued(self, place: CellPosition) -> CellPosition | None:
        """Return where a cell of the edited sheet was as issued; None for one in an added row or column."""
        row, column = self.rows.get(place[0]), self.columns.get(place[1])
        return None if row is None or column is None else (row, column)

    @cached_property
    def gone_rows(self) -> tuple[int, ...]:
        """Return the rows of the issued sheet that were deleted."""
        kept = set(self.rows.values())
        return tuple(row for row in range(1, self.issued_rows + 1) if row not in kept)

    @cached_property
    def gone_columns(self) -> tuple[int, ...]:
        """Return the columns of the issued sheet that were deleted."""
        kept = set(self.columns.values())
        return tuple(column for column in range(1, self.issued_columns + 1) if column not in kept)


def align(now: OpenedSheet, issued: OpenedSheet) -> Alignment:
    """Align two sheets by the texts of their rows, and of the heads of their columns."""
    rows = _matched(_row_texts(now), _row_texts(issued))
    columns = _matched(_column_texts(now), _column_texts(issued))
    last = max(issued.cells, default=(0, 0))[0]
    return Alignment(dict(rows), dict(columns), last, max((place[1] for place in issued.cells), default=0))


def renamed_sheets(now: Mapping[str, OpenedSheet], issued: Mapping[str, OpenedSheet]) -> dict[str, str]:
    """Map the name of every added sheet to that of a missing one of which it has most rows."""
    gone = {name: set(_row_texts(sheet)) - {()} for name, sheet in issued.items() if name not in now}
    found: dict[str, str] = {}
    for name, sheet in now.items():
        texts = set(_row_texts(sheet)) - {()}
        if name in issued or not texts:
            continue
        shares = {old: len(texts & rows) / max(len(rows), 1) for old, rows in gone.items()}
        best = max(shares, key=lambda old: shares[old], default=None)
        if best is not None and shares[best] >= ALIKE:
            found[name] = best
            del gone[best]
    return found


def _matched(now: Sequence[Hashable], issued: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the positions, from 1, of what belongs together in two sequences; of equally many others the first to the first."""
    steps = SequenceMatcher(None, now, issued, autojunk=False).get_opcodes()
    edited = sum(one != other for one, other in zip(now, issued, strict=False))
    moved = sum(d - c for kind, _, _, c, d in steps if kind != "equal")
    if (
        len(now) == len(issued) and edited <= moved + SPARE
    ):  # spare rows are alike: one that is filled is no other row
        yield from ((place, place) for place in range(1, len(now) + 1))
        return
    for kind, a, b, c, d in steps:
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            yield from zip(range(a + 1, b + 1), range(c + 1, d + 1), strict=True)
        elif kind == "replace":  # the first ones are taken for edited, the rest for added or deleted
            yield from zip(range(a + 1, b + 1), range(c + 1, d + 1), strict=False)


def _row_texts(sheet: OpenedSheet) -> list[tuple[str, ...]]:
    """Return the texts of each row in order, formulas left out."""
    last = max(sheet.cells, default=(0, 0))[0]
    rows: list[list[str]] = [[] for _ in range(last)]
    for place in sorted(sheet.cells):
        if place not in sheet.formulas and isinstance(text := sheet.cells[place].value, str):
            rows[place[0] - 1].append(text)
    return [tuple(row) for row in rows]


def _column_texts(sheet: OpenedSheet) -> list[tuple[tuple[int, str], ...]]:
    """Return the texts at the top of each column with their rows; a formula counts as one whatever it says."""
    last = max((place[1] for place in sheet.cells), default=0)
    columns: list[list[tuple[int, str]]] = [[] for _ in range(last)]
    for place in sorted(sheet.cells):
        if place[0] <= HEAD_ROWS:
            value = "=" if place in sheet.formulas else sheet.cells[place].value
            if isinstance(value, str):
                columns[place[1] - 1].append((place[0], value))
    return [tuple(column) for column in columns]


def mapped_reference(text: str, formula: Formula, sheets: Mapping[str, tuple[str, Alignment]]) -> str:
    """Return a reference of an edited sheet's formula as it was written as issued; unchanged where that is not known."""
    name, mark, cells = text.rpartition("!")
    own = (name[1:-1].replace("''", "'") if name.startswith("'") else name) or formula.sheet
    if own not in sheets:
        return text
    issued_name, alignment = sheets[own]
    prefix = f"'{issued_name}'!" if mark else ""
    return prefix + ":".join(_mapped_cell(cell, alignment) for cell in cells.split(":"))


def _mapped_cell(cell: str, alignment: Alignment) -> str:
    found = CELL.match(cell)
    if not found:
        return cell
    was = alignment.as_issued((int(found[4]), column_index_from_string(found[2])))
    if was is None:
        return cell
    return f"{found[1]}{get_column_letter(was[1])}{found[3]}{was[0]}"
