"""The tornado: how far each assumption, at its low and at its high, moves the measure, and where the advice flips."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.report.charts.frame import Frame
from reportgen.report.charts.labels import spread
from reportgen.report.charts.money import money
from reportgen.report.charts.palette import INK, Colour, tint
from reportgen.report.charts.scales import Linear
from reportgen.report.charts.svg import Svg
from reportgen.report.charts.type import NOTE, STRONG, TEXT, Style

TOP, FOOT, BAR, PITCH = 22, 20, 15, 24
WARN, WARN_INK = "#FBEDE6", "#A63F17"


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One assumption: the measure at its low and at its high, and those two values of the assumption in words."""

    label: str
    low_words: str
    high_words: str
    low: float
    high: float

    def swing(self, base: float) -> float:
        """Find how far apart the ends, or an end and the base, are."""
        return max(self.low, self.high, base) - min(self.low, self.high, base)

    def ends(self, base: float) -> tuple[str, str]:
        """Say the assumption's values left and right of the base; where both move it one way, the outer one is outside."""
        near, far = sorted(((self.low, self.low_words), (self.high, self.high_words)), key=lambda end: abs(end[0] - base))
        if near[0] > base and far[0] > base:
            return "", f"{near[1]} · {far[1]}"
        if near[0] < base and far[0] < base:
            return f"{far[1]} · {near[1]}", ""
        return (self.low_words, self.high_words) if self.low <= self.high else (self.high_words, self.low_words)


@dataclass(frozen=True, slots=True)
class Flip:
    """The value of the measure beyond which the advice flips, and who wins on either side of it."""

    value: float
    below: str
    above: str
    flips_below: bool = True
    """Whether the shaded side, where another option wins, is the one below the value."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the tornado stands: the scale, the row of each bar, the lines of its label, and the shaded side's edges."""

    scale: Linear
    left: float
    right: float
    pitch: float
    bar: float
    labels: tuple[tuple[str, ...], ...]

    def rows(self) -> tuple[tuple[float, float], ...]:
        """List top and height of each row; a label of several lines makes its row higher."""
        heights = [max(self.pitch, len(lines) * TEXT.pitch + 5) for lines in self.labels]
        return tuple((TOP + sum(heights[:i]), height) for i, height in enumerate(heights))


def tornado(frame: Frame, base: float, bars: Sequence[TornadoBar], colour: Colour, flip: Flip | None = None) -> str:
    """Draw the bars around the base, the widest swing first; light is the low end of the assumption, solid the high end."""
    ordered = sorted(bars, key=lambda bar: -bar.swing(base))
    span = (min([base, *(min(bar.low, bar.high) for bar in bars)]), max([base, *(max(bar.low, bar.high) for bar in bars)]))
    svg = Svg(frame, "; ".join(_sentence(bar, frame.currency) for bar in ordered))
    near = flip if flip and _in_reach(flip.value, *span) else None
    layout = _lay_out(frame, base, ordered, (*span, near.value) if near else span)
    rows = layout.rows()
    bottom = sum(rows[-1]) + 2 if rows else TOP
    if near:
        _draw_flip(svg, layout, near, bottom)
    for bar, lines, (top, height) in zip(ordered, layout.labels, rows, strict=True):
        svg.block(0, top + height / 2, tuple((line, TEXT) for line in lines))
        _draw_bar(svg, layout, bar, base, top + height / 2, colour)
    svg.line(layout.scale(base), TOP - 3, layout.scale(base), bottom, INK, 1)
    feet = [(layout.scale(base), f"Base case {money(base, frame.currency)}", STRONG)]
    if near:
        feet.append((layout.scale(near.value), money(near.value, frame.currency), STRONG.coloured(WARN_INK)))
    _draw_row(svg, bottom + 13, [(x - style.width(words) / 2, words, style) for x, words, style in feet])
    if flip and not near:
        svg.text(0, bottom + 28, f"The advice flips at {money(flip.value, frame.currency)}, beyond this scale.", NOTE)
        bottom += 15
    return svg.render(bottom + FOOT)


def _sentence(bar: TornadoBar, currency: str) -> str:
    low, high = money(bar.low, currency), money(bar.high, currency)
    return f"{bar.label}: {low} at {bar.low_words}, {high} at {bar.high_words}"


def _in_reach(value: float, low: float, high: float) -> bool:
    """Say whether the scale can take in a value without squeezing the bars to less than a third of it."""
    return max(high, value) - min(low, value) <= 3 * (high - low)


def _lay_out(frame: Frame, base: float, bars: Sequence[TornadoBar], values: Sequence[float]) -> Layout:
    labels = tuple(TEXT.wrap(bar.label, frame.width * 0.3) for bar in bars)
    ends = [bar.ends(base) for bar in bars]
    left = max((TEXT.width(line) for lines in labels for line in lines), default=0) + 12
    start = left + max((NOTE.width(words) for words, _ in ends), default=0) + 7
    end = frame.width - max((NOTE.width(words) for _, words in ends), default=0) - 7
    many = len(bars) > 16
    scale = Linear(min(values), max(values), start, end)
    return Layout(scale, left, frame.width, 20 if many else PITCH, 12 if many else BAR, labels)


def _draw_flip(svg: Svg, layout: Layout, flip: Flip, bottom: float) -> None:
    x = layout.scale(flip.value)
    edge = layout.left if flip.flips_below else layout.right
    svg.rect(x, TOP - 3, edge - x, bottom - TOP + 3, WARN)
    svg.line(x, TOP - 3, x, bottom, WARN_INK, 1.1)
    winner, loser = STRONG, STRONG.coloured(WARN_INK)
    below, above = (loser, winner) if flip.flips_below else (winner, loser)
    _draw_row(svg, TOP - 9, [(x - 5 - below.width(flip.below), flip.below, below), (x + 5, flip.above, above)])


def _draw_row(svg: Svg, y: float, entries: Sequence[tuple[float, str, Style]]) -> None:
    """Set words on one line, each as near to its left edge as the others and the canvas allow."""
    widths = [style.width(words) + 10 for _, words, style in entries]
    centres = spread([x + width / 2 - 5 for (x, _, _), width in zip(entries, widths, strict=True)], widths, -5, svg.frame.width + 5)
    for centre, (_, words, style) in zip(centres, entries, strict=True):
        svg.text(centre, y, words, style, "middle")


def _draw_bar(svg: Svg, layout: Layout, bar: TornadoBar, base: float, middle: float, colour: Colour) -> None:
    scale, at_base = layout.scale, layout.scale(base)
    ends = ((bar.low, tint(colour.fill, 0.45)), (bar.high, colour.fill))
    for value, fill in sorted(ends, key=lambda end: -abs(end[0] - base)):
        svg.rect(at_base, middle - layout.bar / 2, scale(value) - at_base, layout.bar, fill)
    left, right = bar.ends(base)
    y = middle + NOTE.size * 0.35
    if left:
        svg.text(scale(min(bar.low, bar.high, base)) - 5, y, left, NOTE, "end")
    if right:
        svg.text(scale(max(bar.low, bar.high, base)) + 5, y, right, NOTE)
