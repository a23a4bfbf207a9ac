"""The set-up of every sheet: column widths, frozen panes, protection, conditional formats and printing."""

from itertools import pairwise

from openpyxl.utils import get_column_letter

from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.heads import head_width, last_head_column, mark_status, wrap_head
from reportgen.workbook.layout.page_breaks import (
    TITLES,
    USABLE_SHARE,
    PrintedArea,
    first_page_end,
    lay_out_months,
    lay_out_pages,
    printed_months,
    row_breaks,
)
from reportgen.workbook.layout.plan import PERIODS, RISKS, TOP, PlannedBlock, PlannedSheet, first_month
from reportgen.workbook.layout.print_setup import (
    SMALLEST_SCALE,
    UNIT_POINTS,
    Pages,
    freeze,
    printable_area,
    protect,
    room_across,
    row_heights,
    width,
)  # fmt: skip
from reportgen.workbook.layout.styles import mark_changed, mark_recommended
from reportgen.workbook.layout.widths import Limits, fit_columns, fit_groups, fit_rows, narrow_to_page
from reportgen.workbook.sheets import change_log, cover, inputs, runs, sources
from reportgen.workbook.sheets.elements.page import Page

ROW, DENSE_ROW, LONG_ROW = 12.75, 11.0, 10.0
COVER_ROW = 14.5
"""The heights of rows, in points."""
ROWS = {
    "Case": LONG_ROW, "Cover": COVER_ROW,
    **dict.fromkeys(("Inputs", "Prices", "Runs", "Checks", "Sensitivity", "Simulation", "Summary", "Risks", "Break-even", "Budget"), DENSE_ROW),
}  # fmt: skip
"""The least height of a row by sheet; long lists are dense, so that they print on few pages."""
GUTTER, GAP, OPENING = 2.0, 1.5, 1.5
UNIT_LIMITS = Limits(9.0, 16.0)
LABELS = {
    "Checks": Limits(40, 58), "Sensitivity": Limits(34, 40), "Simulation": Limits(34, 48), "Risks": Limits(30, 40), "Runs": Limits(30, 44),
    "Findings": Limits(40, 50), "Summary": Limits(26, 32),
}  # fmt: skip
LABEL_LIMITS = Limits(26.0, 36.0)
MONTH, TOTAL, YEAR = Limits(8.4, 14.0), Limits(10.0, 16.0), Limits(9.0, 15.0)
NUMBER, SIDE, NEAR, TEXT = Limits(9.0, 15.0), Limits(11.0, 20.0), Limits(11.0, 16.0), Limits(9.0, 40.0)
PROSE, REMARKS = Limits(46.0, 46.0), Limits(20.0, 34.0)


MOST_COLUMNS = 16_384
BREAK_EVEN, DRAWN = "Break-even", 2
"""The sheet whose list, right of so many groups, holds workings, which are printed only where a page has room for them."""
SENSITIVITY, SHOWN_BLOCKS, FOUND_BY = "Sensitivity", 4, "Found by"
"""The sheet whose lists are ranked from others; how many blocks of it are printed (the option examined, and the lead), and up
to which columns."""
CHART_WIDTH = 100.0
"""The width of a chart that has a sheet to itself, in units of column width."""

HEADINGS = ("section", "group", "block")
HEADS = ("header", "header_right", "header_rule", "header_rule_right", "header_group", "block", "section")


def set_up_sheet(page: Page, planned: PlannedSheet | None, run_rows: runs.RunRows) -> None:
    """Set column widths, row heights, frozen panes, protection and print layout of a sheet."""
    sheet, name = page.canvas.sheet, page.canvas.name
    _columns(page, planned, run_rows)
    fit_rows(
        page.canvas,
        DENSE_ROW if planned and planned.monthly else ROWS.get(name, ROW),
        planned.end if planned else 0,
    )
    freeze(sheet, _freeze_cell(page, planned) if name != "Cover" else "A1")
    if name != "Cover":
        mark_status(page)
    protect(sheet)
    _conditional_formats(page)
    _print(page, planned, run_rows)
    if wrap_head(page):
        _print(page, planned, run_rows)


