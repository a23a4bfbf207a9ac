"""Recalculates a workbook without Excel: formualizer for speed, LibreOffice for Data Tables and images."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import formualizer
import pytest
from lxml import etree  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import DataTableFormula

from reportgen.workbook.package.libreoffice import convert

Address = tuple[str, str]
Value = float | str | bool | None
Changes = Mapping[Address, Value]

ERRORS = {
    "Div": "#DIV/0!", "Na": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!",
    "Value": "#VALUE!",
}  # fmt: skip
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formula_cells(path: Path) -> tuple[list[Address], list[Address]]:
    """List the cells with a formula of their own, and those that a Data Table fills."""
    formulas: list[Address] = []
    tables: list[Address] = []
    for sheet in load_workbook(path).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            if isinstance(cell.value, DataTableFormula):
                filled = CellRange(cell.value.ref).rows
                tables += [(sheet.title, sheet.cell(*place).coordinate) for row in filled for place in row]
            else:
                formulas.append((sheet.title, cell.coordinate))
    return formulas, tables


class Recalculation:
    """A workbook loaded once into formualizer, to be recalculated with other inputs again and again."""

    def __init__(self, path: Path, formulas: Sequence[Address] | None = None) -> None:
        self._book = formualizer.load_workbook(str(path))
        cells = formula_cells(path)[0] if formulas is None else formulas
        self._formulas = [(sheet, cell, *_row_and_column(cell)) for sheet, cell in cells]
        self._before: dict[Address, Value] = {}

    def values(self, changes: Changes, cells: Sequence[Address] | None = None) -> dict[Address, Value]:
        """Recalculate with `changes` to the workbook as loaded, and give the value of every formula, or of some cells."""
        for (sheet, cell), value in {**self._before, **changes}.items():
            place = (sheet, *_row_and_column(cell))
            if (sheet, cell) in changes:
                self._before.setdefault((sheet, cell), self._book.get_value(*place))
            self._book.set_value(*place, value)  # also sets back what an earlier call has changed
        self._book.evaluate_all()
        asked = self._formulas if cells is None else [(*one, *_row_and_column(one[1])) for one in cells]
        return {
            (sheet, cell): plain(self._book.get_value(sheet, row, column))
            for sheet, cell, row, column in asked
        }


def formualizer_values(path: Path, changes: Changes | None = None) -> dict[Address, Value]:
    """Recalculate with formualizer; it does not know Data Tables, whose cells are left out."""
    return Recalculation(path).values(changes or {})


def libreoffice_values(path: Path, changes: Changes | None = None) -> dict[Address, Value]:
    """Recalculate with LibreOffice, forced to, and give the value of every formula and Data Table cell."""
    formulas, tables = formula_cells(path)
    with TemporaryDirectory() as folder:
        changed = Path(folder, "in", path.name)
        changed.parent.mkdir()
        write_changed(path, changed, changes or {})
        book = load_workbook(convert_for_test(changed, Path(folder, "out"), "xlsx"), data_only=True)
        return {(sheet, cell): plain(book[sheet][cell].value) for sheet, cell in (*formulas, *tables)}


def sheet_images(path: Path, folder: Path) -> list[Path]:
    """Print the workbook to one PNG image per page."""
    pdf = convert_for_test(path, folder, "pdf")
    subprocess.run(["pdftoppm", "-r", "110", "-png", pdf, folder / path.stem], check=True)
    return sorted(folder.glob(f"{path.stem}-*.png"))


def write_changed(path: Path, target: Path, changes: Changes) -> None:
    """Copy a workbook with other values in some of its cells; all else keeps its bytes, cached values too."""
    with ZipFile(path) as source, ZipFile(target, "w") as copy:
        parts = _sheet_parts(source)
        for name in source.namelist():
            data = source.read(name)
            here = {cell: value for (sheet, cell), value in changes.items() if parts[sheet] == name}
            copy.writestr(name, _with_changes(data, here) if here else data)


def _with_changes(data: bytes, changes: Mapping[str, Value]) -> bytes:
    root = etree.fromstring(data)
    cells = {cell.get("r"): cell for cell in root.iter(f"{{{_MAIN}}}c")}
    for place, value in changes.items():
        cell = cells[place]
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if isinstance(value, str):
            cell.set("t", "str")
        elif isinstance(value, bool):
            cell.set("t", "b")
        if value is not None:
            etree.SubElement(cell, f"{{{_MAIN}}}v").text = str(
                int(value) if isinstance(value, bool) else value
            )
    return bytes(etree.tostring(root))


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    sheets = etree.fromstring(archive.read("xl/workbook.xml")).iter(f"{{{_MAIN}}}sheet")
    return {sheet.get("name"): _part(targets[sheet.get(_RELATION)]) for sheet in sheets}


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def convert_for_test(path: Path, folder: Path, kind: str) -> Path:
    """Let LibreOffice recalculate a file and convert it into a folder; skips where it is missing."""
    need_libreoffice()
    return convert(path, folder, kind)


def opened_as_it_is(path: Path, folder: Path, kind: str) -> Path:
    """Let LibreOffice open a file as a reader does, without recalculation, and save it as another; skips where missing."""
    need_libreoffice()
    with TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{kind}"


def need_libreoffice() -> None:
    """Skip where LibreOffice is missing."""
    if shutil.which("soffice"):
        return
    pytest.skip("LibreOffice (soffice) is not installed: sh .ci/setup test installs it.")


def _row_and_column(cell: str) -> tuple[int, int]:
    column, row = coordinate_from_string(cell)
    return row, column_index_from_string(column)


def plain(value: Any) -> Value:
    """Turn dates into serial numbers and errors into Excel's names for them."""
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)).total_seconds() / 86400  # noqa: DTZ001  cells have no zone
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    if isinstance(value, dict):
        return ERRORS.get(value["kind"], f"#{value['kind'].upper()}!")  # a circle is "#CIRC!"
    if value is None:  # LibreOffice keeps an empty text as an empty cell
        return ""
    return value if isinstance(value, bool | str) else float(value)
