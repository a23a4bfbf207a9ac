"""The sheets Cover and Case: title, contents, key to colours, limitations, and the case file as issued."""

from openpyxl import Workbook
from openpyxl.styles import Protection

from reportgen.units import counted
from reportgen.workbook.layout.addresses import FIRST, LABEL, absolute
from reportgen.workbook.layout.cell_styles import APPEARANCES
from reportgen.workbook.layout.print_setup import UNIT_POINTS
from reportgen.workbook.layout.styles import link_to
from reportgen.workbook.layout.text_metrics import break_lines, text_width
from reportgen.workbook.sheets import checks, prices, runs
from reportgen.workbook.sheets.elements.page import Page
from reportgen.workbook.sheets.elements.sheet_head import CONTENTS
from reportgen.workbook.verify.rules.table import DEVIATIONS, RULES

LEFT, MIDDLE, RIGHT, BESIDE = 2, 3, 5, 6
"""The columns of the cover: contents and notes on the left, key to colours on the right."""

PRICES_AS_ISSUED = "Prices of the price book that the case uses"
"""The header of the second text on the Case sheet."""
BAND_WIDTH = 900.0
"""Width of the band, in points."""
NOTE_WIDTH = 375.0
"""Width of the two columns of notes, in points."""

HOW_TO = (
    "1  Change blue cells only: on Inputs, Runs and Risks.",
    "2  Choose a run on Runs: the whole workbook turns to it.",
    "3  Look at the checks: the head of every sheet shows them.",
    "4  Rows to add risks, effects and rates are folded: the [+] on the left; where the sheet is protected, Unhide rows.",
    "5  On paper stand the years and the first twelve months; all months are on the screen.",
)
CHECK_HEIGHT = 26
"""Points of the row with the master check, whose sentence takes two lines once something was changed."""


def write_cover(page: Page, contents: tuple[tuple[str, str], ...]) -> None:
    """Write the cover: title band, master check, contents with links, key to colours, notes."""
    _write_band(page)
    row = 8
    canvas = page.canvas
    canvas.text(row, LEFT, "Master check", "block")
    canvas.formula(row, MIDDLE, *checks.master_sentence(page), "block", "text")
    canvas.wrap(row, MIDDLE)
    canvas.height(row, CHECK_HEIGHT)
    canvas.text(CONTENTS[1], LEFT, "Contents", "group")
    canvas.text(CONTENTS[1], MIDDLE, "", "group")
    for at, (name, note) in enumerate(contents, start=CONTENTS[1] + 1):
        canvas.text(at, LEFT, name, "link")
        link_to(canvas.sheet.cell(at, LEFT), name)
        canvas.text(at, MIDDLE, note, "label")
    _write_colour_key(page, row)
    _write_notes(page, row + 9)


def _write_band(page: Page) -> None:
    canvas, cover = page.canvas, page.issue.cover
    for row in range(1, 8):
        for column in range(1, BESIDE + 1):
            canvas.text(row, column, "", "band")
    canvas.text(2, LEFT, "FINANCIAL MODEL · DECISION SUPPORT", "band_kicker")
    canvas.text(3, LEFT, cover.title, "band_title")
    canvas.text(4, LEFT, _subtitle(page), "band_subtitle")
    day = f"{cover.date.day} {cover.date:%B %Y}"
    columns = (
        (LEFT, cover.organisation, f"For the {cover.prepared_for}" if cover.prepared_for else ""),
        (MIDDLE, cover.prepared_by, f"Edition {cover.edition} · {day}"),
        (RIGHT, f"Model {cover.fingerprint[:8]}", f"Currency {cover.currency}, nominal"),
    )
    for column, strong, plain in columns:
        canvas.text(5, column, strong, "band_strong")
        canvas.text(6, column, plain, "band_text")
    canvas.text(5, BESIDE, "Run shown", "band_strong")
    selector = f"=Runs!{absolute(runs.NAMED, FIRST)}"
    canvas.formula(6, BESIDE, selector, page.state.shown, "band_text", "text")
    for row, points in ((1, 8), (3, 32), (4, 20), (7, 8)):
        canvas.height(row, points)


def _subtitle(page: Page) -> str:
    """Return what is compared and over which time: with the options' names, short ones or their number, as the band holds it."""
    options = [sheet for sheet in page.issue.model.sheets if sheet.option]
    names = (
        ", ".join(sheet.title for sheet in options),
        ", ".join(sheet.name for sheet in options),
        counted(len(options), "option"),
    )
    when = f"; {counted(page.issue.years, 'year')} from {page.issue.start:%B %Y}"
    size = APPEARANCES["band_subtitle"].size
    return next(
        (name + when for name in names if text_width(name + when, size) <= BAND_WIDTH), names[-1] + when
    )


