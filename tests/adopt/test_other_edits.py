"""Nothing that was typed into a workbook is lost: it is taken, or told with its cell, before, after and what to do."""

from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from reportgen.errors import InputError
from reportgen.pipeline.existing import edits_of
from reportgen.schema.assumptions import assumptions
from reportgen.schema.loading.load import load_case
from reportgen.workbook.read import read_workbook
from tests.adopt.returned_pack import ReturnedPack

pytestmark = pytest.mark.long

RATE = "finance.discount_rate"


def place(book: Workbook, key: str, head: str) -> tuple[int, int]:
    """Return row and column of a key and a head on Inputs."""
    heads = {cell.value: cell.column for cell in book["Inputs"][6]}
    rows = {book["Inputs"].cell(row, heads["Key"]).value: row for row in range(7, book["Inputs"].max_row + 1)}
    return rows[key], heads[head]


def write(book: Workbook, key: str, head: str, content: object) -> None:
    """Write a cell of Inputs."""
    book["Inputs"].cell(*place(book, key, head)).value = content


def test_source_owner_day_comment_and_a_range_where_none_stood_are_taken(returned: ReturnedPack) -> None:
    """All go to their fields of the assumption, the comment into its note; adopting again finds nothing to take."""
    editor = returned.opened()
    write(editor.book, RATE, "Source", "Treasury circular 12")
    write(editor.book, RATE, "Owner", "Treasury")
    write(editor.book, RATE, "As of", datetime(2026, 11, 1))  # noqa: DTZ001  cells have no zone
    write(editor.book, RATE, "Low", 0.04)
    write(editor.book, RATE, "High", 0.14)
    editor.book["Inputs"].cell(*place(editor.book, RATE, "Value")).comment = Comment("Rate of 2025?", "CFO")
    editor.save(returned.back)
    done = returned.adopt("--apply")
    assert done.exit_code == 0, done.output
    row = next(row for row in assumptions(load_case(returned.case)) if row.path == RATE)
    assert (row.source, row.owner, f"{row.as_of}") == ("Treasury circular 12", "Treasury", "2026-11-01")
    assert (row.low, row.high) == (0.04, 0.14)
    assert "Rate of 2025? (commented in back.xlsx by Finance on 2026-11-24)" in row.note
    assert "There is nothing to take." in returned.adopt().stderr


def test_what_was_typed_beside_an_inserted_column_is_found_by_its_head(returned: ReturnedPack) -> None:
    """A column of remarks before the values: the value is taken, the column is told."""
    editor = returned.opened()
    sheet = editor.book["Inputs"]
    locks = {cell.coordinate: cell.protection.locked for row in sheet.iter_rows() for cell in row}
    sheet.insert_cols(4)
    sheet["D6"], sheet["D9"] = "Remark", "agreed"
    row, column = place(editor.book, RATE, "Value")
    assert column == 5
    assert not locks[f"D{row}"]
    sheet.cell(row, column).value = 0.12
    editor.save(returned.back)
    done = returned.adopt("--apply")
    assert load_case(returned.case).finance.discount_rate.value == 0.12
    assert "Inputs!D:D is a column that was added: Remark | agreed" in done.stdout
    assert done.exit_code == 3
    assert "--force" not in done.stderr


def add_sheet(book: Workbook) -> None:
    """Add a sheet."""
    book.create_sheet("Our notes")["A1"] = "mine"


def type_over_formula(book: Workbook) -> None:
    """Type a number over a formula."""
    book["TCO"]["D8"] = 1.0


def type_over_book_price(book: Workbook) -> None:
    """Type a price over one of the book."""
    write(book, "options.old_model.output_price", "Value", 9.5)


def delete_input(book: Workbook) -> None:
    """Delete the row of an assumption."""
    book["Inputs"].delete_rows(place(book, RATE, "Value")[0])


def delete_risk(book: Workbook) -> None:
    """Delete the row of the first risk."""
    sheet = book["Risks"]
    sheet.delete_rows(next(c.row for c in sheet["B"] if c.value == "The list prices rise by half"))


def more_years(book: Workbook) -> None:
    """Change the number of years."""
    row = next(cell.row for cell in book["Inputs"]["B"] if cell.value == "Years")
    book["Inputs"].cell(row, 4).value = 5


def comment_elsewhere(book: Workbook) -> None:
    """Comment on a result."""
    book["Summary"]["D8"].comment = Comment("Too high?", "CFO")


TOLD: list[tuple[Callable[[Workbook], None], str]] = [
    (add_sheet, "Our notes is a sheet that was added: the case has no place for it"),
    (type_over_formula, "TCO!D8 is 1, was ="),
    (
        type_over_book_price,
        "Either correct the rate on the sheet Prices, or state `output_price: 9.5` in the case",
    ),
    (delete_input, "a row that is deleted takes nothing out; change finance.discount_rate in the case"),
    (delete_risk, "a row that is deleted takes no risk out; set its probability to 0"),
    (
        more_years,
        "is 5, was 3: the structure is fixed when a workbook is issued; change finance.years in the case",
    ),
    (comment_elsewhere, "Summary!D8 has the comment: Too high?: write it into the note of an assumption"),
]


@pytest.mark.parametrize(("edit", "told"), TOLD, ids=[edit.__name__ for edit, _ in TOLD])
def test_what_has_no_place_in_the_case_is_told(
    edit: Callable[[Workbook], None], told: str, returned: ReturnedPack
) -> None:
    """With what to do about it, exit 3, and the case as it was."""
    before = returned.case.read_bytes()
    editor = returned.opened()
    edit(editor.book)
    editor.save(returned.back)
    done = returned.adopt("--apply")
    assert told in done.stdout
    assert (done.exit_code, returned.case.read_bytes()) == (3, before)


def test_a_sheet_that_is_missing_is_named(returned: ReturnedPack) -> None:
    """Renamed or deleted: the sentence names it and says what to do."""
    editor = returned.opened()
    editor.book["Runs"].title = "Our runs"
    editor.save(returned.back)
    with pytest.raises(
        InputError, match="This workbook has no sheet Runs any more: it was deleted or renamed"
    ):
        read_workbook(returned.back)


def test_deleted_and_renamed_risks_are_not_guessed(returned: ReturnedPack) -> None:
    """One row deleted and the other renamed: nothing tells which is which."""
    editor = returned.opened()
    editor.risk("The dollar falls", called="The euro rises")
    delete_risk(editor.book)
    editor.save(returned.back)
    with pytest.raises(InputError, match="nothing tells which is which"):
        returned.adopt()


def test_choosing_a_run_or_the_option_examined_is_no_edit(returned: ReturnedPack) -> None:
    """What is shown is a view of the workbook: adopt finds nothing to take, and build may write over it."""
    editor = returned.opened()
    editor.book["Summary"]["D5"] = "The dollar falls"
    editor.book["Runs"]["D6"] = "The list prices rise by half"
    choice = next(
        cell
        for row in editor.book["Sensitivity"].iter_rows()
        for cell in row
        if not cell.protection.locked and cell.value
    )
    choice.value = next(name for name in editor.book.sheetnames if editor.book[name]["B2"].value == name)
    editor.save(returned.back)
    done = returned.adopt("--apply")
    assert done.exit_code == 0, done.output
    assert "There is nothing to take." in done.stderr
    assert edits_of(returned.back) == ()
