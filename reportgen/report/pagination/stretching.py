"""Choice of the charts' heights: page after page is filled, its charts made lower to take one more block, or higher to leave no gap."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from reportgen.report.pagination.blocks import Block
from reportgen.runtime.records import dataclass

LEAST, MOST = 0.7, 2.4
"""How far the plot of a chart may be stretched."""

SAMPLES = (LEAST, 1.0, MOST)
"""The stretches at which heights are known. In between they are interpolated, which gives no less than they are:
a chart's height is the larger of what it may give and what its labels need."""

CONTENTS, MOST_AIR = "contents", 9.0
"""The key under which the air of each entry of the contents is returned, and the most that it may be, in pixels."""

RESERVE = 6.0
"""Pixels kept free at the foot of a page that is planned to be full, for rounding."""

STEPS = 50
"""Number of steps in which a stretch is chosen."""

MOST_EMPTY = 0.2
"""The share of a page that may stay empty."""

Heights = Mapping[str, Sequence[float]]
"""The height of each chart at each of the SAMPLES, by the id of its frame."""


@dataclass(frozen=True)
class Chunk:
    """Blocks that stand on one page together; `gap` is the distance from the chunk before."""

    blocks: tuple[Block, ...]
    gap: float

    @property
    def height(self) -> float:
        """Return the height with every chart at its usual height."""
        return self.blocks[-1].bottom - self.blocks[0].top

    @cached_property
    def charts(self) -> tuple[tuple[str, ...], ...]:
        """List the charts, those side by side together."""
        return tuple(block.charts for block in self.blocks if block.charts)


@dataclass(frozen=True, slots=True)
class Body:
    """The measured body: its chunks in order, the height of a page, and the heights of the charts."""

    chunks: tuple[Chunk, ...]
    page: float
    heights: Heights

    def added(self, chart: Sequence[str], stretch: float) -> float:
        """Return the pixels that a stretch adds to charts side by side."""
        usual = SAMPLES.index(1.0)
        known = [one for one in chart if one in self.heights]
        if not known:
            return 0.0
        tallest = max(self.heights[one][usual] for one in known)
        return max(_interpolated(self.heights[one], stretch) for one in known) - tallest

    def height(self, chunks: Sequence[Chunk], stretch: float) -> float:
        """Return the height of a page's chunks, their charts stretched."""
        if not chunks:
            return 0.0
        gaps = sum(chunk.gap for chunk in chunks[1:])
        stretched = sum(self.added(chart, stretch) for chunk in chunks for chart in chunk.charts)
        return sum(chunk.height for chunk in chunks) + gaps + stretched + chunks[0].blocks[0].repeated


def chunks_of(blocks: Sequence[Block]) -> tuple[Chunk, ...]:
    """Put blocks that no page break may part into chunks."""
    groups: list[list[Block]] = [[block] for block in blocks[:1]]
    for before, block in pairwise(blocks):
        if before.keeps_next or block.keeps_previous:
            groups[-1].append(block)
        else:
            groups.append([block])
    gaps = [0.0, *(after[0].top - before[-1].bottom for before, after in pairwise(groups))]
    return tuple(Chunk(tuple(group), gap) for group, gap in zip(groups, gaps, strict=True))


def chart_stretches(body: Body) -> dict[str, float]:
    """Return the stretch of each chart with which the body takes the fewest pages, and as few as can be stay emptier than they should.

    What is left on the page of the contents is shared out between their entries.
    """
    *pages, last = _pages(body)
    plan = [*((chunks, _filling(body, chunks)) for chunks in pages), (last, _least_lowered(body, last))]
    found: dict[str, float] = {}
    for place, (chunks, stretch) in enumerate(plan):
        found |= {name: stretch for chunk in chunks for chart in chunk.charts for name in chart}
        entries = sum(block.is_entry for chunk in chunks for block in chunk.blocks)
        if entries and place < len(pages):
            free = body.page - RESERVE - body.height(chunks, stretch)
            found |= {CONTENTS: round(min(max(free, 0.0) / entries, MOST_AIR), 1)}
    return found


def _pages(body: Body) -> list[Sequence[Chunk]]:
    """Share the chunks out between pages; of equal ways the one whose first pages take most."""
    chunks, count, page = body.chunks, len(body.chunks), body.page
    added = [[sum(body.added(chart, end) for chart in one.charts) for end in (LEAST, MOST)] for one in chunks]
    best: dict[int, tuple[int, int, int]] = {count: (0, 0, count)}
    """By the first chunk: how many pages follow, how many of them stay too empty, and where the second begins."""
    for first in reversed(range(count)):
        height, low, high = chunks[first].blocks[0].repeated - chunks[first].gap, 0.0, 0.0
        ways: list[tuple[int, int, int]] = []
        for place in range(first, count):
            height += chunks[place].gap + chunks[place].height
            low, high = low + added[place][0], high + added[place][1]
            if ways and height + low > page - RESERVE:
                break
            pages, gaping, _ = best[place + 1]
            is_gaping = place < count - 1 and height + high < (1 - MOST_EMPTY) * page
            ways.append((pages + 1, gaping + is_gaping, place + 1))
        best[first] = min(ways, key=lambda way: (way[0], way[1], -way[2]))
    out: list[Sequence[Chunk]] = []
    first = 0
    while first < count:
        after = best[first][2]
        out.append(chunks[first:after])
        first = after
    return out


def _least_lowered(body: Body, chunks: Sequence[Chunk]) -> float:
    """Return the stretch nearest to 1 with which the chunks fit a page."""
    return next((one for one in (1.0, 0.85) if _fits(body, chunks, one)), LEAST)


def _fits(body: Body, chunks: Sequence[Chunk], stretch: float) -> bool:
    return body.height(chunks, stretch) <= body.page - RESERVE


def _filling(body: Body, chunks: Sequence[Chunk]) -> float:
    """Return the highest stretch with which the chunks still fit their page."""
    steps = [LEAST + n * (MOST - LEAST) / STEPS for n in range(STEPS + 1)]
    return steps[max(bisect_left(steps, True, key=lambda step: not _fits(body, chunks, step)) - 1, 0)]


def _interpolated(heights: Sequence[float], stretch: float) -> float:
    above = min(max(bisect_left(SAMPLES, stretch), 1), len(SAMPLES) - 1)
    low, high = SAMPLES[above - 1], SAMPLES[above]
    share = (stretch - low) / (high - low)
    return heights[above - 1] + share * (heights[above] - heights[above - 1])