def left_width(page: Page) -> float:
    """Return the width of the first column that the names in the band need, in units of column width."""
    seen = (page.canvas.seen.get((row, LEFT)) for row in (5, 6))
    needed = [
        text_width(one.text, APPEARANCES[one.role].size, bold=APPEARANCES[one.role].bold)
        for one in seen
        if one
    ]
    return max(22.0, round((max(needed, default=0.0) + 10) / UNIT_POINTS, 1))


def _write_colour_key(page: Page, row: int) -> None:
    canvas = page.canvas
    canvas.text(row, RIGHT, "Key to colours", "block")
    canvas.text(row, BESIDE, "", "block")
    example = 1250.0
    rows = (
        ("input", "Input: blue on pale, unlocked, validated"), ("number", "Formula: black, locked"),
        ("total", "Total: bold, ruled"), ("issued", "As issued: grey, static"), ("static", "Computed at issue: grey, italic, static"),
    )  # fmt: skip
    for number, (role, text) in enumerate(rows, start=1):
        canvas.value(row + number, RIGHT, example, role, "count")  # type: ignore[arg-type]
        canvas.sheet.cell(row + number, RIGHT).protection = Protection(locked=True)
        canvas.text(row + number, BESIDE, text, "label")


def _write_notes(page: Page, row: int) -> None:
    canvas = page.canvas
    parts = (
        ("Limitations", page.issue.cover.limitations),
        ("Weaknesses of this edition", _weaknesses(page)),
        ("Rules", _rule_summary()),
        ("How to use", HOW_TO),
    )
    for title, texts in parts:
        canvas.text(row, RIGHT, title, "group")
        canvas.text(row, BESIDE, "", "group")
        lines = [line for text in texts for line in break_lines(text, 8, NOTE_WIDTH)]
        for number, line in enumerate(lines, start=1):
            canvas.text(row + number, RIGHT, line, "note")
        row += len(lines) + 2


def _weaknesses(page: Page) -> tuple[str, ...]:
    """Return sentences with the numbers of assumptions without a source and without a range; rates of the book are not counted."""
    stated = [
        row for row in page.issue.assumptions if row.given and not row.path.startswith(f"{prices.RATES}.")
    ]
    unsourced = sum(not row.source for row in stated)
    fixed = sum(row.low is None for row in stated if row.reachable)
    return (
        f"{unsourced} of {len(stated)} stated assumptions name no source: sheet Inputs, in grey.",
        f"{fixed} that could vary have no range, and are missing from Sensitivity.",
    )


def _rule_summary() -> tuple[str, ...]:
    """Return a summary of the modelling rules that are followed and departed from."""
    kept = sum(rule.adherence == "followed" for rule in RULES)
    part = "; ".join(rule.title.lower() for rule in RULES if rule.adherence == "in part")
    return (
        f"{kept} of {len(RULES)} rules of FAST and ICAEW that 'reportgen verify' looks for are followed whole; in part: {part}.",
        "Departed from: " + "; ".join(one.title.lower() for one in DEVIATIONS[:3]) + ".",
        "The whole list, with reasons, is in the program's README.",
    )


def write_case(page: Page) -> None:
    """Write the case file as issued line by line, and below it the items of the price book that it uses."""
    cover = page.issue.cover
    last = _write_text_lines(page, 6, "Line of the case file", cover.text)
    if cover.prices:
        _write_text_lines(page, last + 2, PRICES_AS_ISSUED, cover.prices)


def _write_text_lines(page: Page, head: int, title: str, text: str) -> int:
    """Write a text line by line with line numbers, under a header in row `head`; returns the last row."""
    canvas, lines = page.canvas, text.splitlines()
    canvas.text(head, LABEL, title, "header_rule")
    canvas.text(head, LABEL + 1, "No.", "header_rule")
    for number, line in enumerate(lines, start=1):
        canvas.text(head + number, LABEL, line.replace("\t", "    "), "source")
        canvas.text(head + number, LABEL + 1, str(number), "key")
    return head + len(lines)


def read_case_text(book: Workbook) -> str:
    """Return the text of the case file that a workbook carries."""
    return _text_under(book, 6)


def read_price_text(book: Workbook) -> str:
    """Return the text of the price book items that a workbook carries; empty where it has none."""
    sheet = book["Case"]
    heads = [row for row in range(7, sheet.max_row + 1) if sheet.cell(row, LABEL).value == PRICES_AS_ISSUED]
    return _text_under(book, heads[-1]) if heads else ""


def _text_under(book: Workbook, head: int) -> str:
    """Return the numbered lines below row `head` as one text."""
    sheet = book["Case"]
    lines, row = [], head + 1
    while sheet.cell(row, LABEL + 1).value is not None:
        line = sheet.cell(row, LABEL).value
        lines.append(f"{'' if line is None else line}\n")
        row += 1
    return "".join(lines)


def read_fingerprint(book: Workbook) -> str:
    """Return the fingerprint of the case that the cover shows."""
    return str(book["Cover"].cell(5, RIGHT).value).removeprefix("Model ")
