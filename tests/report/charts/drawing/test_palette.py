"""Colours can be told apart by everybody and on every printer, and their text can be read."""

import math
from itertools import combinations

import pytest

from reportgen.colour import contrast
from reportgen.report.charts.drawing.palette import (
    BY_KIND,
    CATEGORIES,
    EXIT_PARTS,
    FURTHER,
    INK,
    MUTE,
    PAPER,
    ink_on,
    option_colours,
    tint,
)
from tests.report.charts.examples import Named

SERIES = (*BY_KIND.values(), *FURTHER)

VISION = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009."""

TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)

Vector = tuple[float, ...]


def seen(colour: str, vision: str) -> Vector:
    """Find the CIELAB coordinates of a colour as somebody with this kind of vision sees it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    simulated = [min(max(value, 0), 1) for value in _times(VISION[vision], linear)]
    x, y, z = (_root(value / white) for value, white in zip(_times(TO_XYZ, simulated), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix: tuple[Vector, ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def distance(one: str, other: str, vision: str) -> float:
    """Measure how far apart two colours look (CIE 1976; about 2 can just be told apart side by side)."""
    return math.dist(seen(one, vision), seen(other, vision))


@pytest.mark.parametrize("vision", VISION)
def test_options_look_different_to_everybody(vision: str) -> None:
    """Any two of the eight series are at least 18 apart, with full vision and without one kind of cone."""
    for one, other in combinations(SERIES, 2):
        assert distance(one.fill, other.fill, vision) > 18, (one, other)


def test_options_differ_in_greyscale() -> None:
    """Any two series differ by at least 6 in lightness, of 100."""
    for one, other in combinations(SERIES, 2):
        assert abs(seen(one.fill, "full")[0] - seen(other.fill, "full")[0]) > 6, (one, other)


def test_neighbouring_categories_differ_in_greyscale() -> None:
    """Categories that can touch when those between them are zero still differ; people and machines differ in hue."""
    for palette in (CATEGORIES, EXIT_PARTS):
        for one, other in combinations(palette.values(), 2):
            assert min(distance(one, other, vision) for vision in VISION) > 7, (one, other)


def test_text_can_be_read() -> None:
    """The text colour of every series, and every ink of the charts, has at least 4.5 to 1 on white and on tint."""
    for colour in (*(series.text for series in SERIES), INK, MUTE, "#1F6B5D", "#A63F17"):
        assert contrast(colour, PAPER) >= 4.5, colour
    assert contrast(MUTE, "#FBEDE6") >= 4.5


def test_text_on_bars_can_be_read() -> None:
    """White or near-black has at least 4.5 to 1 on every fill that carries a figure or a name."""
    for fill in (*CATEGORIES.values(), *EXIT_PARTS.values(), *(series.fill for series in SERIES)):
        assert contrast(ink_on(fill), fill) >= 4.5, fill


def test_contrast_of_black_and_white() -> None:
    """WCAG: 21 to 1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_tint_mixes_with_white() -> None:
    """Half of black is middle grey: 255 - 255 / 2 = 127.5, rounded to the even 128."""
    assert tint("#000000", 0.5) == "#808080"
    assert tint("#4C8FCB", 1) == "#4C8FCB"


def test_colour_by_kind_first_come() -> None:
    """The first of each kind has the kind's colour, the others the further series in order."""
    options = [
        Named(key, kind, key)
        for key, kind in (("a", "api"), ("b", "api"), ("c", "platform"), ("d", "on_prem"), ("e", "api"))
    ]
    assert option_colours(options) == {
        "a": BY_KIND["api"],
        "b": FURTHER[0],
        "c": BY_KIND["platform"],
        "d": BY_KIND["on_prem"],
        "e": FURTHER[1],
    }


def test_eight_options_of_one_kind_have_eight_colours() -> None:
    """Where the further series run out, the colours of kinds that the case does not have are used."""
    options = [Named(str(i), "api", str(i)) for i in range(8)]
    assert len(set(option_colours(options).values())) == 8
