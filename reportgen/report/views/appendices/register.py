"""Appendix A: what the figures rest on, every assumption with its range, source and owner, and what was noticed."""

from itertools import groupby

from markupsafe import Markup

from reportgen.casing import first_lower, first_upper
from reportgen.report.figures import how_of
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words, shortened
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import counted
from reportgen.results.checks import Finding
from reportgen.schema.assumptions import Assumption

MOST_ROWS, MOST_FINDINGS = 190, 40
FEW = 2
"""From so many assumptions of a group on that have a value and nothing else, they share a row."""

LONG = 24
"""A longer origin that is that of the row above is not said again."""


def section(context: ViewContext) -> Section:
    """Word the register and the findings."""
    exhibits = (*((_findings(context),) if context.results.findings else ()), _register(context))
    return Section("assumptions", "Appendix A: assumptions", _title(context), _lede(context), exhibits)


def _given(context: ViewContext) -> list[Assumption]:
    return [assumption for assumption in context.paper.assumptions if assumption.given]


def _title(context: ViewContext) -> str:
    given = _given(context)
    sourced = sum(bool(a.source) for a in given)
    if sourced == len(given):
        return f"All {len(given)} stated assumptions name a source"
    if not sourced:
        return f"None of the {len(given)} stated assumptions names a source"
    return f"{sourced} of {len(given)} stated assumptions name a source"


def _lede(context: ViewContext) -> Words:
    defaults = len(context.paper.assumptions) - len(_given(context))
    rest = (
        f" {counted(defaults, 'further assumption')} stand at their default and are listed in the workbook."
        if defaults > 1
        else ""
    )
    said = "Every figure in this paper follows from these."
    maturity = context.results.estimate_class
    return f"{said} {first_upper(maturity.sentence)}{rest}" if maturity else f"{said}{rest}"


def _findings(context: ViewContext) -> Exhibit:
    ranked = sorted(context.results.findings, key=lambda finding: -abs(finding.cost or 0.0))
    rows = tuple(_finding(context, finding) for finding in ranked)
    priced = [finding for finding in ranked if finding.cost is not None]
    title = f"{counted(len(rows), 'finding')} on the inputs"
    if priced:
        worst = priced[0]
        word = "would add" if (worst.cost or 0.0) > 0 else "would save"
        title += f"; the dearest if wrong, {_short(context, worst)}, {word} {context.figures.money(abs(worst.cost or 0.0))}"
    heads = (Cell("Why", number=False), Cell("Source", number=False), Cell(f"If wrong, {context.thousand}"))
    table = Table(
        "Finding",
        heads,
        shortened(rows, MOST_FINDINGS, "Sources"),
        wide=True,
        flows=True,
        widths=(24, 40, 26, 10),
    )
    subtitle = "What the usual figure would change in the option's full economic cost, discounted, with risks; empty: not priced"
    return context.exhibit("findings", title, subtitle, "and the sources named.", table=table)


def _short(context: ViewContext, finding: Finding) -> str:
    option = f" for {context.results.option(finding.option).name}" if finding.option else ""
    return f"“{finding.title}”{option}"


def _finding(context: ViewContext, finding: Finding) -> Row:
    about = f"{context.results.option(finding.option).short_name}: " if finding.option else ""
    cost = "" if finding.cost is None else context.figures.plain(finding.cost, "thousands")
    return Row(
        f"{about}{finding.title}",
        (Cell(finding.detail, number=False), Cell(finding.source, number=False), Cell(cost)),
    )


def _register(context: ViewContext) -> Exhibit:
    rows: list[Row] = []
    for group, members in groupby(_listed(context), key=lambda a: a.group):
        before = ""
        rows.append(Row(group, (), "group"))
        stated = list(members)
        bare = [one for one in stated if _bare(one)]
        for assumption in stated if len(bare) < FEW else [one for one in stated if not _bare(one)]:
            origin = _origin(context, assumption)
            again = bool(assumption.source) and len(origin) > LONG and origin == before
            rows.append(_row(context, assumption, "as above" if again else origin))
            before = str(origin)
        if len(bare) >= FEW:
            rows.append(_together(context, bare))
    heads = (
        Cell("Value"),
        Cell("Range"),
        Cell("Unit", number=False),
        Cell("Source, note, date; owner", number=False),
    )
    table = Table(
        "Assumption", heads, shortened(rows, MOST_ROWS, "Inputs"), wide=True, widths=(27, 8, 12, 12, 41)
    )
    subtitle = "All assumptions that the case states; rates of the price book stand in appendix B"
    return context.exhibit("register", _ranges(context), subtitle, "sheet Inputs.", table=table)


def _bare(assumption: Assumption) -> bool:
    """Say whether an assumption has a value and nothing else: no range, source, note, day or owner."""
    known = (assumption.source, assumption.note, assumption.owner, assumption.as_of, assumption.booked)
    return assumption.low is None and not any(known)


def _together(context: ViewContext, bare: list[Assumption]) -> Row:
    """Put bare assumptions into one row: name and value."""
    parts = [Markup("{} {}").format(first_lower(one.label), _valued(context, one)) for one in bare]
    none = Markup('<span class="nq">No source, range or owner:</span>')
    return Row(Markup("{} {}").format(none, Markup("; ").join(parts)), (), "more")


def _valued(context: ViewContext, one: Assumption) -> Markup:
    figure = context.figures.figure(one.value, f"assumptions.{one.path}", how_of(one.unit))
    unit = "" if one.unit.kind == "month" else one.unit.text(context.results.currency)
    if one.value == 1 and one.unit.kind in ("count", "months", "decimal"):
        unit = unit.removesuffix("s")
    return Markup("{} {}").format(figure, unit.removeprefix("%").strip()) if unit != "%" else figure


def _listed(context: ViewContext) -> list[Assumption]:
    """List what the case states; the rates of the price book have an appendix of their own."""
    return [assumption for assumption in _given(context) if not assumption.path.startswith("prices.")]


def _ranges(context: ViewContext) -> str:
    given = _given(context)
    ranged = sum(a.low is not None for a in given)
    owned = sum(bool(a.owner) for a in given)
    return f"{ranged} of {len(given)} stated assumptions have a range, {owned} an owner"


def _row(context: ViewContext, assumption: Assumption, origin: Words) -> Row:
    how = how_of(assumption.unit)
    value = context.figures.figure(assumption.value, f"assumptions.{assumption.path}", how)
    unit = assumption.unit.text(context.results.currency)
    ends = [context.figures.plain(end, how) for end in (assumption.low, assumption.high) if end is not None]
    said: Words = Markup("{}; {}").format(origin, assumption.owner) if assumption.owner else origin
    words = (unit.removeprefix("%").strip(), said)
    return Row(
        assumption.label,
        (Cell(value), Cell(" to ".join(ends)), *(Cell(text, number=False) for text in words)),
    )


def _origin(context: ViewContext, assumption: Assumption) -> Words:
    parts = ["price book (appendix B)"] if assumption.booked else []
    said = assumption.source or assumption.note
    parts += [part for part in (said, context.short_day(assumption.as_of)) if part]
    none = Markup('<span class="nq">no source</span>')
    if assumption.source or assumption.booked:
        return "; ".join(parts)
    return Markup("{}; {}").format(none, "; ".join(parts)) if parts else none
