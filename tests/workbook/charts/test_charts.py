"""The charts: native, on live ranges, without a title, and drawn as they are meant to be."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.chart.reference import Reference
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from reportgen.workbook.charts.chart_parts import Frame, Series
from reportgen.workbook.charts.charts import (
    break_even_lines,
    bridge,
    cumulative_lines,
    label_sides,
    stacked_bars,
    tornado,
)
from reportgen.workbook.layout.colours import tint
from reportgen.workbook.package.writer import save
from tests.engines import sheet_images
from tests.workbook.demo import ISSUED

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
BLUE, RUST = "4C8FCB", "BF4A1E"
FRAME = Frame(8, 2, 24, 9)


@pytest.fixture
def sheet() -> Worksheet:
    """Make a sheet with names across row 1 and down column A, and four rows of four numbers."""
    made = Workbook().worksheets[0]
    made.title = "Plan's data"
    for place, name in enumerate(("One", "Two", "Three", "Four"), 2):
        made.cell(1, place, name)
        made.cell(place, 1, f"Row {place}")
    for row in range(2, 6):
        for column in range(2, 6):
            made.cell(row, column, 10_000 * row * column)
    return made


def row(sheet: Worksheet, number: int) -> Reference:
    return Reference(sheet, 2, number, 5, number)


def series(sheet: Worksheet, number: int, colour: str) -> Series:
    return Series(Reference(sheet, 1, number, 1, number), row(sheet, number), colour)


def chart_xml(sheet: Worksheet, folder: Path) -> Any:
    save(sheet.parent, folder / "chart.xlsx", {}, ISSUED)  # type: ignore[arg-type]
    with ZipFile(folder / "chart.xlsx") as archive:
        return etree.fromstring(archive.read("xl/charts/chart1.xml"))


def values(tree: Any, tag: str) -> list[str]:
    return [found.get("val") for found in tree.iter(C + tag)]


def test_stacked_bars_read_live_ranges_and_lie_with_the_first_on_top(
    tmp_path: Path, sheet: Worksheet
) -> None:
    stacked_bars(sheet, FRAME, row(sheet, 1), [series(sheet, 2, BLUE), series(sheet, 3, RUST)])
    tree = chart_xml(sheet, tmp_path)
    assert [found.text for found in tree.iter(C + "f")] == [
        "'Plan''s data'!$A$2", "'Plan''s data'!$B$1:$E$1", "'Plan''s data'!$B$2:$E$2",
        "'Plan''s data'!$A$3", "'Plan''s data'!$B$1:$E$1", "'Plan''s data'!$B$3:$E$3",
    ]  # fmt: skip
    assert (values(tree, "barDir"), values(tree, "grouping"), values(tree, "overlap")) == (
        ["bar"],
        ["stacked"],
        ["100"],
    )
    assert values(tree, "orientation") == ["maxMin", "minMax"]


def test_no_chart_has_a_title_rounded_corners_or_a_missing_axis(tmp_path: Path, sheet: Worksheet) -> None:
    cumulative_lines(sheet, FRAME, row(sheet, 2), [series(sheet, 3, BLUE)], 36)
    tree = chart_xml(sheet, tmp_path)
    assert values(tree, "autoTitleDeleted") == ["1"]
    assert not list(tree.iter(C + "title"))
    assert (values(tree, "roundedCorners"), values(tree, "delete")) == (["0"], ["0", "0"])
    assert not list(tree.iter(C + "legend"))


def test_a_line_is_named_at_its_last_point_in_its_ink(tmp_path: Path, sheet: Worksheet) -> None:
    cumulative_lines(sheet, FRAME, row(sheet, 2), [series(sheet, 3, BLUE)], 36)
    label = next(chart_xml(sheet, tmp_path).iter(C + "dLbl"))
    assert (label.find(C + "idx").get("val"), label.find(C + "showSerName").get("val")) == ("35", "1")
    assert next(label.iter(A + "srgbClr")).get("val") == "2F6FA8"


def test_break_even_is_drawn_on_two_logarithmic_axes_crossing_at_their_least(
    tmp_path: Path, sheet: Worksheet
) -> None:
    break_even_lines(sheet, FRAME, row(sheet, 2), [series(sheet, 3, BLUE)], 4, 10_000)
    tree = chart_xml(sheet, tmp_path)
    assert (values(tree, "logBase"), values(tree, "crosses")) == (["10", "10"], ["min", "min"])
    assert values(tree, "min") == ["10000"]


def test_a_tornado_overlaps_two_series_the_low_one_pale(tmp_path: Path, sheet: Worksheet) -> None:
    tornado(sheet, FRAME, row(sheet, 1), series(sheet, 2, RUST), series(sheet, 3, RUST))
    tree = chart_xml(sheet, tmp_path)
    assert (values(tree, "grouping"), values(tree, "overlap")) == (["clustered"], ["100"])
    fills = [one.find(f"{C}spPr/{A}solidFill/{A}srgbClr").get("val") for one in tree.iter(C + "ser")]
    assert fills == [RUST, tint(RUST, 0.45)]


def test_a_bridge_stands_on_an_invisible_base_and_labels_the_rest(tmp_path: Path, sheet: Worksheet) -> None:
    first, *others = (series(sheet, number, RUST) for number in (2, 3, 4, 5))
    bridge(sheet, FRAME, row(sheet, 1), first, others)
    base, *others = chart_xml(sheet, tmp_path).iter(C + "ser")
    assert base.find(f"{C}spPr/{A}noFill") is not None
    assert base.find(C + "dLbls") is None
    formats = [one.find(f"{C}dLbls/{C}numFmt").attrib for one in others]
    assert formats == [{"formatCode": "#,##0,;-#,##0,;;", "sourceLinked": "0"}] * 3


def test_a_chart_stands_on_whole_cells(tmp_path: Path, sheet: Worksheet) -> None:
    tornado(sheet, FRAME, row(sheet, 1), series(sheet, 2, RUST), series(sheet, 3, RUST))
    chart_xml(sheet, tmp_path)
    with ZipFile(tmp_path / "chart.xlsx") as archive:
        tree = etree.fromstring(archive.read("xl/drawings/drawing1.xml"))
    marks = [found.text for found in tree.iter() if etree.QName(found).localname in ("col", "row")]
    assert marks == ["1", "7", "9", "24"]


def test_names_of_lines_that_end_close_together_stand_apart() -> None:
    assert label_sides([106_550, 1_159_591, 271_350]) == ("r", "r", "r")
    assert label_sides([100, 97, 10]) == ("t", "b", "r")
    assert label_sides([100, 97, 94]) == ("t", "t", "b")
    assert label_sides([1e6, 4e6, 5e6], logarithmic=True) == ("r", "r", "r")
    assert label_sides([1e3, 4e6, 5e6], logarithmic=True) == ("r", "b", "t")
    assert label_sides([]) == ()


@pytest.mark.slow
def test_libreoffice_draws_every_series_in_its_colour(tmp_path: Path, sheet: Worksheet) -> None:
    stacked_bars(sheet, FRAME, row(sheet, 1), [series(sheet, 2, BLUE), series(sheet, 3, RUST)])
    save(sheet.parent, tmp_path / "chart.xlsx", {}, ISSUED)  # type: ignore[arg-type]
    image = Image.open(sheet_images(tmp_path / "chart.xlsx", tmp_path / "images")[0]).convert("RGB")
    found = {colour for _, colour in image.getcolors(image.width * image.height) or []}
    assert {(0x4C, 0x8F, 0xCB), (0xBF, 0x4A, 0x1E)} <= found
