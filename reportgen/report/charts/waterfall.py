"""The waterfall chart: steps from a first to a last amount, with the multiple reached."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.money import Notation, money, signed_money
from reportgen.report.charts.drawing.palette import AXIS, FALL, MUTE, Colour
from reportgen.report.charts.drawing.scales import Linear, fit_scale
from reportgen.report.charts.drawing.svg import Svg
from reportgen.report.charts.drawing.typography import (
    NOTE,
    STRONG,
    TEXT,
    Style,
    StyledLines,
    lines_height,
    lines_width,
)
from reportgen.runtime.records import dataclass

TOP, BAR, PITCH = 18, 12, 17.5
LABELS = 0.3
"""Share of the width that the labels may take."""

SLATE = "#5B6B7A"
FALL_INK = "#1F6B5D"
NOT_QUANTIFIED = "not quantified"


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a `level` is an amount reached, a `change` is added to it and hatched where `uncertain`."""

    label: str
    amount: float | None
    """The level itself, or what the step adds; None: not quantified."""
    kind: Literal["level", "change", "uncertain"] = "change"
    multiple: float | None = None
    """The amount reached as a multiple of the first estimate; the column is omitted where no step has one."""
    reason: str = ""
    """Why a step is zero, shown beside its mark."""

    def words(self, notation: Notation) -> str:
        """Return the label: the level, or the change with its sign."""
        if self.amount is None:
            return NOT_QUANTIFIED
        if self.kind == "level":
            return money(self.amount, notation)
        return signed_money(self.amount, notation) if self.amount else self.reason or "no change"

    def style(self, rise: Colour) -> Style:
        """Return the text style: semibold for levels, the bar's colour for changes, a note for other text."""
        if self.kind == "level":
            return STRONG
        return TEXT.coloured(rise.text if self.amount > 0 else FALL_INK) if self.amount else NOTE


@dataclass(frozen=True, slots=True)
class Row:
    """A step with its label, the label of its bar, the amounts at the bar's ends, and its vertical position."""

    step: Step
    label: StyledLines
    words: StyledLines
    before: float
    after: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Return the y coordinate of the row's centre."""
        return self.top + self.height / 2


def waterfall(frame: Frame, steps: Sequence[Step], rise: Colour, multiple_head: str = "Multiple") -> str:
    """Draw a row per step from top to bottom; increases in `rise`, decreases in green, levels in slate."""
    svg = Svg(frame, "; ".join(f"{step.label}: {step.words(frame.notation)}" for step in steps))
    multiples = any(step.multiple is not None for step in steps)
    end = frame.width - (max(NOTE.width(multiple_head), 30) + 14 if multiples else 0)
    top = TOP if multiples else 4
    rows = _rows(frame, steps, rise, end, top)
    start = max(lines_width(row.label) for row in rows) + 12
    ends = [(max(row.before, row.after, 0.0), lines_width(row.words) + 8) for row in rows]
    scale = fit_scale(min(0.0, *(min(row.before, row.after) for row in rows)), ends, start, end)
    bottom = rows[-1].top + rows[-1].height
    if multiples:
        svg.text(frame.width, 10, multiple_head, NOTE, "end")
    svg.strokes([((scale(0), top), (scale(0), bottom))], AXIS, 1)
    links = ((scale(row.after), row.middle, below.middle) for row, below in pairwise(rows))
    svg.strokes((((x, y), (x, below)) for x, y, below in links), AXIS, 0.7)
    for row in rows:
        svg.block(0, row.middle, row.label)
    for row in rows:
        _draw_bar(svg, row, scale, rise)
    _draw_multiples(svg, rows)
    return svg.render(bottom + 3)


def _rows(frame: Frame, steps: Sequence[Step], rise: Colour, end: float, top: float) -> list[Row]:
    rows: list[Row] = []
    reached, room = 0.0, end - frame.width * LABELS
    for step in steps:
        label_style = STRONG if step.kind == "level" else TEXT
        label = tuple((line, label_style) for line in label_style.wrap(step.label, frame.width * LABELS - 12))
        style = step.style(rise)
        words = tuple((line, style) for line in style.wrap(step.words(frame.notation), room * 0.45))
        before = 0.0 if step.kind == "level" and step.amount is not None else reached
        reached = before + (step.amount or 0)
        height = max(PITCH * frame.stretch, lines_height(label) + 5, lines_height(words) + 5)
        rows.append(Row(step, label, words, before, reached, top, height))
        top += height
    return rows


def _draw_bar(svg: Svg, row: Row, scale: Linear, rise: Colour) -> None:
    left, right = sorted(map(scale, (row.before, row.after)))
    bar, amount = svg.frame.bar(BAR), row.step.amount or 0
    top = row.middle - bar / 2
    if row.step.kind == "level":
        svg.rect((left, right), (top, top + bar), SLATE)
    elif amount:
        fill = rise.fill if amount > 0 else FALL
        hatched = row.step.kind == "uncertain"
        across, down = (left, max(right, left + 1.2)), (top, top + bar)
        svg.rect(across, down, svg.hatch(fill) if hatched else fill, stroke=fill if hatched else "")
    else:
        svg.strokes([((left, top), (left, top + bar))], MUTE, 1.4)
    svg.block(right + 6, row.middle, row.words)


def _draw_multiples(svg: Svg, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.step.multiple is not None:
            style = STRONG if row.step.kind == "level" else TEXT.coloured(MUTE)
            svg.block(
                svg.frame.width,
                row.middle,
                ((svg.frame.notation.number(row.step.multiple, ".1f") + "\N{MULTIPLICATION SIGN}", style),),
                "end",
            )
