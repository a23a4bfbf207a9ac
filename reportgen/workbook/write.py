"""The writing of a workbook: plan the addresses, write every sheet, save the file with its cached values."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from reportgen.formula.excel import fill_template, template
from reportgen.formula.lines import Sheet
from reportgen.runtime.records import dataclass
from reportgen.workbook.charts.placement import draw_charts
from reportgen.workbook.layout.addresses import LABEL, Places, absolute, quoted
from reportgen.workbook.layout.colours import option_colours
from reportgen.workbook.layout.defined_names import defined_names
from reportgen.workbook.layout.folding import fold_spare_rows
from reportgen.workbook.layout.pages import set_up_sheet
from reportgen.workbook.layout.plan import TOP, PlannedSheet, plan
from reportgen.workbook.layout.sheet_names import with_sheet_names
from reportgen.workbook.layout.styles import make_stylesheet
from reportgen.workbook.package.writer import save
from reportgen.workbook.sheets import change_log, checks, cover, sources
from reportgen.workbook.sheets.elements.blocks import write_blocks
from reportgen.workbook.sheets.elements.canvas import Canvas, DisplayedText
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.elements.sheet_head import write_head
from reportgen.workbook.sheets.inputs import KEY, InputRows, plan_inputs, write_inputs
from reportgen.workbook.sheets.prices import PriceRows, plan_prices, write_prices
from reportgen.workbook.sheets.runs import Registers, RunRows, plan_runs, write_runs, write_summary_selector
from reportgen.workbook.sheets.what_if_tables import write_probe
from reportgen.workbook.state import Issue, State, Value, evaluate_state

MANY_CELLS = 2400
"""The number of what-if cells above which Excel recalculates the tables only on request (F9)."""

NOTES = {
    "Inputs": "Every assumption once, with its range, source and owner: edit here",
    "Prices": "Every dated rate of the price book: edit an amount or a day, or add a row",
    "Case": "The case file as issued, line by line; on paper its first page, as the whole of it is attached to the paper",
}


OWN_SHEETS = ("Cover", "Inputs", "Prices", "Runs", sources.SHEET, change_log.SHEET, "Case")
"""The sheets that are no part of the model."""
RUNS = "Run selector, effects and the results of every run"
AS_ISSUED = "; the run chosen is calculated here, the results of all runs are as issued"
FILLED = "; in LibreOffice press Ctrl+Shift+F9 after changes, or have it built with --what-if issued"
ON_REQUEST = "; after a change press F9, in LibreOffice Ctrl+Shift+F9, to fill the tables anew"
"""The note on Runs. Why: LibreOffice imports a what-if table without its values, and after two changes misses cells."""


@dataclass(frozen=True, slots=True)
class UnsavedWorkbook:
    """A workbook before it is saved: openpyxl's book, the cached values by sheet and coordinate, the addresses of lines."""

    book: Workbook
    cached: dict[str, dict[str, Value]]
    places: Places
    seen: dict[str, dict[tuple[int, int], DisplayedText]]
    """The displayed text of each cell, by sheet, then row and column."""


def write_workbook(issue: Issue, target: Path) -> UnsavedWorkbook:
    """Write the workbook of a case as issued, with the base case shown."""
    written = lay_out(issue, evaluate_state(issue.values, issue.runs))
    moment = datetime.combine(issue.cover.date, datetime.min.time())
    save(written.book, target, written.cached, moment, "autoNoTable" if _is_large(issue) else "auto")
    return written


def _is_large(issue: Issue) -> bool:
    """Return whether recalculating the what-if tables at every change would be slow in Excel."""
    return issue.what_if == "live" and len(issue.runs) * 2 * len(issue.model.tables) > MANY_CELLS


def _filling(issue: Issue) -> str:
    """Return what the note on Runs says of the filling of the what-if tables."""
    if issue.what_if == "issued":
        return AS_ISSUED
    return ON_REQUEST if _is_large(issue) else FILLED


def lay_out(issue: Issue, state: State) -> UnsavedWorkbook:
    """Write all sheets of a case: formulas from the issue, cached values from the state."""
    issue = replace(issue, model=with_sheet_names(issue.model, OWN_SHEETS))
    state = state.since(issue)
    places = Places()
    input_rows, run_rows = plan_inputs(issue, places), plan_runs(issue, places)
    price_rows = plan_prices(issue, places)
    undrawn = () if issue.names_risks else ("Risks",)  # its chart would be an empty frame
    planned = {sheet.sheet.name: sheet for sheet in plan(issue.model.sheets, issue.years, places, undrawn)}
    book = Workbook()
    pages = _create_pages(book, issue, state, places, planned)
    for name, page in pages.items():
        if name in planned:
            write_blocks(page, planned[name])
    write_inputs(pages["Inputs"], input_rows)
    same = dict(state.values) == issue.values and state.runs == issue.runs
    issued = state if same else evaluate_state(issue.values, issue.runs)
    write_runs(pages["Runs"], run_rows, Registers(input_rows, price_rows), issued)
    write_summary_selector(pages["Summary"], run_rows)
    if price_rows:
        write_prices(pages["Prices"], price_rows)
    _write_special_sheets(pages, planned, input_rows, run_rows, price_rows)
    _define_names(book, issue, places)
    for name, page in pages.items():
        fold_spare_rows(page, planned.get(name), run_rows, price_rows)
        set_up_sheet(page, planned.get(name), run_rows)
    draw_charts(pages, planned)
    cached = {name: page.canvas.cached for name, page in pages.items()}
    return UnsavedWorkbook(book, cached, places, {name: page.canvas.seen for name, page in pages.items()})