def _print(page: Page, planned: PlannedSheet | None, run_rows: runs.RunRows) -> None:
    sheet, pages = page.canvas.sheet, _pages(page)
    if planned and planned.monthly:
        first = first_month(planned.years)
        printed = PrintedArea(TOP + 1, planned.end, first + 12 * planned.years - 1, _sections(planned))
        lay_out_months(sheet, pages, printed, first_month=first, months=12 * planned.years)
    elif planned:
        lay_out_pages(sheet, pages, _printed(page, planned))
        _repeat_list_head(page, planned)
    elif page.canvas.name == "Runs":
        runs.print_runs(page, run_rows, pages)
    else:
        # columns right of the key show what the run does to a value; on paper the active value suffices
        last = {"Inputs": inputs.KEY, "Prices": inputs.KEY, "Case": UNIT, sources.SHEET: sources.EFFECT}.get(
            page.canvas.name, sheet.max_column
        )
        heads = 0 if page.canvas.name == "Cover" else TOP
        end = _first_page_rows(page) if page.canvas.name == "Case" else sheet.max_row
        fixed = {"Case": True, "Cover": False, "Inputs": False, "Prices": False}.get(page.canvas.name)
        starts = tuple(range(FIRST + 1, last + 1))
        printed = PrintedArea(heads, end, last, _headings(page, end), starts, fixed, repeated=range(1, UNIT))
        lay_out_pages(sheet, pages, printed)
        if page.canvas.name == sources.SHEET:
            _repeat_claims_head(page)


def _repeat_list_head(page: Page, planned: PlannedSheet) -> None:
    """Repeat the head of a list on its later pages instead of the sheet's: of the one split over the most pages.

    A head in front of it is printed once, since programs repeat rows only below where they stand.
    """
    sheet = page.canvas.sheet
    lists = (
        (block.header_row, block.last)
        for block in planned.blocks
        if not block.block.axis.across and block.header_row
    )
    split = [(sum(head <= one.id < last for one in sheet.row_breaks.brk), head) for head, last in lists]
    most, head = max(split, default=(0, 0))
    if most:
        sheet.print_title_rows = f"{head}:{head + 2}"


def _repeat_claims_head(page: Page) -> None:
    """Repeat the head of the figures in sources on later pages, where these hold nothing else."""
    sheet, seen = page.canvas.sheet, page.canvas.seen
    below = (
        row for (row, at), one in seen.items() if at == LABEL and row > TOP and one.role == "header_rule"
    )
    head = next(below, None)
    if head and sheet.row_breaks.brk and all(one.id >= head for one in sheet.row_breaks.brk):
        sheet.print_title_rows = f"{head}:{head}"


def _headings(page: Page, end: int) -> tuple[tuple[int, int], ...]:
    """Return the rows of each heading with the two rows below it, which are not split."""
    seen = page.canvas.seen.items()
    return tuple((row, min(row + 2, end)) for (row, at), one in seen if at == LABEL and one.role in HEADINGS)


def _first_page_rows(page: Page) -> int:
    """Return the last row of the first upright page: on paper the beginning of a text stands for it."""
    sheet = page.canvas.sheet
    down = USABLE_SHARE * printable_area(_pages(page).paper, portrait=True)[1]
    area = PrintedArea(TOP, sheet.max_row, UNIT)
    heights = row_heights(sheet, sheet.max_row)
    return next(iter(row_breaks(heights, area, down / SMALLEST_SCALE * 100)), sheet.max_row)


def _printed(page: Page, planned: PlannedSheet) -> PrintedArea:
    together = [rows for block in planned.blocks for rows in _undivided(block)]
    if planned.sheet.name == SENSITIVITY:
        return _without_workings(page, planned, together)
    if planned.sheet.name == RISKS:
        # what does not fit on a page goes on with the register on core, not with its end
        together.append((planned.blocks[1].top, _last_row(planned)))
    last = max(_last_column(page, planned), last_head_column(page))
    charts = (chart_columns(page, planned),) if any(block.chart for block in planned.blocks) else ()
    last = max(last, *(end for _, end in charts)) if charts else last
    return PrintedArea(
        TOP - 1, _last_row(planned), last, tuple(together), _groups(planned), charts=charts, repeated=_repeated(planned), head_width=head_width(page)
    )  # fmt: skip


def _undivided(block: PlannedBlock) -> list[tuple[int, int]]:
    """Return the first and last row of the parts of a block that are not split; of those that begin alike, the last one that fits counts.

    The head of a list stands on a page with rows of it; a block of fiscal periods runs on by sections, apart from its chart.
    """
    head, chart = (block.top, min(block.first + 2, block.last)), [block.chart] if block.chart else []
    if block.block.axis.name in PERIODS:
        return [head, *_section_rows(block), *chart]
    return [head, (block.top, block.last), *chart, *((block.top, last) for _, last in chart)]


def _last_row(planned: PlannedSheet) -> int:
    """Return the last row on paper: without the workings that stand last on Risks."""
    return planned.blocks[-2].last if planned.sheet.name == RISKS else planned.end


