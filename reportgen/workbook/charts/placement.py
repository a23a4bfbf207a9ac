"""The charts of the workbook: their data ranges and their position, in the rows reserved after a block."""

from collections.abc import Callable, Mapping, Sequence
from math import floor, log10

from openpyxl.chart.reference import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.formula.nodes import Line
from reportgen.runtime.records import dataclass
from reportgen.workbook.charts.chart_parts import THOUSANDS, Frame, Series
from reportgen.workbook.charts.charts import (
    break_even_lines,
    bridge,
    clustered_bars,
    columns_by_period,
    cumulative_lines,
    exit_lines,
    label_sides,
    stacked_bars,
    tornado,
)  # fmt: skip
from reportgen.workbook.layout.addresses import FIRST, LABEL, Place
from reportgen.workbook.layout.colours import CATEGORIES, FALL, RISE, tint
from reportgen.workbook.layout.pages import chart_columns
from reportgen.workbook.layout.plan import PlannedBlock, PlannedSheet, first_month
from reportgen.workbook.sheets.elements.page import Page

MOST_BARS, PALER = 15, 0.6
"""Maximum number of bars of a tornado; the strength of a colour used again, beside the first time."""
LEAD = "Change of the lead when one assumption goes to its low or high, thousand"


@dataclass(frozen=True, slots=True)
class ChartContext:
    """The data that charts are drawn from: all pages and sheet plans, and the lines by key."""

    pages: Mapping[str, Page]
    planned: Mapping[str, PlannedSheet]
    lines: Mapping[str, Line]

    def chart_blocks(self, sheet: str) -> list[PlannedBlock]:
        """List the blocks of a sheet with rows reserved for a chart after them."""
        plan = self.planned.get(sheet)
        return [block for block in plan.blocks if block.chart] if plan else []

    def first_chart_block(self, sheet: str) -> PlannedBlock | None:
        """Return the first block of a sheet with rows reserved for a chart, or None."""
        return next(iter(self.chart_blocks(sheet)), None)

    def place(self, key: str) -> Place:
        """Return the cells of a line."""
        return self.pages["Summary"].places.lines[self.lines[key]]

    def sheet(self, name: str) -> Worksheet:
        """Return a worksheet by name."""
        return self.pages[name].canvas.sheet

    def cells(self, key: str, most: int | None = None) -> Reference:
        """Return a reference to a line's cells, to the first `most` of them where given."""
        place = self.place(key)
        last = place.at(min(most or place.size, place.size) - 1)
        return _reference(self.sheet(place.sheet), place.at(0), last)

    def label(self, key: str) -> Reference:
        """Return a reference to a line's label."""
        place = self.place(key)
        return _reference(self.sheet(place.sheet), (place.row, LABEL), (place.row, LABEL))

    def names(self, sheet: str, block: PlannedBlock) -> Reference:
        """Return a reference to the options' names above their columns."""
        assert block.header_row is not None
        last = FIRST + block.block.axis.size - 1
        return _reference(self.sheet(sheet), (block.header_row, FIRST), (block.header_row, last))

    def name(self, option: str) -> Reference:
        """Return a reference to an option's short name, above its column on the Summary."""
        head = self.planned["Summary"].blocks[0].header_row
        assert head is not None
        cell = head, FIRST + self.options.index(option)
        return _reference(self.sheet("Summary"), cell, cell)

    def colour(self, option: str) -> str:
        """Return an option's colour."""
        return self.pages["Summary"].canvas.stylesheet.options[option]

    @property
    def options(self) -> list[str]:
        """List the options' keys in order."""
        return [key for key, _ in self.pages["Summary"].issue.options]

    def values(self, key: str) -> list[float]:
        """Return a line's values in the run shown; 0 for text."""
        values = self.pages["Summary"].state.series(self.lines[key])
        return [value if isinstance(value, float) else 0.0 for value in values]


def draw_charts(pages: Mapping[str, Page], planned: Mapping[str, PlannedSheet]) -> None:
    """Draw every chart whose sheet exists."""
    lines = {line.key: line for line in pages["Summary"].places.lines}
    context = ChartContext(pages, planned, lines)
    _summary(context)
    charts: tuple[tuple[str, str, Callable[[ChartContext, Frame], None]], ...] = (
        ("Cumulative", "Cumulative cost by month, thousand, run shown", _cumulative),
        ("TCO", "Total cost by category, thousand, run shown", _by_category),
        ("Exit", "What leaving costs, by the month of exit, thousand, run shown", _exit),
        ("Opportunity", "Value of displaced projects over the horizon, thousand, run shown", _opportunity),
        ("Risks", "Expected cost of risks, on TCO, thousand", _risks),
        ("Sensitivity", "Change of core when one assumption goes to its low or high, thousand", _tornado),
        ("Break-even", "Total cost against the volume at the start, thousand, both axes logarithmic", _break_even),
        ("Bridge", "From the first estimate to the TCO, thousand", _bridge),
        ("Price scenarios", "Change of core against the base case, thousand", _scenarios),
    )  # fmt: skip
    for sheet, title, draw_chart in charts:
        block = context.first_chart_block(sheet)
        if block and block.chart:
            draw_chart(context, _frame(pages[sheet], planned[sheet], block.chart, title))
    _budget(context)
    for block in context.chart_blocks("Sensitivity")[1:]:
        assert block.chart is not None
        frame = _frame(pages["Sensitivity"], planned["Sensitivity"], block.chart, LEAD)
        _tornado(context, frame, "lead")


