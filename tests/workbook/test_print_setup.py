"""Print set-up: pages stay readable whatever the widths, with titles and footer on each."""

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.print_setup import Pages, by_months, fit, freeze, protect, scale

A4 = Pages("A4", "Serving & more", "7f3a9c21")


@pytest.fixture
def book() -> Workbook:
    return Workbook()


def months_sheet(book: Workbook, label: float, month: float) -> Worksheet:
    """Make columns as on an option's sheet: label, unit, total, three years, opening column, 36 months."""
    sheet: Worksheet = book.create_sheet()
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
    foot: Any = sheet.oddFooter
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