def _last_column(page: Page, planned: PlannedSheet) -> int:
    """Return the last column with figures on paper."""
    if planned.sheet.name == BREAK_EVEN and planned.widest > _first_page(page, planned, planned.widest):
        sections = next(block.sections for block in planned.blocks if len(block.sections) > DRAWN)
        return sections[DRAWN][1] - 2
    return min(planned.widest, max(column for _, column in page.canvas.seen))


def _repeated(planned: PlannedSheet) -> range:
    """Return the columns repeated on every page across: of a list without the units, which stand over its columns."""
    lists = any(not block.block.axis.across for block in planned.blocks)
    return range(1, UNIT) if lists else TITLES


def _first_page(page: Page, planned: PlannedSheet, last: int) -> int:
    """Return the last column of the first page across of a sheet that is printed up to a column."""
    printed = PrintedArea(
        TOP - 1, planned.end, last, column_starts=_groups(planned), repeated=_repeated(planned)
    )
    return first_page_end(page.canvas.sheet, _pages(page), printed)


def _printed_end(planned: PlannedSheet) -> int:
    """Return the last printed column of a sheet whose lists, on the screen, also say by what they are ranked."""
    shown = planned.blocks[:SHOWN_BLOCKS]
    return max(at for block in shown for section, at in block.sections if section.title == FOUND_BY) - 2


def _without_workings(page: Page, planned: PlannedSheet, together: list[tuple[int, int]]) -> PrintedArea:
    """Return the printed area of a sheet whose last lists, on the screen, are what the first ones are ranked from."""
    shown = planned.blocks[:SHOWN_BLOCKS]
    end = max(block.chart[1] if block.chart else block.last for block in shown)
    last = _printed_end(planned)
    return PrintedArea(TOP - 1, end, last, tuple(together), charts=(chart_columns(page, planned),))


def _groups(planned: PlannedSheet) -> tuple[int, ...]:
    """Return the columns at which groups start, without the first: a page may start there."""
    lists = (block for block in planned.blocks if not block.block.axis.across)
    starts = {column for block in lists for _, column in block.sections}
    return tuple(sorted((starts or set(range(FIRST, planned.widest + 1))) - {FIRST}))


def chart_columns(page: Page, planned: PlannedSheet) -> tuple[int, int]:
    """Return the first and last column of a chart; on the Summary, of two charts side by side.

    Where a sheet is wider than a page, a chart is right of the repeated columns and within the first page.
    """
    sheet = page.canvas.sheet
    first, end = _chart_space(page, planned)
    if planned.sheet.name == "Summary":
        return first, min(end, planned.widest)
    last = first
    while last < end and width(sheet, range(first, last + 1)) < CHART_WIDTH * UNIT_POINTS:
        last += 1
    return first, last


def _chart_space(page: Page, planned: PlannedSheet) -> tuple[int, int]:
    """Return the columns available for a chart: those of the first page."""
    sheet, pages, last = page.canvas.sheet, _pages(page), _last_column(page, planned)
    if planned.monthly:
        return printed_months(sheet, pages, first_month(planned.years), 12 * planned.years)
    if planned.sheet.name == SENSITIVITY:
        return LABEL, _printed_end(planned)
    end = _first_page(page, planned, last)
    return (FIRST, end) if end < last else (LABEL, MOST_COLUMNS)


def _pages(page: Page) -> Pages:
    cover = page.issue.cover
    return Pages("A4", cover.title, cover.fingerprint[:8])


def _sections(planned: PlannedSheet) -> tuple[tuple[int, int], ...]:
    """Return the first and last row of each section and chart of a monthly sheet, which are not split."""
    out = []
    for block in planned.blocks:
        out += [*_section_rows(block), *([block.chart] if block.chart else [])]
    return tuple(out)


def _section_rows(block: PlannedBlock) -> list[tuple[int, int]]:
    """Return the first and last row of each section of a block, the first one with the head of the block."""
    starts = [row for _, row in block.sections if row]
    ends = [*(row - 1 for row in starts[1:]), block.last]
    if not starts:
        return []
    return [
        (block.top, min(starts[0] + 1, block.last)),
        (block.top, ends[0]),
        *zip(starts, ends, strict=True),
    ]


def _freeze_cell(page: Page, planned: PlannedSheet | None) -> str:
    if planned and planned.monthly:
        return f"D{TOP + 2}"
    return {"Inputs": f"D{TOP + 1}", "Prices": f"D{TOP + 1}", "Case": f"B{TOP + 1}"}.get(
        page.canvas.name, f"D{TOP}"
    )


