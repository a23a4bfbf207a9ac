"""Print set-up: pages stay readable whatever the widths, with titles and footer on each."""

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.workbook.layout.page_breaks import PrintedArea, lay_out_months, lay_out_pages, printed_months
from reportgen.workbook.layout.print_setup import Pages, freeze, protect, scale

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


def test_totals_years_and_twelve_months_stand_on_paper(book: Workbook) -> None:
    """Later months are for the screen; their page breaks are set for who extends the print area."""
    sheet = months_sheet(book, 32, 8.7)
    # 191 units of 5.56 pt are 1,062 pt; 11.09 in are 798.5 pt: 75.2 %
    assert lay_out_months(sheet, A4, PrintedArea(6, 40, 44), first_month=9, months=36) == 75
    assert [found.id for found in sheet.col_breaks.brk] == [20, 32]
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.print_area) == (
        "$1:$6",
        "$A:$C",
        "'Sheet1'!$A$1:$T$40",
    )
    assert printed_months(sheet, A4, 9, 36) == (4, 20)


def test_wide_months_leave_fewer_on_paper_at_a_readable_scale(book: Workbook) -> None:
    """A page holds 191.5 units at 75 %: 90.6 before the months of 9.2 leave ten, 98.6 before months of 14 leave six."""
    wider, widest = months_sheet(book, 36, 9.2), months_sheet(book, 44, 14)
    for sheet in (wider, widest):
        assert lay_out_months(sheet, A4, PrintedArea(6, 40, 44), first_month=9, months=36) >= 75
    assert "$R$40" in str(wider.print_area)
    assert "$N$40" in str(widest.print_area)


def test_a_sheet_is_fitted_to_a_page_only_while_it_stays_readable(book: Workbook) -> None:
    """At least 75 %: below that it has more pages, each with its titles."""
    small, long, wide = (months_sheet(book, 32, 8.7) for _ in range(3))
    # 124.9 units, A to column M (5 months), are 694 pt; a page across has 798 pt
    assert lay_out_pages(small, A4, PrintedArea(6, 30, 13, portrait=False)) == 100
    assert (small.page_setup.fitToHeight, small.page_setup.fitToWidth) == (1, 1)
    # 60 rows of 15 pt are 900 pt: more than 711 pt at 75 %, but less than two pages at 100 %
    assert lay_out_pages(long, A4, PrintedArea(6, 60, 13, portrait=False)) == 100
    assert [found.id for found in long.row_breaks.brk] == [35]
    assert lay_out_pages(wide, A4, PrintedArea(6, 30, 44, column_starts=(21, 33), portrait=False)) == 75
    assert ([found.id for found in wide.col_breaks.brk], wide.print_title_cols) == ([20, 32], "$A:$C")


def test_what_belongs_together_is_not_torn_apart(book: Workbook) -> None:
    """A part that a page holds begins on the next one where it does not fit on this; the scale gives way first."""
    sheet = months_sheet(book, 32, 8.7)
    assert lay_out_pages(sheet, A4, PrintedArea(6, 60, 13, ((7, 40), (41, 60)), portrait=False)) == 88
    assert [found.id for found in sheet.row_breaks.brk] == [40]


def test_the_orientation_with_fewer_pages_is_chosen(book: Workbook) -> None:
    """A long list stands upright, on one page instead of two."""
    sheet = months_sheet(book, 32, 8.7)
    assert lay_out_pages(sheet, A4, PrintedArea(6, 60, 9)) >= 75
    assert sheet.page_setup.orientation == "portrait"


def test_the_footer_names_case_fingerprint_sheet_and_page_with_ampersands_kept(book: Workbook) -> None:
    sheet = book.worksheets[0]
    lay_out_pages(sheet, A4, PrintedArea(1, 2, 2))
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


def test_a_last_page_of_a_few_rows_takes_some_of_those_before(book: Workbook) -> None:
    """At 75 % a page holds 710 points, 41 rows of 15 below a head of 6; of 84 the last page would have 2, so 34 stand on each."""
    few, more = (months_sheet(book, 32, 8.7) for _ in range(2))
    assert lay_out_pages(few, A4, PrintedArea(6, 90, 20, portrait=False)) == 75
    assert [found.id for found in few.row_breaks.brk] == [40, 74]
    lay_out_pages(more, A4, PrintedArea(6, 98, 20, portrait=False))
    assert [found.id for found in more.row_breaks.brk] == [47, 88]
