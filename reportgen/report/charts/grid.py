"""The two-way grid: the first-ranked option at each pair of values of two assumptions, by colour and number."""

from collections.abc import Mapping, Sequence

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import INK, Colour, ink_on
from reportgen.report.charts.drawing.svg import Svg
from reportgen.report.charts.drawing.typography import NAME, NOTE, STRONG, TEXT
from reportgen.runtime.records import dataclass

CELL, TOP, SWATCH = 17, 34, 9


@dataclass(frozen=True, slots=True)
class Axis:
    """One assumption: its label, its formatted values, and the index of the stated one."""

    label: str
    values: tuple[str, ...]
    stated: int | None


def winners_grid(
    frame: Frame,
    down: Axis,
    across: Axis,
    winners: Sequence[Sequence[str]],
    options: Mapping[str, tuple[str, Colour]],
) -> str:
    """Draw a cell per pair of values; `winners` are keys of `options` (name and colour), whose order numbers them."""
    present = [key for key in options if any(key in row for row in winners)]
    svg = Svg(frame, _description(down, across, winners, options))
    left = max(NOTE.width(words) for words in down.values) + 10
    side = (frame.width - left) / len(across.values)
    svg.text(left, 10, f"Across: {across.label}", NOTE)
    for place, words in enumerate(across.values):
        style = STRONG if place == across.stated else NOTE
        if style.width(words) <= side - 4:
            svg.text(left + (place + 0.5) * side, TOP - 6, words, style, "middle")
    for line, (words, keys) in enumerate(zip(down.values, winners, strict=True)):
        y = TOP + line * CELL
        svg.text(left - 8, y + CELL * 0.7, words, STRONG if line == down.stated else NOTE, "end")
        for place, key in enumerate(keys):
            fill, x = options[key][1].fill, left + place * side
            svg.rect((x, x + side - 1.5), (y, y + CELL - 1.5), fill)
            number = str(list(options).index(key) + 1)
            svg.text(x + (side - 1.5) / 2, y + CELL * 0.67, number, TEXT.coloured(ink_on(fill)), "middle")
    if down.stated is not None and across.stated is not None:
        _ring(svg, left + across.stated * side, TOP + down.stated * CELL, side)
    bottom = TOP + len(down.values) * CELL
    return svg.render(_legend(svg, bottom + 14, present, options))


def _ring(svg: Svg, x: float, y: float, side: float) -> None:
    """Frame the cell of the stated values."""
    right, low = x + side - 1.5, y + CELL - 1.5
    svg.strokes([((x, y), (right, y), (right, low), (x, low), (x, y))], INK, 2)


def _legend(svg: Svg, top: float, present: Sequence[str], options: Mapping[str, tuple[str, Colour]]) -> float:
    """Draw the legend of the options in the grid, in rows; return the height of the drawing."""
    x, y = 0.0, top
    for key in present:
        name, colour = options[key]
        words = f"{list(options).index(key) + 1}  {name}"
        style = NAME.coloured(colour.text)
        width = SWATCH + 5 + style.width(words) + 16
        if x and x + width > svg.frame.width:
            x, y = 0.0, y + 16
        svg.rect((x, x + SWATCH), (y - 8, y + 1), colour.fill)
        svg.text(x + SWATCH + 5, y, words, style)
        x += width
    return y + 5


def _description(
    down: Axis, across: Axis, winners: Sequence[Sequence[str]], options: Mapping[str, tuple[str, Colour]]
) -> str:
    """Return the description: for each value down, the first-ranked options by value across."""
    parts = []
    for words, keys in zip(down.values, winners, strict=True):
        ranges = [
            f"{options[key][0]} from {value}"
            for place, (key, value) in enumerate(zip(keys, across.values, strict=True))
            if place == 0 or key != keys[place - 1]
        ]
        parts.append(f"{words}: {', '.join(ranges)}")
    return f"{down.label} by {across.label}. " + "; ".join(parts)
