"""Appendix A: every stated assumption with its range, source and owner, and the findings on the inputs."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from reportgen.casing import first_lower, first_upper
from reportgen.report.figures import TableUnit, format_of
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, truncate_rows
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import counted, join_list
from reportgen.results.checks import Finding
from reportgen.schema.assumptions import Assumption

MOST_ROWS, MOST_FINDINGS = 190, 40
COMBINED_FROM = 2
"""From this number on, assumptions of a group that have a value only are combined in one row."""

MOST_DIGITS = 9
"""A value of more characters, as 1,70,00,000, takes a wider column."""
WIDTHS, WIDTHS_OF_LONG_VALUES = (27, 8, 12, 12, 41), (26, 13, 14, 12, 35)
"""Shares of the register's columns."""

LONG_ORIGIN = 24
"""A longer origin that equals that of the row above is replaced by "as above"."""


def section(context: ViewContext) -> Section:
    """Return the appendix with the findings and the register of assumptions."""
    exhibits = (*((_findings(context),) if context.results.findings else ()), _register(context))
    return Section("assumptions", "Appendix A: assumptions", _title(context), _lede(context), exhibits)


def _title(context: ViewContext) -> str:
    given = context.stated
    sourced = sum(bool(a.source) for a in given)
    if sourced == len(given):
        return f"All {len(given)} stated assumptions name a source"
    if not sourced:
        return f"None of the {len(given)} stated assumptions names a source"
    return f"{sourced} of {len(given)} stated assumptions name a source"


def _lede(context: ViewContext) -> Text:
    defaults = sum(not assumption.given for assumption in context.paper.assumptions)
    rest = (
        f" {counted(defaults, 'further assumption')} stand at their default and are listed in the workbook."
        if defaults > 1
        else ""
    )
    sentence = "Every figure in this paper follows from these."
    maturity = context.results.estimate_class
    rest += _short_names(context)
    return f"{sentence} {first_upper(maturity.sentence)}{rest}" if maturity else f"{sentence}{rest}"


def _short_names(context: ViewContext) -> str:
    """State which names were shortened by rule; empty if none was."""
    pairs = [
        f"{option.short_name} for {option.name}"
        for option in context.results.options
        if option.key in context.paper.shortened
    ]
    return f" Names in tables and charts were shortened by rule: {join_list(pairs)}." if pairs else ""


def _findings(context: ViewContext) -> Exhibit:
    ranked = sorted(context.results.findings, key=lambda finding: -abs(finding.cost or 0.0))
    rows = tuple(_finding(context, finding) for finding in ranked)
    priced = [finding for finding in ranked if finding.cost is not None]
    title = f"{counted(len(rows), 'finding')} on the inputs"
    if priced:
        costliest = priced[0]
        word = "would add" if (costliest.cost or 0.0) > 0 else "would save"
        title += f"; the costliest if wrong, {_finding_name(context, costliest)}, {word} {context.figures.money(abs(costliest.cost or 0.0))}"
    heads = (
        Cell("Why", number=False),
        Cell("Source", number=False),
        Cell(f"If wrong, {_finding_unit(context).words}"),
    )
    table = Table(
        "Finding",
        heads,
        truncate_rows(rows, MOST_FINDINGS, "Sources"),
        wide=True,
        breaks_across_pages=True,
        widths=(24, 40, 26, 10),
    )
    subtitle = "What the usual figure would change in the option's full economic cost, discounted, with risks; empty: not priced"
    return context.exhibit("findings", title, subtitle, "and the sources named.", table=table)


def _finding_unit(context: ViewContext) -> TableUnit:
    return context.unit_of(finding.cost for finding in context.results.findings)


def _finding_name(context: ViewContext, finding: Finding) -> str:
    option = f" for {context.results.option(finding.option).name}" if finding.option else ""
    return f"“{finding.title}”{option}"


def _finding(context: ViewContext, finding: Finding) -> Row:
    about = f"{context.results.option(finding.option).short_name}: " if finding.option else ""
    cost = (
        ""
        if finding.cost is None
        else context.figures.plain_text(finding.cost, _finding_unit(context).number_format)
    )
    return Row(
        f"{about}{finding.title}",
        (Cell(finding.detail, number=False), Cell(finding.source, number=False), Cell(cost)),
    )


