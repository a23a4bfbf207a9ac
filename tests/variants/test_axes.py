"""Axes as written: spans, spans by equal factors, lists; what cannot be read or varied is said."""

import numpy as np
import pytest

import reportgen as rg
from reportgen.errors import InputError
from reportgen.schema.bounds import CHANGE, SHARE, WHOLE_FROM_ONE
from reportgen.variants.axes import Axis, checked_axes, contains, parse_axis
from reportgen.variants.grid import Grid
from tests.paths import INPUTS


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a.b=0.5..2:4", (0.5, 1.0, 1.5, 2.0)),
        ("a.b=1..100:3log", (1.0, 10.0, 100.0)),
        ("a.b=-1..1:2", (-1.0, 1.0)),
        ("a.b=1e3..2e3:2", (1000.0, 2000.0)),
        ("a.b=3,1,2", (3.0, 1.0, 2.0)),
        ("a.b=7", (7.0,)),
    ],
)
def test_values_of_an_axis(text: str, values: tuple[float, ...]) -> None:
    """A span has its ends and even steps between them, or even factors; a list is as it stands."""
    axis = parse_axis(text)
    assert axis.path == "a.b"
    assert axis.values == pytest.approx(values, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a.b", "is no axis"), ("=1..2:3", "is no axis"), ("a.b=1..2", "is no axis"), ("a.b=one", "is no axis"),
        ("a.b=1..2:0", "no values"), ("a.b=0..2:3log", "above 0"),
    ],
)  # fmt: skip
def test_what_is_no_axis(text: str, sentence: str) -> None:
    """What cannot be read is said, with how it is written."""
    with pytest.raises(ValueError, match=sentence):
        parse_axis(text)


def test_bounds_over_arrays_are_those_of_one_value() -> None:
    """Ends belong to closed bounds and not to open ones; whole numbers are whole; what is not finite is outside."""
    values = np.array([-1.0, 0.0, 0.5, 1.0, 2.0, np.nan, np.inf])
    for bounds in (SHARE, CHANGE, WHOLE_FROM_ONE):
        expected = [np.isfinite(value) and bounds.contains(value) for value in values]
        assert contains(bounds, values).tolist() == expected


def test_axes_are_checked_against_the_case() -> None:
    """Unknown, repeated and priced paths and values out of bounds are all told at once; whole numbers are made whole."""
    inputs = rg.load(INPUTS / "small.yaml").assumptions
    axes = [
        Axis("options.gpu.min_replicas", (1.0, 2.0000000000000004)), Axis("options.gpu.min_replicas", (1.0,)),
        Axis("options.gpu.utilization", (0.5,)), Axis("options.gpu.utilisation", (0.5, 1.5)),
    ]  # fmt: skip
    with pytest.raises(InputError) as raised:
        checked_axes(axes, inputs, "small.yaml")
    assert [(one.path, one.code) for one in raised.value.problems] == [
        ("options.gpu.min_replicas", "path"), ("options.gpu.utilization", "path"), ("options.gpu.utilisation", "invalid-value"),
    ]  # fmt: skip
    assert checked_axes(axes[:1], inputs, "small.yaml")[0].values == (1.0, 2.0)


def test_a_grid_is_every_combination_in_order() -> None:
    """The last axis varies fastest, and any stretch of it can be taken."""
    grid = Grid((Axis("a", (1.0, 2.0)), Axis("b", (10.0, 20.0, 30.0))))
    assert len(grid) == 6
    whole = grid.columns(0, 100)
    assert whole["a"].tolist() == [1, 1, 1, 2, 2, 2]
    assert whole["b"].tolist() == [10, 20, 30, 10, 20, 30]
    assert grid.columns(2, 4)["b"].tolist() == [30, 10]
