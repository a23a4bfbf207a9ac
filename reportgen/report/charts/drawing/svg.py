"""An SVG writer: shapes and measured text in, compact and deterministic SVG text out."""

import math
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Literal

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import INK, PAPER, RULE
from reportgen.report.charts.drawing.typography import (
    ASCENT,
    BASE_LINE,
    DESCENT,
    TEXT,
    Style,
    StyledLines,
    lines_height,
    lines_width,
)
from reportgen.runtime.records import dataclass

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
Span = tuple[float, float]

_ANCHOR_SHARES: dict[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}
_WEIGHTS = {"semibold": ' font-weight="600"', "bold": ' font-weight="700"', "italic": ' font-style="italic"'}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the canvas, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", gap: float = 0) -> bool:
        """Return whether two boxes overlap or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def contains(self, point: Point) -> bool:
        """Return whether a point lies inside or on the edge."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def within(self, other: "Box") -> bool:
        """Return whether the box lies wholly inside another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def text_box(x: float, y: float, words: str, style: Style, anchor: Anchor = "start") -> Box:
    """Return the bounding box of a line of text; y is its base line."""
    width = style.width(words)
    left = x - width * _ANCHOR_SHARES[anchor]
    return Box(left, y - style.size * ASCENT, left + width, y + style.size * DESCENT)


def number(value: float) -> str:
    """Format a coordinate with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with its geometry attributes, and its presentation attributes, which adjacent elements may share."""

    tag: str
    geometry: str
    presentation: str
    content: str = ""

    def markup(self, presentation: str) -> str:
        """Return the element with presentation attributes, empty where its group has them."""
        return f"<{self.tag}{self.geometry}{presentation}" + (
            f">{self.content}</{self.tag}>" if self.content else "/>"
        )


class Svg:
    """A drawing that records the boxes of its text, and the leaders of its labels.

    Why: all styling is by attributes, since the CSS of the page does not apply inside an embedded drawing.
    """

    def __init__(self, frame: Frame, description: str) -> None:
        self.frame = frame
        self.description = frame.description or description
        self.boxes: list[Box] = []
        self.leaders: list[tuple[Point, Point]] = []
        self._elements: list[Element] = []
        self._hatches: dict[str, str] = {}

    def text(self, x: float, y: float, words: str, style: Style = TEXT, anchor: Anchor = "start") -> None:
        """Draw a line of text on its base line."""
        self.boxes.append(text_box(x, y, words, style, anchor))
        presentation = f' font-size="{number(style.size)}"' if style.size != TEXT.size else ""
        presentation += _WEIGHTS.get(style.face, "") + (f' fill="{style.fill}"' if style.fill != INK else "")
        presentation += f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._elements.append(
            Element("text", f' x="{number(x)}" y="{number(y)}"', presentation, escape(words, quote=False))
        )

    def block(self, x: float, middle: float, words: StyledLines, anchor: Anchor = "start") -> None:
        """Draw lines below each other, centred vertically on `middle`."""
        y = middle - lines_height(words) / 2
        for line, style in words:
            self.text(x, y + style.size * BASE_LINE, line, style, anchor)
            y += style.pitch

    def clear_background(self, x: float, middle: float, words: StyledLines, anchor: Anchor = "start") -> None:
        """Paint the background of a block of text that grid lines would cross.

        Why: WeasyPrint does not support a halo (paint-order).
        """
        left = x - lines_width(words) * _ANCHOR_SHARES[anchor]
        half = lines_height(words) / 2
        self.rect((left - 2, left + lines_width(words) + 2), (middle - half, middle + half), PAPER)

    def rect(self, across: Span, down: Span, fill: str, *, stroke: str = "") -> None:
        """Draw a rectangle from edge to edge, given in either order."""
        (left, right), (top, bottom) = sorted(across), sorted(down)
        sides = (("x", left), ("y", top), ("width", right - left), ("height", bottom - top))
        geometry = "".join(f' {name}="{number(value)}"' for name, value in sides)
        border = f' stroke="{stroke}" stroke-width=".8"' if stroke else ""
        self._elements.append(Element("rect", geometry, f' fill="{fill}"{border}'))

    def strokes(self, lines: Iterable[Sequence[Point]], stroke: str = RULE, weight: float = 0.6) -> None:
        """Draw polylines in one style."""
        path = "".join(map(_path, lines))
        if path:
            presentation = f' fill="none" stroke="{stroke}" stroke-width="{number(weight)}"'
            self._elements.append(Element("path", f' d="{path}"', presentation))

    def leader(self, start: Point, end: Point, stroke: str, weight: float) -> None:
        """Draw the line from a label to what it names, which no later text may cover."""
        self.leaders.append((start, end))
        self.strokes([(start, end)], stroke, weight)

    def curve(self, points: Sequence[Point], stroke: str, weight: float = 2.2) -> None:
        """Draw a line through points, simplified within a tolerance that is not visible."""
        presentation = (
            f' fill="none" stroke="{stroke}" stroke-width="{number(weight)}" stroke-linejoin="round"'
        )
        self._elements.append(Element("path", f' d="{_path(simplified(points))}"', presentation))

    def area(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        self._elements.append(Element("path", f' d="{_path(points)}Z"', f' fill="{fill}"'))

    def dot(self, at: Point, radius: float, fill: str, *, stroke: str = PAPER, weight: float = 1.2) -> None:
        """Draw a dot with a rim."""
        geometry = f' cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}"'
        presentation = f' fill="{fill}" stroke="{stroke}" stroke-width="{number(weight)}"'
        self._elements.append(Element("circle", geometry, presentation))

    def diamond(self, at: Point, radius: float, fill: str = INK) -> None:
        """Draw a diamond with a white rim."""
        r = number(radius)
        path = f"M{number(at[0])} {number(at[1] - radius)}l{r} {r} -{r} {r} -{r} -{r}Z"
        self._elements.append(Element("path", f' d="{path}"', f' fill="{fill}" stroke="{PAPER}"'))

    def hatch(self, colour: str) -> str:
        """Define hatching in a colour, once; return the value for `fill`."""
        name = self._hatches.setdefault(colour, f"{self.frame.id}-hatch{len(self._hatches) + 1}")
        return f"url(#{name})"

    def is_free(self, box: Box, gap: float = 2) -> bool:
        """Return whether a box overlaps no text."""
        return not any(box.overlaps(other, gap) for other in self.boxes)

    def render(self, height: float) -> str:
        """Return the SVG text of the drawing; `height` is in pixels."""
        across, down = number(self.frame.width), number(height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{escape(self.frame.id)}" width="{across}"'
            f' height="{down}" viewBox="0 0 {across} {down}" role="img" fill="{INK}"'
            f' font-family="Source Sans 3, sans-serif" font-size="{number(TEXT.size)}">'
            f"<title>{escape(self.frame.title, quote=False)}</title>"
            f"<desc>{escape(self.description, quote=False)}</desc>"
            f"{self._definitions()}{self._drawing()}</svg>"
        )

    def _drawing(self) -> str:
        """Return the elements, adjacent ones with the same presentation attributes in a group."""
        out = []
        for presentation, run in groupby(self._elements, key=lambda element: element.presentation):
            elements = list(run)
            if len(elements) == 1 or not presentation:
                out += [element.markup(presentation) for element in elements]
            else:
                out += [f"<g{presentation}>", *(element.markup("") for element in elements), "</g>"]
        return "".join(out)

    def _definitions(self) -> str:
        patterns = (
            f'<pattern id="{escape(name)}" width="5" height="5" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect width="5" height="5" fill="{PAPER}"/>'
            f'<rect width="2" height="5" fill="{colour}"/></pattern>'
            for colour, name in self._hatches.items()
        )
        return f"<defs>{''.join(patterns)}</defs>" if self._hatches else ""


def simplified(points: Sequence[Point], tolerance: float = 0.12) -> list[Point]:
    """Simplify a polyline by the Ramer-Douglas-Peucker algorithm."""
    if not points[1:-1]:
        return list(points)
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    far = [abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length for x, y in points]
    farthest = max(range(len(points)), key=far.__getitem__)
    if far[farthest] <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: farthest + 1], tolerance)[:-1] + simplified(points[farthest:], tolerance)


def _path(points: Sequence[Point]) -> str:
    """Return path data, rounded to a tenth of a pixel, repeated points left out."""
    rounded = (f"{number(round(x, 1))} {number(round(y, 1))}" for x, y in points)
    return "M" + "L".join(point for point, _ in groupby(rounded))
