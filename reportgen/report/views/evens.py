"""Break-even: at which volume another option becomes the cheaper one."""

from markupsafe import Markup

from reportgen.report.charts.breakeven import Crossing, break_even
from reportgen.report.charts.ladder import VolumeLine, cheapest_bands
from reportgen.report.charts.money import volume
from reportgen.report.figures import listed
from reportgen.report.parts import Cell, Exhibit, Row, Section, Table, Words
from reportgen.report.views.desk import Desk, first_upper


def section(desk: Desk) -> Section:
    """Word the section on break-even."""
    return Section(
        "break-even", "Break-even", _title(desk), _lede(desk), (_chart(desk), _table(desk)), new_page=False
    )


def _lines(desk: Desk) -> list[VolumeLine]:
    ladder = desk.results.ladder
    return [VolumeLine(o.key, o.short_name, desk.colours[o.key], ladder.tco[o.key]) for o in desk.options]


def _title(desk: Desk) -> str:
    base = desk.results.option(desk.results.baseline)
    found = [o for o in desk.options if o.break_even and o.break_even.volume is not None]
    if not found:
        always = [
            o.name for o in desk.options if o.break_even and o.break_even.word == "at every volume shown"
        ]
        if always:
            return f"Total cost is no higher than with {base.name} at every volume shown: {listed(always)}"
        return f"No option beats {base.name} in total cost as volume grows"
    first = min(found, key=lambda o: o.break_even.volume if o.break_even and o.break_even.volume else 0.0)
    assert first.break_even is not None
    assert first.break_even.volume is not None
    return f"Total cost falls below {base.name} at about {volume(first.break_even.volume)} tokens a month, with {first.name}"


def _lede(desk: Desk) -> Words:
    start, end = desk.results.tokens[0], desk.results.tokens[-1]
    return (
        f"The case starts at {volume(start)} tokens a month and ends at {volume(end)}. Each volume below is a whole run of the "
        f"model: fleets, engineers and deployment as the case states them. Where a fleet grows in whole machines, cost rises in steps, "
        f"so a crossing is given as about."
    )


def _chart(desk: Desk) -> Exhibit:
    ladder, lines = desk.results.ladder, _lines(desk)
    bands = cheapest_bands(ladder.volumes, lines)
    names = {o.key: o.name for o in desk.options}
    parts = [f"{names[b.key]} from {volume(b.low)} to {volume(b.high)}" for b in bands]
    title = first_upper(f"Cheapest in total cost: {', then '.join(parts)} tokens a month")
    if len(bands) == 1:
        title = f"The lowest total cost is that of {names[bands[0].key]}, at every volume shown"
    crossings = [
        Crossing(o.break_even.volume, o.key, (f"{volume(o.break_even.volume)}:", f"{o.short_name} cheaper"))
        for o in desk.options
        if o.break_even and o.break_even.volume is not None
    ]
    forecast = (min(desk.results.tokens), max(desk.results.tokens))
    inside = (max(forecast[0], ladder.volumes[0]), min(forecast[1], ladder.volumes[-1]))
    drawing = break_even(
        desk.frame("break-even-chart", title),
        ladder.volumes,
        lines,
        crossings,
        inside if inside[0] < inside[1] else None,
    )
    return Exhibit(
        "break-even-chart", title,
        f"Total cost over {desk.paper.span} against the volume at the start, both on log scales, {desk.results.currency}, "
        f"nominal, before risk; forecast volume shaded",
        Markup(drawing), f"{desk.source}, sheet Break-even.",  # noqa: S704  our own drawing
    )  # fmt: skip


def _table(desk: Desk) -> Exhibit:
    base = desk.results.option(desk.results.baseline)
    rows = []
    for place, option in enumerate(desk.options):
        even = option.break_even
        if even is None:
            continue
        month = (
            desk.figures.figure(even.month, f"break_even.{option.key}.month", "month")
            if even.month
            else "not reached"
        )
        crossing: Words = first_upper(even.word)
        if even.volume is not None:
            crossing = Markup("About {} M").format(
                desk.figures.figure(even.volume, f"break_even.{option.key}.volume", "count")
            )
        chosen = place == desk.chosen
        rows.append(Row(option.name, (Cell(month, chosen=chosen), Cell(crossing, chosen=chosen))))
    reached = [o.name for o in desk.options if o.break_even and o.break_even.month]
    title = (
        f"Repaid against {base.name} within {desk.paper.span}: {listed(reached)}"
        if reached
        else f"At the case's volume nothing repays against {base.name} within {desk.paper.span}"
    )
    heads = (
        Cell("Month from which cumulative cost stays at or below"),
        Cell("Volume at the start, tokens a month"),
    )
    return Exhibit(
        "break-even-table", title, f"Against {base.name}, nominal, before risk", Table("Option", heads, tuple(rows)),
        f"{desk.source}, sheets TCO and Break-even.",
    )  # fmt: skip
