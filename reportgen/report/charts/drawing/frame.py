"""The parameters that all charts share: id, alternative text, notation and width."""

from dataclasses import dataclass

from reportgen.report.charts.drawing.money import ENGLISH, Notation

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
    description: str = ""
    """Long description for screen readers; generated from the data where it is empty."""
