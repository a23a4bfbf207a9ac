"""The deployment timeline: phases as bars, milestones as diamonds, possible slippage hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.report.charts.frame import Frame
from reportgen.report.charts.palette import RULE, Colour, tint
from reportgen.report.charts.scales import Linear
from reportgen.report.charts.svg import Svg
from reportgen.report.charts.type import NAME, NOTE, STRONG, TEXT, Words, words_height, words_width

TOP, ROW, BAR, GAP = 26, 19, 12, 13


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of work from week to week (from the start), hatched where it is a risk and not a plan."""

    label: str
    start: float
    end: float
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """A moment, in weeks from the start."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Deployment:
    """One option's way to production, phases in order."""

    name: str
    colour: Colour
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...] = ()

    @property
    def rows(self) -> tuple[Phase | Milestone, ...]:
        """List phases and milestones by when they end, a milestone behind the phase that leads to it."""
        entries: list[Phase | Milestone] = [*self.phases, *self.milestones]
        return tuple(sorted(entries, key=lambda entry: entry.end if isinstance(entry, Phase) else entry.at))


def timeline(frame: Frame, deployments: Sequence[Deployment], unit: str = "Weeks from approval") -> str:
    """Draw a block per option, a row per phase or milestone, with the label beside it."""
    svg = Svg(frame, "; ".join(map(_sentence, deployments)))
    names = [_name(deployment, frame.width * 0.24) for deployment in deployments]
    left = max(NOTE.width(unit) + 14, *(words_width(name) + 14 for name in names))
    weeks = max([1.0, *(phase.end for d in deployments for phase in d.phases), *(m.at for d in deployments for m in d.milestones)])
    step = next((n for n in (1, 2, 4, 8, 13, 26, 52) if weeks / n <= 10), 104)
    scale = Linear(0, -(-weeks // step) * step, left, frame.width - 12)
    heights = [max(len(d.rows) * ROW, words_height(name)) + GAP for d, name in zip(deployments, names, strict=True)]
    bottom = TOP + sum(heights) - GAP / 2
    _draw_weeks(svg, scale, step, unit, bottom)
    y = float(TOP)
    for deployment, name, height in zip(deployments, names, heights, strict=True):
        if y > TOP:
            svg.line(0, y - GAP / 2, frame.width, y - GAP / 2, RULE, 0.6)
        svg.block(0, y + max(words_height(name), ROW) / 2, name)
        for n, entry in enumerate(deployment.rows):
            _draw_row(svg, entry, deployment.colour, scale, y + (n + 0.5) * ROW)
        y += height
    return svg.render(bottom + 2)


def _sentence(deployment: Deployment) -> str:
    phases = (f"{phase.label} weeks {phase.start:g} to {phase.end:g}" for phase in deployment.phases)
    moments = (f"{milestone.label} week {milestone.at:g}" for milestone in deployment.milestones)
    return f"{deployment.name}: " + ", ".join((*phases, *moments))


def _name(deployment: Deployment, room: float) -> Words:
    style = NAME.coloured(deployment.colour.text)
    return tuple((line, style) for line in style.wrap(deployment.name, room))


def _draw_weeks(svg: Svg, scale: Linear, step: float, unit: str, bottom: float) -> None:
    svg.text(0, TOP - 12, unit, NOTE)
    for n in range(round(scale.high / step) + 1):
        x = scale(n * step)
        svg.line(x, TOP - 6, x, bottom, RULE, 0.6)
        svg.text(x, TOP - 12, f"{n * step:g}", NOTE, "middle")


def _draw_row(svg: Svg, entry: Phase | Milestone, colour: Colour, scale: Linear, middle: float) -> None:
    if isinstance(entry, Milestone):
        svg.diamond(scale(entry.at), middle, 6)
        _draw_label(svg, entry.label, STRONG, scale(entry.at) - 8, scale(entry.at) + 8, middle)
        return
    start, end = scale(entry.start), scale(entry.end)
    if entry.uncertain:
        svg.rect(start, middle - BAR / 2, end - start, BAR, svg.hatch(colour.fill), colour.fill)
    else:
        svg.rect(start, middle - BAR / 2, max(end - start, 1), BAR, colour.fill)
    _draw_label(svg, entry.label, TEXT, start, end, middle)