def _columns(page: Page, planned: PlannedSheet | None, run_rows: runs.RunRows) -> None:
    name, canvas = page.canvas.name, page.canvas
    canvas.widths({1: GUTTER})
    if planned is None:
        _own_columns(page, run_rows)
        return
    limits = {LABEL: LABELS.get(name, LABEL_LIMITS), UNIT: UNIT_LIMITS}
    if planned.monthly:
        first, years = first_month(planned.years), range(FIRST + 1, FIRST + 1 + planned.years)
        months = range(first, first + 12 * planned.years)
        limits |= {FIRST: TOTAL, **dict.fromkeys(years, YEAR), **dict.fromkeys(months, MONTH)}
        fit_columns(canvas, limits, equal_widths=(years, months))
        canvas.widths({first - 1: OPENING})
        return
    across = any(block.block.axis.name == "options" for block in planned.blocks)
    lists = any(not block.block.axis.across for block in planned.blocks)
    columns = range(FIRST, planned.widest + 1)
    used = {column for (_, column), _ in canvas.seen.items()}
    beside = across and not lists
    options = range(FIRST, FIRST + len(page.issue.options))
    limits |= {
        column: (NEAR if name == "Summary" else SIDE)
        if beside and column in options
        else _limit(page, column)
        for column in columns
        if column in used
    }
    if name == "Summary" and planned.widest > options[-1]:
        limits[planned.widest] = REMARKS
    fit_columns(canvas, limits, equal_widths=(options,) if beside else ())
    canvas.widths({column: GAP for column in columns if column not in used})
    for block in planned.blocks:
        if not block.block.axis.across and block.header_row:
            fit_groups(canvas, block.header_row, _group_columns(page, block))


def _group_columns(page: Page, block: PlannedBlock) -> tuple[range, ...]:
    """Return the columns of each group of a list whose head another head follows, before which it ends."""
    row = block.header_row or 0
    starts = [start for _, start in block.sections if (row, start) in page.canvas.seen]
    return tuple(range(start, end) for start, end in pairwise(starts))


def _limit(page: Page, column: int) -> Limits:
    """Return the width limits of a column, by whether it holds prose, text or numbers."""
    seen = [one for (row, at), one in page.canvas.seen.items() if at == column and row > TOP]
    if any(one.role == "prose" for one in seen):
        return PROSE
    words = sum(one.role not in HEADS and any(map(str.isalpha, one.text)) for one in seen)
    return TEXT if 2 * words > len(seen) else NUMBER


def _own_columns(page: Page, run_rows: runs.RunRows) -> None:
    canvas = page.canvas
    match canvas.name:
        case "Inputs" | "Prices":
            fit_columns(canvas, inputs.LIMITS)
            _fit_to_page(page)
        case "Runs":
            runs.fit_widths(page, run_rows, _pages(page).paper)
            runs.widen_gap(page, run_rows, head_width(page))
        case sources.SHEET:
            fit_columns(canvas, sources.LIMITS)
        case change_log.SHEET:
            canvas.widths(change_log.column_widths(page))
        case "Cover":
            canvas.widths({1: 3, 2: cover.left_width(page), 3: 74, 4: 3, 5: 24, 6: 46})
        case _:
            canvas.widths({LABEL: 100.0, UNIT: 30.0})  # wide enough for the text of the checks in two lines


def _fit_to_page(page: Page) -> None:
    """Narrow the sources by what the columns up to the key are wider than a page."""
    room, least = room_across(_pages(page).paper), inputs.LIMITS[inputs.SOURCE].least
    narrow_to_page(page.canvas, range(1, inputs.KEY + 1), inputs.SOURCE, room, least)


def _conditional_formats(page: Page) -> None:
    """Add the conditional formats of a sheet: changed cells, recommended option."""
    name, sheet = page.canvas.name, page.canvas.sheet
    if name in ("Inputs", "Prices"):
        mark_changed(sheet, f"F{TOP + 1}:F{sheet.max_row}", f"F{TOP + 1}=1")
    if name == "Summary":
        _mark_recommended(page)
    if name == "Runs":
        letter, first = get_column_letter(runs.CHANGED), runs.HEAD + 1
        mark_changed(sheet, f"{letter}{first}:{letter}{sheet.max_row}", f"{letter}{first}=1")


def _mark_recommended(page: Page) -> None:
    """Add the conditional format of the recommended option; none where no option is eligible."""
    lines = {line.key: place for line, place in page.places.lines.items() if place.sheet == "Summary"}
    number, chosen = lines["summary.number"], lines["decision.place"]
    first, last = lines["summary.year_1"], lines["summary.break_even_volume"]
    letters = get_column_letter(FIRST), get_column_letter(FIRST + number.size - 1)
    cells = f"{letters[0]}{first.row - 2}:{letters[1]}{last.row}"
    mark_recommended(page.canvas.sheet, cells, f"{letters[0]}${number.row}=$D${chosen.row}")
