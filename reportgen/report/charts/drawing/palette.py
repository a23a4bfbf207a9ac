"""The colours of the charts: one fixed series for options, another for cost categories."""

from collections.abc import Iterable
from typing import Protocol

from reportgen.colour import contrast
from reportgen.runtime.records import dataclass

INK, MUTE, AXIS, RULE, SHADE, PAPER = "#1B2733", "#52606B", "#8A949C", "#D5DBE0", "#EFF1EA", "#FFFFFF"
"""Text, secondary text, axes, grid lines, shaded areas and the page."""

FALL = "#3E8E7E"
"""Decreases of cost in a waterfall."""


@dataclass(frozen=True, slots=True)
class Colour:
    """The colour of an option for areas and lines, and the darker one for its text on white."""

    fill: str
    text: str


BY_KIND = {
    "api": Colour("#4C8FCB", "#2F6FA8"),
    "self_hosted": Colour("#BF4A1E", "#BF4A1E"),
    "platform": Colour("#12504F", "#12504F"),
    "on_prem": Colour("#744589", "#744589"),
}
"""The colour of the first option of each kind."""

FURTHER = (
    Colour("#A69C58", "#756D36"),
    Colour("#001A38", "#001A38"),
    Colour("#DC9EAB", "#A94F63"),
    Colour("#4E260C", "#4E260C"),
)
"""The colours of further options; all eight differ in three kinds of colour blindness and in greyscale."""

CATEGORIES = {
    "compute": "#33475B",
    "supporting": "#8A9BAB",
    "deployment": "#A8741A",
    "ongoing": "#DDB35A",
    "interim": "#B9D3EA",
    "other": "#DCE1E6",
    "tax": "#5A7B67",
}
"""Cost categories: machines in blues and greys, people in ochres."""

EXIT_PARTS = {
    "engineering": "#A8741A",
    "parallel": "#8A9BAB",
    "commitment": "#33475B",
    "fees": "#DDB35A",
    "forced_sale": "#B9D3EA",
}
"""The components of exit cost, in the same two families."""

MINIMUM_CONTRAST = 4.5
"""Contrast ratio of text and background (WCAG 2.2, AA)."""


class Option(Protocol):
    """An object with a key and a kind, such as `OptionResult`."""

    @property
    def key(self) -> str:
        """Return the option's key."""

    @property
    def kind(self) -> str:
        """Return the option's kind."""


def option_colours(options: Iterable[Option]) -> dict[str, Colour]:
    """Return the colour of every option by key: by kind for the first of its kind, then the further series.

    Pass the options in the case's order, so that colours do not depend on the recommendation.
    """
    options = tuple(options)
    first = {option.kind: option.key for option in reversed(options) if option.kind in BY_KIND}
    spare = [colour for kind, colour in BY_KIND.items() if kind not in first]
    further = iter((*FURTHER, *reversed(spare)))
    return {
        option.key: BY_KIND[option.kind] if first.get(option.kind) == option.key else next(further)
        for option in options
    }


def ink_on(fill: str) -> str:
    """Return white or near-black for text on a fill, whichever has more contrast."""
    return max((PAPER, "#0B1218"), key=lambda ink: contrast(ink, fill))


def tint(colour: str, share: float) -> str:
    """Mix a colour with white; `share` is the share of the colour."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * share):02X}" for channel in channels)


def darkened_for_text(colour: str) -> str:
    """Return a colour darkened until text in it has enough contrast on white."""
    shade = 1.0
    text = colour
    while contrast(text, PAPER) < MINIMUM_CONTRAST and shade > 0:
        shade -= 0.05
        channels = (round(int(colour[start : start + 2], 16) * shade) for start in (1, 3, 5))
        text = "#" + "".join(f"{channel:02X}" for channel in channels)
    return text
