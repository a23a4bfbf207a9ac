"""The sheet Change log: every edition with its recommendation, and the changes since the one before."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reportgen.compare.bridge import Bridge
from reportgen.compare.changes import Change
from reportgen.compare.comparison import Comparison
from reportgen.compare.history import Issued
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.cell_styles import Role
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.widths import overflowing_width
from reportgen.workbook.sheets.elements.page import Page

SHEET = "Change log"
NOTE = "Every edition with its answer, and what changed since the one before"
DATE, MODEL, PROGRAM, ANSWER, COSTS = range(FIRST, FIRST + 5)
HEADS = {
    LABEL: "Edition",
    UNIT: "Unit",
    DATE: "Date",
    MODEL: "Model",
    PROGRAM: "Written by",
    ANSWER: "Recommended",
}
BEFORE, AFTER, SHARE, PATH = range(FIRST, FIRST + 4)
WIDTHS = {DATE: 11.0, MODEL: 18.0, PROGRAM: 13.0, ANSWER: 17.0}
EDITION_WIDTH, SENTENCE_WIDTH = 30.0, 52.0
"""The width of the label column, which holds numbers of editions, and where something has changed, sentences."""
AMOUNT_WIDTH = 14.0
"""The least width of a column of amounts."""
AMOUNTS: tuple[Role, ...] = ("static", "total")
"""The roles of amounts: of editions, of assumptions before and after, and of what each change did."""
GROUP = 16
"""Characters of a fingerprint on one line."""
LINE_LENGTH = 52
"""Approximate number of characters in one line of the label column."""
LINE_HEIGHT = 12.5
"""Height of a line of text, in points."""
NONE_ELIGIBLE = "none eligible"


def column_widths(page: Page) -> dict[int, float]:
    """Return the widths of the columns: narrow where nothing has changed, amounts and the keys of editions whole."""
    canvas = page.canvas
    widths = WIDTHS | {LABEL: EDITION_WIDTH if page.issue.since is None else SENTENCE_WIDTH}
    for (row, column), one in canvas.seen.items():
        if column >= FIRST and (one.role in AMOUNTS or (row == TOP + 1 and one.role == "key")):
            needed = ceil(overflowing_width(canvas, row, column))
            widths[column] = max(widths.get(column, AMOUNT_WIDTH), needed)
    return widths


def write_change_log(page: Page) -> None:
    """Write the editions, then the changes since the one before, where there is one."""
    row = _write_editions(page, page.issue.editions) + 3
    if page.issue.since is not None:
        row = _write_changes(page, page.issue.since, row)
        _write_bridge(page, page.issue.since, row)


def read_editions(book: Workbook) -> tuple[Issued, ...]:
    """Read the editions; empty where the workbook has no readable Change log."""
    if SHEET not in book.sheetnames:
        return ()
    sheet = book[SHEET]
    rows = sheet.iter_rows(min_row=TOP, min_col=LABEL, values_only=True)
    heads, keys = next(rows, ()), next(rows, ())
    if tuple(heads[: len(HEADS)]) != tuple(HEADS.values()):
        return ()
    names = {
        str(key).partition(".")[2]: str(head).partition(": ")[2]
        for head, key in zip(heads, keys, strict=True)
        if key
    }
    return tuple(_edition_of_row(row, keys, names) for row in takewhile(lambda row: row[0] and row[2], rows))


def _edition_of_row(row: tuple[Any, ...], keys: tuple[Any, ...], names: Mapping[str, str]) -> Issued:
    number, _, day, fingerprint, program, answer = row[: len(HEADS)]
    amounts: dict[str, dict[str, float]] = {"full_cost": {}, "tco": {}}
    for key, value in zip(keys, row, strict=True):
        field, _, option = str(key or "").partition(".")
        if field in amounts and value is not None:
            amounts[field][option] = float(value)
    known = {key: name for key, name in names.items() if key in amounts["tco"]}
    best = next((key for key, name in known.items() if name == answer), None)
    return Issued(
        int(number), date.fromisoformat(str(day)), str(fingerprint).replace(" ", ""), str(program), best, amounts["full_cost"], amounts["tco"], known
    )  # fmt: skip


def _write_editions(page: Page, editions: tuple[Issued, ...]) -> int:
    """Write one row per edition with full cost and TCO of every option across; returns the last row."""
    canvas = page.canvas
    names = {key: name for edition in editions for key, name in edition.names.items()}
    for column, text in HEADS.items():
        canvas.text(TOP, column, text, "header_rule")
        canvas.text(TOP + 1, column, "", "key")
    measures = (("Full cost", "full_cost"), ("TCO", "tco"))
    columns = [(word, field, key) for word, field in measures for key in names]
    for shift, (word, field, key) in enumerate(columns):
        canvas.text(TOP, COSTS + shift, f"{word}: {names[key]}", "header_rule_right")
        canvas.text(TOP + 1, COSTS + shift, f"{field}.{key}", "key")
    for row, edition in enumerate(editions, start=TOP + 2):
        answer = names[edition.recommended] if edition.recommended else NONE_ELIGIBLE
        day = f"{edition.day:%Y-%m-%d}"
        texts = (
            str(edition.number),
            page.issue.cover.currency,
            day,
            in_groups(edition.fingerprint),
            edition.program,
            answer,
        )
        for column, text in zip(HEADS, texts, strict=True):
            canvas.text(row, column, text, "unit" if column == UNIT else "label")
        for shift, (_, field, key) in enumerate(columns):
            amounts: Mapping[str, float] = getattr(edition, field)
            canvas.value(row, COSTS + shift, amounts.get(key), "static", "money")
    return TOP + 1 + len(editions)


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint in groups that a column is wide enough for, one below the other."""
    return " ".join(fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP))


