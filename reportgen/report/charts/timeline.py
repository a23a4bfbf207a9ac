"""The deployment timeline: phases as bars, milestones as diamonds, possible slippage hatched."""

import math
from collections.abc import Sequence

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import Colour
from reportgen.report.charts.drawing.scales import Linear
from reportgen.report.charts.drawing.svg import Anchor, Svg
from reportgen.report.charts.drawing.typography import (
    NAME,
    NOTE,
    STRONG,
    TEXT,
    Style,
    StyledLines,
    lines_height,
    lines_width,
)
from reportgen.runtime.records import dataclass

TOP, BAR, DIAMOND, TICKS = 26, 11, 5.5, 10
ROW, GAP, COMPACT_ROW, COMPACT_GAP, MANY = 16, 10, 15, 8, 30
"""Row height and distance between options, normal and compact, and the number of rows above which it is compact."""

MOST_STEPS = 4
"""How many steps the axis may get longer, so that labels have room."""
LEAST = 0.9
"""The least that rows may shrink to, so that their labels stay apart."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase from week to week (from the start), hatched where it is a possible delay."""

    label: str
    start: float
    end: float
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point in time, in weeks from the start."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Deployment:
    """The deployment of one option, phases in order."""

    name: str
    colour: Colour
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...] = ()

    @property
    def rows(self) -> tuple[Phase | Milestone, ...]:
        """List phases and milestones by their end, a milestone after the phase that ends with it."""
        entries: list[Phase | Milestone] = [*self.phases, *self.milestones]
        return tuple(sorted(entries, key=lambda entry: entry.end if isinstance(entry, Phase) else entry.at))


@dataclass(frozen=True, slots=True)
class Row:
    """A phase or milestone with its label, positioned at x with an anchor."""

    entry: Phase | Milestone
    words: StyledLines
    x: float
    anchor: Anchor
    height: float


def timeline(
    frame: Frame,
    deployments: Sequence[Deployment],
    unit: str = "Weeks from approval",
    *,
    every: Sequence[Deployment] = (),
) -> str:
    """Draw a block per option, a row per phase or milestone, with the label beside it.

    `every` are all deployments where these are some of them: the scale and the width of names are then theirs.
    """
    svg = Svg(frame, "; ".join(map(_sentence, deployments)))
    names = [_name(deployment, frame.width * 0.24) for deployment in deployments]
    every_name = [_name(deployment, frame.width * 0.24) for deployment in every or deployments]
    left = max(NOTE.width(unit) + 14, *(lines_width(name) + 14 for name in every_name))
    step, weeks = _weeks(every or deployments)
    many = sum(len(deployment.rows) for deployment in deployments) > MANY
    row, gap = (COMPACT_ROW, COMPACT_GAP) if many else (ROW * max(frame.stretch, LEAST), GAP)
    scale = _scale(every or deployments, step, weeks, (left, frame.width - 12))
    blocks = [[_row(entry, scale, row) for entry in deployment.rows] for deployment in deployments]
    heights = [
        max(sum(one.height for one in rows), lines_height(name)) + gap
        for rows, name in zip(blocks, names, strict=True)
    ]
    bottom = TOP + sum(heights) - gap / 2
    _draw_weeks(svg, scale, step, unit, bottom)
    y = float(TOP)
    for deployment, name, rows, height in zip(deployments, names, blocks, heights, strict=True):
        if y > TOP:
            svg.strokes([((0, y - gap / 2), (frame.width, y - gap / 2))])
        svg.block(0, y + max(lines_height(name), row) / 2, name)
        _draw_rows(svg, rows, deployment.colour, scale, y)
        y += height
    return svg.render(bottom + 2)


def _weeks(deployments: Sequence[Deployment]) -> tuple[int, float]:
    """Return the distance between ticks and the last tick, in weeks."""
    ends = [phase.end for deployment in deployments for phase in deployment.phases]
    last = max(
        [1.0, *ends, *(milestone.at for deployment in deployments for milestone in deployment.milestones)]
    )
    step = next((n for n in (1, 2, 4, 8, 13, 26, 52) if last / n <= TICKS), 104)
    return step, math.ceil(last / step) * step


