"""A drawing under construction: a few shapes and measured text in, small and deterministic SVG text out."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

from reportgen.report.charts.frame import Frame
from reportgen.report.charts.palette import INK, PAPER, RULE
from reportgen.report.charts.type import ASCENT, BASE_LINE, DESCENT, TEXT, Style, Words, words_height

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

_BEFORE: dict[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}
_WEIGHTS = {"semibold": ' font-weight="600"', "bold": ' font-weight="700"', "italic": ' font-style="italic"'}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the canvas, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", gap: float = 0) -> bool:
        """Say whether two boxes overlap or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def holds(self, point: Point) -> bool:
        """Say whether a point lies inside."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def within(self, other: "Box") -> bool:
        """Say whether the box lies wholly inside another."""
        return (
            other.left <= self.left and self.right <= other.right and other.top <= self.top and self.bottom <= other.bottom
        )


def text_box(x: float, y: float, words: str, style: Style, anchor: Anchor = "start") -> Box:
    """Measure where a line of text would stand; y is its base line."""
    width = style.width(words)
    left = x - width * _BEFORE[anchor]
    return Box(left, y - style.size * ASCENT, left + width, y + style.size * DESCENT)


def number(value: float) -> str:
    """Write a coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Svg:
    """A drawing that remembers where its text stands; styles are attributes, since a page's CSS does not reach in."""

    def __init__(self, frame: Frame, description: str) -> None:
        self.frame = frame
        self.description = frame.description or description
        self.boxes: list[Box] = []
        self._parts: list[str] = []
        self._hatches: dict[str, str] = {}

    def text(
        self, x: float, y: float, words: str, style: Style = TEXT, anchor: Anchor = "start", halo: bool = False
    ) -> Box:
        """Set a line of text, on a white ground where `halo` is asked for (SVG text has no halo in WeasyPrint)."""
        box = text_box(x, y, words, style, anchor)
        if halo:
            self.rect(box.left - 2, box.top - 1, box.right - box.left + 4, box.bottom - box.top + 1, PAPER)
        self.boxes.append(box)
        look = f' font-size="{number(style.size)}"' if style.size != TEXT.size else ""
        look += _WEIGHTS.get(style.face, "") + (f' fill="{style.fill}"' if style.fill != INK else "")
        look += f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(f'<text x="{number(x)}" y="{number(y)}"{look}>{escape(words)}</text>')
        return box

    def block(self, x: float, middle: float, words: Words, anchor: Anchor = "start") -> None:
        """Set lines below each other, as a block around a height."""
        y = middle - words_height(words) / 2
        for line, style in words:
            self.text(x, y + style.size * BASE_LINE, line, style, anchor)
            y += style.pitch

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        """Draw a rectangle; a negative width reaches to the left."""
        left, width = min(x, x + width), abs(width)
        outline = f' stroke="{stroke}" stroke-width=".8"' if stroke else ""
        self._parts.append(
            f'<rect x="{number(left)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f' fill="{fill}"{outline}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, weight: float = 0.6) -> None:
        """Draw a straight line."""
        self._parts.append(
            f'<path d="M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" stroke="{stroke}"'
            f' stroke-width="{number(weight)}"/>'
        )

    def curve(self, points: Sequence[Point], stroke: str, weight: float = 2.2) -> None:
        """Draw a line through points."""
        self._parts.append(
            f'<path d="{_path(points)}" fill="none" stroke="{stroke}" stroke-width="{number(weight)}"'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def area(self, points: Sequence[Point], fill: str) -> None:
        """Fill the outline that the points make."""
        self._parts.append(f'<path d="{_path(points)}Z" fill="{fill}"/>')

    def dot(self, x: float, y: float, radius: float, fill: str, stroke: str = PAPER, weight: float = 1.2) -> None:
        """Draw a dot with a rim."""
        self._parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}" stroke="{stroke}"'
            f' stroke-width="{number(weight)}"/>'
        )

    def diamond(self, x: float, y: float, radius: float, fill: str = INK) -> None:
        """Draw a diamond with a white rim."""
        r = number(radius)
        self._parts.append(
            f'<path d="M{number(x)} {number(y - radius)}l{r} {r} -{r} {r} -{r} -{r}Z" fill="{fill}" stroke="{PAPER}"/>'
        )

    def hatch(self, colour: str) -> str:
        """Define hatching in a colour, once; the result is what `fill` takes."""
        name = self._hatches.setdefault(colour, f"{self.frame.id}-hatch{len(self._hatches) + 1}")
        return f"url(#{name})"

    def free(self, box: Box, gap: float = 2) -> bool:
        """Say whether no text stands in a box yet."""
        return not any(box.meets(other, gap) for other in self.boxes)

    def render(self, height: float) -> str:
        """Close the drawing at its height."""
        width, height = number(self.frame.width), number(height)
        name = escape(self.frame.id)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" viewBox="0 0 {width} {height}" width="{width}"'
            f' height="{height}" role="img" font-family="Source Sans 3, sans-serif" font-size="{number(TEXT.size)}"'
            f' fill="{INK}"><title>{escape(self.frame.title)}</title><desc>{escape(self.description)}</desc>'
            f"{self._definitions()}{''.join(self._parts)}</svg>"
        )

    def _definitions(self) -> str:
        patterns = (
            f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="5" height="5" fill="{PAPER}"/><rect width="2" height="5" fill="{colour}"/></pattern>'
            for colour, name in self._hatches.items()
        )
        return f"<defs>{''.join(patterns)}</defs>" if self._hatches else ""


def _path(points: Sequence[Point]) -> str:
    """Join points, to a tenth of a pixel, leaving out what repeats the point before."""
    rounded = (f"{number(round(x, 1))} {number(round(y, 1))}" for x, y in points)
    return "M" + "L".join(point for point, _ in groupby(rounded))
