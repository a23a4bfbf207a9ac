"""The look: what people may change, how numbers read, what a colour means, what it costs, how it prints."""

from pathlib import Path
from time import perf_counter
from typing import get_args

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.units import Kind
from reportgen.workbook import colours
from reportgen.workbook.print_setup import Pages, by_months, fit, freeze, protect, scale
from reportgen.workbook.roles import APPEARANCES, Role, number_format
from reportgen.workbook.styles import Look, lead_to, look_of, mark_changed, mark_failing
from reportgen.workbook.values import save
from tests.workbook.demo import ISSUED

A4 = Pages("A4", "Serving & more", "7f3a9c21")


@pytest.fixture
def book() -> Workbook:
    return Workbook()


@pytest.fixture
def look(book: Workbook) -> Look:
    return look_of(book, {"api": "4C8FCB"})


def test_every_role_has_its_appearance() -> None:
    assert set(APPEARANCES) == set(get_args(Role))


def test_only_inputs_are_unlocked() -> None:
    assert [role for role, appearance in APPEARANCES.items() if not appearance.locked] == ["input"]


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
    tmp_path: Path, book: Workbook, look: Look
) -> None:
    cell = book.worksheets[0]["B2"]
    cell.value = 0.5
    look.apply(cell, "input", "share")
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
    tmp_path: Path, book: Workbook, look: Look
) -> None:
    look.apply(book.worksheets[0]["A1"], "label")
    save(book, tmp_path / "look.xlsx", {}, ISSUED)
    read = load_workbook(tmp_path / "look.xlsx")
    assert (read._fonts[0].name, read._fonts[0].sz) == ("Arial", 10)  # type: ignore[attr-defined]


def test_an_option_s_colour_rules_its_head_and_colours_its_titles_in_readable_ink(
    book: Workbook, look: Look
) -> None:
    sheet = book.worksheets[0]
    look.option_rule(sheet, 6, 4, "api")
    look.accented("4C8FCB").apply(sheet["B8"], "section")
    assert (sheet["D6"].border.bottom.style, sheet["D6"].border.bottom.color.rgb) == ("medium", "004C8FCB")
    assert sheet["B8"].font.color.rgb == "002F6FA8"


def test_changing_one_cell_s_style_leaves_others_alone(book: Workbook, look: Look) -> None:
    one, other = book.worksheets[0]["A1"], book.worksheets[0]["A2"]
    look.apply(one, "number", "money")
    look.apply(other, "number", "money")
    one.number_format = "0"
    assert other.number_format == '#,##0_);(#,##0);"–"_)'


def test_styling_five_thousand_cells_takes_under_a_quarter_of_a_second(book: Workbook, look: Look) -> None:
    cells = [book.worksheets[0].cell(row, column) for row in range(1, 101) for column in range(1, 51)]
    start = perf_counter()
    for place, cell in enumerate(cells):
        look.apply(cell, ("input", "number", "total")[place % 3], ("money", "share")[place % 2])  # type: ignore[arg-type]
    assert perf_counter() - start < 0.25


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
    lead_to(cell, "Plan's inputs")
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


def months_sheet(book: Workbook, label: float, month: float) -> Worksheet:
    """Make columns as on an option's sheet: label, unit, total, three years, opening column, 36 months."""
    sheet = book.create_sheet()
    for column, width in enumerate([2, label, 13, 10.5, 9.2, 9.2, 9.2, 1.5, *[month] * 36], 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    return sheet


def test_months_break_every_twelve_beside_totals_and_years(book: Workbook) -> None:
    sheet = months_sheet(book, 32, 8.7)
    # 191 units of 5.56 pt are 1,062 pt; 11.09 in are 798.5 pt: 75.2 %
    assert by_months(sheet, A4, header_rows=6, last_row=40, first_month=9, months=36) == 75
    assert [found.id for found in sheet.col_breaks.brk] == [20, 32]
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.print_area) == (
        "$1:$6",
        "$A:$C",
        "'Sheet1'!$A$1:$AR$40",
    )


def test_wide_months_leave_totals_on_a_page_of_their_own_and_then_share_a_page_with_fewer(
    book: Workbook,
) -> None:
    wider, widest = months_sheet(book, 36, 9.2), months_sheet(book, 44, 14)
    for sheet in (wider, widest):
        assert by_months(sheet, A4, header_rows=6, last_row=40, first_month=9, months=36) >= 75
    assert [found.id for found in wider.col_breaks.brk] == [8, 20, 32]
    assert [found.id for found in widest.col_breaks.brk] == [14, 20, 26, 32, 38]


def test_a_sheet_is_fitted_to_a_page_only_while_it_stays_readable(book: Workbook) -> None:
    small, long, wide = (months_sheet(book, 32, 8.7) for _ in range(3))
    # 124.9 units, A to column M (5 months), are 694 pt: they fit at 100 %; 60 rows of 15 pt would need 60 %
    assert fit(small, A4, header_rows=6, last_row=30, last_column=13) == 100
    assert fit(long, A4, header_rows=6, last_row=60, last_column=13) == 100
    assert fit(wide, A4, header_rows=6, last_row=30, last_column=44) == 75
    assert (small.page_setup.fitToHeight, long.page_setup.fitToHeight) == (1, 0)
    assert (wide.page_setup.scale, wide.page_setup.fitToWidth) == (75, None)


def test_the_footer_names_case_fingerprint_sheet_and_page_with_ampersands_kept(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fit(sheet, A4, header_rows=1, last_row=2, last_column=2)
    foot = sheet.oddFooter
    assert foot.left.text == "Serving && more · 7f3a9c21"
    assert (foot.center.text, foot.right.text, foot.left.size) == ("&A", "Page &P of &N", 8)


def test_sheets_are_protected_without_a_password_and_columns_can_be_widened(book: Workbook) -> None:
    sheet = book.worksheets[0]
    protect(sheet)
    freeze(sheet, "D7", zoom=90)
    assert (sheet.protection.sheet, sheet.protection.password, sheet.protection.formatColumns) == (
        True,
        None,
        False,
    )
    assert (sheet.freeze_panes, sheet.sheet_view.showGridLines, sheet.sheet_view.zoomScale) == (
        "D7",
        False,
        90,
    )


def test_scales_are_rounded_down_and_never_enlarge() -> None:
    assert (scale(100, 75.9), scale(100, 200)) == (75, 100)
