"""Exhibits of switching values: one assumption at a time, and two at once."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.charts.grid import Axis, winners_grid
from reportgen.report.parts import Cell, Exhibit, Row, Table, Text, text_cells
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.headline import any_change_decides
from reportgen.report.views.decision.nearest_switching import (
    NEAR_ZERO,
    moving_name,
    nearest_switching_values,
    switch_to,
)
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import join_at_most, number_word
from reportgen.results.uncertainty import SwitchingValue, TwoWay

MOST = 8


def values(context: ViewContext) -> Exhibit:
    """Return the table of the nearest switching values."""
    nearest = nearest_switching_values(context)
    rows = [_row(context, one.switching_value) for one in nearest[:MOST]]
    unswitched = [
        switching_value
        for switching_value in context.results.switching_values
        if not _switches(switching_value)
    ]
    if not rows:
        rows = [
            Row(
                "None of the assumptions tested",
                text_cells(["", "", "no switching value", "no switching value"]),
            )
        ]
    heads = (
        Cell("Stated"),
        Cell("Range"),
        Cell("Changes below", number=False),
        Cell("Changes above", number=False),
    )
    table = Table("Assumption", heads, tuple(rows), wide=True, widths=(34, 8, 14, 22, 22))
    note = "sheet Simulation, as issued."
    if len(nearest) > MOST:
        note += (
            f" Here the {number_word(MOST)} nearest; the sheet has {number_word(len(nearest) - MOST)} more."
        )
    if unswitched:
        note += f" No value, alone, changes the advice for {join_at_most([_name(context, one) for one in unswitched], 5, 'assumptions')}."
    subtitle = f"Value of one assumption, alone, at which another option gets the lowest full economic cost{context.of_eligible}, discounted, with risks"
    return context.exhibit("switching", _title(context), subtitle, note, table=table)


def _name(context: ViewContext, switching_value: SwitchingValue) -> str:
    """Name an assumption within a sentence."""
    return first_lower(moving_name(context, switching_value))


def _switches(switching_value: SwitchingValue) -> bool:
    return switching_value.below is not None or switching_value.above is not None


def has_ranges(context: ViewContext) -> bool:
    """Return whether any assumption tested has a range, within which or outside of which the advice may change."""
    return any(one.low is not None for one in context.results.switching_values)


def _title(context: ViewContext) -> str:
    within_range = [
        _name(context, switching_value)
        for switching_value in context.results.switching_values
        if switching_value.within
    ]
    if within_range:
        return f"The advice changes within the stated range of {join_at_most(within_range, 3, 'assumptions')}"
    if any_change_decides(context):
        return "Between options this close a small change of an assumption decides"
    if any(_switches(switching_value) for switching_value in context.results.switching_values):
        if not has_ranges(context):
            return "How far each assumption may move before the advice changes"
        return "The advice changes only outside the stated ranges"
    return "No value of any one assumption tested changes the advice"


def _row(context: ViewContext, switching_value: SwitchingValue) -> Row:
    share = _percent_sign(switching_value)
    span: Text = "none stated"
    if switching_value.low is not None and switching_value.high is not None:
        span = f"{unit_value(context, switching_value.low, share)} to {unit_value(context, switching_value.high, share)}"
    name = moving_name(context, switching_value)
    label = name if share else f"{name}, {switching_value.unit}"
    sides = [
        _side(context, switching_value, switching_value.below, switching_value.below_to),
        _side(context, switching_value, switching_value.above, switching_value.above_to),
    ]
    return Row(
        label,
        (Cell(unit_value(context, switching_value.value, share)), Cell(span), *text_cells(sides)),
        "chosen" if switching_value.within else "",
    )


def _side(context: ViewContext, of: SwitchingValue, value: float | None, to: str | None) -> Text:
    """State the value on one side at which the advice changes, "at" it where it does so there, and who comes first then."""
    if value is None or to is None:
        return "no change"
    switch = switch_to(context, of, value, to)
    text = "near 0" if switch.is_near_zero else unit_value(context, value, _percent_sign(of))
    return Markup("<strong>{}</strong>: {}").format(
        f"at {text}" if switch.is_reached else text, switch.winner.short_name
    )


def _percent_sign(of: SwitchingValue) -> str:
    """Return the unit that values are shown with: the sign of a share, which any other unit stands beside."""
    return "%" if of.unit.startswith("%") else ""


def two_way(context: ViewContext, grid: TwoWay) -> Exhibit:
    """Return the chart of the recommended option over a grid of the two most influential assumptions."""
    options = {o.key: (o.short_name, context.colours[o.key]) for o in context.options}
    flat = [key for line in grid.recommended for key in line]
    unchanged = sum(key == context.results.recommended for key in flat)
    title = f"The advice holds in {unchanged} of {len(flat)} combinations of the two ranged assumptions that come nearest to changing it"
    if unchanged == len(flat):
        title = "The advice holds whichever values of their ranges two assumptions take together"
    down, across = _axis(context, grid.row, grid.rows), _axis(context, grid.column, grid.columns)
    chart = winners_grid(context.frame("two-way", title), down, across, grid.recommended, options)
    subtitle = f"Lowest full economic cost{context.of_eligible}, by {_name(context, grid.row)}, down, and {_name(context, grid.column)}, across; framed: as stated"
    return context.exhibit("two-way", title, subtitle, "sheet Simulation, as issued.", chart=chart)


def _axis(context: ViewContext, switching_value: SwitchingValue, values: tuple[float, ...]) -> Axis:
    share = _percent_sign(switching_value)
    name = moving_name(context, switching_value)
    label = name if share else f"{name}, {switching_value.unit}"
    stated = next(
        (
            place
            for place, value in enumerate(values)
            if abs(value - switching_value.value) <= 1e-9 * max(abs(switching_value.value), 1)
        ),
        None,
    )
    least = NEAR_ZERO * max(map(abs, values))
    words = ("near 0" if 0 < abs(value) < least else unit_value(context, value, share) for value in values)
    return Axis(label, tuple(words), stated)
