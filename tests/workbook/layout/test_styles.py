"""The look: what people may change, how numbers read, what a colour means."""

from pathlib import Path
from typing import Any, get_args

import pytest
from openpyxl import Workbook, load_workbook

from reportgen.units import Kind
from reportgen.workbook.layout import colours
from reportgen.workbook.layout.cell_styles import APPEARANCES, Role, number_format
from reportgen.workbook.layout.styles import Stylesheet, link_to, make_stylesheet, mark_changed, mark_failing
from reportgen.workbook.package.writer import save
from tests.workbook.demo import ISSUED


@pytest.fixture
def book() -> Workbook:
    return Workbook()


@pytest.fixture
def stylesheet(book: Workbook) -> Stylesheet:
    return make_stylesheet(book, {"api": "4C8FCB"})


def test_every_role_has_its_appearance() -> None:
    assert set(APPEARANCES) == set(get_args(Role))


def test_only_inputs_are_unlocked() -> None:
    """Inputs, and what is known of them: sources, owners, days and notes."""
    unlocked = [role for role, appearance in APPEARANCES.items() if not appearance.locked]
    assert unlocked == ["input", "entry", "entry_right"]


def test_nothing_is_set_smaller_than_eight_points() -> None:
    assert min(appearance.size for appearance in APPEARANCES.values()) == 8


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        ("number", "money", '#,##0_);(#,##0);"–"_)'),
        ("input", "money", "#,##0_);(#,##0)"),
        ("issued", "share", "0.0%_);(0.0%)"),
        ("number", "price", '#,##0.00_);(#,##0.00);"–"_)'),
        ("number", "factor", "0.0000_)"),
        ("number", "month", "0_)"),
        ("header_right", "month", "mmm yy_)"),
        ("number", "flag", "0_)"),
        ("label", "text", "General"),
        ("header_right", "text", "General_);(General);General_);@_)"),
    ],
)
def test_a_number_reads_as_its_unit_and_a_typed_zero_shows(role: Role, kind: Kind, expected: str) -> None:
    assert number_format(role, kind) == expected


def test_an_input_is_blue_on_pale_boxed_and_unlocked_in_the_saved_file(
    tmp_path: Path, book: Workbook, stylesheet: Stylesheet
) -> None:
    cell = book.worksheets[0]["B2"]
    cell.value = 0.5
    stylesheet.apply(cell, "input", "share")
    save(book, tmp_path / "look.xlsx", {}, ISSUED)
    read = load_workbook(tmp_path / "look.xlsx").worksheets[0]["B2"]
    assert (read.font.name, read.font.sz, read.font.color.rgb) == ("Arial", 9, "001746C7")
    assert (read.fill.start_color.rgb, read.border.left.color.rgb) == ("00EDF3FD", "00C9D8F3")
    assert (read.number_format, read.alignment.horizontal, read.protection.locked) == (
        "0.0%_);(0.0%)",
        "right",
        False,
    )


def test_the_normal_style_is_arial_10_which_fixes_the_unit_of_widths(
    tmp_path: Path, book: Workbook, stylesheet: Stylesheet
) -> None:
    stylesheet.apply(book.worksheets[0]["A1"], "label")
    save(book, tmp_path / "look.xlsx", {}, ISSUED)
    read: Any = load_workbook(tmp_path / "look.xlsx")
    assert (read._fonts[0].name, read._fonts[0].sz) == ("Arial", 10)


def test_an_option_s_colour_rules_its_head_and_colours_its_titles_in_readable_ink(
    book: Workbook, stylesheet: Stylesheet
) -> None:
    sheet = book.worksheets[0]
    stylesheet.option_rule(sheet, 6, 4, "api")
    stylesheet.accented("4C8FCB").apply(sheet["B8"], "section")
    assert (sheet["D6"].border.bottom.style, sheet["D6"].border.bottom.color.rgb) == ("medium", "004C8FCB")
    assert sheet["B8"].font.color.rgb == "002F6FA8"


def test_changing_one_cell_s_style_leaves_others_alone(book: Workbook, stylesheet: Stylesheet) -> None:
    one, other = book.worksheets[0]["A1"], book.worksheets[0]["A2"]
    stylesheet.apply(one, "number", "money")
    stylesheet.apply(other, "number", "money")
    one.number_format = "0"
    assert other.number_format == '#,##0_);(#,##0);"–"_)'


def test_each_option_has_a_colour_of_its_own() -> None:
    assert colours.option_colours(["self_hosted", "api", "platform", "on_prem"]) == (
        "BF4A1E", "4C8FCB", "12504F", "744589",
    )  # fmt: skip
    assert colours.option_colours(["api", "api", "api"]) == ("4C8FCB", "A69C58", "001A38")
    assert len(set(colours.option_colours(["api"] * 8))) == 8
    assert len(set(colours.option_colours(["self_hosted"] * 4 + ["api"] * 4))) == 8


def test_a_link_leads_to_a_sheet_of_the_workbook_and_nowhere_else(tmp_path: Path, book: Workbook) -> None:
    cell = book.worksheets[0]["B2"]
    cell.value = "Plan"
    link_to(cell, "Plan's inputs")
    save(book, tmp_path / "link.xlsx", {}, ISSUED)
    read = load_workbook(tmp_path / "link.xlsx").worksheets[0]["B2"].hyperlink
    assert (read.location, read.target) == ("'Plan''s inputs'!A1", None)


def test_changed_and_failing_cells_are_marked_by_conditions(book: Workbook) -> None:
    sheet = book.worksheets[0]
    mark_changed(sheet, "F7:F9", "F7=1")
    mark_failing(sheet, "C4", 'LEFT($C$4,6)="CHECKS"')
    rules = [(str(found.sqref), found.rules[0]) for found in sheet.conditional_formatting]
    assert [(cells, rule.formula) for cells, rule in rules] == [
        ("F7:F9", ["F7=1"]),
        ("C4", ['LEFT($C$4,6)="CHECKS"']),
    ]
    assert [rule.dxf.fill.end_color.rgb for _, rule in rules] == ["00FDF3DC", "00B3261E"]
