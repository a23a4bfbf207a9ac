"""Total cost of ownership: by category and by year, cumulative, and what it means."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.model.results import CATEGORIES, OptionResult
from reportgen.report.charts.lines import Crossover, MonthLine, cumulative_cost
from reportgen.report.charts.stacked import StackedBar, category_bars
from reportgen.report.figures import DASH
from reportgen.report.parts import Exhibit, Row, Section, Table, Words, cells
from reportgen.report.views.context import Desk
from reportgen.report.wording import listed, same_as_printed, some, times

LABELS = {
    "compute": "Compute", "supporting": "Supporting infrastructure", "deployment": "Deployment engineering",
    "ongoing": "Ongoing engineering", "interim": "Running both until go-live", "other": "One-off and other",
}  # fmt: skip
FEW = 4
"""From more options on, crossings are named in the title but not drawn into the lines."""


def section(desk: Desk) -> Section:
    """Word the section on total cost."""
    return Section(
        "tco",
        "Total cost of ownership",
        _title(desk),
        _lede(desk),
        (_by_category(desk), _table(desk), _cumulative(desk)),
    )


def _ends(desk: Desk) -> tuple[OptionResult, OptionResult]:
    return min(desk.options, key=lambda o: o.tco), max(desk.options, key=lambda o: o.tco)


def _title(desk: Desk) -> str:
    low, high = _ends(desk)
    if same_as_printed(low.tco, high.tco, desk.figures.notation):
        return f"The total cost of every option is {desk.figures.money(low.tco)}"
    multiple = times(high.tco, low.tco, desk.figures.notation)
    if multiple and high.tco >= 1.5 * low.tco:
        return f"The total cost of {high.name} is {multiple} that of {low.name}"
    return (
        f"The total cost of {high.name} is {desk.figures.money(high.tco - low.tco)} above that of {low.name}"
    )


def _lede(desk: Desk) -> Words:
    low, _ = _ends(desk)
    largest = max(CATEGORIES, key=lambda name: low.categories[name])
    share = low.categories[largest] / low.tco if low.tco > 0 else None
    part = (
        f"; {first_lower(LABELS[largest])} is {desk.share(share)} of it"
        if share is not None and share <= 1
        else ""
    )
    return Markup(
        "All cash cost over {}, nominal and before risk. The lowest is that of {}, {}{}. What displaced projects and leaving "
        "would cost is not in these totals: it follows further on."
    ).format(desk.paper.span, low.name, desk.figures.of(low, "tco"), part)


def _by_category(desk: Desk) -> Exhibit:
    _, high = _ends(desk)
    largest = max(CATEGORIES, key=lambda name: high.categories[name])
    share = desk.share(high.categories[largest] / high.tco) if high.tco > 0 else ""
    title = f"{LABELS[largest]} is the largest part of {high.name}{f', {share} of its total cost' if share else ''}"
    bars = [StackedBar(o.short_name, o.categories) for o in desk.options]
    drawing = category_bars(desk.frame("categories", title), LABELS, bars)
    subtitle = f"Total cost over {desk.paper.span} by category, {desk.results.currency}, nominal, before risk"
    return desk.exhibit("categories", title, subtitle, "sheet TCO.", chart=drawing)


def _table(desk: Desk) -> Exhibit:
    figures, chosen = desk.figures, desk.chosen
    rows = [
        Row(label, cells([figures.figure(o.categories[c], f"options.{o.key}.categories.{c}", "thousands") for o in desk.options], chosen))
        for c, label in LABELS.items()
        if any(o.categories[c] for o in desk.options)
    ]  # fmt: skip
    rows.append(Row("Total cost, nominal", cells(desk.row_of("tco"), chosen), "total"))
    rows += _years(desk)
    rate = desk.share(desk.results.discount_rate, 2)
    rows.append(Row(f"Present value at {rate} a year", cells(desk.row_of("pv"), chosen)))
    rows.append(Row("Expected risk, nominal", cells(desk.row_of("expected_risk"), chosen)))
    rows.append(Row("Run rate in the last year, a month", cells(desk.row_of("run_rate"), chosen)))
    unit = f"{desk.results.currency} per M tokens, nominal, before risk"
    rows.append(Row(unit, cells(desk.row_of("cost_per_m_tokens", "price"), chosen)))
    table = Table(desk.thousand, desk.heads(), tuple(rows), wide=desk.many)
    sheets = f"sheets TCO and Summary. {DASH} is zero. Figures may not add because of rounding."
    subtitle = f"{desk.thousand} unless said; residual values of owned machines left out of the run rate"
    return desk.exhibit("tco-table", _running(desk), subtitle, sheets, table=table)


def _years(desk: Desk) -> list[Row]:
    if desk.results.years == 1:
        return []
    return [
        Row(
            f"of which year {year + 1}",
            cells([desk.figures.figure(o.years[year], f"options.{o.key}.years.{year}", "thousands") for o in desk.options], desk.chosen),
            "detail",
        )
        for year in range(desk.results.years)
    ]  # fmt: skip


def _running(desk: Desk) -> str:
    notation = desk.figures.notation
    low = min(desk.options, key=lambda o: o.run_rate)
    firsts = [o.name for o in desk.options if same_as_printed(o.run_rate, low.run_rate, notation)]
    amount = desk.figures.money(low.run_rate)
    if len(firsts) == len(desk.options):
        return f"In the last year every option costs {amount} a month to run"
    return f"Lowest running cost in the last year: {some(firsts, 3, 'options')}, {amount} a month"


def _cumulative(desk: Desk) -> Exhibit:
    base = desk.baseline
    lines = [MonthLine(o.key, o.short_name, desk.colours[o.key], o.cumulative) for o in desk.options]
    marks = [
        Crossover(
            o.break_even.month, o.key, base.key, (f"Month {o.break_even.month}:", f"{o.short_name} level")
        )
        for o in desk.options
        if o.break_even and o.break_even.month is not None and o.break_even.month > 1
    ]
    title = _catching_up(desk)
    drawing = cumulative_cost(desk.frame("cumulative", title), lines, marks if len(lines) <= FEW else ())
    subtitle = f"Cumulative cost by month from {desk.month(0)}, {desk.results.currency}, nominal, before risk"
    return desk.exhibit("cumulative", title, subtitle, "sheets of the options and TCO.", chart=drawing)


def _catching_up(desk: Desk) -> str:
    base = desk.baseline
    at_once = [o.name for o in desk.options if o.break_even and o.break_even.month == 1]
    later = [
        f"{o.name} from month {o.break_even.month}"
        for o in desk.options
        if o.break_even and o.break_even.month is not None and o.break_even.month > 1
    ]
    if not at_once and not later:
        return f"No option catches up with {base.name} within {desk.paper.span}"
    parts = [*([f"{listed(at_once)} from the first month"] if at_once else []), *later]
    return f"Cumulative cost no higher than with {base.name}: {some(parts, 4, 'options')}"