def _write_changes(page: Page, since: Comparison, row: int) -> int:
    """Write the changed assumptions and the changes of structure; returns the first free row."""
    canvas = page.canvas
    _write_title(page, row, f"What changed since {_edition_name(since)}")
    for column, text in ((LABEL, "Assumption"), (UNIT, "Unit"), (PATH, "Key")):
        canvas.text(row + 1, column, text, "header_rule")
    for column, text in ((BEFORE, "Before"), (AFTER, "After"), (SHARE, "Change")):
        canvas.text(row + 1, column, text, "header_rule_right")
    row += 2
    for change in since.changes:
        _write_change(page, row, change)
        row += 1
    for part in since.structure:
        _write_sentence(page, row, part.sentence)
        row += 1
    return row + 2


def _edition_name(since: Comparison) -> str:
    return f"edition {since.old.edition}" if since.old.edition else f"the {since.old.form} {since.old.name}"


def _write_change(page: Page, row: int, change: Change) -> None:
    canvas, kind = page.canvas, change.unit.kind
    canvas.text(row, LABEL, change.label, "label")
    canvas.text(row, UNIT, change.unit.text(change.currency), "unit")
    for column, value in ((BEFORE, change.before), (AFTER, change.after)):
        if value is None:
            canvas.text(row, column, "–", "note_right")
        else:
            canvas.value(row, column, value, "static", kind)
    canvas.text(row, SHARE, "" if change.share is None else f"{100 * change.share:+,.1f} %", "note_right")
    canvas.text(row, PATH, change.path, "note")  # runs on over the free cells right of it


def _write_bridge(page: Page, since: Comparison, row: int) -> None:
    """Write the bridge: full cost before, the effect of each change applied in order, and full cost after."""
    canvas, found = page.canvas, since.bridge
    _write_title(page, row, "What each change did to full cost, applied in this order")
    for column, text in ((LABEL, "Change"), (UNIT, "Unit")):
        canvas.text(row + 1, column, text, "header_rule")
    for shift, key in enumerate(found.before):
        canvas.text(row + 1, FIRST + shift, since.names[key], "header_rule_right")
    first = row + 2
    _write_amounts(page, first, "Before", found.before.values())
    for place, step in enumerate(found.steps, start=first + 1):
        _write_amounts(page, place, step.label, step.amounts.values())
    last = first + len(found.steps)
    _write_sum(page, first, last, found)
    _write_amounts(
        page,
        last + 2,
        "Of it by their acting together: not explained by each alone",
        [round(amount, 2) + 0.0 for amount in found.interaction.values()],
    )


def _write_amounts(page: Page, row: int, label: str, amounts: Iterable[float]) -> None:
    _write_sentence(page, row, label)
    page.canvas.text(row, UNIT, f"{page.issue.cover.currency}, PV", "unit")
    for shift, amount in enumerate(amounts):
        page.canvas.value(row, FIRST + shift, amount, "static", "money")


def _write_sum(page: Page, first: int, last: int, found: Bridge) -> None:
    canvas = page.canvas
    canvas.text(last + 1, LABEL, "After", "label_total")
    canvas.text(last + 1, UNIT, f"{page.issue.cover.currency}, PV", "unit_total")
    for shift, key in enumerate(found.before):
        letter = get_column_letter(FIRST + shift)
        value = found.before[key] + sum(step.amounts[key] for step in found.steps)
        canvas.formula(
            last + 1, FIRST + shift, f"=SUM({letter}{first}:{letter}{last})", value, "total", "money"
        )


def _write_title(page: Page, row: int, text: str) -> None:
    page.canvas.text(row, LABEL, text, "block")
    page.canvas.height(row, 20)


def _write_sentence(page: Page, row: int, text: str) -> None:
    """Write a sentence, wrapped over several lines where it is long."""
    page.canvas.text(row, LABEL, text, "paragraph" if len(text) > LINE_LENGTH else "label")
    if len(text) > LINE_LENGTH:
        page.canvas.height(row, LINE_HEIGHT * ceil(len(text) / LINE_LENGTH))
