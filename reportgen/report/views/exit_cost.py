"""Section on exit cost: by month of exit, by component, and the largest lock-in of each option."""

from reportgen.casing import first_lower
from reportgen.report.charts.lines import MonthLine, exit_curve
from reportgen.report.figures import TableUnit
from reportgen.report.parts import Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views import triggers
from reportgen.report.views.context import RELATIVE_TOLERANCE, ViewContext
from reportgen.report.wording import join_at_most, join_list, same_as_printed
from reportgen.results.options import OptionResult

MOST_TOGETHER = 4
"""Up to this many options, the curve and the table of components are one exhibit."""

PARTS = {
    "engineering": "Engineers", "parallel": "Running both", "commitment": "Remaining commitment", "fees": "Fees",
    "forced_sale": "Lost on a forced sale",
}  # fmt: skip
LOCK_IN = {
    "engineering": "the work of moving away", "parallel": "running both services", "commitment": "the commitment that remains",
    "fees": "fees", "forced_sale": "what a sale in a hurry loses",
}  # fmt: skip


def section(context: ViewContext) -> Section:
    """Return the section on exit cost and review triggers."""
    quantified = [o for o in context.options if o.exit_curve and o.kind != "mix"]
    review = triggers.exhibits(context)
    if not quantified:
        lede = "No option states a probability and a month of exit, so nothing is added for leaving; that is not to say that it is free."
        return Section(
            "exit", "Exit cost", "What leaving would cost is not quantified for any option", lede, review
        )
    return Section(
        "exit",
        "Exit cost",
        _title(context, [o for o in context.options if o.expected_exit is not None]),
        _lede(context),
        (*_exhibits(context, quantified), *review),
    )


def _title(context: ViewContext, quantified: list[OptionResult]) -> str:
    most = max(quantified, key=lambda o: o.expected_exit or 0.0)
    if (most.expected_exit or 0.0) <= 0:
        return "Leaving is expected to cost nothing"
    if len(quantified) == 1:
        return f"Leaving {context.named(most)}: {context.figures.money(most.expected_exit or 0.0)} expected"
    least = min(quantified, key=lambda o: o.expected_exit or 0.0)
    low, high = (context.figures.money(o.expected_exit or 0.0) for o in (least, most))
    if low == high:
        return f"Leaving any option is expected to cost {high}"
    ends = (_in_brackets(context, option.expected_exit or 0.0) for option in (least, most))
    return f"Expected cost of leaving: from {low} ({next(ends)}) to {high} ({next(ends)})"


def _in_brackets(context: ViewContext, expected: float) -> str:
    """Name the options that are expected to cost this much to leave."""
    level = context.level_with(expected, {o.key: o.expected_exit for o in context.options})
    if len(level) == 1 and not level[0].eligible:
        return f"{level[0].short_name}, not eligible"
    return join_at_most([o.short_name + context.ineligible_note(o) for o in level], 3, "options")


def _lede(context: ViewContext) -> Text:
    unquantified = [
        o.name for o in context.options if (o.expected_exit if o.kind == "mix" else o.exit_curve) is None
    ]
    sentence = (
        "What it would cost to leave at the end of each month, nominal, and, for the month examined, that cost times the probability of "
        "leaving. It is in no total cost."
    )
    mixes = [
        f"{o.name} ({context.figures.money(o.expected_exit)} expected)"
        for o in context.options
        if o.kind == "mix" and o.expected_exit is not None
    ]
    if mixes:
        sentence += f" A mix leaves each of its parts, each in its own month: {join_list(mixes)}."
    return (
        f"{sentence} Not quantified, which is not zero, for {join_list(unquantified)}."
        if unquantified
        else sentence
    )


def _month_examined(context: ViewContext, option: OptionResult) -> int:
    row = context.assumption(f"options.{option.key}.exit_month")
    assert row is not None
    return int(row.value)


def _cost_examined(context: ViewContext, option: OptionResult) -> float:
    return (option.exit_curve or ())[_month_examined(context, option) - 1]


def _exhibits(context: ViewContext, quantified: list[OptionResult]) -> tuple[Exhibit, ...]:
    """Return the exhibits of the curve and its components, combined if the options are few."""
    lines = [
        MonthLine(
            o.key, o.short_name, context.colours[o.key], o.exit_curve or (), _month_examined(context, o)
        )
        for o in quantified
    ]
    top = max(max(o.exit_curve or (0.0,)) for o in quantified)
    aside = ", mixes aside" if any(o.kind == "mix" for o in context.options) else ""
    free = top <= 0 or same_as_printed(top, 0, context.figures.notation)
    title = "Leaving costs nothing in any month"
    if not free:
        title = (
            f"Leaving costs {context.figures.money(top)} at most{aside}: {_dearest(context, quantified, top)}"
        )
    chart = "" if free else exit_curve(context.frame("exit-curve", title), lines)
    measure = f"Cost of leaving at the end of each month, {context.results.currency}, nominal"
    measure += "" if free else "; dots: the month examined"
    table, sheets = _components(context, quantified), f"sheet Exit.{_rounding_note(context, quantified)}"
    if free or len(quantified) <= MOST_TOGETHER:
        return (
            context.exhibit(
                "exit-curve",
                title,
                measure if free else f"{measure}, which the table breaks down",
                sheets,
                chart=chart,
                table=table,
            ),
        )
    parts = f"Components of the cost of leaving in the month examined, {_unit(context, quantified).words}, nominal"
    return (
        context.exhibit(
            "exit-curve", title, f"{measure}, broken down in appendix F", "sheet Exit.", chart=chart
        ),
        context.exhibit("exit-parts", _parts_title(context, quantified), parts, sheets, table=table),
    )


