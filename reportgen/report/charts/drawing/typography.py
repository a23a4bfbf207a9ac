"""The text styles of the charts, and the measurement of styled lines."""

from dataclasses import replace

from reportgen.report.charts.drawing import text_metrics as metrics
from reportgen.report.charts.drawing.palette import INK, MUTE
from reportgen.runtime.records import dataclass

LEADING = 1.2
"""Line pitch as a multiple of the size."""

ASCENT, DESCENT = 0.74, 0.21
"""Ascent and descent of Source Sans 3 as multiples of the size."""

BASE_LINE = ASCENT + (LEADING - ASCENT - DESCENT) / 2
"""Distance from the top of a line to its base line as a multiple of the size."""


@dataclass(frozen=True, slots=True)
class Style:
    """A size in pixels, a face and a colour."""

    size: float
    face: metrics.Face = "regular"
    fill: str = INK

    @property
    def pitch(self) -> float:
        """The line pitch in pixels."""
        return self.size * LEADING

    def width(self, words: str) -> float:
        """Return the width of a line in pixels."""
        return metrics.text_width(words, self.size, self.face)

    def wrap(self, words: str, width: float) -> tuple[str, ...]:
        """Break into lines of at most `width`, of widths as equal as possible."""
        return metrics.balance(words, width, self.size, self.face)

    def coloured(self, fill: str) -> "Style":
        """Return the style in another colour."""
        return replace(self, fill=fill)


TITLE = Style(11, "semibold")
NAME = Style(11, "semibold")
TOTAL = Style(12, "semibold")
TEXT = Style(10.5)
STRONG = Style(10.5, "semibold")
NOTE = Style(10.3, "regular", MUTE)
"""The smallest style: 10.3 pixels are 7.7 points."""

StyledLines = tuple[tuple[str, Style], ...]
"""Lines of text below each other, each in its style."""


def lines_width(words: StyledLines) -> float:
    """Return the width of the longest line in pixels."""
    return max((style.width(line) for line, style in words), default=0.0)


def lines_height(words: StyledLines) -> float:
    """Return the height of the lines below each other in pixels."""
    return sum(style.pitch for _, style in words)
