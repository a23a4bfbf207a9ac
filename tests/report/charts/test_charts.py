"""What holds for every chart, whatever the data."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from reportgen.report.charts.drawing.frame import Frame
from reportgen.report.charts.drawing.palette import AXIS
from reportgen.report.charts.drawing.svg import Svg
from reportgen.report.charts.drawing.typography import TEXT
from tests.report.charts.examples import CHARTS, Sample, sample
from tests.report.charts.reading import SPACE, faults, label_faults, shapes, size

every_chart = pytest.mark.parametrize("draw", CHARTS, ids=lambda draw: draw.__name__)
random_data = pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(2), id="two"),
        pytest.param(range(2, 8), id="some", marks=pytest.mark.slow),
        pytest.param(range(8, 40), id="more", marks=pytest.mark.long),
    ],
)
"""Runs a test on random data: of two seeds, in the whole run of eight, in the long run of forty."""


@pytest.mark.slow
@every_chart
@random_data
def test_labels_never_overlap_nor_leave_the_canvas(draw: Callable[[Sample], str], seeds: range) -> None:
    """Over random data no two texts overlap, none leaves the canvas, none is smaller than 7.7 points."""
    found = {seed: faults(draw(sample(seed))) for seed in seeds}
    assert {seed: what for seed, what in found.items() if what} == {}


@pytest.mark.slow
@every_chart
@random_data
def test_no_curve_and_no_leader_runs_through_a_text(draw: Callable[[Sample], str], seeds: range) -> None:
    """Over random data every text stands clear of the curves, and of the lines that lead to other texts."""
    found = {seed: label_faults(draw(sample(seed))) for seed in seeds}
    assert {seed: what for seed, what in found.items() if what} == {}


def test_a_curve_through_a_text_is_seen() -> None:
    """A text that stands on a curve, and one that stands on a leader, are found."""
    svg = Svg(Frame("c", "Title"), "")
    svg.text(10, 50, "on the curve", TEXT)
    svg.curve([(0, 20), (100, 80)], "#4C8FCB")
    svg.text(10, 150, "on the leader", TEXT)
    svg.leader((0, 140), (100, 150), AXIS, 0.7)
    svg.text(10, 90, "clear", TEXT)
    found = label_faults(svg.render(200))
    assert found == ["a curve runs through 'on the curve'", "a leader runs through 'on the leader'"]


@every_chart
def test_same_data_same_drawing(draw: Callable[[Sample], str]) -> None:
    """A chart is a function of its data."""
    assert [draw(sample(seed)) for seed in range(5)] == [draw(sample(seed)) for seed in range(5)]


@every_chart
def test_alternative_text(draw: Callable[[Sample], str]) -> None:
    """Each chart has a title, a description and the role of an image."""
    root = ET.fromstring(draw(sample(1)))  # noqa: S314  (our own drawing)
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SPACE}title")
    assert root.findtext(f"{SPACE}desc")


@every_chart
@random_data
def test_ids_begin_with_the_id_of_the_chart(draw: Callable[[Sample], str], seeds: range) -> None:
    """Several charts on one page do not share an id, and every reference finds its own."""
    for seed in seeds:
        svg = draw(sample(seed))
        ids = re.findall(r' id="([^"]*)"', svg)
        assert len(ids) == len(set(ids))
        assert all(one.startswith("sample") for one in ids)
        assert set(re.findall(r"url\(#([^)]*)\)", svg)) <= set(ids)


@every_chart
@random_data
def test_numbers_are_short(draw: Callable[[Sample], str], seeds: range) -> None:
    """No attribute has more than two decimals, is not a number, or falls into scientific notation."""
    for seed in seeds:
        for shape in shapes(draw(sample(seed))):
            numbers = " ".join(
                value for key, value in shape.attributes.items() if key not in ("fill", "stroke")
            )
            assert not re.search(r"\.\d{3}|nan|inf|\de[+-]?\d", numbers), (seed, shape)


@every_chart
@random_data
def test_everything_stays_on_the_canvas(draw: Callable[[Sample], str], seeds: range) -> None:
    """No rectangle or dot lies outside, and the canvas is as wide as asked for."""
    for seed in seeds:
        svg = draw(sample(seed))
        width, height = size(svg)
        for shape in shapes(svg):
            if shape.tag == "rect":
                assert shape.number("x") >= -2.5, (seed, shape)
                assert shape.number("x") + shape.number("width") <= width + 2.5, (seed, shape)
                assert 0 <= shape.number("y") <= shape.number("y") + shape.number("height") <= height, (
                    seed,
                    shape,
                )
            elif shape.tag == "circle":
                assert 0 <= shape.number("cx") <= width, (seed, shape)
                assert 0 <= shape.number("cy") <= height, (seed, shape)


@every_chart
def test_three_options_take_few_bytes(draw: Callable[[Sample], str]) -> None:
    """A chart of three options with short names is a few kilobytes."""
    three = next(s for s in map(sample, range(200)) if len(s.options) == 3)
    assert len(draw(three).encode()) < 12_000