def _dearest(context: ViewContext, quantified: list[OptionResult], top: float) -> str:
    """Name the options that cost most to leave, and the end of the month of that, where it is one and the same."""
    tops = {o.key: max(o.exit_curve or (0.0,)) for o in quantified}
    level = context.level_with(top, tops)
    at = {
        o.key: [
            month
            for month, cost in enumerate(o.exit_curve or (), start=1)
            if cost >= tops[o.key] - RELATIVE_TOLERANCE * abs(tops[o.key])
        ]
        for o in level
    }
    months = {tuple(at[option.key]) for option in level}
    names = context.named_together(level)
    if len(months) > 1:
        return names
    (found,) = months
    if len(found) == 1:
        return f"{names}, at the end of month {found[0]}"
    if found == tuple(range(1, context.results.years * 12 + 1)):
        return f"{names}, in every month"
    return f"{names}, first at the end of month {found[0]}"


def _parts_title(context: ViewContext, quantified: list[OptionResult]) -> str:
    most = max(_cost_examined(context, option) for option in quantified)
    if most <= 0:
        return "In the month examined, leaving costs nothing"
    level = context.level_with(most, {o.key: _cost_examined(context, o) for o in quantified})
    return f"Costliest to leave in the month examined: {context.named_together(level)}, {context.figures.money(most)}"


def _components(context: ViewContext, quantified: list[OptionResult]) -> Table:
    figures, best, unit = context.figures, context.paper.best, _unit(context, quantified)
    chosen = next((place for place, o in enumerate(quantified) if best and o.key == best.key), None)
    rows = []
    for name, label in PARTS.items():
        amounts = [
            o.exit_parts[name][_month_examined(context, o) - 1] if name in o.exit_parts else 0.0
            for o in quantified
        ]
        if any(amounts):
            rows.append(
                Row(
                    label,
                    cells([figures.plain_text(amount, unit.number_format) for amount in amounts], chosen),
                )
            )
    places = [(o, _month_examined(context, o) - 1) for o in quantified]
    totals = [
        figures.figure((o.exit_curve or ())[at], f"options.{o.key}.exit_curve.{at}", unit.number_format)
        for o, at in places
    ]
    rows.append(Row("Cost of leaving", cells(totals, chosen), "total"))
    rows.append(Row("Month examined", cells([str(at + 1) for _, at in places], chosen)))
    rows.append(Row("Probability", cells([_probability(context, o) for o in quantified], chosen)))
    rows.append(
        Row(
            "Expected, nominal",
            cells(
                [figures.option_result(o, "expected_exit", unit.number_format) for o in quantified], chosen
            ),
            "subtotal",
        )
    )
    rows.append(
        Row("Largest part of it", cells([_largest_lock_in(context, o) for o in quantified], chosen), "text")
    )
    return Table(unit.words, context.heads(quantified), tuple(rows), wide=context.many)


def _rounding_note(context: ViewContext, quantified: list[OptionResult]) -> str:
    places = [(o, _month_examined(context, o) - 1) for o in quantified]
    columns = [
        ([months[at] for months in o.exit_parts.values()], (o.exit_curve or ())[at]) for o, at in places
    ]
    return context.rounding_note(columns, _unit(context, quantified))


def _unit(context: ViewContext, quantified: list[OptionResult]) -> TableUnit:
    return context.unit_of((o.exit_curve or ())[_month_examined(context, o) - 1] for o in quantified)


def _probability(context: ViewContext, option: OptionResult) -> Text:
    path = f"options.{option.key}.exit_probability"
    row = context.assumption(path)
    assert row is not None
    return context.figures.figure(row.value, f"assumptions.{path}", "share1")


def _largest_lock_in(context: ViewContext, option: OptionResult) -> str:
    """Name the largest component of exit cost in the month examined."""
    at = _month_examined(context, option) - 1
    parts = {name: abs(months[at]) for name, months in option.exit_parts.items() if months[at]}
    if not parts or _cost_examined(context, option) <= 0:
        return "nothing"
    return first_lower(LOCK_IN[max(parts, key=lambda name: parts[name])])
