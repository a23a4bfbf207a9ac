"""Where labels go when several want the same place: spread along an edge, or set beside a point where room is free."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.report.charts.palette import AXIS
from reportgen.report.charts.svg import Box, Point, Svg
from reportgen.report.charts.type import Words, words_height, words_width


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that belong to a height on the canvas."""

    y: float
    words: Words

    @property
    def height(self) -> float:
        """Space that the lines take, with a little air."""
        return words_height(self.words) + 3


def spread(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Move centres as little as possible so that bodies of these heights neither overlap nor leave `low` to `high`.

    The order stays; where the bodies do not fit at all they start at `low` and run over the end.
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
        for i in members:
            out[i] = top + heights[i] / 2
            top += heights[i]
    return tuple(out)


def _merge(
    upper: tuple[list[int], float, float], lower: tuple[list[int], float, float], low: float, high: float
) -> tuple[list[int], float, float]:
    height = upper[1] + lower[1]
    wanted = (upper[2] * len(upper[0]) + (lower[2] - upper[1]) * len(lower[0])) / (len(upper[0]) + len(lower[0]))
    return upper[0] + lower[0], height, _clamp(wanted, height, low, high)


def _clamp(top: float, height: float, low: float, high: float) -> float:
    return max(low, min(top, high - height))


def edge_height(labels: Iterable[Label]) -> float:
    """Find the height that labels need below each other."""
    return sum(label.height for label in labels)


def draw_edge(svg: Svg, labels: Sequence[Label], x: float, low: float, high: float) -> None:
    """Set labels along the right edge of a plot at x, spread, with a thin leader where one had to move far."""
    centres = spread([label.y for label in labels], [label.height for label in labels], low, high)
    for label, centre in zip(labels, centres, strict=True):
        if abs(centre - label.y) > label.height / 2:
            svg.line(x + 1.5, label.y, x + 6.5, centre, AXIS, 0.5)
        svg.block(x + 8, centre, label.words)


def draw_callout(svg: Svg, at: Point, words: Words, avoid: Sequence[Point], area: Box) -> bool:
    """Set lines beside a point, where they cover no text and the fewest points of curves, with a leader to the point.

    Nothing is drawn where no place inside `area` is free of text; the result says whether it was.
    """
    sizes = words_width(words), words_height(words)
    places = [box for box in _places(at, *sizes) if box.within(area) and svg.free(box, 3)]
    if not places:
        return False
    best = min(places, key=lambda box: sum(map(box.holds, avoid)))  # the first, nearest one wins ties
    _draw_leader(svg, at, best)
    svg.block(best.left, (best.top + best.bottom) / 2, words)
    return True


def dense(points: Sequence[Point], step: float = 4) -> list[Point]:
    """Add points along a drawn line, so that none are farther apart than `step`."""
    out = list(points[:1])
    for (x1, y1), (x2, y2) in pairwise(points):
        pieces = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1) / step))
        out.extend((x1 + (x2 - x1) * n / pieces, y1 + (y2 - y1) * n / pieces) for n in range(1, pieces + 1))
    return out


def _places(at: Point, width: float, height: float) -> Iterable[Box]:
    x, y = at
    for away in (10, 18, 30, 44, 60, 80, 105, 135):
        for left, top in (
            (x - away * 0.7 - width, y - away * 0.7 - height),
            (x + away * 0.7, y + away * 0.7),
            (x + away * 0.7, y - away * 0.7 - height),
            (x - away * 0.7 - width, y + away * 0.7),
            (x + away, y - height / 2),
            (x - away - width, y - height / 2),
            (x - width / 2, y - away - height),
            (x - width / 2, y + away),
        ):
            yield Box(left, top, left + width, top + height)


def _draw_leader(svg: Svg, at: Point, box: Box) -> None:
    x = max(box.left, min(at[0], box.right))
    y = max(box.top, min(at[1], box.bottom))
    length = math.hypot(x - at[0], y - at[1])
    if length > 16:
        svg.line(at[0] + (x - at[0]) * 5 / length, at[1] + (y - at[1]) * 5 / length, x, y, AXIS, 0.7)
