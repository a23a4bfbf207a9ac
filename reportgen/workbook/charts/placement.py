"""The charts of the workbook and where they stand: each in the room left behind a block, on live cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from openpyxl.chart.reference import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.formula.nodes import Line
from reportgen.workbook.charts.chart_parts import Frame, Series
from reportgen.workbook.charts.charts import (
    break_even_lines,
    bridge,
    clustered_bars,
    cumulative_lines,
    exit_lines,
    sides,
    stacked_bars,
    tornado,
)  # fmt: skip
from reportgen.workbook.layout.addresses import FIRST, LABEL, Place
from reportgen.workbook.layout.colours import CATEGORIES, FALL, RISE
from reportgen.workbook.layout.pages import chart_columns
from reportgen.workbook.layout.plan import PlannedBlock, PlannedSheet, first_month
from reportgen.workbook.sheets.elements.page import Page

MOST_BARS, MOST_RISKS = 15, 8
"""The bars of a tornado, and the risks in a stack."""
LEAD = "Change of the lead when one assumption goes to its low or high, thousand"


@dataclass(frozen=True, slots=True)
class Album:
    """All pages and plans, with the lines by key: what a chart is drawn from."""

    pages: Mapping[str, Page]
    planned: Mapping[str, PlannedSheet]
    lines: Mapping[str, Line]

    def rooms(self, sheet: str) -> list[PlannedBlock]:
        """List the blocks of a sheet that have room for a chart behind them."""
        plan = self.planned.get(sheet)
        return [block for block in plan.blocks if block.chart] if plan else []

    def room(self, sheet: str) -> PlannedBlock | None:
        """Give the first block of a sheet that has room for a chart behind it."""
        return next(iter(self.rooms(sheet)), None)

    def place(self, key: str) -> Place:
        """Give where a line stands."""
        return self.pages["Summary"].places.lines[self.lines[key]]

    def sheet(self, name: str) -> Worksheet:
        """Give a sheet."""
        return self.pages[name].canvas.sheet

    def cells(self, key: str, most: int | None = None) -> Reference:
        """Refer to a line's cells, its first `most` only where that is given."""
        place = self.place(key)
        last = place.at(min(most or place.size, place.size) - 1)
        return _reference(self.sheet(place.sheet), place.at(0), last)

    def label(self, key: str) -> Reference:
        """Refer to a line's label."""
        place = self.place(key)
        return _reference(self.sheet(place.sheet), (place.row, LABEL), (place.row, LABEL))

    def names(self, sheet: str, block: PlannedBlock) -> Reference:
        """Refer to the options' names over their columns."""
        assert block.header_row is not None
        last = FIRST + block.block.axis.size - 1
        return _reference(self.sheet(sheet), (block.header_row, FIRST), (block.header_row, last))

    def name(self, option: str) -> Reference:
        """Refer to an option's short name, over its column on the Summary."""
        head = self.planned["Summary"].blocks[0].header_row
        assert head is not None
        cell = head, FIRST + self.options.index(option)
        return _reference(self.sheet("Summary"), cell, cell)

    def colour(self, option: str) -> str:
        """Give an option's colour."""
        return self.pages["Summary"].canvas.look.options[option]

    @property
    def options(self) -> list[str]:
        """List the options' keys in order."""
        return [key for key, _ in self.pages["Summary"].issue.options]

    def values(self, key: str) -> list[float]:
        """Give a line's numbers as shown now."""
        values = self.pages["Summary"].state.series(self.lines[key])
        return [value if isinstance(value, float) else 0.0 for value in values]


