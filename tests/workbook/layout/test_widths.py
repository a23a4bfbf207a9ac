"""Widths: measured as the font measures, and every cell of a finished sheet shows all of its text."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from openpyxl.utils import get_column_letter

from reportgen.workbook.issue import issue_of
from reportgen.workbook.layout.cell_styles import APPEARANCES
from reportgen.workbook.layout.number_formats import display_text
from reportgen.workbook.layout.print_setup import UNIT_POINTS
from reportgen.workbook.layout.text_metrics import break_lines, lines_needed, longest_word, text_width
from reportgen.workbook.layout.widths import OVERFLOWING
from reportgen.workbook.state import evaluate_state
from reportgen.workbook.write import lay_out
from tests.agreement.cases import analysis_of, over_cases

FONTS = list(Path("/usr/share/fonts/truetype").glob("liberation*/LiberationSans-*.ttf"))


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_font(bold: bool) -> None:
    """Liberation Sans, which has Arial's widths: every printable ASCII character, to a thousandth of an em."""
    name = f"LiberationSans-{'Bold' if bold else 'Regular'}.ttf"
    found = next((path for path in FONTS if path.name == name), None)
    if found is None:
        pytest.skip("Liberation Sans is not installed: sh .ci/setup test installs it")
    font = TTFont(found)
    glyphs, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for code in range(32, 127):
        assert text_width(chr(code), 1000, bold=bold) == round(1000 * widths[glyphs[code]][0] / em)


def test_other_scripts_have_their_width() -> None:
    """An ideograph is as wide as it is high, an accent has no width of its own."""
    assert text_width("漢字", 10) == 20
    assert text_width("é", 10) == text_width("e", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_text_breaks_between_words() -> None:
    """Lines are at most so wide; the longest word decides how narrow a column may be."""
    assert break_lines("one two three", 10, text_width("one two", 10)) == ["one two", "three"]
    assert lines_needed("one two three", 10, text_width("one two", 10)) == 2
    assert longest_word("a longest bc", 10) == text_width("longest", 10)


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (1234.5, "money", "1,234)"),
        (-1234.5, "price", "(1,234.50)"),
        (0.125, "share", "12.5%)"),
        ("word", "text", "word"),
    ],
)
def test_a_value_is_measured_as_it_is_shown(value: float | str, shape: str, text: str) -> None:
    """With the blank of a closing bracket behind it, or in brackets."""
    assert display_text(value, shape) == text  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("path", over_cases("one-billion-tokens", "hospital-group", "small"))
def test_every_number_fits_its_column(path: Path) -> None:
    """No number reads as ####, and no text is wider than its column unless it wraps or runs on."""
    issue = issue_of(analysis_of(path))
    written = lay_out(issue, evaluate_state(issue.values, issue.runs))
    cut = []
    for name, seen in written.seen.items():
        sheet = written.book[name]
        for (row, column), cell in seen.items():
            look = APPEARANCES[cell.role]
            width = sheet.column_dimensions[get_column_letter(column)].width * UNIT_POINTS
            wraps = bool(sheet.cell(row, column).alignment.wrap_text)
            if (
                cell.role not in OVERFLOWING
                and not wraps
                and not sheet.cell(
                    row, column
                ).alignment.shrink_to_fit  # set smaller: a wider one would double the pages
                and text_width(cell.text, look.size, bold=look.bold) > width
            ):
                cut.append(f"{name}!{get_column_letter(column)}{row}: {cell.text}")
    assert cut == []
