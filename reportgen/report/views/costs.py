"""Section on total cost of ownership: by category, by year and cumulative."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.charts.lines import Crossover, MonthLine, cumulative_cost
from reportgen.report.charts.stacked import StackedBar, category_bars
from reportgen.report.figures import DASH
from reportgen.report.parts import Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, join_list, multiple_in_words, same_as_printed
from reportgen.results.options import CATEGORIES, OptionResult

LABELS = {
    "compute": "Compute", "supporting": "Supporting infrastructure", "deployment": "Deployment engineering",
    "ongoing": "Ongoing engineering", "interim": "Running both until go-live", "other": "One-off and other", "tax": "Tax not recovered",
}  # fmt: skip
MOST_MARKED = 4
"""With more options, crossovers are stated in the title but not marked in the chart."""


def section(context: ViewContext) -> Section:
    """Return the section on total cost."""
    return Section(
        "tco",
        "Total cost of ownership",
        _title(context),
        _lede(context),
        (_by_category(context), _table(context), _cumulative(context)),
    )


def _lowest_and_highest(context: ViewContext) -> tuple[OptionResult, OptionResult]:
    return min(context.options, key=lambda o: o.tco), max(context.options, key=lambda o: o.tco)


def _title(context: ViewContext) -> str:
    low, high = _lowest_and_highest(context)
    if same_as_printed(low.tco, high.tco, context.figures.notation):
        return f"The total cost of every option is {context.figures.money(low.tco)}"
    multiple = multiple_in_words(high.tco, low.tco, context.figures.notation)
    if multiple and high.tco >= 1.5 * low.tco:
        return f"The total cost of {context.named(high)} is {multiple} that of {context.named(low)}"
    above = context.figures.money(high.tco - low.tco)
    return f"The total cost of {context.named(high)} is {above} above that of {context.named(low)}"


def _lede(context: ViewContext) -> Text:
    low, _ = _lowest_and_highest(context)
    level = [o for o in context.options if same_as_printed(o.tco, low.tco, context.figures.notation)]
    names = join_list([context.named(o) for o in level])
    largest = max(CATEGORIES, key=lambda name: low.categories[name])
    share = low.categories[largest] / low.tco if low.tco > 0 else None
    part = (
        f"; {first_lower(LABELS[largest])} is {context.chance(share)} of it"
        if share is not None and share <= 1
        else ""
    )
    return Markup(
        "All cash cost over {}, nominal and before risk. The lowest is that of {}, {}{}. What displaced projects and leaving "
        "would cost is not in these totals: it follows further on."
    ).format(
        context.paper.horizon,
        names,
        context.figures.option_result(low, "tco"),
        part,
    )


def _by_category(context: ViewContext) -> Exhibit:
    _, high = _lowest_and_highest(context)
    largest = max(CATEGORIES, key=lambda name: high.categories[name])
    share = context.chance(high.categories[largest] / high.tco) if high.tco > 0 else ""
    title = f"{LABELS[largest]} is the largest part of {context.named(high)}{f', {share} of its total cost' if share else ''}"
    bars = [StackedBar(o.short_name, o.categories, eligible=o.eligible) for o in context.options]
    drawing = category_bars(context.frame("categories", title), LABELS, bars)
    subtitle = f"Total cost over {context.paper.horizon} by category, {context.results.currency}, nominal, before risk"
    return context.exhibit("categories", title, subtitle, "sheet TCO.", chart=drawing)


def _table(context: ViewContext) -> Exhibit:
    figures, chosen = context.figures, context.chosen_column
    rows = [
        Row(label, cells([figures.figure(o.categories[c], f"options.{o.key}.categories.{c}", context.unit.number_format) for o in context.options], chosen))
        for c, label in LABELS.items()
        if any(o.categories[c] for o in context.options)
    ]  # fmt: skip
    rows.append(Row("Total cost, nominal", cells(context.result_row("tco"), chosen), "total"))
    rows += _years(context)
    rate = context.share(context.results.discount_rate, 2)
    rows.append(Row(f"Present value at {rate} a year", cells(context.result_row("pv"), chosen)))
    rows.append(Row("Expected risk, nominal", cells(context.result_row("expected_risk"), chosen)))
    rows.append(Row("Run rate in the last year, a month", cells(context.result_row("run_rate"), chosen)))
    unit = f"{context.results.currency} per M tokens, nominal, before risk"
    rows.append(Row(unit, cells(context.result_row("cost_per_m_tokens", "price"), chosen)))
    table = Table(context.unit.words, context.heads(), tuple(rows), wide=context.many)
    columns = [(parts, o.tco) for o in context.options for parts in (o.categories.values(), o.years)]
    sheets = f"sheets TCO and Summary. {DASH} is zero.{context.rounding_note(columns, context.unit)}"
    subtitle = f"{context.unit.words} unless said; residual values of owned machines left out of the run rate"
    return context.exhibit("tco-table", _run_rate_title(context), subtitle, sheets, table=table)


def _years(context: ViewContext) -> list[Row]:
    if context.results.years == 1:
        return []
    return [
        Row(
            f"of which year {year + 1}",
            cells([context.figures.figure(o.years[year], f"options.{o.key}.years.{year}", context.unit.number_format) for o in context.options], context.chosen_column),
            "detail",
        )
        for year in range(context.results.years)
    ]  # fmt: skip


def _run_rate_title(context: ViewContext) -> str:
    notation = context.figures.notation
    low = min(context.options, key=lambda o: o.run_rate)
    firsts = [
        context.named(o) for o in context.options if same_as_printed(o.run_rate, low.run_rate, notation)
    ]
    amount = context.figures.money(low.run_rate)
    if len(firsts) == len(context.options):
        return f"In the last year every option costs {amount} a month to run"
    return f"Lowest running cost in the last year: {join_at_most(firsts, 3, 'options')}, {amount} a month"


def _cumulative(context: ViewContext) -> Exhibit:
    base = context.baseline
    lines = [MonthLine(o.key, o.short_name, context.colours[o.key], o.cumulative) for o in context.options]
    marks = [
        Crossover(
            o.break_even.month,
            o.key,
            base.key,
            (f"Month {o.break_even.month}:", f"{o.short_name} draws level"),
        )
        for o in context.options
        if o.break_even and o.break_even.month is not None and o.break_even.month > 1
    ]
    title = _cumulative_title(context)
    drawing = cumulative_cost(
        context.frame("cumulative", title), lines, marks if len(lines) <= MOST_MARKED else ()
    )
    subtitle = (
        f"Cumulative cost by month from {context.month(0)}, {context.results.currency}, nominal, before risk"
    )
    return context.exhibit("cumulative", title, subtitle, "sheets of the options and TCO.", chart=drawing)


def _cumulative_title(context: ViewContext) -> str:
    base = context.baseline
    at_once = [context.named(o) for o in context.options if o.break_even and o.break_even.month == 1]
    later = [
        f"{context.named(o)} from month {o.break_even.month}"
        for o in context.options
        if o.break_even and o.break_even.month is not None and o.break_even.month > 1
    ]
    if not at_once and not later:
        return f"No option catches up with {context.named(base)} within {context.paper.horizon}"
    parts = [*([f"{join_list(at_once)} from the first month"] if at_once else []), *later]
    return f"Cumulative cost no higher than with {context.named(base)}: {join_at_most(parts, 4, 'options')}"
