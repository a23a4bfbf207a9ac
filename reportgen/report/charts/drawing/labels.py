"""Label placement without overlaps: along an edge, or beside a point in a free area."""

import math
from collections.abc import Iterable, Sequence

from reportgen.report.charts.drawing.palette import AXIS
from reportgen.report.charts.drawing.svg import Box, Point, Svg
from reportgen.report.charts.drawing.typography import StyledLines, lines_height, lines_width
from reportgen.runtime.records import dataclass

GAP, GAP_WITH_LEADERS, FEW = 8, 20, 3
"""Distance of labels from the plot's edge, for up to `FEW` of them and for more."""

CLOSE = 8
"""In pixels: within twice this a label needs no leader; within this of its point a leader may touch curves."""

NEARER = 4
"""By how many pixels a label must be nearer to the curve that it names than to any other."""

COVERED = 1000
"""Hits of a point of a curve that a text covers; one that its leader crosses is one hit."""

COVERS_NOTHING = COVERED - 1
"""The most hits of a label that covers no curve, however many its leader crosses."""


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that belong to a y coordinate on the canvas."""

    y: float
    words: StyledLines
    colour: str = AXIS
    """Colour of the leader."""

    @property
    def height(self) -> float:
        """The height of the lines with padding."""
        return lines_height(self.words) + 3


def spread(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Return centres moved as little as possible so that labels neither overlap nor leave the range.

    The order is kept; labels that do not fit start at `low` and run over the end.
    """
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    clusters: list[tuple[list[int], float, float]] = []  # members, height, top
    for i in order:
        cluster = ([i], heights[i], _clamp(centres[i] - heights[i] / 2, heights[i], low, high))
        while clusters and clusters[-1][1] + clusters[-1][2] > cluster[2]:
            cluster = _merge(clusters.pop(), cluster, low, high)
        clusters.append(cluster)
    out = [0.0] * len(centres)
    for members, _, top in clusters:
        bottom = top
        for i in members:
            out[i] = bottom + heights[i] / 2
            bottom += heights[i]
    return tuple(out)


def _merge(
    upper: tuple[list[int], float, float], lower: tuple[list[int], float, float], low: float, high: float
) -> tuple[list[int], float, float]:
    height = upper[1] + lower[1]
    ideal = (upper[2] * len(upper[0]) + (lower[2] - upper[1]) * len(lower[0])) / (
        len(upper[0]) + len(lower[0])
    )
    return upper[0] + lower[0], height, _clamp(ideal, height, low, high)


def _clamp(top: float, height: float, low: float, high: float) -> float:
    return max(low, min(top, high - height))


def edge_labels_height(labels: Iterable[Label]) -> float:
    """Return the height of the labels below each other."""
    return sum(label.height for label in labels)


def edge_labels_gap(count: int) -> float:
    """Return the distance from the plot to its edge labels, wider where leaders may be needed."""
    return GAP if count <= FEW else GAP_WITH_LEADERS


def draw_edge_labels(svg: Svg, labels: Sequence[Label], x: float, low: float, high: float) -> None:
    """Draw labels along the right edge of a plot at x, spread, with a leader where one was moved far."""
    gap = edge_labels_gap(len(labels))
    centres = spread([label.y for label in labels], [label.height for label in labels], low, high)
    for label, centre in zip(labels, centres, strict=True):
        if abs(centre - label.y) > label.height / 2:
            svg.leader((x + 2, label.y), (x + gap - 2, centre), label.colour, 0.8)
        svg.block(x + gap, centre, label.words)


@dataclass(frozen=True, slots=True)
class LabelArea:
    """The area for callouts, and the points of curves that they should not cover."""

    area: Box
    avoid: tuple[Point, ...]
    others: tuple[Point, ...] = ()
    """Points of the curves that a label does not name: it must be nearer to its own point than to any of these."""


def draw_callout(
    svg: Svg,
    points: Sequence[Point],
    words: StyledLines,
    label_area: LabelArea,
    most_hits: int = COVERS_NOTHING,
) -> bool:
    """Draw text beside one of several points, where it covers no text, and its leader crosses the fewest curves.

    A point of a curve below the text counts as `COVERED` hits, one below the leader as one. Returns False, with nothing
    drawn, where every position in the area has more than `most_hits`, covers text, or is nearer to another curve.
    """
    size = lines_width(words), lines_height(words)
    best: tuple[int, Point, Box] | None = None
    for at in points:
        for box in _places(at, *size):
            if not _is_open(svg, at, box, label_area):
                continue
            hits = _hits(at, box, label_area.avoid)
            if best is None or hits < best[0]:
                best = hits, at, box
            if hits == 0:
                break
        if best and best[0] == 0:
            break
    if best is None or best[0] > most_hits:
        return False
    _, at, box = best
    _draw_leader(svg, at, box)
    svg.block(box.left, (box.top + box.bottom) / 2, words)
    return True


