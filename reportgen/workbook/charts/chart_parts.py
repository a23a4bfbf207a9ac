"""The parts of the workbook's charts: series on live ranges, axes, text properties, and the cell area."""

from typing import Any, Literal

from openpyxl.chart import BarChart, ScatterChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.reference import Reference
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import Element

from reportgen.runtime.records import dataclass
from reportgen.workbook.layout.colours import GREY, GRID, PALE, WHITE, ink_of

THOUSANDS = "#,##0,"
"""A number format that shows values in thousands."""
THOUSANDS_CHANGED = "+#,##0,;-#,##0,;0"

_POINT = 12_700
"""A point in the drawing unit (EMU)."""

Side = Literal["r", "t", "b"]
Dash = Literal["solid", "dash", "sysDot", "dashDot"]


@dataclass(frozen=True, slots=True)
class Frame:
    """The cells that a chart covers, first and last, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Series:
    """One series: the cell with its name, its cells, its colour, and the position of a line's name at its end."""

    name: Reference
    values: Reference
    colour: str
    side: Side = "r"


class _WithoutTitle:
    """Adds to the XML of a chart that it has no title and that label formats are not linked to the source.

    Why: openpyxl omits both; Excel then shows the name of a single series as a title, and labels take the number
    format of the cells.
    """

    def _write(self) -> Any:
        tree = super()._write()  # type: ignore[misc]
        tree.find("chart").insert(0, Element("autoTitleDeleted", {"val": "1"}))
        for labels in tree.iter("dLbls"):
            for number_format in labels.iter("numFmt"):
                number_format.set("sourceLinked", "0")
        return tree


class UntitledBarChart(_WithoutTitle, BarChart):
    """A bar chart without a title; a subclass must restate what openpyxl writes of it."""

    __elements__, __nested__, __attrs__ = BarChart.__elements__, BarChart.__nested__, BarChart.__attrs__


class UntitledScatterChart(_WithoutTitle, ScatterChart):
    """A scatter chart without a title; a subclass must restate what openpyxl writes of it."""

    __elements__, __nested__, __attrs__ = (
        ScatterChart.__elements__,
        ScatterChart.__nested__,
        ScatterChart.__attrs__,
    )


def place_chart(
    sheet: Worksheet, chart: Any, frame: Frame, layout: tuple[float, float, float, float] | None
) -> None:
    """Anchor a chart to cells; `layout` is the inner plot as shares of the chart: left, top, width, height."""
    chart.style, chart.roundedCorners = None, False
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    chart.plot_area.graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    if layout:
        left, top, width, height = layout
        chart.layout = Layout(
            ManualLayout("inner", xMode="edge", yMode="edge", x=left, y=top, w=width, h=height)
        )
    anchor: Any = TwoCellAnchor(editAs="oneCell")
    anchor._from = AnchorMarker(col=frame.first_column - 1, row=frame.first_row - 1)
    anchor.to = AnchorMarker(col=frame.last_column, row=frame.last_row)
    chart.anchor = anchor
    sheet.add_chart(chart)


def bar_series(series: Series, categories: Reference) -> Any:
    """Return a series of bars in one colour."""
    made: Any = ChartSeries(
        tx=SeriesLabel(StrRef(str(series.name))), val=NumDataSource(NumRef(str(series.values)))
    )
    made.cat = AxDataSource(strRef=StrRef(str(categories)))
    made.invertIfNegative = False
    made.graphicalProperties = GraphicalProperties(solidFill=series.colour, ln=LineProperties(noFill=True))
    return made


def line_series(series: Series, across: Reference, points: int, *, named: bool, dash: Dash = "solid") -> Any:
    """Return a line series; with `named`, its name is shown at its last point."""
    made: Any = XYSeries(tx=SeriesLabel(StrRef(str(series.name))))
    made.xVal = AxDataSource(numRef=NumRef(str(across)))
    made.yVal = NumDataSource(NumRef(str(series.values)))
    made.smooth, made.marker = False, Marker(symbol="none")
    made.graphicalProperties = GraphicalProperties(ln=line_properties(series.colour, 2.0))
    made.graphicalProperties.line.prstDash = dash
    if named:
        made.dLbls = DataLabelList(dLbl=[_name_at(points - 1, series)], **_nothing_labelled())
    return made


def value_labels(number_format: str, colour: str) -> Any:
    """Return data labels that show the values of a series on its bars, in a field of white that a thin bar does not cross."""
    return DataLabelList(
        numFmt=number_format,
        dLblPos="ctr",
        spPr=GraphicalProperties(solidFill=WHITE, ln=LineProperties(noFill=True)),
        txPr=text_properties(colour, bold=True),
        **(_nothing_labelled() | {"showVal": True}),
    )


def value_axis(axis: Any, number_format: str) -> None:
    """Format a value axis: hairline grid, no line, no ticks."""
    _axis(axis)
    axis.number_format = number_format
    axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=line_properties(GRID, 0.5)))
    axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))


def base_axis(axis: Any) -> None:
    """Format the category axis: a thin line, no grid, no ticks."""
    _axis(axis)
    axis.majorGridlines = None
    axis.tickLblPos = "low"  # clear of bars and lines below 0
    axis.graphicalProperties = GraphicalProperties(ln=line_properties(PALE, 0.75))


def legend_below() -> Legend:
    """Return a legend below the chart."""
    legend = Legend()
    legend.position, legend.overlay, legend.txPr = "b", False, text_properties()
    return legend


def text_properties(colour: str = GREY, *, bold: bool = False) -> RichText:
    """Return the properties of 8 pt text."""
    look = CharacterProperties(sz=800, b=bold, solidFill=colour, latin=Font(typeface="Arial"))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=CharacterProperties())
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def line_properties(colour: str, points: float) -> LineProperties:
    """Return the properties of a line; `points` is its width."""
    return LineProperties(solidFill=colour, w=round(points * _POINT))


def _axis(axis: Any) -> None:
    axis.delete, axis.title = False, None
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.txPr = text_properties()


def _name_at(point: int, series: Series) -> DataLabel:
    shown = _nothing_labelled() | {"showSerName": True}
    return DataLabel(
        idx=point, dLblPos=series.side, txPr=text_properties(ink_of(series.colour), bold=True), **shown
    )


def _nothing_labelled() -> dict[str, bool]:
    names = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return dict.fromkeys(names, False)
