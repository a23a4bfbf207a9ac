"""What a chart's SVG says, read back from its text: where each word stands, how large, and what is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from reportgen.report.charts.drawing.labels import sample_polyline
from reportgen.report.charts.drawing.palette import AXIS
from reportgen.report.charts.drawing.svg import Anchor, Box, Point, text_box
from reportgen.report.charts.drawing.text_metrics import Face
from reportgen.report.charts.drawing.typography import Style

SPACE = "{http://www.w3.org/2000/svg}"
FACES: dict[tuple[str, str], Face] = {
    ("400", "normal"): "regular",
    ("400", "italic"): "italic",
    ("600", "normal"): "semibold",
    ("700", "normal"): "bold",
}
SMALLEST = 7.7 * 96 / 72
"""Pixels of the smallest type that a board reads on paper, 7.7 points."""

ANCHORS: dict[str, Anchor] = {"start": "start", "middle": "middle", "end": "end"}


@dataclass(frozen=True, slots=True)
class Shape:
    """An element that draws, with the attributes that it has or inherits."""

    tag: str
    attributes: dict[str, str]
    words: str

    def number(self, name: str) -> float:
        """Read an attribute as a number."""
        return float(self.attributes[name])


def shapes(svg: str) -> tuple[Shape, ...]:
    """List what a chart draws, in order, definitions left out."""
    return tuple(_walk(ET.fromstring(svg), {}))  # noqa: S314  (our own drawing)


def size(svg: str) -> tuple[float, float]:
    """Read width and height."""
    root = ET.fromstring(svg)  # noqa: S314  (our own drawing)
    return float(root.attrib["width"]), float(root.attrib["height"])


def words(svg: str) -> list[str]:
    """List the lines of text."""
    return [shape.words for shape in shapes(svg) if shape.tag == "text"]


def rects(svg: str, fill: str) -> list[Shape]:
    """List the rectangles of one fill."""
    return [shape for shape in shapes(svg) if shape.tag == "rect" and shape.attributes["fill"] == fill]


def text_boxes(svg: str) -> list[tuple[str, Box]]:
    """Measure where each line of text stands."""
    return [(shape.words, _box(shape)) for shape in shapes(svg) if shape.tag == "text"]


def faults(svg: str) -> list[str]:
    """List texts that overlap, leave the canvas or are too small; a fault of half a pixel is none."""
    boxes = text_boxes(svg)
    width, height = size(svg)
    canvas = Box(-0.5, -0.5, width + 0.5, height + 0.5)
    found = [
        f"{a!r} over {b!r}" for (a, one), (b, other) in combinations(boxes, 2) if one.overlaps(other, -0.5)
    ]
    found += [f"{text!r} leaves the canvas" for text, box in boxes if not box.within(canvas)]
    found += [
        f"{s.words!r} is small" for s in shapes(svg) if s.tag == "text" and s.number("font-size") < SMALLEST
    ]
    return found + [f"{text!r} is empty" for text, _ in boxes if not text.strip()]


def curves(svg: str) -> list[list[Point]]:
    """List the points of every curve, which is drawn two pixels wide or more."""
    return [line for s in shapes(svg) if _weight(s) >= 2 for line in _lines(s.attributes["d"])]


def leaders(svg: str) -> list[list[Point]]:
    """List the lines from labels to what they name: 0.7 pixels wide, or 0.8 in the colour of a curve."""
    found = [
        s for s in shapes(svg) if _weight(s) == 0.7 or (_weight(s) == 0.8 and s.attributes["stroke"] != AXIS)
    ]
    return [line for shape in found for line in _lines(shape.attributes["d"])]


def label_faults(svg: str) -> list[str]:
    """List texts that a curve or a leader runs through; one that only touches an edge is none."""
    found = []
    for words, box in text_boxes(svg):
        inner = Box(box.left + 1, box.top + 2, box.right - 1, box.bottom - 2)
        for what, lines in (("curve", curves(svg)), ("leader", leaders(svg))):
            if any(inner.contains(point) for line in lines for point in sample_polyline(line, 1)):
                found.append(f"a {what} runs through {words!r}")
    return found


def _weight(shape: Shape) -> float:
    drawn = shape.tag == "path" and shape.attributes.get("fill") == "none"
    return float(shape.attributes.get("stroke-width", 0)) if drawn else 0.0


def _lines(path: str) -> list[list[Point]]:
    pieces = (piece.split("L") for piece in path.split("M") if piece)
    return [[(float(x), float(y)) for x, y in (point.split(" ") for point in piece)] for piece in pieces]


def _walk(element: ET.Element, inherited: dict[str, str]) -> Iterator[Shape]:
    for child in element:
        tag = child.tag.removeprefix(SPACE)
        if tag in ("title", "desc", "defs"):
            continue
        shared = {key: value for key, value in element.attrib.items() if key not in ("id", "width", "height")}
        attributes = {**inherited, **shared, **child.attrib}
        if tag == "g":
            yield from _walk(child, attributes)
        else:
            yield Shape(tag, attributes, child.text or "")


def _box(shape: Shape) -> Box:
    face = FACES[shape.attributes.get("font-weight", "400"), shape.attributes.get("font-style", "normal")]
    style = Style(shape.number("font-size"), face)
    anchor = ANCHORS[shape.attributes.get("text-anchor", "start")]
    return text_box(shape.number("x"), shape.number("y"), shape.words, style, anchor)