def _budget(context: ChartContext) -> None:
    """Draw headcount by fiscal year below the years, and cash by quarter below the quarters."""
    page, planned = context.pages["Budget"], context.planned["Budget"]
    charts = (
        ("years", "fte", "Own staff by fiscal year, full-time equivalents, run shown", "#,##0.0"),
        ("quarters", "cash", "Cash by quarter, thousand, run shown", THOUSANDS),
    )
    for block, (periods, row, title, number_format) in zip(
        context.chart_blocks("Budget"), charts, strict=True
    ):
        assert block.chart is not None
        series = [
            Series(
                context.name(option),
                context.cells(f"budget.{periods}.{option}.{row}"),
                context.colour(option),
            )
            for option in context.options
        ]
        frame = _frame(page, planned, block.chart, title)
        names = context.cells(f"budget.{periods}.name")
        columns_by_period(page.canvas.sheet, frame, names, series, number_format)


def _frame(page: Page, planned: PlannedSheet, rows: tuple[int, int], title: str) -> Frame:
    """Write the title of a chart above it; return the cells of the chart."""
    first, last = chart_columns(page, planned)
    page.canvas.text(rows[0], first, title, "block")
    return Frame(rows[0] + 1, first, rows[1], last)


def _column_width(sheet: Worksheet, column: int) -> float:
    letter = get_column_letter(column)
    return float(sheet.column_dimensions[letter].width) if letter in sheet.column_dimensions else 8.43


