"""A workbook that stands where a build writes: whatever finance did to it stops the build, or is kept beside."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from reportgen.errors import SurroundingsError
from reportgen.pipeline.existing import edits_of, keep_edited
from tests.adopt.conftest import quick, rebuilt
from tests.packs import pack, small_case

__all__ = ["quick", "rebuilt"]
pytestmark = pytest.mark.slow
Edit = Callable[[Workbook], None]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the workbook of the small case, once."""
    folder = tmp_path_factory.mktemp("existing")
    pack(small_case(folder), folder)
    return folder / "small.xlsx"


@pytest.fixture
def workbook(issued: Path, tmp_path: Path) -> Path:
    """Return a copy of the workbook."""
    return Path(shutil.copy(issued, tmp_path / "acme.xlsx"))


def column_of(book: Workbook, head: str) -> int:
    """Return the column of Inputs with a head."""
    return next(cell.column for cell in book["Inputs"][6] if cell.value == head)


def row_of(book: Workbook, key: str) -> int:
    """Return the row of Inputs with a key."""
    column = column_of(book, "Key")
    return next(row for row in range(7, 200) if book["Inputs"].cell(row, column).value == key)


def add_sheet(book: Workbook) -> None:
    """Add a sheet of finance's own."""
    book.create_sheet("Our notes")["A1"] = "Agreed with the controller"


def comment(book: Workbook) -> None:
    """Comment on the discount rate."""
    cell = book["Inputs"].cell(row_of(book, "finance.discount_rate"), column_of(book, "Value"))
    cell.comment = Comment("Who said so?", "Finance")


def write_over(book: Workbook) -> None:
    """Type a number over a formula."""
    book["TCO"]["D8"] = 1.0


def source(book: Workbook) -> None:
    """State a source."""
    book["Inputs"].cell(row_of(book, "finance.discount_rate"), column_of(book, "Source")).value = "Treasury"


def low(book: Workbook) -> None:
    """State a low where none stood."""
    book["Inputs"].cell(row_of(book, "finance.discount_rate"), column_of(book, "Low")).value = 0.01


def delete_row(book: Workbook) -> None:
    """Delete the row of an assumption."""
    book["Inputs"].delete_rows(row_of(book, "finance.discount_rate"))


EDITS: list[tuple[Edit, str]] = [
    (add_sheet, "Our notes is a sheet that was added"),
    (comment, "has the comment: Who said so?"),
    (write_over, "TCO!D8 is 1, was ="),
    (source, "is Treasury, was"),
    (low, "is 0.01, was empty"),
    (delete_row, "is a row that was deleted"),
]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        pytest.param(
            edit, told, id=edit.__name__, marks=() if edit in (add_sheet, write_over) else pytest.mark.long
        )
        for edit, told in EDITS
    ],
)
def test_every_kind_of_work_stops_the_build_and_is_named(edit: Edit, told: str, workbook: Path) -> None:
    """The sentence names the edit; nothing is written."""
    book = load_workbook(workbook)
    edit(book)
    book.save(workbook)
    before = workbook.read_bytes()
    with pytest.raises(SurroundingsError, match=told):
        keep_edited(workbook, force=False)
    assert workbook.read_bytes() == before
    assert [path.name for path in workbook.parent.glob("*.xlsx")] == ["acme.xlsx"]


@pytest.mark.confined
def test_a_book_that_was_merely_saved_again_is_written_over(workbook: Path) -> None:
    """Opened and saved without an edit: nothing is kept, and nothing stops."""
    load_workbook(workbook).save(workbook)
    assert edits_of(workbook) == ()
    assert keep_edited(workbook, force=False) is None


def test_what_is_forced_is_kept_beside_with_its_edition(workbook: Path) -> None:
    """Two different edits are kept under two names, the same edit once; a file of another origin under a name of its own."""
    for rate in (0.5, 0.6, None):
        if rate:
            book = load_workbook(workbook)
            book["Inputs"].cell(row_of(book, "finance.discount_rate"), column_of(book, "Value")).value = rate
            book.save(workbook)
        content = workbook.read_bytes()
        kept = keep_edited(workbook, force=True)
        assert kept is not None
        assert kept.read_bytes() == content
    workbook.write_bytes(b"no workbook")
    keep_edited(workbook, force=True)
    names = sorted(path.name for path in workbook.parent.glob("acme.*.xlsx"))
    assert names == ["acme.edition-1-2.xlsx", "acme.edition-1.xlsx", "acme.kept.xlsx"]
