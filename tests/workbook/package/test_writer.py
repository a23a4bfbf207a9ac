"""The writer: formulas with values, text that stays text, equal bytes for equal workbooks."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from reportgen.workbook.package.reader import load
from reportgen.workbook.package.writer import Value, rounded, save, set_text
from tests.paths import ROOT
from tests.workbook.demo import ISSUED, demo, saved_demo


def one_formula(value: Value) -> tuple[Workbook, dict[str, dict[str, Value]]]:
    book = Workbook()
    book.worksheets[0].title = "One"
    book.worksheets[0]["B2"] = "=1/3"
    return book, {"One": {"B2": value}}


def sheet_xml(path: Path, number: int = 1) -> str:
    with ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1 / 3, '<c r="B2"><f>1/3</f><v>0.333333333333</v></c>'),
        (-0.0, '<c r="B2"><f>1/3</f><v>0</v></c>'),
        (3, '<c r="B2"><f>1/3</f><v>3</v></c>'),
        (True, '<c r="B2" t="b"><f>1/3</f><v>1</v></c>'),
        (False, '<c r="B2" t="b"><f>1/3</f><v>0</v></c>'),
        ("a < b & c", '<c r="B2" t="str"><f>1/3</f><v>a &lt; b &amp; c</v></c>'),
        ("", '<c r="B2" t="str"><f>1/3</f><v></v></c>'),
        ("#N/A", '<c r="B2" t="e"><f>1/3</f><v>#N/A</v></c>'),
    ],
)
def test_a_formula_is_written_with_its_value_and_the_value_s_type(
    tmp_path: Path, value: Value, expected: str
) -> None:
    book, cached = one_formula(value)
    save(book, tmp_path / "one.xlsx", cached, ISSUED)
    assert expected in sheet_xml(tmp_path / "one.xlsx")


def test_readers_see_values_and_formulas(tmp_path: Path) -> None:
    path = saved_demo(tmp_path)
    assert load_workbook(path, data_only=True)["Runs"]["C8"].value == 40
    assert load_workbook(path)["Runs"]["C8"].value == "=C7*'Plan''s inputs'!B2"


def test_a_data_table_is_written_as_excel_writes_it(tmp_path: Path) -> None:
    xml = sheet_xml(saved_demo(tmp_path))
    table = '<c r="C10"><f t="dataTable" ref="C10:D12" dt2D="0" dtr="0" r1="C6"></f><v>40</v></c>'
    assert table.replace("></f>", "/>") in xml.replace("></f>", "/>")
    assert '<c r="D12" t="n"><v>35</v></c>' in xml


def test_a_formula_without_a_value_is_an_error_that_names_the_cell(tmp_path: Path) -> None:
    book, _ = one_formula(0)
    with pytest.raises(KeyError, match="The formula in One!B2 has no value"):
        save(book, tmp_path / "one.xlsx", {"One": {}}, ISSUED)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_a_number_is_refused_as_a_value_and_as_an_input(tmp_path: Path, value: float) -> None:
    book, cached = one_formula(value)
    with pytest.raises(ValueError, match="One!B2 would hold"):
        save(book, tmp_path / "one.xlsx", cached, ISSUED)
    book, cached = one_formula(1)
    book.worksheets[0]["C7"] = value
    with pytest.raises(ValueError, match="One!C7 would hold"):
        save(book, tmp_path / "one.xlsx", cached, ISSUED)


def test_text_that_no_cell_holds_is_refused(tmp_path: Path) -> None:
    cell = Workbook().worksheets[0]["A1"]
    with pytest.raises(ValueError, match="The text of Sheet!A1 has 32,768 characters; a cell holds 32,767"):
        set_text(cell, "x" * 32_768)
    with pytest.raises(ValueError, match="control character"):
        set_text(cell, "bell \a")
    book, cached = one_formula("x" * 32_768)
    with pytest.raises(ValueError, match="One!B2"):
        save(book, tmp_path / "one.xlsx", cached, ISSUED)


def test_array_formulas_are_refused(tmp_path: Path) -> None:
    book, cached = one_formula(1)
    book.worksheets[0]["B2"] = ArrayFormula("B2:B3", "=A1:A2")
    with pytest.raises(TypeError, match="One!B2 holds a ArrayFormula"):
        save(book, tmp_path / "one.xlsx", cached, ISSUED)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "==x",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "#N/A",
        "TRUE",
        "1",
        " x ",
        " =1+1",
        "_x0041_",
        "a_x000A_b",
    ],
)
def test_text_stays_text_whatever_it_looks_like(tmp_path: Path, text: str) -> None:
    book = Workbook()
    set_text(book.worksheets[0]["A1"], text)
    save(book, tmp_path / "text.xlsx", {}, ISSUED)
    cell = load(tmp_path / "text.xlsx").worksheets[0]["A1"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == (text[0] in "=+-@\t\r" or text == " =1+1")


def test_the_prefix_of_one_text_does_not_reach_cells_of_the_same_style() -> None:
    sheet = Workbook().worksheets[0]
    sheet["A2"]._style = sheet["A1"]._style
    set_text(sheet["A1"], "=1")
    assert not sheet["A2"].quotePrefix


@pytest.mark.slow
def test_the_same_book_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    first = saved_demo(tmp_path).read_bytes()
    code = (
        "import sys; from pathlib import Path; from tests.workbook.demo import saved_demo;"
        "sys.stdout.buffer.write(saved_demo(Path(sys.argv[1])).read_bytes())"
    )
    for seed in ("1", "2"):
        run = [sys.executable, "-c", code, str(tmp_path)]
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        assert subprocess.run(run, env=environment, capture_output=True, check=True).stdout == first


def test_all_dates_in_the_file_are_the_one_it_was_created_on(tmp_path: Path) -> None:
    book, cached = demo()
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    save(book, one, cached, datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    save(book, other, cached, datetime(2026, 11, 23, 10, 30, tzinfo=timezone(timedelta(hours=1))))
    assert one.read_bytes() == other.read_bytes()
    with ZipFile(one) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 23, 9, 30, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-11-23T09:30:00Z") == 2
    assert "reportgen" in core


def test_a_date_before_1980_is_no_obstacle(tmp_path: Path) -> None:
    book, cached = demo()
    save(book, tmp_path / "old.xlsx", cached, datetime(1970, 1, 1, tzinfo=UTC))
    with ZipFile(tmp_path / "old.xlsx") as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("calculation", ["auto", "autoNoTable"])
def test_excel_is_told_to_recalculate(tmp_path: Path, calculation: str) -> None:
    book, cached = demo()
    save(book, tmp_path / "demo.xlsx", cached, ISSUED, calculation)  # type: ignore[arg-type]
    properties = load_workbook(tmp_path / "demo.xlsx").calculation
    assert (properties.calcMode, properties.fullCalcOnLoad) == (calculation, True)


def test_rounding_keeps_twelve_significant_digits() -> None:
    assert rounded(123456.7890123456) == 123456.789012
