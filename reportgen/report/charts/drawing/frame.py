"""The parameters that all charts share: id, alternative text, notation and width."""

from reportgen.report.charts.drawing.money import ENGLISH, Notation
from reportgen.runtime.records import dataclass

TEXT_WIDTH = 642
"""The text width of the A4 paper, 170 mm, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a chart; `id` is unique on the page, since several charts share a page."""

    id: str
    title: str
    """The alternative text: the finding, in one sentence."""
    notation: Notation = ENGLISH
    """The currency of every amount in the chart, and the signs of its numbers."""
    width: float = TEXT_WIDTH
    """Width in CSS pixels; the height follows from the data."""
    stretch: float = 1.0
    """By how much plot or rows are higher than usual, so that pages are filled; text keeps its size."""

    def bar(self, usual: float) -> float:
        """Return the height of a bar, which grows half as much as its row and never shrinks."""
        return usual * max(1.0, (1.0 + self.stretch) / 2)

    description: str = ""
    """Long description for screen readers; generated from the data where it is empty."""
