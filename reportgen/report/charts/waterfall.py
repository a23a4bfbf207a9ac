"""The waterfall: from a first figure to a last one, step by step, with the multiple reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.report.charts.frame import Frame
from reportgen.report.charts.money import money, signed_money
from reportgen.report.charts.palette import AXIS, FALL, INK, MUTE, RULE, Colour
from reportgen.report.charts.scales import Linear
from reportgen.report.charts.svg import Svg
from reportgen.report.charts.type import NOTE, STRONG, TEXT, Style

TOP, BAR, PITCH = 20, 15, 23
SLATE = "#5B6B7A"
FALL_INK = "#1F6B5D"
NOT_QUANTIFIED = "not quantified"


@dataclass(frozen=True, slots=True)
class Step:
    """One row: a `level` stands on zero and is the amount reached, a `change` is added to it, hatched where `uncertain`."""

    label: str
    amount: float | None
    """The level itself, or what the step adds; None: not quantified."""
    kind: Literal["level", "change", "uncertain"] = "change"
    multiple: float | None = None
    """The amount reached as a multiple of the first estimate; the column is left out where no step has one."""
    reason: str = ""
    """Why a step changes nothing, shown beside its thin mark."""

    def words(self, currency: str) -> str:
        """Say the level, or the change with its sign."""
        if self.amount is None:
            return NOT_QUANTIFIED
        if self.kind == "level":
            return money(self.amount, currency)
        return signed_money(self.amount, currency) if self.amount else self.reason or "no change"

    @property
    def style(self) -> Style:
        """Set levels strong, and what says nothing of money quiet."""
        return NOTE if not self.amount and self.kind != "level" else STRONG if self.kind == "level" else TEXT


def waterfall(frame: Frame, steps: Sequence[Step], rise: Colour, multiple_head: str = "Multiple") -> str:
    """Draw a row per step from top to bottom; increases in `rise`, decreases in green, levels in slate."""
    svg = Svg(frame, "; ".join(f"{step.label}: {step.words(frame.currency)}" for step in steps))
    spans = _spans(steps)
    has_multiple = any(step.multiple is not None for step in steps)
    end = frame.width - (max(NOTE.width(multiple_head), 30) + 14 if has_multiple else 0)
    labels = [_label_style(step).wrap(step.label, frame.width * 0.3) for step in steps]
    start = max(_label_style(step).width(line) for step, lines in zip(steps, labels, strict=True) for line in lines) + 12
    scale = _scale(frame, steps, spans, start, end)
    if has_multiple:
        svg.text(frame.width, 10, multiple_head, NOTE, "end")
    top = y = TOP if has_multiple else 4
    middles = []
    for step, lines in zip(steps, labels, strict=True):
        height = max(PITCH, len(lines) * TEXT.pitch + 5)
        middles.append(y + height / 2)
        svg.block(0, y + height / 2, tuple((line, _label_style(step)) for line in lines))
        y += height
    svg.line(scale(0), top, scale(0), y, AXIS, 1)
    _draw_links(svg, steps, spans, scale, middles)
    for step, span, middle in zip(steps, spans, middles, strict=True):
        _draw_step(svg, step, span, scale, middle, rise)
        if step.multiple is not None:
            style = STRONG if step.kind == "level" else TEXT.coloured(MUTE)
            svg.block(frame.width, middle, ((f"{step.multiple:.1f}×", style),), "end")
    return svg.render(y + 3)


def _label_style(step: Step) -> Style:
    return STRONG if step.kind == "level" else TEXT


def _spans(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Find from which amount to which each step goes."""
    spans, reached = [], 0.0
    for step in steps:
        before = 0.0 if step.kind == "level" else reached
        if step.amount is not None:
            reached = before + step.amount
        spans.append((before if step.amount is not None else reached, reached))
    return spans


def _scale(
    frame: Frame, steps: Sequence[Step], spans: Sequence[tuple[float, float]], start: float, end: float
) -> Linear:
    """Choose the scale that leaves room for the words behind every bar."""
    low = min(0.0, *(min(span) for span in spans))
    ends = [(max(*span, 0.0), step.style.width(step.words(frame.currency)) + 8) for step, span in zip(steps, spans, strict=True)]
    room = end - start
    per_pixel = max((value - low) / max(room - width, room * 0.15) for value, width in ends) or 1.0
    return Linear(low, low + per_pixel * room, start, end)


def _draw_links(
    svg: Svg, steps: Sequence[Step], spans: Sequence[tuple[float, float]], scale: Linear, middles: Sequence[float]
) -> None:
    """Link the end of each step to the start of the next."""
    for i in range(len(steps) - 1):
        x = scale(spans[i][1])
        svg.line(x, middles[i], x, middles[i + 1], AXIS, 0.7)


def _draw_step(
    svg: Svg, step: Step, span: tuple[float, float], scale: Linear, middle: float, rise: Colour
) -> None:
    left, right = sorted(map(scale, span))
    if not step.amount and step.kind != "level":
        svg.line(left, middle - BAR / 2, left, middle + BAR / 2, MUTE, 1.4)
    elif step.kind == "level":
        svg.rect(left, middle - BAR / 2, right - left, BAR, SLATE)
    else:
        fill = rise.fill if (step.amount or 0) > 0 else FALL
        hatched = step.kind == "uncertain"
        width = max(right - left, 1.2)
        svg.rect(left, middle - BAR / 2, width, BAR, svg.hatch(fill) if hatched else fill, fill if hatched else "")
    ink = step.style.fill
    if step.kind != "level" and step.amount:
        ink = rise.text if step.amount > 0 else FALL_INK
    svg.block(right + 6, middle, ((step.words(svg.frame.currency), step.style.coloured(ink)),))
