"""The workbook's colours; each has one meaning."""

from collections.abc import Sequence

INK = "1B2733"
GREY = "52606B"
PALE = "7A8794"
HAIR = "E8ECF0"
RULE = "D5DCE3"
GRID = "E1E6EB"
WHITE = "FFFFFF"
BAND = "14233B"
"""The background of the cover's head."""
BAND_GREY = "D5DCE3"
BAND_PALE = "A9BFC4"

INPUT = "1746C7"
INPUT_FILL = "EDF3FD"
INPUT_BOX = "C9D8F3"
CHANGED = "8A5A00"
CHANGED_FILL = "FDF3DC"
PASS = "1E7B4F"  # noqa: S105  the colour of a check that passes
FAIL_FILL = "B3261E"
RECOMMENDED_FILL = "E9F0EF"
TOTALS_FILL = "F3F5F7"
LINK = "12504F"

RISE, FALL = "A8741A", "1E7B4F"
"""Increases and decreases of cost, in bridge and tornado."""

OPTION_KINDS = {
    "api": ("4C8FCB", "2F6FA8"),
    "self_hosted": ("BF4A1E", "BF4A1E"),
    "platform": ("12504F", "12504F"),
    "on_prem": ("744589", "744589"),
}
"""The colour of the first option of each kind, for areas and lines, and of its text; as in the report."""
FURTHER_OPTIONS = (
    ("A69C58", "756D36"), ("001A38", "001A38"), ("DC9EAB", "A94F63"), ("4E260C", "4E260C"),
)  # fmt: skip
"""The colours of further options, in order; then those of kinds that the case does not have."""

CATEGORIES = ("33475B", "8A9BAB", "A8741A", "DDB35A", "B9D3EA", "DCE1E6", "5A7B67")
"""Compute, supporting, deployment, ongoing, interim service until go-live, other, tax; people in ochre."""


def option_colours(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the colour of areas and lines for each option; `kinds` are in the case's order."""
    spare = [fill for kind, (fill, _) in OPTION_KINDS.items() if kind not in kinds]
    further = iter((*(fill for fill, _ in FURTHER_OPTIONS), *reversed(spare)))
    return tuple(
        OPTION_KINDS[kind][0] if kind in OPTION_KINDS and kind not in kinds[:place] else next(further)
        for place, kind in enumerate(kinds)
    )


def ink_of(colour: str) -> str:
    """Return the colour of an option's text on white from that of its areas and lines; other colours unchanged."""
    return dict((*OPTION_KINDS.values(), *FURTHER_OPTIONS)).get(colour, colour)


def tint(colour: str, strength: float) -> str:
    """Mix a colour with white: a strength of 1 is the colour itself, 0 is white."""
    parts = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)
