"""The few sizes and weights of text that the charts use."""

from dataclasses import dataclass, replace

from reportgen.report.charts.drawing import text_metrics as metrics
from reportgen.report.charts.drawing.palette import INK, MUTE

LEADING = 1.2
"""Line pitch as a multiple of the size."""

ASCENT, DESCENT = 0.74, 0.21
"""How far letters of Source Sans 3 reach above and below their base line, as a multiple of the size."""

BASE_LINE = ASCENT + (LEADING - ASCENT - DESCENT) / 2
"""How far below the top of its line the letters stand, as a multiple of the size."""


@dataclass(frozen=True, slots=True)
class Style:
    """A size in pixels, a face and a colour."""

    size: float
    face: metrics.Face = "regular"
    fill: str = INK

    @property
    def pitch(self) -> float:
        """Space from line to line."""
        return self.size * LEADING

    def width(self, words: str) -> float:
        """Measure a line."""
        return metrics.text_width(words, self.size, self.face)

    def wrap(self, words: str, width: float) -> tuple[str, ...]:
        """Break into lines of at most `width`, as even as they can be."""
        return metrics.balance(words, width, self.size, self.face)

    def coloured(self, fill: str) -> "Style":
        """Take another colour."""
        return replace(self, fill=fill)


TITLE = Style(11, "semibold")
NAME = Style(11, "semibold")
TOTAL = Style(12, "semibold")
TEXT = Style(10.5)
STRONG = Style(10.5, "semibold")
NOTE = Style(10, "regular", MUTE)
"""The smallest: 10 pixels are 7.5 points."""

StyledLines = tuple[tuple[str, Style], ...]
"""Lines of text below each other, each in its style."""


def lines_width(words: StyledLines) -> float:
    """Measure the longest line."""
    return max((style.width(line) for line, style in words), default=0.0)


def lines_height(words: StyledLines) -> float:
    """Measure the lines below each other."""
    return sum(style.pitch for _, style in words)
