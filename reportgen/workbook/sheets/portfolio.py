"""The portfolio workbook: every case's recommendation in a row, totals by currency, all options, all findings."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from reportgen.compare.portfolio import Answer, Portfolio
from reportgen.units import counted
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.page_breaks import PrintedArea, lay_out_pages
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.print_setup import Pages, freeze, protect
from reportgen.workbook.layout.styles import make_stylesheet
from reportgen.workbook.package.writer import save
from reportgen.workbook.sheets.elements.canvas import Canvas

NAME, CONFIDENCE, COST, TCO, BUDGET, COUNT, BEFORE, FLIPPED = range(FIRST, FIRST + 8)
TEXT_HEADS = {LABEL: "Case", UNIT: "Unit", NAME: "Recommended", CONFIDENCE: "How sure"}
NUMBER_HEADS = {COST: "Full cost", TCO: "TCO, nominal", BUDGET: "Budget at P80", COUNT: "Findings"}
EARLIER_HEADS = {BEFORE: "Recommended last time", FLIPPED: "Flipped?"}
WIDTHS = {1: 2.0, LABEL: 38.0, UNIT: 9.0, NAME: 22.0, CONFIDENCE: 16.0, COST: 13.0, TCO: 13.0, BUDGET: 13.0, COUNT: 9.0, BEFORE: 22.0, FLIPPED: 9.0}  # fmt: skip
NONE_ELIGIBLE = "none eligible"
TITLE = "Portfolio"


def write_portfolio(portfolio: Portfolio, target: Path) -> None:
    """Write the portfolio workbook; equal portfolios give equal bytes."""
    book = Workbook()
    first = book.active
    assert first is not None
    look = make_stylesheet(book, {})
    names = (TITLE, "Options", "Findings")
    canvases = {name: Canvas(book.create_sheet(name) if n else first, look) for n, name in enumerate(names)}
    first.title = TITLE
    _write_answers(canvases[TITLE], portfolio)
    _write_options(canvases["Options"], portfolio.answers)
    _write_findings(canvases["Findings"], portfolio)
    for canvas in canvases.values():
        _set_up(canvas, portfolio)
    cached = {name: canvas.cached for name, canvas in canvases.items()}
    save(book, target, cached, datetime.combine(portfolio.date, datetime.min.time()))


def _write_head(canvas: Canvas, note: str, last: int) -> None:
    canvas.stylesheet.across(canvas.sheet, 1, 1, last, "bar")
    canvas.text(2, LABEL, f"{TITLE}: {canvas.name.lower()}" if canvas.name != TITLE else TITLE, "title")
    canvas.text(3, LABEL, note, "subtitle")
    for row, points in ((1, 4), (2, 24), (3, 14)):
        canvas.height(row, points)


def _write_answers(canvas: Canvas, portfolio: Portfolio) -> None:
    _write_head(
        canvas, "The answer of every case; amounts are those of the option that is recommended", FLIPPED
    )
    for column, text in (TEXT_HEADS | EARLIER_HEADS).items():
        canvas.text(TOP, column, text, "header_rule")
    for column, text in NUMBER_HEADS.items():
        canvas.text(TOP, column, text, "header_rule_right")
    for row, answer in enumerate(portfolio.answers, start=TOP + 1):
        _write_answer(canvas, row, answer)
    first, last = TOP + 1, TOP + len(portfolio.answers)
    for place, currency in enumerate(portfolio.currencies, start=last + 1):
        _write_total(canvas, place, portfolio, currency, (first, last))
    for row, name in enumerate(portfolio.failed, start=last + len(portfolio.currencies) + 2):
        canvas.text(row, LABEL, f"{name}: could not be built, and is not in the totals", "note")


def _write_answer(canvas: Canvas, row: int, answer: Answer) -> None:
    best = answer.best
    canvas.text(row, LABEL, answer.title, "label")
    canvas.text(row, UNIT, answer.currency, "unit")
    canvas.text(row, NAME, best.name if best else NONE_ELIGIBLE, "label")
    canvas.text(row, CONFIDENCE, answer.verdict if best else "", "label")
    canvas.value(row, COST, best.full_cost if best else None, "static", "money")
    canvas.value(row, TCO, best.tco if best else None, "static", "money")
    canvas.value(row, BUDGET, answer.budget, "static", "money")
    canvas.value(row, COUNT, float(len(answer.findings)), "static", "count")
    canvas.text(row, BEFORE, "" if answer.before is None else answer.previous_name, "label")
    canvas.value(row, FLIPPED, float(answer.flipped), "static", "flag")


def _write_total(
    canvas: Canvas, row: int, portfolio: Portfolio, currency: str, rows: tuple[int, int]
) -> None:
    """Write the totals of the cases in one currency; currencies are never added to each other."""
    canvas.text(row, LABEL, "Total of what is recommended", "label_total")
    canvas.text(row, UNIT, currency, "unit_total")
    totals = portfolio.totals(currency)
    for column, key in ((COST, "full_cost"), (TCO, "tco"), (BUDGET, "budget")):
        letter = "ABCDEFGHIJK"[column - 1]
        amounts = f"{letter}${rows[0]}:{letter}${rows[1]}"
        formula = f"=SUMIFS({amounts},$C${rows[0]}:$C${rows[1]},$C{row})"
        canvas.formula(row, column, formula, totals[key], "total", "money")


def _write_options(canvas: Canvas, answers: Sequence[Answer]) -> None:
    _write_head(canvas, "Every option of every case, the lowest full cost first", FIRST + 3)
    for column, text in ((LABEL, "Case"), (UNIT, "Unit"), (FIRST, "Option")):
        canvas.text(TOP, column, text, "header_rule")
    for column, text in ((FIRST + 1, "Full cost"), (FIRST + 2, "TCO, nominal"), (FIRST + 3, "Recommended?")):
        canvas.text(TOP, column, text, "header_rule_right")
    rows = ((answer, option) for answer in answers for option in answer.ranked)
    for row, (answer, option) in enumerate(rows, start=TOP + 1):
        canvas.text(row, LABEL, answer.title, "label")
        canvas.text(row, UNIT, answer.currency, "unit")
        canvas.text(row, FIRST, option.name if option.eligible else f"{option.name} (not eligible)", "label")
        canvas.value(row, FIRST + 1, option.full_cost, "static", "money")
        canvas.value(row, FIRST + 2, option.tco, "static", "money")
        canvas.value(row, FIRST + 3, float(option.key == answer.recommended), "static", "flag")


def _write_findings(canvas: Canvas, portfolio: Portfolio) -> None:
    _write_head(canvas, "What deserves a second look in the inputs of each case", FIRST)
    for column, text in ((LABEL, "Case"), (UNIT, "Unit"), (FIRST, "Finding")):
        canvas.text(TOP, column, text, "header_rule")
    rows = ((answer, finding) for answer in portfolio.answers for finding in answer.findings)
    for row, (answer, finding) in enumerate(rows, start=TOP + 1):
        canvas.text(row, LABEL, answer.title, "label")
        canvas.text(row, UNIT, "text", "unit")
        canvas.text(row, FIRST, finding, "source")


def _set_up(canvas: Canvas, portfolio: Portfolio) -> None:
    sheet = canvas.sheet
    canvas.widths(
        WIDTHS
        if canvas.name == TITLE
        else WIDTHS | {CONFIDENCE: 15.0, NAME: 26.0 if canvas.name == "Options" else 90.0}
    )
    freeze(sheet, f"D{TOP + 1}")
    protect(sheet)
    pages = Pages("A4", f"{TITLE}, {portfolio.date}", counted(len(portfolio.answers), "case"))
    lay_out_pages(sheet, pages, PrintedArea(TOP, sheet.max_row, sheet.max_column, portrait=False))
