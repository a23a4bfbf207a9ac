"""The values of charts, saved with their references: previewers draw a chart from these alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.chart.data_source import NumData, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.utils import range_to_tuple

Value = float | str | bool
Cached = Mapping[str, Mapping[str, Value]]


def save_chart_values(book: Workbook, cached: Cached) -> None:
    """Give every reference of every chart the values of its cells; `cached` holds those of formulas, by sheet and coordinate."""
    for sheet in book.worksheets:
        charts: Any = sheet
        for chart in charts._charts:
            for series in chart.series:
                for reference in _references(series):
                    _fill(book, cached, reference)


def _references(series: Any) -> Iterator[NumRef | StrRef]:
    """Yield the references of a series: to its name, its categories, and its values."""
    if series.tx and series.tx.strRef:
        yield series.tx.strRef
    for source in (series.cat, series.val, series.xVal, series.yVal):
        if source is None:
            continue
        yield from filter(None, (source.numRef, getattr(source, "strRef", None)))


def _fill(book: Workbook, cached: Cached, reference: NumRef | StrRef) -> None:
    """Save the values of visible cells with a reference; a point without one of the kind is left out."""
    values = list(_visible(book, cached, str(reference.f)))
    if isinstance(reference, StrRef):
        texts = [StrVal(idx=n, v=_text(value)) for n, value in enumerate(values) if value not in (None, "")]
        reference.strCache = StrData(ptCount=len(values), pt=texts)
    else:
        numbers = [
            NumVal(idx=n, v=f"{value + 0.0:.12g}")
            for n, value in enumerate(values)
            if isinstance(value, int | float) and not isinstance(value, bool)
        ]
        reference.numCache = NumData(formatCode="General", ptCount=len(values), pt=numbers)


def _visible(book: Workbook, cached: Cached, reference: str) -> Iterator[Any]:
    """Yield the values of the cells of a reference, without folded rows, which charts leave out."""
    name, bounds = range_to_tuple(reference)
    left, top, right, bottom = (int(bound or 0) for bound in bounds)
    name = name.replace("''", "'")
    sheet = book[name]
    for row in range(top, bottom + 1):
        if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden:
            continue
        for column in range(left, right + 1):
            cell = sheet.cell(row, column)
            yield cached.get(name, {}).get(cell.coordinate, cell.value)


def _text(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
