"""Section on plan against actual: the months that have passed, why they differ, and what that says about the rest."""

import re

from reportgen.casing import first_upper
from reportgen.report.charts.drawing.money import signed_money
from reportgen.report.figures import NumberFormat
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_list, same_as_printed
from reportgen.results.actuals import Actual, MonthResult

CAUSES = {"by_volume": "volume", "by_mix": "mix", "by_price": "price", "rest": "the rest"}
MINUS = re.compile(r"(?<!\w)-(?=\d)")
"""A hyphen that stands for a minus."""

WHOLE_FROM = 100
"""From so many M tokens on, all of a table are rounded to whole ones."""
HEADS = (
    "Tokens, plan", "Tokens, actual", "Spend, plan", "Spend, actual", "Above plan", "Volume", "Mix", "Price", "Rest",
)  # fmt: skip


def section(context: ViewContext) -> Section | None:
    """Return the section; None where the case records no month that has passed."""
    found = context.results.actual
    if found is None:
        return None
    exhibits = (_months(context, found), _outlook(context, found))
    notes = tuple(f"{first_upper(MINUS.sub('−', remark))}." for remark in found.remarks)
    return Section(
        "actuals", "Plan and actual", _title(context, found), _lede(context, found), exhibits, notes
    )


def _title(context: ViewContext, found: Actual) -> str:
    if not found.stands:
        return f"With what was measured the recommendation would be {_name(context, found.recommended_forecast)}; it was {_name(context, found.recommended_plan)}"
    return f"The recommendation would still be made: {_name(context, found.recommended_forecast)}"


def _name(context: ViewContext, key: str | None) -> str:
    return context.results.option(key).name if key else "no option"


def _lede(context: ViewContext, found: Actual) -> Text:
    """Say what was spent against the plan, and the causes, the largest first."""
    money, notation = context.figures.money, context.figures.notation
    served, plan, spend = _name(context, found.option), found.total("planned_spend"), found.total("spend")
    first, last = found.months[0].measured.month, found.months[-1].measured.month
    begin, end = context.month(first - 1), context.month(last - 1)
    span = f"in {begin}" if first == last else f"from {begin} to {end}"
    paid = f"What was paid for tokens and machines of {served}, engineers left out, came to {money(spend)} {span}"
    if same_as_printed(plan, spend, notation):
        return f"{paid}, as planned."
    word = "more" if spend > plan else "less"
    causes = sorted(CAUSES, key=lambda name: -abs(found.total(name)))
    parts = [
        f"{money(abs(found.total(name)))} {'more' if found.total(name) > 0 else 'less'} by {CAUSES[name]}"
        for name in causes
        if not same_as_printed(found.total(name), 0, notation)
    ]
    return (
        f"{paid}, {money(abs(spend - plan))} {word} than the plan: {join_list(parts)}. Each cause is "
        "the plan evaluated again with one more measured value, volume, then mix, then price; together they are the whole difference."
    )


def _months(context: ViewContext, found: Actual) -> Exhibit:
    amounts = [value for one in found.months for value in (one.planned_spend, one.spend)]
    unit = context.unit_of(amounts)
    plain = context.figures.plain_text
    tokens = [value for one in found.months for value in (one.planned_volume, one.measured.volume)]
    number: NumberFormat = "count" if min(tokens) >= WHOLE_FROM else "number"

    def row(place: int, one: MonthResult) -> Row:
        here = f"actual.months.{place}"
        volumes = (
            context.figures.figure(one.planned_volume, f"{here}.planned_volume", number),
            context.figures.figure(one.measured.volume, f"{here}.measured.volume", number),
        )
        names = ("planned_spend", "spend", "deviation", *CAUSES)
        spends = (
            context.figures.figure(getattr(one, name), f"{here}.{name}", unit.number_format) for name in names
        )
        return Row(context.month(one.measured.month - 1), cells((*volumes, *spends)))

    total = cells(
        (
            "",
            "",
            *(
                plain(found.total(name), unit.number_format)
                for name in ("planned_spend", "spend", "deviation", *CAUSES)
            ),
        )
    )
    rows = (*(row(place, one) for place, one in enumerate(found.months)), Row("In all", total, "total"))
    causes = [
        ([getattr(one, name) for one in found.months], found.total(name))
        for name in ("planned_spend", "spend", *CAUSES)
    ]
    return context.exhibit(
        "actuals-months", "The months that have passed",
        f"{_name(context, found.option)}: tokens in millions, spend in {unit.words}, nominal",
        "sheet Actuals." + context.rounding_note(causes, unit),
        table=Table("Month", cells(HEADS), rows, wide=True),
    )  # fmt: skip


def _outlook(context: ViewContext, found: Actual) -> Exhibit:
    notation, rows = context.figures.notation, []
    for option in context.options:
        one, here = found.options[option.key], f"actual.options.{option.key}"
        change = one.full_cost_forecast - one.full_cost_plan
        ends = (
            context.figures.figure(one.full_cost_plan, f"{here}.full_cost_plan"),
            context.figures.figure(one.full_cost_forecast, f"{here}.full_cost_forecast"),
            "–" if same_as_printed(change, 0, notation) else signed_money(change, notation),
        )
        rows.append(
            Row(option.name, cells(ends), "chosen" if option.key == found.recommended_forecast else "")
        )
    heads = (Cell("Full cost, plan"), Cell("Full cost, forecast"), Cell("Change"))
    return context.exhibit(
        "actuals-outlook", "To the horizon, with what was measured",
        f"Full cost, {context.results.currency}, discounted; growth, mix, price and level as measured, everything else as planned",
        "sheet Actuals.", table=Table("Option", heads, tuple(rows)),
    )  # fmt: skip
