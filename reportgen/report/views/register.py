"""Appendix A: what the figures rest on, every assumption with its range, source and owner, and what was noticed."""

from itertools import groupby

from markupsafe import Markup

from reportgen.model.results import Finding
from reportgen.report.figures import how_of
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words, shortened
from reportgen.report.views.desk import Desk
from reportgen.report.wording import counted, first_upper
from reportgen.schema.assumptions import Assumption

MOST_ROWS, MOST_FINDINGS = 190, 40


def section(desk: Desk) -> Section:
    """Word the register and the findings."""
    exhibits = (*((_findings(desk),) if desk.results.findings else ()), _register(desk))
    return Section("assumptions", "Appendix A: assumptions", _title(desk), _lede(desk), exhibits)


def _given(desk: Desk) -> list[Assumption]:
    return [assumption for assumption in desk.paper.assumptions if assumption.given]


def _title(desk: Desk) -> str:
    given = _given(desk)
    sourced = sum(bool(a.source) for a in given)
    if sourced == len(given):
        return f"All {len(given)} stated assumptions name a source"
    if not sourced:
        return f"None of the {len(given)} stated assumptions names a source"
    return f"{sourced} of {len(given)} stated assumptions name a source"


def _lede(desk: Desk) -> Words:
    defaults = len(desk.paper.assumptions) - len(_given(desk))
    rest = (
        f" {counted(defaults, 'further assumption')} stand at their default and are listed in the workbook."
        if defaults > 1
        else ""
    )
    said = "Every figure in this paper follows from these."
    maturity = desk.results.estimate_class
    return f"{said} {first_upper(maturity.sentence)}{rest}" if maturity else f"{said}{rest}"


def _findings(desk: Desk) -> Exhibit:
    ranked = sorted(desk.results.findings, key=lambda finding: -abs(finding.cost or 0.0))
    rows = tuple(_finding(desk, finding) for finding in ranked)
    priced = [finding for finding in ranked if finding.cost is not None]
    title = f"{counted(len(rows), 'finding')} on the inputs"
    if priced:
        worst = priced[0]
        word = "would add" if (worst.cost or 0.0) > 0 else "would save"
        title += f"; the dearest if wrong, {_short(desk, worst)}, {word} {desk.figures.money(abs(worst.cost or 0.0))}"
    heads = (Cell("Why", number=False), Cell("Source", number=False), Cell(f"If wrong, {desk.thousand}"))
    table = Table(
        "Finding", heads, shortened(rows, MOST_FINDINGS, "Sources"), wide=True, widths=(27, 41, 20, 12)
    )
    subtitle = "What the usual figure would change in the option's full economic cost, discounted, with risks; empty: not priced"
    return desk.exhibit("findings", title, subtitle, "and the sources named.", table=table)


def _short(desk: Desk, finding: Finding) -> str:
    option = f" for {desk.results.option(finding.option).name}" if finding.option else ""
    return f"“{finding.title}”{option}"


def _finding(desk: Desk, finding: Finding) -> Row:
    about = f"{desk.results.option(finding.option).short_name}: " if finding.option else ""
    cost = "" if finding.cost is None else desk.figures.plain(finding.cost, "thousands")
    return Row(
        f"{about}{finding.title}",
        (Cell(finding.detail, number=False), Cell(finding.source, number=False), Cell(cost)),
    )


def _register(desk: Desk) -> Exhibit:
    rows: list[Row] = []
    for group, members in groupby(_given(desk), key=lambda a: a.group):
        rows += [Row(group, (), "group"), *(_row(desk, assumption) for assumption in members)]
    heads = (
        Cell("Value"), Cell("Range"), Cell("Unit", number=False), Cell("Source, note and date", number=False),
        Cell("Owner", number=False),
    )  # fmt: skip
    table = Table(
        "Assumption", heads, shortened(rows, MOST_ROWS, "Inputs"), wide=True, widths=(27, 8, 13, 12, 27, 13)
    )
    return desk.exhibit(
        "register",
        _ranges(desk),
        "All assumptions that the case states, and prices out of the price book",
        "sheet Inputs.",
        table=table,
    )


def _ranges(desk: Desk) -> str:
    given = _given(desk)
    ranged = sum(a.low is not None for a in given)
    owned = sum(bool(a.owner) for a in given)
    return f"{ranged} of {len(given)} stated assumptions have a range, {owned} an owner"


def _row(desk: Desk, assumption: Assumption) -> Row:
    how = how_of(assumption.unit)
    value = desk.figures.figure(assumption.value, f"assumptions.{assumption.path}", how)
    unit = assumption.unit.text(desk.results.currency)
    ends = [desk.figures.plain(end, how) for end in (assumption.low, assumption.high) if end is not None]
    words = (
        unit.removeprefix("%").strip() if unit.startswith("%") else unit,
        _origin(desk, assumption),
        assumption.owner,
    )
    return Row(
        assumption.label,
        (Cell(value), Cell(" to ".join(ends)), *(Cell(text, number=False) for text in words)),
    )


def _origin(desk: Desk, assumption: Assumption) -> Words:
    parts = ["price book (appendix B)"] if assumption.booked else []
    parts += [part for part in (assumption.source, assumption.note, desk.short_day(assumption.as_of)) if part]
    none = Markup('<span class="nq">no source</span>')
    if assumption.source or assumption.booked:
        return "; ".join(parts)
    return Markup("{}; {}").format(none, "; ".join(parts)) if parts else none