def _reference(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> Reference:
    return Reference(sheet, min_row=first[0], min_col=first[1], max_row=last[0], max_col=last[1])


def _summary(context: ChartContext) -> None:
    """Draw cost by category and cumulative cost, side by side below the figures."""
    block, page = context.first_chart_block("Summary"), context.pages["Summary"]
    assert block is not None
    assert block.chart is not None
    first, last = block.chart
    first_column, ends = chart_columns(page, context.planned["Summary"])
    columns = range(first_column, ends + 1)
    widths = [_column_width(page.canvas.sheet, column) for column in columns]
    split = min(columns, key=lambda column: abs(sum(widths[: column - first_column]) - 0.52 * sum(widths)))
    page.canvas.text(first, first_column, "Total cost by category, thousand", "block")
    page.canvas.text(first, split, "Cumulative cost by month, thousand", "block")
    _by_category_on(context, page.canvas.sheet, Frame(first + 1, first_column, last, split - 1))
    _cumulative_on(context, page.canvas.sheet, Frame(first + 1, split, last, columns[-1]))


def _by_category(context: ChartContext, frame: Frame) -> None:
    _by_category_on(context, context.sheet("TCO"), frame)


def _by_category_on(context: ChartContext, sheet: Worksheet, frame: Frame) -> None:
    tco = context.planned["TCO"].blocks[0]
    keys = [
        key for key in context.lines if key.startswith("tco.") and key.removeprefix("tco.") in _CATEGORIES
    ]
    series = [
        Series(context.label(key), context.cells(key), colour)
        for key, colour in zip(keys, CATEGORIES, strict=True)
    ]
    stacked_bars(sheet, frame, context.names("TCO", tco), series)


_CATEGORIES = ("compute", "supporting", "deployment", "ongoing", "interim", "other", "tax")


def _cumulative(context: ChartContext, frame: Frame) -> None:
    _cumulative_on(context, context.sheet("Cumulative"), frame)


def _cumulative_on(context: ChartContext, sheet: Worksheet, frame: Frame) -> None:
    keys = [f"options.{key}.cumulative" for key in context.options]
    ends = [context.values(key)[-1] for key in keys]
    series = [
        Series(context.name(option), context.cells(key), context.colour(option), side)
        for option, key, side in zip(context.options, keys, label_sides(ends), strict=True)
    ]
    cumulative_lines(sheet, frame, _months(context), series, 12 * context.pages["Summary"].issue.years)


def _months(context: ChartContext) -> Reference:
    name = next(name for name in context.planned if name.startswith("Workload"))
    plan = context.planned[name]
    head = plan.blocks[0].header_row
    assert head is not None
    first = first_month(plan.years)
    return _reference(context.sheet(name), (head + 1, first), (head + 1, first + 12 * plan.years - 1))


def _exit(context: ChartContext, frame: Frame) -> None:
    options = [key for key in context.options if f"options.{key}.exit_cost" in context.lines]
    keys = [f"options.{key}.exit_cost" for key in options]
    ends = [context.values(key)[-1] for key in keys]
    series = [
        Series(context.name(option), context.cells(key), context.colour(option), side)
        for option, key, side in zip(options, keys, label_sides(ends), strict=True)
    ]
    exit_lines(
        context.sheet("Exit"), frame, _months(context), series, 12 * context.pages["Summary"].issue.years
    )


def _opportunity(context: ChartContext, frame: Frame) -> None:
    """Draw the totals of displaced projects, in the colour of the option that displaces them.

    Every series has the names of the longest list, since programs name bars as in the first series. Where the projects of
    an option are not the first ones of that list, its bars would have others' names: then one bar is all of an option's.
    """
    sheet = context.sheet("Opportunity")
    blocks = [block.block.lines for block in context.planned["Opportunity"].blocks]
    projects = [[line for line in lines if line.key.startswith("opportunity.")] for lines in blocks]
    options = [own[0].key.rpartition(".")[2] for own in projects]
    longest = [line.label for line in max(projects, key=len)]
    if any([line.label for line in own] != longest[: len(own)] for own in projects):
        projects = [[_named(lines, "opportunity_by_month")] for lines in blocks]
    rows = [[context.place(line.key).row for line in own] for own in projects]
    most = max(rows, key=len)
    names = _reference(sheet, (most[0], LABEL), (most[-1], LABEL))
    series = [
        Series(
            context.name(option), _reference(sheet, (own[0], FIRST), (own[-1], FIRST)), context.colour(option)
        )
        for option, own in zip(options, rows, strict=True)
    ]
    clustered_bars(sheet, frame, names, series)


def _named(lines: Sequence[Line], name: str) -> Line:
    """Return the line of an option with a name."""
    return next(line for line in lines if line.key.rpartition(".")[2] == name)


def _risks(context: ChartContext, frame: Frame) -> None:
    """Draw the expected cost of all risks, stacked, one bar per option; folded spare rows are drawn once unfolded."""
    register = context.place(f"risks.expected.{context.options[0]}")
    sheet = context.sheet("Risks")
    last = register.column + len(context.options) - 1
    assert context.planned["Risks"].blocks[0].header_row is not None
    head = context.planned["Risks"].blocks[0].header_row + 1
    names = _reference(sheet, (head, register.column), (head, last))
    series = [
        Series(
            _reference(sheet, (register.row + row, LABEL), (register.row + row, LABEL)),
            _reference(sheet, (register.row + row, register.column), (register.row + row, last)),
            _risk_colour(row),
        )
        for row in range(context.lines["risks.name"].axis.size)
    ]
    stacked_bars(sheet, frame, names, series)


def _risk_colour(number: int) -> str:
    """Return the colour of a risk; further risks take the same ones, paler and paler."""
    colours = (*CATEGORIES, "744589", "A94F63")
    return tint(colours[number % len(colours)], PALER ** (number // len(colours)))


def _tornado(context: ChartContext, frame: Frame, key: str = "sensitivity") -> None:
    low, high = f"{key}.ranked.low", f"{key}.ranked.high"
    heads = [
        _reference(context.sheet("Sensitivity"), (row, column), (row, column))
        for row, column in ((_header_row(context, key), context.place(key).column) for key in (low, high))
    ]
    tornado(
        context.sheet("Sensitivity"),
        frame,
        context.cells(f"{key}.ranked.assumption", MOST_BARS),
        Series(heads[0], context.cells(low, MOST_BARS), RISE),
        Series(heads[1], context.cells(high, MOST_BARS), RISE),
    )


def _header_row(context: ChartContext, key: str) -> int:
    place = context.place(key)
    block = next(b for b in context.planned[place.sheet].blocks if context.lines[key] in b.block.lines)
    assert block.header_row is not None
    return block.header_row + 1


def _break_even(context: ChartContext, frame: Frame) -> None:
    keys = [f"ladder.tco.{key}" for key in context.options]
    totals = [context.values(key) for key in keys]
    cheapest = max(min(value for values in totals for value in values), 1.0)
    series = [
        Series(context.name(option), context.cells(key), context.colour(option), side)
        for option, key, side in zip(
            context.options,
            keys,
            label_sides([max(v[-1], 1.0) for v in totals], logarithmic=True),
            strict=True,
        )
    ]
    points = len(totals[0])
    break_even_lines(
        context.sheet("Break-even"), frame, context.cells("ladder.volume"), series, points, 10 ** floor(log10(cheapest))
    )  # fmt: skip


def _bridge(context: ChartContext, frame: Frame) -> None:
    sheet = context.sheet("Bridge")

    def series(key: str, colour: str) -> Series:
        place, head = context.place(key), _header_row(context, key)
        return Series(
            _reference(sheet, (head, place.column), (head, place.column)), context.cells(key), colour
        )

    parts: Sequence[Series] = (series("bridge.rise", RISE), series("bridge.fall", FALL))
    bridge(sheet, frame, context.cells("bridge.step"), series("bridge.stands_on", RISE), parts)


def _scenarios(context: ChartContext, frame: Frame) -> None:
    sheet = context.sheet("Price scenarios")
    names = context.cells("scenarios.name")
    series = [
        Series(context.name(option), context.cells(f"scenarios.change.{option}"), context.colour(option))
        for option in context.options
    ]
    clustered_bars(sheet, frame, names, series)
