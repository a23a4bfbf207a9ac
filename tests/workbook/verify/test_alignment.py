"""Rows, columns and sheets that were added, deleted or renamed are told as that, and what moved with them is no change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from reportgen.workbook.package.reader import open_book
from reportgen.workbook.verify.changes import find_changes

HEADS = ("Assumption", "Unit", "Value", "As issued", "Key")
ROWS = (
    ("Growth", "%", 0.3, 0.3, "a.growth"),
    ("Price", "USD", 2.0, 2.0, "a.price"),
    ("Wage", "USD", 9.0, 9.0, "a.wage"),
)
Edit = Callable[[Workbook], None]


def issued(folder: Path) -> Path:
    """Write a workbook of two sheets: inputs from row 7, and a sheet that reads them."""
    book = Workbook()
    inputs, costs = book.worksheets[0], book.create_sheet("Costs")
    inputs.title = "Inputs"
    for column, head in enumerate(HEADS, start=2):
        inputs.cell(6, column, head)
    for row, values in enumerate(ROWS, start=7):
        for column, value in enumerate(values, start=2):
            inputs.cell(row, column, value)
    costs["B6"], costs["B7"], costs["B8"] = "Costs", "Growth of prices", "Wages"
    costs["D7"], costs["D8"] = "=Inputs!$D$7*Inputs!$D$8", "=SUM(Inputs!D8:D9)*2"
    book.save(folder / "issued.xlsx")
    return folder / "issued.xlsx"


def insert_column(book: Workbook) -> None:
    """Insert a column with a remark before the values, as a spreadsheet program does: formulas follow."""
    book["Inputs"].insert_cols(4)
    book["Inputs"]["D8"] = "agreed in May"
    book["Costs"]["D7"], book["Costs"]["D8"] = "=Inputs!$E$7*Inputs!$E$8", "=SUM(Inputs!E8:E9)*2"


def delete_row(book: Workbook) -> None:
    """Delete the row of the growth: what lay below moves up, and what read it is an error."""
    book["Inputs"].delete_rows(7)
    book["Costs"]["D7"], book["Costs"]["D8"] = "=#REF!*Inputs!$D$7", "=SUM(Inputs!D7:D8)*2"


def insert_row(book: Workbook) -> None:
    """Insert a row with an assumption of finance's own."""
    book["Inputs"].insert_rows(8)
    book["Inputs"]["B8"], book["Inputs"]["D8"] = "Travel", 4.0
    book["Costs"]["D7"], book["Costs"]["D8"] = "=Inputs!$D$7*Inputs!$D$9", "=SUM(Inputs!D9:D10)*2"


def rename(book: Workbook) -> None:
    """Rename a sheet: the references to it follow."""
    book["Inputs"].title = "Our inputs"
    book["Costs"]["D7"], book["Costs"]["D8"] = (
        "='Our inputs'!$D$7*'Our inputs'!$D$8",
        "=SUM('Our inputs'!D8:D9)*2",
    )


def remark(book: Workbook) -> None:
    """Comment on a value, as Excel writes a comment of a thread."""
    thread = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Too low?"
    book["Inputs"]["D7"].comment = Comment(thread, "Finance")


def overwrite(book: Workbook) -> None:
    """Type over a formula and a value, and add a sheet."""
    book["Costs"]["D7"], book["Inputs"]["D7"] = 5.0, 0.4
    book.create_sheet("Notes")["A1"] = "mine"


EDITS: list[tuple[Edit, list[tuple[str, str]]]] = [
    (insert_column, [("Inputs!D:D", "is a column that was added: agreed in May")]),
    (delete_row, [
        ("Inputs!7:7", "is a row that was deleted: Growth | % | 0.3 | 0.3 | and 1 more cells"),
        ("Costs!D7", "is =#REF!*Inputs!$D$7, was =Inputs!$D$7*Inputs!$D$8"),
    ]),
    (insert_row, [("Inputs!8:8", "is a row that was added: Travel | 4")]),
    (rename, [("Our inputs", "is a sheet that was renamed; it was Inputs")]),
    (remark, [("Inputs!D7", "has the comment: Too low?")]),
    (overwrite, [
        ("Inputs!D7", "is 0.4, was 0.3"), ("Costs!D7", "is 5, was =Inputs!$D$7*Inputs!$D$8"),
        ("Notes", "is a sheet that was added"),
    ]),
    (lambda book: book.remove(book["Costs"]), [("Costs", "is a sheet that is gone")]),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "told"), EDITS, ids=[getattr(edit, "__name__", "") for edit, _ in EDITS])
def test_an_edit_is_told_as_what_it_was(edit: Edit, told: list[tuple[str, str]], tmp_path: Path) -> None:
    """Each edit gives its own sentence and no other: what moved, and formulas that followed, are not told."""
    path = issued(tmp_path)
    book = load_workbook(path)
    edit(book)
    book.save(tmp_path / "back.xlsx")
    found = find_changes(open_book(tmp_path / "back.xlsx"), open_book(path))
    assert [(change.where, change.sentence) for change in found] == told


def test_a_change_names_the_key_of_its_row_and_the_head_of_its_column(tmp_path: Path) -> None:
    """After a column was inserted too, the value of the growth is that of a.growth, under Value."""
    path = issued(tmp_path)
    book = load_workbook(path)
    insert_column(book)
    book["Inputs"]["E7"] = 0.5
    book.save(tmp_path / "back.xlsx")
    (_, change) = find_changes(open_book(tmp_path / "back.xlsx"), open_book(path))
    assert (change.where, change.key, change.head, change.value) == ("Inputs!E7", "a.growth", "Value", 0.5)


def test_a_formula_that_nothing_can_read_is_compared_as_it_stands(tmp_path: Path) -> None:
    """A name of a column with a bracket in it: no tokens, and no crash."""
    path = issued(tmp_path)
    book = load_workbook(path)
    book["Costs"]["D7"] = "=SUBTOTAL(109,[Column'[])"
    book.save(tmp_path / "back.xlsx")
    (change,) = find_changes(open_book(tmp_path / "back.xlsx"), open_book(path))
    assert change.sentence == "is =SUBTOTAL(109,[Column'[]), was =Inputs!$D$7*Inputs!$D$8"
