"""Where the recommendation flips: one assumption at a time, and two at once."""

from markupsafe import Markup

from reportgen.casing import first_lower
from reportgen.model.results import Flip, TwoWay
from reportgen.report.charts.grid import Axis, winners_grid
from reportgen.report.parts import Cell, Exhibit, Row, Table, Words, texts
from reportgen.report.views.context import Desk
from reportgen.report.views.decision.nearest_switching import turnings
from reportgen.report.views.decision.single_changes import unit_value
from reportgen.report.wording import some

MOST = 8


def values(desk: Desk) -> Exhibit:
    """List the switching values of the assumptions that matter most."""
    rows = [_row(desk, one.flip) for one in turnings(desk)][:MOST]
    still = [flip for flip in desk.results.flips if not _turns(flip)]
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
    return desk.exhibit("switching", _title(desk), subtitle, note, table=table)


def _turns(flip: Flip) -> bool:
    return flip.below is not None or flip.above is not None


def _title(desk: Desk) -> str:
    inside = [first_lower(flip.label) for flip in desk.results.flips if flip.within]
    if inside:
        return f"The advice flips within the stated range of {some(inside, 3, 'assumptions')}"
    if any(_turns(flip) for flip in desk.results.flips):
        return "The advice flips only outside the stated ranges"
    return "No value of any one assumption tested flips the advice"


def _row(desk: Desk, flip: Flip) -> Row:
    share = "%" if flip.unit.startswith("%") else ""
    span: Words = "none stated"
    if flip.low is not None and flip.high is not None:
        span = f"{unit_value(desk, flip.low, share)} to {unit_value(desk, flip.high, share)}"
    label = flip.label if share else f"{flip.label}, {flip.unit}"
    sides = [_side(desk, flip.below, flip.below_to, share), _side(desk, flip.above, flip.above_to, share)]
    return Row(
        label,
        (Cell(unit_value(desk, flip.value, share)), Cell(span), *texts(sides)),
        "chosen" if flip.within else "",
    )


def _side(desk: Desk, value: float | None, to: str | None, share: str) -> Words:
    if value is None or to is None:
        return "no flip"
    return Markup("<strong>{}</strong>: {}").format(
        unit_value(desk, value, share), desk.results.option(to).short_name
    )


def two_way(desk: Desk, grid: TwoWay) -> Exhibit:
    """Show who is recommended over a grid of the two assumptions that matter most."""
    options = {o.key: (o.short_name, desk.colours[o.key]) for o in desk.options}
    flat = [key for line in grid.recommended for key in line]
    held = sum(key == desk.results.recommended for key in flat)
    title = f"The advice holds in {held} of {len(flat)} combinations of the two assumptions that matter most"
    if held == len(flat):
        title = "The advice holds whichever values the two assumptions that matter most take together"
    down, across = _axis(desk, grid.row, grid.rows), _axis(desk, grid.column, grid.columns)
    chart = winners_grid(desk.frame("two-way", title), down, across, grid.recommended, options)
    subtitle = f"Lowest full economic cost, by {first_lower(grid.row.label)} (down) and {first_lower(grid.column.label)} (across); framed: as stated"
    return desk.exhibit("two-way", title, subtitle, "sheet Simulation, as issued.", chart=chart)


def _axis(desk: Desk, flip: Flip, values: tuple[float, ...]) -> Axis:
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
    return Axis(label, tuple(unit_value(desk, value, share) for value in values), stated)
