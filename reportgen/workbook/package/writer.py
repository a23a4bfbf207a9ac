"""Save a workbook with a cached value for every formula, reproducibly to the byte."""

import math
import re
from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.cell._writer import write_cell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.formula import DataTableFormula
from openpyxl.writer.excel import ExcelWriter

from reportgen.files import atomic_write
from reportgen.workbook.package.chart_values import save_chart_values
from reportgen.workbook.package.digest import members_digest

Value = float | str | bool
CalculationMode = Literal["auto", "autoNoTable"]

LONGEST_TEXT = 32_767
"""The greatest number of characters in a cell; Excel silently cuts the rest."""

_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what a workbook reads as the number of a character, such as _x0041_ for A."""
_EXCEL_2016 = 171027
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNIX = 3
_DRAWN = ("xl/drawings/drawing", "xl/charts/chart")
_PREFIXES = {
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_ORDINARY_FILE = 0o600 << 16


def save(
    book: Workbook,
    target: Path,
    cached: Mapping[str, Mapping[str, Value]],
    created: datetime,
    calculation: CalculationMode = "auto",
) -> None:
    """Write `book` to `target` with `cached[sheet title][coordinate]` as the value of each formula.

    The file replaces `target` completely or not at all. Equal books give equal bytes: all dates are `created`.
    Raises KeyError where a formula has no value, ValueError for a number that is not finite or an impossible text.
    """
    moment = (created.astimezone(UTC) if created.tzinfo else created).replace(tzinfo=None, microsecond=0)
    properties: Any = book.properties
    properties.creator, properties.created, properties.modified = "reportgen", moment, moment
    # fullCalcOnLoad makes Excel recalculate on opening; calcId is the engine version that may skip it
    book.calculation = CalcProperties(calcId=_EXCEL_2016, calcMode=calculation, fullCalcOnLoad=True)
    save_chart_values(book, cached)
    with atomic_write(target) as draft, _DatedArchive(draft, moment) as archive:
        _Writer(book, archive, cached).write_data()


def set_text(cell: Any, text: str) -> None:
    """Set a cell to `text` as a string, never as a formula, a number or an error."""
    _check_text(text, cell)
    cell.value = _ESCAPED.sub(r"_x005F\g<0>", text)
    cell.data_type = "s"
    if text.lstrip().startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS):
        cell._style = copy(cell._style)  # styles may be shared between cells
        cell.quotePrefix = True


def rounded(value: float) -> float:
    """Return the value rounded to the 12 significant digits with which cached values are written."""
    return float(f"{value:.12g}")


class _DatedArchive(ZipFile):
    """A zip archive whose members all have one date and no data of the machine."""

    def __init__(self, target: Path, moment: datetime) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self._date = max(moment, datetime(1980, 1, 1)).timetuple()[:6]  # noqa: DTZ001  zip dates have no zone

    def member(self, name: str) -> ZipInfo:
        """Return the metadata of a member to be written."""
        info = ZipInfo(name, self._date)
        info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _ORDINARY_FILE
        return info

    def close(self) -> None:
        """Write the digest of the members into the archive's comment, and close it."""
        if self.fp is not None and self.mode == "w":
            self.comment = members_digest(self)
        super().close()

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *_: Any, **__: Any) -> None:
        """Write a member with the archive's date; drawings and charts with the prefixes that Excel gives them."""
        name = str(zinfo_or_arcname)
        if name.startswith(_DRAWN) and name.endswith(".xml"):
            data = _with_prefixes(data)
        super().writestr(self.member(name), data)


def _with_prefixes(xml: bytes | str) -> bytes:
    """Return a drawing or a chart with the usual prefixes of its namespaces in place of a default one.

    Why: some readers, such as ExcelJS, look for `xdr:wsDr` by its prefix.
    """
    root = etree.fromstring(xml.encode() if isinstance(xml, str) else xml)
    prefixed = etree.Element(root.tag, dict(root.attrib), nsmap=_PREFIXES)
    prefixed.text = root.text
    prefixed.extend(list(root))
    etree.cleanup_namespaces(prefixed, top_nsmap=_PREFIXES)
    return bytes(etree.tostring(prefixed, encoding="UTF-8", xml_declaration=True, standalone=True))


