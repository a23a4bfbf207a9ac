"""Rules on appearance: nothing hidden, units, number formats, colours, frozen panes and printing."""

from collections.abc import Iterator
from typing import Any

from openpyxl.utils import get_column_letter

from reportgen.workbook.layout import colours
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.cell_styles import WORD
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.print_setup import SMALLEST_SCALE
from reportgen.workbook.package.reader import CellPosition, OpenedBook, OpenedSheet
from reportgen.workbook.verify.rules.rule import Finding, Rule

FIRST_SHEET_NAMES = (
    "cover",
    "about",
    "welcome",
    "readme",
    "read me",
    "introduction",
    "contents",
    "info",
    "index",
)
LONG_ROWS, WIDE_COLUMNS = 40, 12
"""A sheet with more rows or columns scrolls, and needs frozen headers."""
FORMATS = {
    "%": "0.0%", "% a year": "0.0%", "factor": "0.0000", "month no.": "0", "flag": "0", "months": "#,##0.0", "FTE": "#,##0.00",
    "FTE-months": "#,##0.00", "ratio": "#,##0.00",
}  # fmt: skip
"""The beginning of the number format of a unit; amounts of money and counts have #,##0."""


def _hidden(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        if sheet.sheet.sheet_state != "visible":
            yield Finding(sheet.name, "is a hidden sheet")
        for row, one in sheet.sheet.row_dimensions.items():
            folded = one.hidden and one.outlineLevel  # a [+] beside the row below shows them
            if (one.hidden and not folded) or one.height == 0:
                yield Finding(f"{sheet.name}, row {row}", "is hidden")
        for column, other in sheet.sheet.column_dimensions.items():
            if other.hidden or other.width == 0:
                yield Finding(f"{sheet.name}, column {column}", "is hidden")


def _merged(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        for merged in sheet.sheet.merged_cells.ranges:
            yield Finding(f"{sheet.name}!{merged.coord}", "are merged cells")


def _first_sheet(book: OpenedBook) -> Iterator[Finding]:
    first = next(iter(book.sheets))
    if len(book.sheets) > 1 and not first.lower().startswith(FIRST_SHEET_NAMES):
        yield Finding(first, "is the first sheet, and none says what the workbook is")


def _frozen_heads(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        if sheet.name.lower().startswith(FIRST_SHEET_NAMES):
            continue  # a page to read has no columns of figures under a head
        scrolls = sheet.sheet.max_row > LONG_ROWS or sheet.sheet.max_column > WIDE_COLUMNS
        if scrolls and sheet.formulas and not sheet.sheet.freeze_panes:
            yield Finding(sheet.name, "has no frozen panes, and its heads scroll out of sight")


def _printing(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        page: Any = sheet.sheet
        if not sheet.cells:
            continue
        if not page.print_area:
            yield Finding(sheet.name, "has no print area")
        elif "&P" not in "".join(
            str(getattr(page.oddFooter, side).text or "") for side in ("left", "center", "right")
        ):
            yield Finding(sheet.name, "prints without page numbers")
        fitted = page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage
        scale = page.page_setup.scale or 100
        if not fitted and scale < SMALLEST_SCALE:
            yield Finding(sheet.name, f"prints at {scale} %, too small to read")


def _row_formats(book: OpenedBook) -> Iterator[Finding]:
    """Yield neighbouring copies of one formula with different number formats."""
    for sheet in book.sheets.values():
        for place, formula in sheet.formulas.items():
            after = (place[0], place[1] + 1)
            found = sheet.formulas.get(after)
            if found and found.relative == formula.relative:
                one, other = (sheet.all_cells[p].number_format for p in (place, after))
                if one != other:
                    yield Finding(sheet.at(after), f"is shown as {other}, its copy beside it as {one}")


def _numbers_as_text(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        for place, cell in sheet.cells.items():
            if isinstance(cell.value, str) and cell.data_type == "s" and _is_numeric_text(cell.value):
                wanted = not cell.protection.locked or cell.number_format not in ("General", "@", WORD)
                if wanted and not (book.made_by_reportgen and sheet.name == "Case"):
                    yield Finding(
                        sheet.at(place), f"holds the text {cell.value[:20]!r} where a number belongs"
                    )


def _is_numeric_text(text: str) -> bool:
    try:
        float(text.replace(",", "").replace("%", "").strip())
    except ValueError:
        return False
    return True


def _errors(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        for place, value in sheet.saved.items():
            if isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper():
                yield Finding(sheet.at(place), f"shows {value}")


def _units(book: OpenedBook) -> Iterator[Finding]:
    for sheet in _sheets_with_units(book):
        if sheet.name == "Runs":
            continue  # effects have their unit beside the amount
        for row in sorted({place[0] for place, _ in _numbers(sheet)}):
            unit = sheet.cells.get((row, UNIT))
            if unit is None or not str(unit.value).strip():
                yield Finding(f"{sheet.name}!{get_column_letter(UNIT)}{row}", "has no unit")


def _unit_formats(book: OpenedBook) -> Iterator[Finding]:
    """Yield rows whose first number has a format that does not fit the row's unit."""
    for sheet in _sheets_with_units(book):
        if sheet.name in ("Checks", "Runs"):
            continue  # their rows mix units
        seen = set()
        for place, cell in _numbers(sheet):
            unit = sheet.cells.get((place[0], UNIT))
            if unit is None or place[0] in seen or place[1] != FIRST:
                continue
            seen.add(place[0])
            if not _fits(cell.number_format, str(unit.value)):
                yield Finding(sheet.at(place), f"is shown as {cell.number_format}, its unit is {unit.value}")


def _fits(number_format: str, unit: str) -> bool:
    wanted = FORMATS.get(unit)
    if wanted is None:
        return not number_format.startswith("0.0%" if unit.endswith("/ unit") else ("0.0%", "0.0000"))
    return number_format.startswith(wanted + "_)")


def _sheets_with_units(book: OpenedBook) -> Iterator[OpenedSheet]:
    """Yield the sheets with a column of units."""
    for sheet in book.sheets.values():
        if sheet.name not in ("Cover", "Case", "Sources", "Change log", "Prices"):
            yield sheet


def _numbers(sheet: OpenedSheet) -> Iterator[tuple[CellPosition, Any]]:
    """Yield position and cell of every cell below the head that contains or shows a number."""
    for place, cell in sheet.cells.items():
        if place[0] <= TOP + 1 or place[1] < FIRST or cell.number_format.startswith("mmm"):
            continue
        shown = sheet.saved.get(place) if place in sheet.saved else cell.value
        if isinstance(shown, int | float) and not isinstance(shown, bool):
            yield place, cell


def _colours(book: OpenedBook) -> Iterator[Finding]:
    """Yield cells whose lock and colour disagree: exactly the unlocked cells are blue on pale."""
    for sheet in book.sheets.values():
        for place, cell in sheet.all_cells.items():
            blue = cell.fill.fill_type == "solid" and str(cell.fill.start_color.rgb)[2:] == colours.INPUT_FILL
            ink = str(cell.font.color.rgb)[2:] if cell.font.color is not None else ""
            if not cell.protection.locked and not (blue and ink == colours.INPUT):
                yield Finding(sheet.at(place), "can be typed over but does not look like an input")
            elif cell.protection.locked and blue and sheet.name != "Cover":
                yield Finding(sheet.at(place), "looks like an input but is locked")


def _heads(book: OpenedBook) -> Iterator[Finding]:
    for sheet in book.sheets.values():
        if sheet.name == "Cover":
            continue
        head = [sheet.formulas.get((4, column)) for column in (LABEL, UNIT)]
        if (
            head[0] is None
            or "Runs" not in head[0].text
            or head[1] is None
            or "Checks" not in head[1].text + sheet.name
        ):
            yield Finding(f"{sheet.name}!B4:C4", "does not show the run and the master check")
        elif not sheet.sheet.freeze_panes or int("".join(filter(str.isdigit, sheet.sheet.freeze_panes))) <= 5:
            yield Finding(sheet.name, "lets its head scroll out of sight")
        link = sheet.sheet.cell(5, LABEL).hyperlink
        if link is None or "Cover" not in str(link.location):
            yield Finding(sheet.at((5, LABEL)), "does not lead back to the contents")


APPEARANCE = (
    Rule("nothing-hidden", "Nothing is hidden", "FAST 4.02; ICAEW 6", "followed", "No hidden sheet, row or column; spare rows are folded, with a [+].", _hidden),
    Rule("merged", "No merged cells", "FAST 4.02", "followed", "Text runs on into empty cells instead.", _merged),
    Rule("welcome", "The first sheet says what this is", "FAST 2.06; ICAEW 7", "followed", "The Cover, with the contents.", _first_sheet),
    Rule("in-sight", "Heads stay in sight", "FAST 2.03-01", "followed", "Panes are frozen under the heads and right of the units.", _frozen_heads),
    Rule("printing", "Every sheet prints readably", "FAST 2.05; ICAEW 6", "followed", "A print area, titles and page numbers, nothing under 6 points.", _printing),
    Rule("row-formats", "One number format per row", "FAST 4.02; ICAEW 11", "followed", "Copies of a formula are shown alike.", _row_formats),
    Rule("numbers-as-text", "Numbers are numbers", "ICAEW 18", "followed", "A number typed as text is left out of sums without a word.", _numbers_as_text),
    Rule("no-errors", "No cell shows an error", "ICAEW 19", "followed", "What nobody has estimated reads 'not quantified'.", _errors),
    Rule("units", "Every row has its unit", "FAST 2.01-01 and 3.05", "followed", "Always in column C.", _units, own_workbooks_only=True),
    Rule("unit-formats", "Numbers are shown as their unit asks", "FAST 3.05; ICAEW 11", "followed", "Shares in percent, factors with four decimals, money without.", _unit_formats, own_workbooks_only=True),
    Rule("colours", "A colour means one thing", "FAST 4.02; ICAEW 10", "in part", "Inputs are blue on pale; links between sheets are black like other formulas, not coloured by direction.", _colours, own_workbooks_only=True),
    Rule("heads", "Every head shows the run and the master check", "FAST 2.03-05; ICAEW 19", "followed", "In row 4; row 5 leads back to the contents; both are frozen.", _heads, own_workbooks_only=True),
)  # fmt: skip
