"""Section on break-even: the volume at which another option becomes cheaper, and the month."""

from collections.abc import Sequence

from markupsafe import Markup

from reportgen.casing import first_upper
from reportgen.report.charts.breakeven import Crossing, break_even
from reportgen.report.charts.ladder import Band, VolumeLine, cheapest_bands
from reportgen.report.figures import NumberFormat
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Text, cells
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_at_most, join_list
from reportgen.results.options import OptionResult
from reportgen.results.runs import Growth

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
        at, first = crossed[0]
        return f"At about {context.volume(at)} tokens a month, the total cost of {context.named(first)} falls to that of {context.named(base)}"
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
        f"The case {served}. Each volume is a run of the whole model, growth included. Fleets grow in whole machines, so costs rise in "
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
        f"before risk; forecast volume shaded"
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
    several = any(one.workload for one in found)
    by_option = [
        (o, place, one) for o in context.options for place, one in enumerate(found) if one.option == o.key
    ]
    rows = [Row(option.name, _growth_cells(context, place, one)) for option, place, one in by_option]
    workload = (Cell("Workload", number=False),) if several else ()
    heads = (
        *workload, Cell("Growth a year"), Cell("Break-even month"), Cell("Break-even volume: million tokens a month at the start"),
        Cell("Months until volume has grown to it"),
    )  # fmt: skip
    widths = (28, 20, 9, 14, 15, 14) if several else (34, 11, 18, 21, 16)
    table = Table(
        f"Against {context.baseline.name}",
        heads,
        tuple(rows),
        wide=True,
        widths=widths,
        breaks_across_pages=True,
    )
    subtitle = "Low, stated and high growth of the volume, all else as stated; nominal, before risk"
    return context.exhibit(
        "break-even-growth", _growth_title(context), subtitle, "sheet Break-even.", table=table
    )


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


def _growth_cells(context: ViewContext, place: int, one: Growth) -> tuple[Cell, ...]:
    figures, here = context.figures, f"growth.{place}"
    workload = (Cell(context.paper.workloads[one.workload], number=False),) if one.workload else ()
    month: Text = (
        "not within the horizon" if one.month is None else figures.figure(one.month, f"{here}.month", "month")
    )
    reached: Text = "–" if one.volume is None else "never"
    if one.volume is not None and one.reached is not None:
        reached = (
            figures.figure(one.reached, f"{here}.reached", "months") if one.reached else "from the start"
        )
    rate = figures.figure(one.rate, f"{here}.rate", "share1")
    return (
        *workload,
        *cells((rate, month, _volume_of(context, one.volume, one.word, f"{here}.volume"), reached)),
    )


def _month_title(context: ViewContext) -> str:
    reached = [context.named(o) for o in context.options if o.break_even and o.break_even.month is not None]
    if not reached:
        return f"At the case's volume nothing breaks even with {context.named(context.baseline)} within {context.paper.horizon}"
    return f"Break-even with {context.named(context.baseline)} within {context.paper.horizon}: {join_at_most(reached, 3, 'options')}"


def _bands_title(context: ViewContext, bands: Sequence[Band]) -> str:
    names = {o.key: context.named(o) for o in context.options}
    lowest = f"lowest total cost{context.of_eligible if any(o.eligible for o in context.options) else ''}"
    if len(bands) == 1:
        first = bands[0].key
        tco = context.results.ladder.tco
        alike = [
            o
            for o in context.options
            if o.key != first and o.eligible == context.results.option(first).eligible
        ]
        level = [first, *(o.key for o in alike if tco[o.key] == tco[first])]
        return f"The {lowest} is that of {join_list([names[key] for key in level])} at every volume shown"
    if len(bands) > MOST_BANDS:
        first, last = names[bands[0].key], names[bands[-1].key]
        return f"The {lowest} changes hands {len(bands) - 1} times, from {first} at small volumes to {last} at large ones"
    parts = [f"{names[band.key]} up to about {context.volume(band.high)}" for band in bands[:-1]]
    return first_upper(f"{lowest}: {', '.join(parts)} tokens a month, then {names[bands[-1].key]}")


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
        return first_upper(word.replace("not up to", "none up to"))
    form: NumberFormat = "count" if volume >= 100 else "price" if volume >= SMALL_VOLUME else "number"
    return Markup("about {}").format(context.figures.figure(volume, place, form))