class _Writer(ExcelWriter):
    """openpyxl's writer, extended by cached values and without temporary files."""

    def __init__(
        self, book: Workbook, archive: _DatedArchive, cached: Mapping[str, Mapping[str, Value]]
    ) -> None:
        super().__init__(book, archive)
        self._sheets, self._cached = archive, cached

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet with its cells, relations and drawings."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        stream = BytesIO()  # not directly into the archive: lxml would convert the error of a full disk
        writer: Any = _SheetWriter(ws, stream, self._cached.get(ws.title, {}))
        writer.write()
        self._sheets.writestr(ws.path[1:], stream.getvalue())
        ws._rels = writer._rels
        manifest: Any = self.manifest
        manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """openpyxl's sheet writer, extended by a cached value for each formula."""

    def __init__(self, ws: Any, stream: BytesIO, cached: Mapping[str, Value]) -> None:
        super().__init__(ws, stream)
        self._cached = cached

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:
        """Write one row; cells without a formula are written by openpyxl."""
        sheet: Any = self.ws
        attributes = {"r": f"{row_idx}", **dict(sheet.row_dimensions.get(row_idx, {}))}
        with xf.element("row", attributes):
            for cell in row:
                if cell._comment is not None:
                    sheet._comments.append(CommentRecord.from_cell(cell))
                if cell.data_type == "f":
                    self._write_formula(xf, cell)
                elif cell._value is not None or cell.has_style or cell._comment:
                    _check_plain(cell)
                    write_cell(xf, sheet, cell, cell.has_style)

    def _write_formula(self, xf: Any, cell: Any) -> None:
        coordinate = cell.coordinate
        if coordinate not in self._cached:
            raise KeyError(f"The formula in {_where(cell)} has no value to be written with it.")
        kind, value = _as_cached(self._cached[coordinate], cell)
        attributes = {"r": coordinate}
        if cell.has_style:
            attributes["s"] = f"{cell.style_id}"
        if cell.hyperlink:
            cell.parent._hyperlinks.append(cell.hyperlink)
        with xf.element("c", attributes | kind):
            _write_expression(xf, cell)
            with xf.element("v"):
                xf.write(value)


def _write_expression(xf: Any, cell: Any) -> None:
    match cell._value:
        case str() as formula:
            with xf.element("f"):
                xf.write(formula[1:])
        case DataTableFormula() as table:
            with xf.element("f", dict(table)):
                pass
        case other:
            raise TypeError(
                f"{_where(cell)} holds a {type(other).__name__}, which the workbook must do without."
            )


def _as_cached(value: Value, cell: Any) -> tuple[dict[str, str], str]:
    """Return the type attribute and the text of a cached value; raises ValueError where no cell can hold it."""
    if isinstance(value, bool):
        return {"t": "b"}, "1" if value else "0"
    if isinstance(value, str):
        _check_text(value, cell)
        return {"t": "e" if value in ERROR_CODES else "str"}, value
    _check_number(value, cell)
    return {}, f"{value + 0.0:.12g}"  # adding 0.0 turns -0 into 0


def _check_plain(cell: Any) -> None:
    if isinstance(cell._value, str):
        _check_text(cell._value, cell)
    elif isinstance(cell._value, float):
        _check_number(cell._value, cell)


def _check_number(value: float, cell: Any) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{_where(cell)} would hold {value}, which is not a number that a cell can show.")


def _check_text(text: str, cell: Any) -> None:
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"The text of {_where(cell)} has {len(text):,} characters; a cell holds {LONGEST_TEXT:,}."
        )
    if ILLEGAL_CHARACTERS_RE.search(text):
        raise ValueError(
            f"The text of {_where(cell)} contains a control character, which no workbook can hold."
        )


def _where(cell: Any) -> str:
    return f"{cell.parent.title}!{cell.coordinate}"