def _create_pages(
    book: Workbook, issue: Issue, state: State, places: Places, planned: dict[str, PlannedSheet]
) -> dict[str, Page]:
    """Create the sheets in reading order, each with its head."""
    kinds = [kind for _, kind in issue.options]
    colours = dict(zip((key for key, _ in issue.options), option_colours(kinds), strict=True))
    look = make_stylesheet(book, colours)
    pages: dict[str, Page] = {}
    for number, (name, title, note) in enumerate(contents(issue)):
        sheet = book.active if not number else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        own = planned[name].sheet if name in planned else None
        shade = look.accented(colours[own.option]) if own and own.option else look
        page = Page(Canvas(sheet, shade), places, issue, state)
        if name != "Cover":
            write_head(
                page.canvas,
                _live_headline(page, own) or title,
                note,
                checks.head_status(page),
                planned[name].widest if name in planned else {"Inputs": KEY, "Prices": KEY}.get(name, 8),
            )
        pages[name] = page
    return pages


def _live_headline(page: Page, sheet: Sheet | None) -> tuple[str, Value] | None:
    """Return the live headline of a sheet as formula and current text; None where the sheet has a plain title."""
    line = sheet.headline if sheet else None
    if line is None:
        return None
    return fill_template(template(line.formula, line, page.addresses), 0, page.addresses), page.state.series(
        line
    )[0]


def contents(issue: Issue) -> tuple[tuple[str, str, str], ...]:
    """Return name, title and note of every sheet, in reading order."""
    own = [(sheet.name, sheet.title, sheet.note) for sheet in issue.model.sheets]
    first = next(place for place, (name, _, _) in enumerate(own) if name.startswith("Workload"))
    second = next(place for place, (name, _, _) in enumerate(own) if name == "Risks")
    return (
        ("Cover", "Cover", "What this is"),
        *own[:first],
        ("Inputs", "Inputs", NOTES["Inputs"]),
        *((("Prices", "Prices", NOTES["Prices"]),) if issue.model.rates else ()),
        *own[first:second],
        ("Runs", "Runs", RUNS + _filling(issue)),
        *own[second:],
        (sources.SHEET, sources.SHEET, sources.NOTE),
        (change_log.SHEET, change_log.SHEET, change_log.NOTE),
        ("Case", "The case as issued", NOTES["Case"]),
    )


def _write_special_sheets(
    pages: dict[str, Page],
    planned: dict[str, PlannedSheet],
    input_rows: InputRows,
    run_rows: RunRows,
    price_rows: PriceRows | None,
) -> None:
    passes = next(line for line in planned["Checks"].blocks[0].block.lines if line.key == "checks.passes")
    checks.write_master_check(pages["Checks"], input_rows, run_rows, price_rows, passes)
    issue = pages["Cover"].issue
    if issue.what_if == "live":
        write_probe(pages["Runs"], run_rows.results, checks.probe_heads(pages["Checks"]))
    cover.write_cover(
        pages["Cover"], tuple((name, note) for name, _, note in contents(issue) if name != "Cover")
    )
    cover.write_case(pages["Case"])
    sources.write_sources(pages[sources.SHEET])
    change_log.write_change_log(pages[change_log.SHEET])
    for name, sheet in planned.items():
        _flag_static(pages[name], sheet)


def _flag_static(page: Page, planned: PlannedSheet) -> None:
    """Write the live flag of stale static results: at the top of a sheet with nothing else, otherwise below them."""
    static = [block for block in planned.blocks if block.block.note == "static"]
    if not static:
        return
    row = TOP if len(static) == len(planned.blocks) else static[-1].last + 1
    formula, value = checks.staleness_flag(checks.count_changes(page))
    page.canvas.formula(row, LABEL, formula, value, "note", "text")


def _define_names(book: Workbook, issue: Issue, places: Places) -> None:
    """Define names for inputs and headline results: their paths, with other characters replaced by an underscore."""
    targets = {
        path: f"{quoted(sheet)}{absolute(row, column)}"
        for path, (sheet, row, column) in places.input_cells.items()
    }
    for name, line in issue.model.names.items():
        place = places.lines[line]
        targets[name] = f"{quoted(place.sheet)}{absolute(place.row, place.column)}"
    for path, name in defined_names(targets).items():
        book.defined_names[name] = DefinedName(name, attr_text=targets[path])