def draw(pages: Mapping[str, Page], planned: Mapping[str, PlannedSheet]) -> None:
    """Draw every chart whose sheet is there."""
    lines = {line.key: line for line in pages["Summary"].places.lines}
    album = Album(pages, planned, lines)
    _summary(album)
    charts: tuple[tuple[str, str, Callable[[Album, Frame], None]], ...] = (
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
    for sheet, title, picture in charts:
        block = album.room(sheet)
        if block and block.chart:
            picture(album, _frame(pages[sheet], planned[sheet], block.chart, title))
    for block in album.rooms("Sensitivity")[1:]:
        assert block.chart is not None
        frame = _frame(pages["Sensitivity"], planned["Sensitivity"], block.chart, LEAD)
        _tornado(album, frame, "lead")


def _frame(page: Page, planned: PlannedSheet, room: tuple[int, int], title: str) -> Frame:
    """Title the room for a chart and give its cells."""
    first, last = chart_columns(page, planned)
    page.canvas.text(room[0], first, title, "block")
    return Frame(room[0] + 1, first, room[1], last)


def _wide(sheet: Worksheet, column: int) -> float:
    letter = get_column_letter(column)
    return float(sheet.column_dimensions[letter].width) if letter in sheet.column_dimensions else 8.43


def _reference(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> Reference:
    return Reference(sheet, min_row=first[0], min_col=first[1], max_row=last[0], max_col=last[1])


def _summary(album: Album) -> None:
    """Draw what the total is made of and how it grows, side by side under the figures."""
    block, page = album.room("Summary"), album.pages["Summary"]
    assert block is not None
    assert block.chart is not None
    first, last = block.chart
    begins, ends = chart_columns(page, album.planned["Summary"])
    columns = range(begins, ends + 1)
    widths = [_wide(page.canvas.sheet, column) for column in columns]
    split = min(columns, key=lambda column: abs(sum(widths[: column - begins]) - 0.52 * sum(widths)))
    page.canvas.text(first, begins, "Total cost by category, thousand", "block")
    page.canvas.text(first, split, "Cumulative cost by month, thousand", "block")
    _by_category_on(album, page.canvas.sheet, Frame(first + 1, begins, last, split - 1))
    _cumulative_on(album, page.canvas.sheet, Frame(first + 1, split, last, columns[-1]))


def _by_category(album: Album, frame: Frame) -> None:
    _by_category_on(album, album.sheet("TCO"), frame)


def _by_category_on(album: Album, sheet: Worksheet, frame: Frame) -> None:
    tco = album.planned["TCO"].blocks[0]
    keys = [key for key in album.lines if key.startswith("tco.") and key.removeprefix("tco.") in _CATEGORIES]
    series = [
        Series(album.label(key), album.cells(key), colour)
        for key, colour in zip(keys, CATEGORIES, strict=True)
    ]
    stacked_bars(sheet, frame, album.names("TCO", tco), series)


_CATEGORIES = ("compute", "supporting", "deployment", "ongoing", "interim", "other")


def _cumulative(album: Album, frame: Frame) -> None:
    _cumulative_on(album, album.sheet("Cumulative"), frame)


def _cumulative_on(album: Album, sheet: Worksheet, frame: Frame) -> None:
    keys = [f"options.{key}.cumulative" for key in album.options]
    ends = [album.values(key)[-1] for key in keys]
    series = [
        Series(album.name(option), album.cells(key), album.colour(option), side)
        for option, key, side in zip(album.options, keys, sides(ends), strict=True)
    ]
    cumulative_lines(sheet, frame, _months(album), series, 12 * album.pages["Summary"].issue.years)


def _months(album: Album) -> Reference:
    plan = album.planned["Workload"]
    head = plan.blocks[0].header_row
    assert head is not None
    first = first_month(plan.years)
    return _reference(album.sheet("Workload"), (head + 1, first), (head + 1, first + 12 * plan.years - 1))


def _exit(album: Album, frame: Frame) -> None:
    options = [key for key in album.options if f"options.{key}.exit_cost" in album.lines]
    keys = [f"options.{key}.exit_cost" for key in options]
    ends = [album.values(key)[-1] for key in keys]
    series = [
        Series(album.name(option), album.cells(key), album.colour(option), side)
        for option, key, side in zip(options, keys, sides(ends), strict=True)
    ]
    exit_lines(album.sheet("Exit"), frame, _months(album), series, 12 * album.pages["Summary"].issue.years)


def _opportunity(album: Album, frame: Frame) -> None:
    """Draw the projects of each option: their totals, in the option's colour."""
    plan, sheet = album.planned["Opportunity"], album.sheet("Opportunity")
    series, names = [], []
    for block in plan.blocks:
        keys = [line.key for line in block.block.lines if line.key.startswith("opportunity.")]
        rows = [album.place(key).row for key in keys]
        owner = next(line.key for line in block.block.lines if line.key.startswith("options.") and line.total)
        values = _reference(sheet, (rows[0], FIRST), (rows[-1], FIRST))
        names.append(_reference(sheet, (rows[0], LABEL), (rows[-1], LABEL)))
        option = owner.split(".")[1]
        series.append(Series(album.name(option), values, album.colour(option)))
    clustered_bars(sheet, frame, names, series)


def _risks(album: Album, frame: Frame) -> None:
    """Draw the expected cost of the first risks, stacked, one bar per option."""
    register = album.place(f"risks.expected.{album.options[0]}")
    sheet = album.sheet("Risks")
    last = register.column + len(album.options) - 1
    risks = [name for name in album.lines["risks.name"].axis.labels if not name.startswith("Spare risk")]
    assert album.planned["Risks"].blocks[0].header_row is not None
    head = album.planned["Risks"].blocks[0].header_row + 1
    names = _reference(sheet, (head, register.column), (head, last))
    series = [
        Series(
            _reference(sheet, (register.row + row, LABEL), (register.row + row, LABEL)),
            _reference(sheet, (register.row + row, register.column), (register.row + row, last)),
            _shade(row),
        )
        for row in range(min(len(risks) or 1, MOST_RISKS))
    ]
    stacked_bars(sheet, frame, names, series)


def _shade(number: int) -> str:
    return (*CATEGORIES, "744589", "A94F63")[number % MOST_RISKS]


def _tornado(album: Album, frame: Frame, key: str = "sensitivity") -> None:
    low, high = f"{key}.ranked.low", f"{key}.ranked.high"
    heads = [
        _reference(album.sheet("Sensitivity"), (row, column), (row, column))
        for row, column in ((_head(album, key), album.place(key).column) for key in (low, high))
    ]
    tornado(
        album.sheet("Sensitivity"),
        frame,
        album.cells(f"{key}.ranked.assumption", MOST_BARS),
        Series(heads[0], album.cells(low, MOST_BARS), RISE),
        Series(heads[1], album.cells(high, MOST_BARS), RISE),
    )


def _head(album: Album, key: str) -> int:
    place = album.place(key)
    block = next(b for b in album.planned[place.sheet].blocks if album.lines[key] in b.block.lines)
    assert block.header_row is not None
    return block.header_row + 1


def _break_even(album: Album, frame: Frame) -> None:
    keys = [f"ladder.tco.{key}" for key in album.options]
    every = [album.values(key) for key in keys]
    cheapest = max(min(value for values in every for value in values), 1.0)
    series = [
        Series(album.name(option), album.cells(key), album.colour(option), side)
        for option, key, side in zip(
            album.options, keys, sides([max(v[-1], 1.0) for v in every], logarithmic=True), strict=True
        )
    ]
    points = len(every[0])
    break_even_lines(
        album.sheet("Break-even"), frame, album.cells("ladder.volume"), series, points, 10 ** floor(log10(cheapest))
    )  # fmt: skip


def _bridge(album: Album, frame: Frame) -> None:
    sheet = album.sheet("Bridge")

    def series(key: str, colour: str) -> Series:
        place, head = album.place(key), _head(album, key)
        return Series(_reference(sheet, (head, place.column), (head, place.column)), album.cells(key), colour)

    parts: Sequence[Series] = (series("bridge.rise", RISE), series("bridge.fall", FALL))
    bridge(sheet, frame, album.cells("bridge.step"), series("bridge.stands_on", RISE), parts)


def _scenarios(album: Album, frame: Frame) -> None:
    sheet = album.sheet("Price scenarios")
    names = album.cells("scenarios.name")
    series = [
        Series(album.name(option), album.cells(f"scenarios.change.{option}"), album.colour(option))
        for option in album.options
    ]
    clustered_bars(sheet, frame, [names] * len(series), series)
