"""Three-year total cost of ownership: by category and by year, cumulative, and what it means."""

from markupsafe import Markup

from reportgen.model.results import CATEGORIES
from reportgen.report.charts.lines import Crossover, MonthLine, cumulative_cost
from reportgen.report.charts.stacked import StackedBar, category_bars
from reportgen.report.figures import DASH
from reportgen.report.parts import Exhibit, Row, Section, Table, Words, cells
from reportgen.report.views.desk import Desk

LABELS = {
    "compute": "Compute", "supporting": "Supporting infrastructure", "deployment": "Deployment engineering",
    "ongoing": "Ongoing engineering", "interim": "Both until go-live", "other": "One-off and other",
}  # fmt: skip


def section(desk: Desk) -> Section:
    """Word the section on total cost."""
    return Section(
        "tco",
        "Total cost of ownership",
        _title(desk),
        _lede(desk),
        (_by_category(desk), _table(desk), _cumulative(desk)),
    )


def _title(desk: Desk) -> str:
    low, high = min(desk.options, key=lambda o: o.tco), max(desk.options, key=lambda o: o.tco)
    if high.tco <= low.tco * 1.005:
        return "The options cost the same in total"
    times = high.tco / low.tco if low.tco > 0 else 0.0
    if times >= 2:
        return f"The total cost of {high.name} is {times:.1f} times that of {low.name}"
    return (
        f"The total cost of {high.name} is {desk.figures.money(high.tco - low.tco)} above that of {low.name}"
    )


def _lede(desk: Desk) -> Words:
    low = min(desk.options, key=lambda o: o.tco)
    largest = max(CATEGORIES, key=lambda name: low.categories[name])
    share = low.categories[largest] / low.tco if low.tco else 0.0
    return Markup(
        "Nominal, before risk, over {}. The lowest total cost is that of {}, {}; {:.0%} of it is {}. Opportunity and exit "
        "cost are not in these totals."
    ).format(desk.paper.span, low.name, desk.figures.of(low, "tco"), share, LABELS[largest].lower())


def _by_category(desk: Desk) -> Exhibit:
    high = max(desk.options, key=lambda o: o.tco)
    largest = max(CATEGORIES, key=lambda name: high.categories[name])
    title = f"{LABELS[largest]} is the largest part of {high.name}"
    bars = [StackedBar(o.short_name, o.categories) for o in desk.options]
    drawing = category_bars(desk.frame("categories", title), LABELS, bars)
    return Exhibit(
        "categories", title, f"Total cost by category, {desk.results.currency}, nominal, before risk",
        Markup(drawing), f"{desk.source}, sheet TCO.",  # noqa: S704  our own drawing
    )  # fmt: skip


def _table(desk: Desk) -> Exhibit:
    figures, chosen = desk.figures, desk.chosen
    rows = [
        Row(
            label,
            cells([figures.figure(o.categories[c], f"options.{o.key}.categories.{c}", "thousands") for o in desk.options], chosen),
        )
        for c, label in LABELS.items()
        if any(o.categories[c] for o in desk.options)
    ]  # fmt: skip
    rows.append(Row("Total cost, nominal", cells(desk.row_of("tco"), chosen), "total"))
    for year in range(desk.results.years):
        printed = [
            figures.figure(o.years[year], f"options.{o.key}.years.{year}", "thousands") for o in desk.options
        ]
        rows.append(Row(f"of which year {year + 1}", cells(printed, chosen), "detail"))
    rate = f"{desk.results.discount_rate:.1%}".replace(".0%", "%").replace("%", " %")
    rows.append(Row(f"Present value at {rate}", cells(desk.row_of("pv"), chosen)))
    rows.append(Row("Expected risk, nominal", cells(desk.row_of("expected_risk"), chosen)))
    unit = f"{desk.results.currency} per M tokens, nominal"
    rows.append(Row(unit, cells(desk.row_of("cost_per_m_tokens", "price"), chosen)))
    rows.append(Row("Run rate in the last year, a month", cells(desk.row_of("run_rate"), chosen)))
    low = min(desk.options, key=lambda o: o.run_rate)
    return Exhibit(
        "tco-table", f"The lowest running cost in the last year is that of {low.name}",
        f"{desk.results.currency} thousand unless said; residual values left out of the run rate",
        Table(f"{desk.results.currency} thousand", desk.heads(), tuple(rows)),
        f"{desk.source}, sheets TCO and Summary. {DASH} is zero. Figures may not add because of rounding.",
    )  # fmt: skip


def _cumulative(desk: Desk) -> Exhibit:
    base = desk.results.option(desk.results.baseline)
    lines = [MonthLine(o.key, o.short_name, desk.colours[o.key], o.cumulative) for o in desk.options]
    marks, catches = [], []
    for option in desk.options:
        month = option.break_even.month if option.break_even else None
        if month is not None:
            catches.append(f"{option.name} from month {month}")
        if month is not None and month > 1:
            words = (f"Month {month}: {option.short_name}", f"no dearer than {base.short_name}")
            marks.append(Crossover(month, option.key, base.key, words))
    title = (
        f"Cheaper in all than {base.name}, and staying so: {', '.join(catches)}"
        if catches
        else f"No option catches up with {base.name} within {desk.paper.span}"
    )
    drawing = cumulative_cost(desk.frame("cumulative", title), lines, marks)
    return Exhibit(
        "cumulative", title, f"Cumulative cost by month, {desk.results.currency}, nominal, before risk",
        Markup(drawing), f"{desk.source}, sheets of the options and TCO.",  # noqa: S704  our own drawing
    )  # fmt: skip
