"""What every chart is told besides its data: its id, its alternative text, the currency and its width."""

from dataclasses import dataclass

TEXT_WIDTH = 642
"""The text width of the A4 paper, 170 mm, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a chart; `id` is unique on the page, since several drawings share one."""

    id: str
    title: str
    """The alternative text: the finding, in one sentence."""
    currency: str = "USD"
    """ISO code of the currency of every amount in the chart."""
    width: float = TEXT_WIDTH
    """Width in CSS pixels; the height follows from the data."""
    description: str = ""
    """Longer description for those who do not see the chart; drawn up from the data where it is empty."""
