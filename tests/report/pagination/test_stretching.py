"""The stretches of charts with which pages are filled, on blocks of round heights."""

import pytest

from reportgen.report.pagination.blocks import Block
from reportgen.report.pagination.stretching import MOST, RESERVE, Body, chart_stretches, chunks_of

PAGE = 1000 + RESERVE


def column(*heights: float, charts: tuple[int, ...] = (), kept: tuple[int, ...] = ()) -> tuple[Block, ...]:
    """Put blocks below each other; `charts` and `kept` are the places of charts and of blocks that keep the next one."""
    tops = [sum(heights[:place]) for place in range(len(heights))]
    return tuple(
        Block(top, top + height, (f"c{place}",) if place in charts else (), keeps_next=place in kept)
        for place, (top, height) in enumerate(zip(tops, heights, strict=True))
    )


def body(blocks: tuple[Block, ...], **heights: tuple[float, float, float]) -> Body:
    """Make a body with a page of 1,000 pixels and the heights of its charts at 0.7, 1 and 2.4."""
    return Body(chunks_of(blocks), PAGE, heights)


def test_a_chart_grows_to_the_foot_of_its_page() -> None:
    """600 of 1,000 pixels are used, and a chart of 300 takes the 400 of a heading and chart that go to the next page.

    300 pixels at 1 and 1,000 at 2.4: 500 pixels a unit, so 0.8 more would fill the page.
    """
    blocks = column(300, 300, 100, 800, charts=(1, 3), kept=(2,))
    found = chart_stretches(body(blocks, c1=(150, 300, 1000), c3=(560, 800, 1920)))
    assert found["c1"] == pytest.approx(1.8, abs=0.035)


def test_a_chart_shrinks_to_take_the_next_block() -> None:
    """1,040 pixels fit a page of 1,000 when the chart of 400 gives at least 40, so that both blocks stand on one page."""
    found = chart_stretches(body(column(400, 640, 900, charts=(0,)), c0=(280, 400, 960)))
    assert found == {"c0": pytest.approx(0.9, abs=0.034)}
    assert 640 + 400 * found["c0"] <= 1000


def test_a_chart_that_is_held_up_by_its_labels_does_not_shrink() -> None:
    """Where the labels need 400 pixels, 1,040 do not fit, and the chart fills the page that it has."""
    found = chart_stretches(body(column(400, 640, 900, charts=(0,)), c0=(400, 400, 960)))
    assert found == {"c0": MOST}


def test_the_last_page_stays_as_it_is() -> None:
    """What follows the body begins below it, so nothing there grows."""
    assert chart_stretches(body(column(100, 300, charts=(1,)), c1=(210, 300, 720))) == {"c1": 1.0}


def test_the_body_takes_as_few_pages_as_it_can() -> None:
    """Three charts of 600 pixels would take three pages; at 0.7 two stand on one, so that two pages are enough."""
    heights = {f"c{place}": (420.0, 600.0, 1440.0) for place in range(3)}
    found = chart_stretches(body(column(600, 600, 600, charts=(0, 1, 2)), **heights))
    assert 600 * (found["c0"] + found["c1"]) <= 1000
    assert found["c2"] == 1.0


def test_no_page_is_left_emptier_than_it_should_be_where_another_break_helps() -> None:
    """900, 120, 700 and 700 pixels: with the first two on one page, the second has 700; apart, it has 820 and is full enough."""
    blocks = column(900, 120, 700, 700, 500, charts=(0,))
    found = chart_stretches(body(blocks, c0=(630, 900, 2160)))
    assert 900 * found["c0"] > 960


def test_blocks_that_stay_together_are_one_chunk() -> None:
    """A heading stays with its chart, a source with what is above it, and rows may part."""
    source = Block(400, 420, keeps_previous=True)
    blocks = (*column(100, 300, kept=(0,)), source, Block(430, 450), Block(450, 470))
    chunks = chunks_of(blocks)
    assert [len(chunk.blocks) for chunk in chunks] == [3, 1, 1]
    assert [chunk.gap for chunk in chunks] == [0, 10, 0]
    assert [chunk.height for chunk in chunks] == [420, 20, 20]


def test_air_between_the_entries_of_the_contents_fills_their_page() -> None:
    """Ten entries of 20 pixels and a chart of 760 on the next page leave 800: 9 each at most; with 940 used, 6 each."""
    entries = [Block(20 * place, 20 * place + 20, is_entry=True) for place in range(10)]
    chart = (Block(200, 960, keeps_next=True), Block(960, 1160, ("c",)))
    tall = chart_stretches(body((*entries, *chart), c=(140, 200, 480)))
    assert tall["contents"] == 9.0
    other = (Block(200, 940), Block(940, 1140))
    heights = {"c": (140.0, 200.0, 480.0)}
    assert chart_stretches(Body(chunks_of((*entries, *other)), PAGE, heights)) == {"contents": 6.0}