def _scale(deployments: Sequence[Deployment], step: int, weeks: float, ends: tuple[float, float]) -> Linear:
    """Return the axis of weeks, longer by some steps where a label would have no room beside its bar."""
    longer = (Linear(0, weeks + more * step, *ends) for more in range(MOST_STEPS))
    entries = [entry for deployment in deployments for entry in deployment.rows]
    return next(
        (one for one in longer if all(_beside(entry, one)[1] for entry in entries)), Linear(0, weeks, *ends)
    )


def _sentence(deployment: Deployment) -> str:
    phases = (f"{phase.label} weeks {phase.start:g} to {phase.end:g}" for phase in deployment.phases)
    moments = (f"{milestone.label} week {milestone.at:g}" for milestone in deployment.milestones)
    return f"{deployment.name}: " + ", ".join((*phases, *moments))


def _name(deployment: Deployment, room: float) -> StyledLines:
    style = NAME.coloured(deployment.colour.text)
    return tuple((line, style) for line in style.wrap(deployment.name, room))


def _draw_weeks(svg: Svg, scale: Linear, step: float, unit: str, bottom: float) -> None:
    svg.text(0, TOP - 12, unit, NOTE)
    ticks = [n * step for n in range(round(scale.high / step) + 1)]
    svg.strokes(((scale(tick), TOP - 6), (scale(tick), bottom)) for tick in ticks)
    for tick in ticks:
        svg.text(scale(tick), TOP - 12, f"{tick:g}", NOTE, "middle")


def _row(entry: Phase | Milestone, scale: Linear, least: float) -> Row:
    """Position the label right of the bar, left where it fits only there, else wrapped on the wider side."""
    style, (start, end) = _around(entry, scale)
    rooms, fits = _beside(entry, scale)
    anchor = fits[0] if fits else max(rooms, key=lambda one: rooms[one])
    words = tuple((line, style) for line in style.wrap(entry.label, rooms[anchor]))
    height = max(least, lines_height(words) + 2)
    return Row(entry, words, end if anchor == "start" else start, anchor, height)


def _around(entry: Phase | Milestone, scale: Linear) -> tuple[Style, tuple[float, float]]:
    """Return the style of a label, and where it may end left of its bar and begin right of it."""
    if isinstance(entry, Milestone):
        return STRONG, (scale(entry.at) - DIAMOND - 3, scale(entry.at) + DIAMOND + 3)
    return TEXT, (scale(entry.start) - 6, scale(entry.end) + 6)


def _beside(entry: Phase | Milestone, scale: Linear) -> tuple[dict[Anchor, float], list[Anchor]]:
    """Return the room on both sides of a bar, and the sides on which its label fits."""
    style, (start, end) = _around(entry, scale)
    rooms: dict[Anchor, float] = {"start": scale.end + 12 - end, "end": start - scale.start}
    return rooms, [anchor for anchor, room in rooms.items() if style.width(entry.label) <= room]


def _draw_rows(svg: Svg, rows: Sequence[Row], colour: Colour, scale: Linear, y: float) -> None:
    for row in rows:
        middle = y + row.height / 2
        svg.clear_background(row.x, middle, row.words, row.anchor)
        svg.block(row.x, middle, row.words, row.anchor)
        match row.entry:
            case Milestone(at=at):
                svg.diamond((scale(at), middle), DIAMOND)
            case Phase(start=start, end=end, uncertain=uncertain):
                fill, border = (svg.hatch(colour.fill), colour.fill) if uncertain else (colour.fill, "")
                down = middle - BAR / 2, middle + BAR / 2
                svg.rect((scale(start), max(scale(end), scale(start) + 1)), down, fill, stroke=border)
        y += row.height
