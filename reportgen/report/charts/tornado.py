"""The tornado chart: the measure at each assumption's low and high, and the switching value."""

import math
from collections.abc import Sequence

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.labels import spread
from reportgen.report.charts.drawing.money import Notation, money
from reportgen.report.charts.drawing.palette import INK, Colour, tint
from reportgen.report.charts.drawing.scales import Linear
from reportgen.report.charts.drawing.svg import Svg
from reportgen.report.charts.drawing.typography import NOTE, STRONG, TEXT, Style
from reportgen.runtime.records import dataclass

TOP, FOOT, BAR, PITCH, MANY = 22, 20, 15, 24, 16
WARN, WARN_INK = "#FBEDE6", "#A63F17"


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One assumption: the measure at its low and at its high, and both values as text."""

    label: str
    low_words: str
    high_words: str
    low: float
    high: float

    def swing(self, base: float) -> float:
        """Return the width of the bar, the base included."""
        return max(self.low, self.high, base) - min(self.low, self.high, base)

    def ends(self, base: float) -> tuple[str, str]:
        """Return the labels left and right of the base, both on one side where both ends are there."""
        near, far = sorted(
            ((self.low, self.low_words), (self.high, self.high_words)), key=lambda end: abs(end[0] - base)
        )
        if near[0] > base and far[0] > base:
            return "", f"{near[1]} · {far[1]}"
        if near[0] < base and far[0] < base:
            return f"{far[1]} · {near[1]}", ""
        return (
            (self.low_words, self.high_words) if self.low <= self.high else (self.high_words, self.low_words)
        )


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """The value of the measure at which the recommendation changes, and the labels on either side of it."""

    value: float
    below: str
    above: str
    changes_below: bool = True
    """Whether another option is recommended below the value (True) or above it; that side is shaded."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The geometry of the chart: the scale, the edges of the shaded area, the rows and their labels."""

    scale: Linear
    base: float
    left: float
    right: float
    pitch: float
    bar: float
    labels: tuple[tuple[str, ...], ...]
    line: float | None
    """The x coordinate of the switching value, where it is drawn."""

    def clear_of_line(self, x: float, width: float) -> float:
        """Return x moved so that text of this width (leftwards where negative) does not cross the switching line."""
        if self.line is None or not min(x, x + width) - 3 < self.line < max(x, x + width) + 3:
            return x
        moved = self.line + math.copysign(4, width)
        return moved if self.left <= moved + width <= self.right else x

    def rows(self) -> tuple[tuple[float, float], ...]:
        """List top and height of each row; a label of several lines makes its row higher."""
        heights = [max(self.pitch, len(lines) * TEXT.pitch + 5) for lines in self.labels]
        return tuple((TOP + sum(heights[:i]), height) for i, height in enumerate(heights))


def tornado(
    frame: Frame,
    base: float,
    bars: Sequence[TornadoBar],
    colour: Colour,
    switching: SwitchingValue | None = None,
) -> str:
    """Draw the bars around the base, the widest swing first; light is the low end, solid the high end."""
    ordered = sorted(bars, key=lambda bar: -bar.swing(base))
    ends = [base, *(bar.low for bar in bars), *(bar.high for bar in bars)]
    span = min(ends), max(ends)
    svg = Svg(frame, "; ".join(_sentence(bar, frame.notation) for bar in ordered))
    drawn = switching if switching and _fits_scale(switching.value, *span) else None
    layout = _lay_out(frame, base, ordered, span, drawn.value if drawn else None)
    rows = layout.rows()
    bottom = sum(rows[-1], start=2.0)
    if drawn:
        _draw_switching_value(svg, layout, drawn, bottom)
    for bar, lines, (top, height) in zip(ordered, layout.labels, rows, strict=True):
        svg.block(0, top + height / 2, tuple((line, TEXT) for line in lines))
        _draw_bar(svg, layout, bar, top + height / 2, colour)
    svg.strokes([((layout.scale(base), TOP - 3), (layout.scale(base), bottom))], INK, 1)
    if switching and not drawn:
        words = f"The advice changes at {money(switching.value, frame.notation)}, beyond this scale."
        svg.text(0, bottom + 28, words, NOTE)
    _draw_axis_values(svg, layout, drawn, bottom + 13)
    return svg.render(bottom + FOOT + (15 if switching and not drawn else 0))