def _is_open(svg: Svg, at: Point, box: Box, label_area: LabelArea) -> bool:
    """Return whether a label in a box, and its leader from a point, meet no text and no leader, and name the right curve."""
    if not box.within(label_area.area) or not svg.is_free(box, 3):
        return False
    leader = (at, _nearest(at, box))
    if any(_crosses(leader, other) for other in svg.boxes):
        return False
    if any(_crosses(other, box) for other in svg.leaders):
        return False
    return not _is_near(box, _distance(at, box) + NEARER, label_area.others)


def _distance(point: Point, box: Box) -> float:
    x, y = _nearest(point, box)
    return math.hypot(x - point[0], y - point[1])


def _is_near(box: Box, reach: float, points: Iterable[Point]) -> bool:
    """Return whether any of some points is nearer to a box than `reach`."""
    left, right, top, bottom = box.left, box.right, box.top, box.bottom
    for x, y in points:
        across = left - x if x < left else x - right if x > right else 0.0
        down = top - y if y < top else y - bottom if y > bottom else 0.0
        if across < reach and down < reach and math.hypot(across, down) < reach:
            return True
    return False


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Return whether a straight line meets a box (Liang and Barsky)."""
    (x1, y1), (x2, y2) = line
    if (x1 < box.left and x2 < box.left) or (x1 > box.right and x2 > box.right):
        return False
    if (y1 < box.top and y2 < box.top) or (y1 > box.bottom and y2 > box.bottom):
        return False
    enter, leave = 0.0, 1.0
    for start, way, low, high in ((x1, x2 - x1, box.left, box.right), (y1, y2 - y1, box.top, box.bottom)):
        if way == 0:
            if not low <= start <= high:
                return False
            continue
        first, second = sorted(((low - start) / way, (high - start) / way))
        enter, leave = max(enter, first), min(leave, second)
    return enter <= leave


def _hits(at: Point, box: Box, avoid: Iterable[Point]) -> int:
    """Count the points that a label in a box, or its leader, would cover or nearly touch."""
    surroundings = Box(box.left - 3, box.top - 2, box.right + 3, box.bottom + 2)
    x, y = _nearest(at, box)
    across, down = x - at[0], y - at[1]
    length = math.hypot(across, down) or 1.0
    count = 0
    for px, py in avoid:
        if surroundings.contains((px, py)):
            count += COVERED
            continue
        along = ((px - at[0]) * across + (py - at[1]) * down) / length
        count += CLOSE < along < length and abs((px - at[0]) * down - (py - at[1]) * across) < 3 * length
    return count


def _nearest(at: Point, box: Box) -> Point:
    return max(box.left, min(at[0], box.right)), max(box.top, min(at[1], box.bottom))


def sample_polyline(points: Sequence[Point], step: float = 5) -> list[Point]:
    """Return points along a polyline, about `step` pixels apart."""
    out = list(points[:1])
    for x2, y2 in points[1:]:
        x1, y1 = out[-1]
        pieces = round(math.hypot(x2 - x1, y2 - y1) / step)
        out.extend((x1 + (x2 - x1) * n / pieces, y1 + (y2 - y1) * n / pieces) for n in range(1, pieces + 1))
    return out


def _places(at: Point, width: float, height: float) -> Iterable[Box]:
    x, y = at
    for distance in (10, 18, 30, 44, 60, 80, 105, 135, 170, 210):
        for left, top in (
            (x - distance * 0.7 - width, y - distance * 0.7 - height),
            (x + distance * 0.7, y + distance * 0.7),
            (x + distance * 0.7, y - distance * 0.7 - height),
            (x - distance * 0.7 - width, y + distance * 0.7),
            (x + distance, y - height / 2),
            (x - distance - width, y - height / 2),
            (x - width / 2, y - distance - height),
            (x - width / 2, y + distance),
        ):
            yield Box(left, top, left + width, top + height)


def _draw_leader(svg: Svg, at: Point, box: Box) -> None:
    x, y = _nearest(at, box)
    length = math.hypot(x - at[0], y - at[1])
    if length > 2 * CLOSE:
        start = at[0] + (x - at[0]) * 5 / length, at[1] + (y - at[1]) * 5 / length
        svg.leader(start, (x, y), AXIS, 0.7)
