"""Where the recommendation flips: one assumption at a time, and two at once."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.report.charts.grid import Axis, winners_grid
from reportgen.report.parts import Cell, Exhibit, Row, Table, Words, texts
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.nearest_switching import nearest_switching_values
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import some
from reportgen.results.uncertainty import SwitchingValue, TwoWay

MOST = 8


def values(context: ViewContext) -> Exhibit:
    """List the switching values of the assumptions that matter most."""
    rows = [_row(context, one.flip) for one in nearest_switching_values(context)][:MOST]
    still = [flip for flip in context.results.switching_values if not _turns(flip)]
    if not rows:
        rows = [
            Row("None of the assumptions tested", texts(["", "", "no switching value", "no switching value"]))
        ]
    heads = (
        Cell("Stated"),
        Cell("Range"),
        Cell("Flips below", number=False),
        Cell("Flips above", number=False),
    )
    table = Table("Assumption", heads, tuple(rows), wide=True, widths=(34, 8, 14, 22, 22))
    note = "sheet Simulation, as issued."
    if still:
        note += f" No value flips the advice, alone, for {some([first_lower(flip.label) for flip in still], 5, 'assumptions')}."
    subtitle = "Value of one assumption, alone, at which another option gets the lowest full economic cost, discounted, with risks"
    return context.exhibit("switching", _title(context), subtitle, note, table=table)


def _turns(flip: SwitchingValue) -> bool:
    return flip.below is not None or flip.above is not None


def _title(context: ViewContext) -> str:
    inside = [first_lower(flip.label) for flip in context.results.switching_values if flip.within]
    if inside:
        return f"The advice flips within the stated range of {some(inside, 3, 'assumptions')}"
    if any(_turns(flip) for flip in context.results.switching_values):
        return "The advice flips only outside the stated ranges"
    return "No value of any one assumption tested flips the advice"


def _row(context: ViewContext, flip: SwitchingValue) -> Row:
    share = "%" if flip.unit.startswith("%") else ""
    span: Words = "none stated"
    if flip.low is not None and flip.high is not None:
        span = f"{unit_value(context, flip.low, share)} to {unit_value(context, flip.high, share)}"
    label = flip.label if share else f"{flip.label}, {flip.unit}"
    sides = [
        _side(context, flip.below, flip.below_to, share),
        _side(context, flip.above, flip.above_to, share),
    ]
    return Row(
        label,
        (Cell(unit_value(context, flip.value, share)), Cell(span), *texts(sides)),
        "chosen" if flip.within else "",
    )


def _side(context: ViewContext, value: float | None, to: str | None, share: str) -> Words:
    if value is None or to is None:
        return "no flip"
    return Markup("<strong>{}</strong>: {}").format(
        unit_value(context, value, share), context.results.option(to).short_name
    )


def two_way(context: ViewContext, grid: TwoWay) -> Exhibit:
    """Show who is recommended over a grid of the two assumptions that matter most."""
    options = {o.key: (o.short_name, context.colours[o.key]) for o in context.options}
    flat = [key for line in grid.recommended for key in line]
    held = sum(key == context.results.recommended for key in flat)
    title = f"The advice holds in {held} of {len(flat)} combinations of the two assumptions that matter most"
    if held == len(flat):
        title = "The advice holds whichever values the two assumptions that matter most take together"
    down, across = _axis(context, grid.row, grid.rows), _axis(context, grid.column, grid.columns)
    chart = winners_grid(context.frame("two-way", title), down, across, grid.recommended, options)
    subtitle = f"Lowest full economic cost, by {first_lower(grid.row.label)} (down) and {first_lower(grid.column.label)} (across); framed: as stated"
    return context.exhibit("two-way", title, subtitle, "sheet Simulation, as issued.", chart=chart)


def _axis(context: ViewContext, flip: SwitchingValue, values: tuple[float, ...]) -> Axis:
    share = "%" if flip.unit.startswith("%") else ""
    label = flip.label if share else f"{flip.label}, {flip.unit}"
    stated = next(
        (
            place
            for place, value in enumerate(values)
            if abs(value - flip.value) <= 1e-9 * max(abs(flip.value), 1)
        ),
        None,
    )
    return Axis(label, tuple(unit_value(context, value, share) for value in values), stated)
