"""Section on break-even: the volume at which another option becomes cheaper, and the month."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from reportgen.casing import first_upper
from reportgen.report.charts.breakeven import Crossing, break_even
from reportgen.report.charts.ladder import Band, VolumeLine, cheapest_bands
from reportgen.report.figures import NumberFormat
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views.context import MOST_NAMED, ViewContext
from reportgen.report.wording import join_at_most
from reportgen.results.options import OptionResult
from reportgen.results.runs import Growth

GrowthCell = Callable[[ViewContext, int, Growth], Text]
"""Writes what a break-even at a growth rate says, from its place among the results."""

ALWAYS, SMALL_ONLY = "at every volume shown", "only at small volumes"
SMALL_VOLUME = 0.1
"""Millions of tokens a month below which two decimals would hide the volume."""

MOST_BANDS = 4
"""Most bands of volume listed in a title; a title with more states their number."""


def section(context: ViewContext) -> Section:
    """Return the section on break-even."""
    return Section("break-even", "Break-even", _title(context), _lede(context), _exhibits(context))


def _crossed(context: ViewContext) -> list[tuple[float, OptionResult]]:
    found = [
        (o.break_even.volume, o) for o in context.options if o.break_even and o.break_even.volume is not None
    ]
    return sorted(found, key=lambda pair: pair[0])


def _title(context: ViewContext) -> str:
    base, crossed = context.baseline, _crossed(context)
    if crossed:
        at, first = min(crossed, key=lambda pair: (not pair[1].eligible, pair[0]))
        level = [
            o
            for volume, o in crossed
            if o.eligible == first.eligible and context.volume(volume) == context.volume(at)
        ]
        return f"At about {context.volume(at)} tokens a month, the total cost of {context.named_together(level)} falls to that of {context.named(base)}"
    words = {context.named(o): o.break_even.word for o in context.options if o.break_even}
    always = [name for name, word in words.items() if word == ALWAYS]
    if always:
        return f"Total cost no higher than with {context.named(base)} at every volume shown: {join_at_most(always, 3, 'options')}"
    small = [name for name, word in words.items() if word == SMALL_ONLY]
    if small:
        return f"Total cost no higher than with {context.named(base)} at small volumes only: {join_at_most(small, 3, 'options')}"
    return f"At no volume shown does the total cost of another option fall to that of {context.named(base)}"


def _lede(context: ViewContext) -> Text:
    start, end = context.results.tokens[0], context.results.tokens[-1]
    served = f"starts at {context.volume(start)} tokens a month and ends at {context.volume(end)}"
    if context.volume(start) == context.volume(end):
        served = f"stays at {context.volume(start)} tokens a month"
    return (
        f"The case {served}. At each volume the whole model is worked out again, growth included. Fleets grow in whole machines, so costs rise in "
        f"steps, a crossing is “about”, and lines can cross again.{_eligibility(context)}"
    )


def _eligibility(context: ViewContext) -> str:
    """State that the baseline, or another option, may not be chosen; empty where all may."""
    if context.all_eligible:
        return ""
    if not context.baseline.eligible:
        return f" {context.baseline.name}, against which the others are set, fails a must-have and may not be chosen."
    failing = [option.short_name for option in context.options if not option.eligible]
    return f" Shown too, though they may not be chosen: {join_at_most(failing, 4, 'options')}."


def _exhibits(context: ViewContext) -> tuple[Exhibit, ...]:
    ladder = context.results.ladder
    lines = [
        VolumeLine(o.key, o.short_name, context.colours[o.key], ladder.tco[o.key], o.eligible)
        for o in context.options
    ]
    bands = cheapest_bands(ladder.volumes, lines)
    title = _bands_title(context, bands)
    crossings = [
        Crossing(at, o.key, (f"{context.volume(at)}:", f"{o.short_name} draws level"))
        for at, o in _crossed(context)[:3]
    ]
    tokens = context.results.tokens
    clipped = (max(min(tokens), ladder.volumes[0]), min(max(tokens), ladder.volumes[-1]))
    forecast = clipped if clipped[0] <= clipped[1] else None
    drawing = break_even(context.frame("break-even-chart", title), ladder.volumes, lines, crossings, forecast)
    subtitle = (
        f"Total cost over {context.paper.horizon} against the volume at the start, both on log scales, {context.results.currency}, nominal, "
        f"before risk; {'forecast volume shaded' if forecast else 'the forecast volume lies outside'}"
    )
    table = _table(context)
    growth = _growth(context)
    return (
        context.exhibit("break-even-chart", title, subtitle, "sheet Break-even.", chart=drawing),
        context.exhibit(
            "break-even-table",
            _month_title(context),
            "Nominal, before risk",
            "sheets TCO and Break-even.",
            table=table,
        ),
        *((growth,) if growth else ()),
    )


def _growth(context: ViewContext) -> Exhibit | None:
    """Return the table of break-even at other growth rates; None where a single rate was examined."""
    found = context.results.growth
    if len({(one.workload, one.rate) for one in found}) < 2:
        return None
    others = [option for option in context.options if option.break_even]
    rows = [
        row
        for label, cell in GROWTH_GROUPS
        for row in (Row(label, (), "group"), *_growth_rows(context, cell))
    ]
    table = Table(
        f"Against {context.baseline.name}",
        context.heads(others),
        tuple(rows),
        wide=True,
        breaks_across_pages=True,
    )
    subtitle = "Low, stated and high yearly growth of the volume, all else as stated; nominal, before risk"
    sheets = f"results file. None: not within {context.paper.horizon}, or at no volume shown; all: at every volume shown."
    return context.exhibit("break-even-growth", _growth_title(context), subtitle, sheets, table=table)


def _growth_rows(context: ViewContext, cell: GrowthCell) -> list[Row]:
    """Return a row per growth rate of each workload, with a cell per option."""
    found = list(enumerate(context.results.growth))
    places = dict.fromkeys((one.workload, one.rate) for _, one in found)
    others = [option.key for option in context.options if option.break_even]
    best = context.paper.best
    rows = []
    for workload, rate in places:
        at = {
            one.option: (place, one) for place, one in found if (one.workload, one.rate) == (workload, rate)
        }
        head = f"{context.paper.workloads[workload]}, " if workload else ""
        chosen = others.index(best.key) if best and best.key in others else None
        printed = [cell(context, *at[key]) for key in others]
        rows.append(Row(f"{head}{context.share(rate, 1)} a year", cells(printed, chosen)))
    return rows


def _growth_title(context: ViewContext) -> str:
    found, within = (
        context.results.growth,
        f"break-even with {context.named(context.baseline)} within {context.paper.horizon}",
    )
    others = [option for option in context.options if option.break_even]
    months = [(option, [one.month for one in found if one.option == option.key]) for option in others]
    every = [context.named(option) for option, each in months if None not in each]
    some = [context.named(option) for option, each in months if any(month is not None for month in each)]
    if every:
        return f"At every one of these growth rates there is a {within}: {join_at_most(every, MOST_BANDS, 'options')}"
    if some:
        return f"At one of these growth rates at least there is a {within}: {join_at_most(some, MOST_BANDS, 'options')}"
    return f"At none of these growth rates is there a {within}"


def _growth_month(context: ViewContext, place: int, one: Growth) -> Text:
    return (
        "none" if one.month is None else context.figures.figure(one.month, f"growth.{place}.month", "month")
    )


def _growth_volume(context: ViewContext, place: int, one: Growth) -> Text:
    if one.volume is None:
        return {ALWAYS: "all", SMALL_ONLY: "small ones"}.get(one.word, "none")
    return _volume_of(context, one.volume, one.word, f"growth.{place}.volume")


def _growth_reached(context: ViewContext, place: int, one: Growth) -> Text:
    if one.volume is None:
        return "–"
    if one.reached is None:
        return "never"
    return (
        context.figures.figure(one.reached, f"growth.{place}.reached", "months") if one.reached else "at once"
    )


GROWTH_GROUPS: tuple[tuple[str, GrowthCell], ...] = (
    ("Break-even month", _growth_month),
    ("Break-even volume: million tokens a month at the start", _growth_volume),
    ("Months until the volume has grown to it", _growth_reached),
)
"""The groups of rows of the table of growth, each with what its cells say."""


def _month_title(context: ViewContext) -> str:
    reached = [context.named(o) for o in context.options if o.break_even and o.break_even.month is not None]
    if not reached:
        return f"At the case's volume nothing breaks even with {context.named(context.baseline)} within {context.paper.horizon}"
    return f"Break-even with {context.named(context.baseline)} within {context.paper.horizon}: {join_at_most(reached, 3, 'options')}"


def _bands_title(context: ViewContext, bands: Sequence[Band]) -> str:
    options = {o.key: context.named(o) for o in context.options}
    names = [join_at_most([options[key] for key in band.keys], MOST_NAMED, "options") for band in bands]
    lowest = f"lowest total cost{context.of_eligible if any(o.eligible for o in context.options) else ''}"
    if len(bands) == 1:
        return f"The {lowest} is that of {names[0]} at every volume shown"
    if len(bands) > MOST_BANDS:
        return f"The {lowest} changes hands {len(bands) - 1} times, from {names[0]} at small volumes to {names[-1]} at large ones"
    parts = [
        f"{name} up to about {context.volume(band.high)}"
        for name, band in zip(names, bands[:-1], strict=False)
    ]
    return first_upper(f"{lowest}: {', '.join(parts)} tokens a month, then {names[-1]}")


def _table(context: ViewContext) -> Table:
    base = context.baseline
    rows = []
    for place, option in enumerate(context.options):
        if option.break_even is None:
            continue
        month: Text = f"not within {context.paper.horizon}"
        if option.break_even.month is not None:
            month = context.figures.figure(option.break_even.month, f"break_even.{option.key}.month", "month")
        chosen = place == context.chosen_column
        rows.append(
            Row(option.name, (Cell(month, chosen=chosen), Cell(_volume(context, option), chosen=chosen)))
        )
    heads = (
        Cell("Break-even month: cumulative cost stays no higher from"),
        Cell("Break-even volume: million tokens a month at the start"),
    )
    return Table(f"Against {base.name}", heads, tuple(rows), widths=(40, 30, 30))


def _volume(context: ViewContext, option: OptionResult) -> Text:
    found = option.break_even
    assert found is not None
    return _volume_of(context, found.volume, found.word, f"break_even.{option.key}.volume")


def _volume_of(context: ViewContext, volume: float | None, word: str, place: str) -> Text:
    """Format a break-even volume, or the words that stand where there is none."""
    if volume is None:
        if not word.startswith("not up to"):
            return first_upper(word)
        return f"None up to {context.number(context.results.ladder.volumes[-1], ',.0f')}"
    form: NumberFormat = "count" if volume >= 100 else "price" if volume >= SMALL_VOLUME else "number"
    return Markup("about {}").format(context.figures.figure(volume, place, form))
