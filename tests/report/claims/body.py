"""The body of a paper as plain text: of each section its lead and notes, of each exhibit its table's cells."""

from dataclasses import dataclass

from markupsafe import Markup

from reportgen.analysis import Analysis
from reportgen.report.composition import paper_of
from reportgen.report.page import sections
from reportgen.report.parts import Exhibit, Section
from reportgen.report.views.appendices.details import APPENDICES
from reportgen.report.views.context import ViewContext


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed: its exhibit's id, the first head, the other heads, and rows of kind, head and cells."""

    name: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PrintedBody:
    """The leads and sources of the body's sections by the id of section or exhibit, and its tables."""

    texts: tuple[tuple[str, str], ...]
    tables: tuple[PrintedTable, ...]


def body_of(analysis: Analysis) -> PrintedBody:
    """Return the body of a paper with the tables behind its exhibits, the other appendices left out."""
    found = sections(ViewContext.from_paper(paper_of(analysis)))
    body = [section for section in found if section.id not in APPENDICES]
    exhibits = [exhibit for section in body for exhibit in section.exhibits]
    return PrintedBody(
        (*(text for section in body for text in _texts(section)), *((one.id, plain(one.source)) for one in exhibits)),
        tuple(_table(exhibit) for exhibit in exhibits if exhibit.table),
    )  # fmt: skip


def plain(text: str) -> str:
    """Return a text without its tags, with single spaces."""
    return " ".join(Markup(text).striptags().replace(" %", "%").split())  # noqa: S704  texts of the program


def _texts(section: Section) -> list[tuple[str, str]]:
    return [(section.id, plain(text)) for text in (section.lede, *section.notes) if text]


def _table(exhibit: Exhibit) -> PrintedTable:
    table = exhibit.table
    assert table is not None
    rows = tuple(
        (row.kind, plain(row.head), tuple(plain(cell.words) for cell in row.cells)) for row in table.rows
    )
    return PrintedTable(
        exhibit.id, plain(table.corner), tuple(plain(head.words) for head in table.heads), rows
    )