def _sentence(bar: TornadoBar, notation: Notation) -> str:
    low, high = money(bar.low, notation), money(bar.high, notation)
    return f"{bar.label}: {low} at {bar.low_words}, {high} at {bar.high_words}"


def _fits_scale(value: float, low: float, high: float) -> bool:
    """Return whether the bars keep at least a third of the scale when it is extended to a value."""
    return max(high, value) - min(low, value) <= 3 * (high - low)


def _lay_out(
    frame: Frame, base: float, bars: Sequence[TornadoBar], span: tuple[float, float], switching: float | None
) -> Layout:
    many = len(bars) > MANY
    labels = tuple(TEXT.wrap(bar.label, frame.width * (0.42 if many else 0.3)) for bar in bars)
    ends = [bar.ends(base) for bar in bars]
    left = max((TEXT.width(line) for lines in labels for line in lines), default=0) + 12
    start = left + max((NOTE.width(words) for words, _ in ends), default=0) + 7
    end = frame.width - max((NOTE.width(words) for _, words in ends), default=0) - 7
    values = span if switching is None else (*span, switching)
    scale = Linear(min(values), max(values), start, end)
    pitch, bar = (20, 12) if many else (PITCH * frame.stretch, frame.bar(BAR))
    return Layout(
        scale, base, left, frame.width, pitch, bar, labels, None if switching is None else scale(switching)
    )


def _draw_switching_value(svg: Svg, layout: Layout, switching: SwitchingValue, bottom: float) -> None:
    x = layout.scale(switching.value)
    edge = layout.left if switching.changes_below else layout.right
    svg.rect((x, edge), (TOP - 3, bottom), WARN)
    svg.strokes([((x, TOP - 3), (x, bottom))], WARN_INK, 1.1)
    winner, loser = STRONG, STRONG.coloured(WARN_INK)
    below, above = (loser, winner) if switching.changes_below else (winner, loser)
    _draw_row(
        svg,
        TOP - 9,
        [(x - 5 - below.width(switching.below), switching.below, below), (x + 5, switching.above, above)],
    )


def _draw_axis_values(svg: Svg, layout: Layout, switching: SwitchingValue | None, y: float) -> None:
    marks = [(layout.base, f"Base case {money(layout.base, svg.frame.notation)}", STRONG)]
    if switching:
        marks.append((switching.value, money(switching.value, svg.frame.notation), STRONG.coloured(WARN_INK)))
    entries = [(layout.scale(value) - style.width(words) / 2, words, style) for value, words, style in marks]
    _draw_row(svg, y, entries)


def _draw_row(svg: Svg, y: float, entries: Sequence[tuple[float, str, Style]]) -> None:
    """Write texts on one line, each as near to its x coordinate as the others and the canvas allow."""
    widths = [style.width(words) + 10 for _, words, style in entries]
    centres = spread(
        [x + width / 2 - 5 for (x, _, _), width in zip(entries, widths, strict=True)],
        widths,
        -5,
        svg.frame.width + 5,
    )
    for centre, (_, words, style) in zip(centres, entries, strict=True):
        svg.text(centre, y, words, style, "middle")


def _draw_bar(svg: Svg, layout: Layout, bar: TornadoBar, middle: float, colour: Colour) -> None:
    scale, base = layout.scale, layout.base
    ends = ((bar.low, tint(colour.fill, 0.45)), (bar.high, colour.fill))
    for value, fill in sorted(ends, key=lambda end: -abs(end[0] - base)):
        svg.rect((scale(base), scale(value)), (middle - layout.bar / 2, middle + layout.bar / 2), fill)
    left, right = bar.ends(base)
    y = middle + NOTE.size * 0.35
    if left:
        x = scale(min(bar.low, bar.high, base)) - 5
        svg.text(layout.clear_of_line(x, -NOTE.width(left)), y, left, NOTE, "end")
    if right:
        x = scale(max(bar.low, bar.high, base)) + 5
        svg.text(layout.clear_of_line(x, NOTE.width(right)), y, right, NOTE)
