"""What pages are made of: sections, exhibits and tables, already worded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

Text = str | Markup

NUMBER_COLUMN_WIDTH = 17.0
"""Width of a column of numbers, in percent of the table, while there are few."""

FIRST_COLUMN_WIDTH, NARROW_FIRST_COLUMN_WIDTH, MANY_COLUMNS = 24.0, 20.0, 6
"""Width of the first column at least, in percent; beside more columns than so many it is narrower."""

MOST_ROWS_UNBROKEN = 16
"""A table of up to so many rows is kept on one page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `number` cells stand right, `chosen` ones belong to the recommended option."""

    words: Text
    number: bool = True
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its head, its cells, and whether it is a total, a subtotal, a group's title or a detail."""

    head: Text
    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first head, the other heads, and rows; `widths` of the columns in percent, the first included."""

    corner: Text
    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]
    wide: bool = False
    breaks_across_pages: bool = False
    """Whether it may run over a page's end however short it is."""
    widths: tuple[float, ...] = ()

    @property
    def columns(self) -> tuple[float, ...]:
        """Give the width of every column in percent: as stated, or the first wide and the others alike."""
        if self.widths:
            return self.widths
        others = len(self.heads)
        head = FIRST_COLUMN_WIDTH if others <= MANY_COLUMNS else NARROW_FIRST_COLUMN_WIDTH
        each = min(NUMBER_COLUMN_WIDTH, (100 - head) / others) if others else 0.0
        return (100 - each * others, *[each] * others)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart, a table or both under a title that says what they show."""

    id: str
    title: Text
    subtitle: Text
    source: Text
    chart: Markup | None = None
    table: Table | None = None

    @property
    def whole(self) -> bool:
        """Say whether it must stand on one page."""
        return self.table is None or (
            len(self.table.rows) <= MOST_ROWS_UNBROKEN and not self.table.breaks_across_pages
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its place in the contents, a title that is its message, an opening, exhibits and notes."""

    id: str
    label: str
    title: Text
    lede: Text
    exhibits: tuple[Exhibit, ...] = ()
    notes: tuple[Text, ...] = ()


def cells(words: Iterable[Text], chosen: int | None = None, *, number: bool = True) -> tuple[Cell, ...]:
    """Make the cells of a row; `chosen` is the place of the recommended option's column."""
    return tuple(Cell(text, number, place == chosen) for place, text in enumerate(words))


def text_cells(words: Iterable[Text]) -> tuple[Cell, ...]:
    """Make cells of text, which stand left."""
    return tuple(Cell(text, number=False) for text in words)


def truncate_rows(rows: Sequence[Row], most: int, where: str) -> tuple[Row, ...]:
    """Keep the first rows of a long table, and say where the others are."""
    if len(rows) <= most:
        return tuple(rows)
    return (
        *rows[:most],
        Row(f"and {len(rows) - most} more, on the sheet {where} of the workbook", (), "more"),
    )
