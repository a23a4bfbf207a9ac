"""The sheet Sources: every source with its assumptions, assumptions without a source, and recomputed figures."""

from collections import Counter
from collections.abc import Iterator

from reportgen.schema.assumptions import Assumption
from reportgen.workbook.layout.addresses import FIRST, LABEL, UNIT
from reportgen.workbook.layout.plan import TOP
from reportgen.workbook.layout.widths import Limits
from reportgen.workbook.sheets.elements.page import Page

SHEET = "Sources"
NOTE = "Every source with the assumptions that rest on it, and figures in sources that were computed again"
USED, PRINTED, RECOMPUTED, FIGURE_USED, EFFECT = range(FIRST, FIRST + 5)
LIMITS = {
    LABEL: Limits(28, 36), UNIT: Limits(8, 9), USED: Limits(30, 30), PRINTED: Limits(22, 22), RECOMPUTED: Limits(27, 27), FIGURE_USED: Limits(28, 28),
    EFFECT: Limits(32, 32),
}  # fmt: skip
NO_SOURCE = "No source"


def write_sources(page: Page) -> None:
    """Write the sources, then the recomputed figures."""
    row = _write_source_rows(page, TOP)
    if page.issue.claims:
        _write_claims(page, row + 2)


def group_by_source(assumptions: tuple[Assumption, ...]) -> Iterator[tuple[str, list[Assumption]]]:
    """Yield source and stated assumptions in the order of first use; those without a source come last."""
    groups: dict[str, list[Assumption]] = {}
    for one in assumptions:
        if one.given:
            groups.setdefault(one.source, []).append(one)
    unsourced = groups.pop("", [])
    yield from groups.items()
    if unsourced:
        yield NO_SOURCE, unsourced


def _write_source_rows(page: Page, row: int) -> int:
    canvas = page.canvas
    for column, text in ((LABEL, "Source"), (UNIT, "Unit"), (USED, "Rests on it")):
        canvas.text(row, column, text, "header_rule")
    canvas.text(row, PRINTED, "Assumptions", "header_rule_right")
    canvas.text(row, RECOMPUTED, "Last date", "header_rule_right")
    for at, (source, used) in enumerate(group_by_source(page.issue.assumptions), start=row + 1):
        canvas.text(at, LABEL, source, "label")
        canvas.text(at, UNIT, "count", "unit")
        canvas.text(at, USED, _assumption_names(source, used), "prose")
        canvas.value(at, PRINTED, float(len(used)), "static", "count")
        dates = [one.as_of for one in used if one.as_of]
        canvas.text(at, RECOMPUTED, f"{max(dates).day} {max(dates):%b %Y}" if dates else "", "note_right")
        row = at
    return row


def _assumption_names(source: str, used: list[Assumption]) -> str:
    """Return the labels of the assumptions; those without a source are many and are counted by group instead."""
    if source != NO_SOURCE:
        return "; ".join(f"{one.label} ({one.group})" for one in used)
    groups = Counter(one.group for one in used)
    return "; ".join(f"{group}: {count}" for group, count in groups.items())


def _write_claims(page: Page, row: int) -> None:
    canvas = page.canvas
    canvas.text(row, LABEL, "Figures in sources, computed again", "block")
    heads = (
        (LABEL, "Claim"), (UNIT, "No."), (USED, "Interest and address"), (PRINTED, "As printed"), (RECOMPUTED, "Computed again"),
        (FIGURE_USED, "Used"), (EFFECT, "Effect on the decision"),
    )  # fmt: skip
    for column, text in heads:
        canvas.text(row + 1, column, text, "header_rule")
    for at, claim in enumerate(page.issue.claims, start=row + 2):
        canvas.text(at, LABEL, claim.title, "label")
        canvas.text(at, UNIT, claim.id, "unit")
        beside = "; ".join(part for part in (claim.interest, claim.url) if part)
        texts = (beside, claim.figure, claim.recomputed, claim.used, claim.effect)
        for column, text in zip((USED, PRINTED, RECOMPUTED, FIGURE_USED, EFFECT), texts, strict=True):
            canvas.text(at, column, text, "prose")
