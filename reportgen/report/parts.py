"""Elements of the paper's pages: sections, exhibits and tables, with their texts already formatted."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from reportgen.runtime.records import dataclass

Text = str | Markup

NUMBER_COLUMN_WIDTH = 17.0
"""Width of a column of numbers, in percent of the table, at most."""

FIRST_COLUMN_WIDTH, NARROW_FIRST_COLUMN_WIDTH, MANY_COLUMNS = 24.0, 20.0, 6
"""Least width of the first column, in percent; with more than MANY_COLUMNS other columns the narrow one."""

LONG_TABLE = 16
"""A table of more rows than this has its source above it, where it is seen; in the body it moves to the appendix."""

MOST_ROWS_UNBROKEN = 5
"""A table of up to this many rows is kept on one page, and with its chart; a longer one may break where a gap would be left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `number` cells are right-aligned, `chosen` ones are in the recommended option's column."""

    words: Text
    number: bool = True
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `kind` is empty, or its CSS class: total, subtotal, group, detail, more, text, chosen or extra."""

    head: Text
    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: header cell of the first column, the other header cells, rows; `widths` of all columns in percent."""

    corner: Text
    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]
    wide: bool = False
    breaks_across_pages: bool = False
    """Whether it may break across pages even if it is short, and between any two rows: those of texts are tall."""
    widths: tuple[float, ...] = ()

    @property
    def whole(self) -> bool:
        """Return whether it must not break across pages."""
        return len(self.rows) <= MOST_ROWS_UNBROKEN and not self.breaks_across_pages

    @property
    def long(self) -> bool:
        """Return whether it may take more than a page."""
        return len(self.rows) > LONG_TABLE or self.breaks_across_pages

    @property
    def columns(self) -> tuple[float, ...]:
        """Return the width of every column in percent: `widths` if given, else a wide first column and equal others."""
        if self.widths:
            return self.widths
        others = len(self.heads)
        head = FIRST_COLUMN_WIDTH if others <= MANY_COLUMNS else NARROW_FIRST_COLUMN_WIDTH
        each = min(NUMBER_COLUMN_WIDTH, (100 - head) / others) if others else 0.0
        return (100 - each * others, *[each] * others)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart, a table or both, with a title that states their message, a subtitle and a source line."""

    id: str
    title: Text
    subtitle: Text
    source: Text
    chart: Markup | None = None
    table: Table | None = None
    in_pieces: bool = False
    """Whether its chart consists of several drawings below each other, between which a page may end."""

    @property
    def whole(self) -> bool:
        """Return whether it must not break across pages."""
        return not self.in_pieces and (self.table is None or self.table.whole)

    @property
    def source_first(self) -> bool:
        """Return whether its source stands above it: that of a long table would be pages away."""
        return self.table is not None and self.table.long


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its label in the contents, a title that states its message, a lead paragraph, exhibits and notes."""

    id: str
    label: str
    title: Text
    lede: Text
    exhibits: tuple[Exhibit, ...] = ()
    notes: tuple[Text, ...] = ()


def cells(words: Iterable[Text], chosen: int | None = None, *, number: bool = True) -> tuple[Cell, ...]:
    """Make the cells of a row; `chosen` is the index of the recommended option's column."""
    return tuple(Cell(text, number, place == chosen) for place, text in enumerate(words))


def text_cells(words: Iterable[Text]) -> tuple[Cell, ...]:
    """Make left-aligned cells of text."""
    return tuple(Cell(text, number=False) for text in words)


def truncate_rows(rows: Sequence[Row], most: int, where: str) -> tuple[Row, ...]:
    """Keep the first `most` rows and add a row that names the sheet with the others."""
    if len(rows) <= most:
        return tuple(rows)
    return (
        *rows[:most],
        Row(f"and {len(rows) - most} more, on the sheet {where} of the workbook", (), "more"),
    )
