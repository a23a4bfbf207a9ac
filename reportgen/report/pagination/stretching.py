"""Choice of the charts' heights: page after page is filled, its charts made lower to take one more block, or higher to leave no gap."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reportgen.report.pagination.blocks import Block

LEAST, MOST = 0.7, 1.9
"""How far the plot of a chart may be stretched."""

SAMPLES = (LEAST, 1.0, MOST)
"""The stretches at which heights are known. In between they are interpolated, which gives no less than they are:
a chart's height is the larger of what it may give and what its labels need."""

CONTENTS, MOST_AIR = "contents", 9.0
"""The key under which the air of each entry of the contents is returned, and the most that it may be, in pixels."""

RESERVE = 6.0
"""Pixels kept free at the foot of a page that is planned to be full, for rounding."""

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


def chart_stretches(body: Body, most_pages: int) -> dict[str, float]:
    """Return the stretch of each chart with which the body fills its pages, and takes no more than `most_pages` if it can.

    What is left on the page of the contents is shared out between their entries.

    Charts start at their usual height; where the body takes more pages, they start lower.
    """
    plans = [_pages(body, start) for start in (1.0, 0.85, LEAST)]
    plan = next((one for one in plans if len(one) <= most_pages), min(plans, key=len))
    found: dict[str, float] = {}
    for place, (chunks, stretch) in enumerate(plan):
        chosen = stretch
        if place < len(plan) - 1:
            chosen = _filling(body, chunks, stretch)
        found |= {name: chosen for chunk in chunks for chart in chunk.charts for name in chart}
        entries = sum(block.is_entry for chunk in chunks for block in chunk.blocks)
        if entries and place < len(plan) - 1:
            free = body.page - RESERVE - body.height(chunks, chosen)
            found |= {CONTENTS: round(min(max(free, 0.0) / entries, MOST_AIR), 1)}
    return found


def _pages(body: Body, start: float) -> list[tuple[list[Chunk], float]]:
    """Fill page after page; each has the stretch of its charts that takes its last chunk."""
    pages: list[tuple[list[Chunk], float]] = []
    held: list[Chunk] = []
    stretch = start
    for chunk in body.chunks:
        fitting = next(
            (one for one in (stretch, 0.85, LEAST) if one <= stretch and _fits(body, [*held, chunk], one)),
            None,
        )
        if fitting is None and held:
            pages.append((held, stretch))
            held, fitting = [], start
        held, stretch = [*held, chunk], LEAST if fitting is None else fitting
    return [*pages, (held, stretch)]


def _fits(body: Body, chunks: Sequence[Chunk], stretch: float) -> bool:
    return body.height(chunks, stretch) <= body.page - RESERVE


def _filling(body: Body, chunks: Sequence[Chunk], least: float) -> float:
    """Return the highest stretch, `least` or more, with which the chunks still fit their page."""
    steps = [least + n * (MOST - least) / 40 for n in range(41)]
    return steps[max(bisect_left(steps, True, key=lambda step: not _fits(body, chunks, step)) - 1, 0)]


def _interpolated(heights: Sequence[float], stretch: float) -> float:
    above = min(max(bisect_left(SAMPLES, stretch), 1), len(SAMPLES) - 1)
    low, high = SAMPLES[above - 1], SAMPLES[above]
    share = (stretch - low) / (high - low)
    return heights[above - 1] + share * (heights[above] - heights[above - 1])