def _register(context: ViewContext) -> Exhibit:
    rows: list[Row] = []
    for group, members in groupby(context.stated, key=lambda a: a.group):
        previous = ""
        rows.append(Row(group, (), "group"))
        stated = list(members)
        value_only = [one for one in stated if _is_value_only(one)]
        for assumption in (
            stated if len(value_only) < COMBINED_FROM else [one for one in stated if not _is_value_only(one)]
        ):
            origin = _origin(context, assumption)
            repeated = bool(assumption.source) and len(origin) > LONG_ORIGIN and origin == previous
            rows.append(_row(context, assumption, "as above" if repeated else origin))
            previous = str(origin)
        if len(value_only) >= COMBINED_FROM:
            rows.append(_combined_row(context, value_only))
    heads = (
        Cell("Value"),
        Cell("Range"),
        Cell("Unit", number=False),
        Cell("Source, note, date; owner", number=False),
    )
    table = Table(
        "Assumption", heads, truncate_rows(rows, MOST_ROWS, "Inputs"), wide=True, widths=_widths(rows)
    )
    subtitle = "All assumptions that the case states"
    if context.results.prices:
        subtitle += "; rates of the price book stand in appendix B"
    return context.exhibit("register", _register_title(context), subtitle, "sheet Inputs.", table=table)


def _widths(rows: Sequence[Row]) -> tuple[float, ...]:
    """Return the shares of the columns, that of values wider where one has so many digits that it would break."""
    printed = [row.cells[0].words for row in rows if len(row.cells) > 1]
    longest = max((len(Markup(words).striptags()) for words in printed), default=0)  # noqa: S704  texts of this program, tags removed
    return WIDTHS if longest <= MOST_DIGITS else WIDTHS_OF_LONG_VALUES


def _is_value_only(assumption: Assumption) -> bool:
    """Return whether an assumption has a value only: no range, source, note, date or owner."""
    known = (
        assumption.source,
        assumption.note,
        assumption.owner,
        assumption.as_of,
        assumption.from_price_book,
    )
    return assumption.low is None and not any(known)


def _combined_row(context: ViewContext, value_only: list[Assumption]) -> Row:
    """Combine assumptions in one row of names and values."""
    parts = [
        Markup("{} {}").format(first_lower(one.label), _value_with_unit(context, one)) for one in value_only
    ]
    none = Markup('<span class="nq">No source, range or owner:</span>')
    return Row(Markup("{} {}").format(none, Markup("; ").join(parts)), (), "more")


def _value_with_unit(context: ViewContext, one: Assumption) -> Markup:
    figure = context.figures.figure(one.value, f"assumptions.{one.path}", format_of(one.unit))
    unit = "" if one.unit.kind == "month" else one.unit.text(context.results.currency)
    if one.value == 1 and one.unit.kind in ("count", "months", "decimal"):
        unit = unit.removesuffix("s")
    words = unit.removeprefix("%").strip()
    return Markup("{} {}").format(figure, words) if words else figure


def _register_title(context: ViewContext) -> str:
    given = context.stated
    ranged = sum(a.low is not None for a in given)
    owned = sum(bool(a.owner) for a in given)
    return f"{ranged} of {len(given)} stated assumptions have a range, {owned} an owner"


def _row(context: ViewContext, assumption: Assumption, origin: Text) -> Row:
    number_format = format_of(assumption.unit)
    value = context.figures.figure(assumption.value, f"assumptions.{assumption.path}", number_format)
    unit = assumption.unit.text(context.results.currency)
    ends = [
        context.figures.plain_text(end, number_format)
        for end in (assumption.low, assumption.high)
        if end is not None
    ]
    origin_and_owner: Text = Markup("{}; {}").format(origin, assumption.owner) if assumption.owner else origin
    words = (unit.removeprefix("%").strip(), origin_and_owner)
    return Row(
        assumption.label,
        (Cell(value), Cell(" to ".join(ends)), *(Cell(text, number=False) for text in words)),
    )


def _origin(context: ViewContext, assumption: Assumption) -> Text:
    parts = ["price book (appendix B)"] if assumption.from_price_book else []
    stated = assumption.source or assumption.note
    parts += [part for part in (stated, context.short_day(assumption.as_of)) if part]
    none = Markup('<span class="nq">no source</span>')
    if assumption.source or assumption.from_price_book:
        return "; ".join(parts)
    return Markup("{}; {}").format(none, "; ".join(parts)) if parts else none
