"""What pages are made of: sections, exhibits and tables, already worded."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

Words = str | Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `number` cells stand right, `chosen` ones belong to the recommended option."""

    words: Words
    number: bool = True
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its head, its cells, and whether it is a total, a subtotal, a group's title or a detail."""

    head: Words
    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first head, the other heads, and rows."""

    corner: Words
    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart or a table under a title that says what it shows."""

    id: str
    title: Words
    subtitle: Words
    body: Markup | Table
    source: Words

    @property
    def table(self) -> Table | None:
        """Give the table, where the exhibit is one."""
        return self.body if isinstance(self.body, Table) else None


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its place in the contents, a title that is its message, an opening, exhibits and notes."""

    id: str
    label: str
    title: Words
    lede: Words
    exhibits: tuple[Exhibit, ...] = ()
    notes: tuple[Words, ...] = ()
    new_page: bool = True


def cells(words: Iterable[Words], chosen: int | None = None, *, number: bool = True) -> tuple[Cell, ...]:
    """Make the cells of a row; `chosen` is the place of the recommended option's column."""
    return tuple(Cell(text, number, place == chosen) for place, text in enumerate(words))
