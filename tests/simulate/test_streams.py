"""Random numbers by name."""

import numpy as np
import pytest

from reportgen.simulate.streams import Stream


def test_a_stream_is_the_same_however_it_is_taken() -> None:
    """Seven numbers and then three are the ten that come at once."""
    parts = Stream(1, "a")
    assert np.array_equal(np.vstack([parts.take(7), parts.take(3)]), Stream(1, "a").take(10))


def test_streams_of_other_names_and_seeds_are_unrelated() -> None:
    """Over 10,000 numbers the correlation of two streams stays within four standard errors of 0."""
    first = Stream(1, "a").take(10_000)[:, 0]
    for other in (Stream(1, "b"), Stream(2, "a")):
        assert abs(np.corrcoef(first, other.take(10_000)[:, 0])[0, 1]) < 4 / 100


def test_numbers_are_spread_evenly() -> None:
    """Mean 1/2 and variance 1/12, within four standard errors; none at 0 or 1."""
    numbers = Stream(7, "x").take(100_000)
    assert numbers.mean() == pytest.approx(0.5, abs=4 * np.sqrt(1 / 12 / 100_000))
    assert numbers.var() == pytest.approx(1 / 12, abs=4 * np.sqrt(1 / 180 / 100_000))
    assert numbers.min() > 0
    assert numbers.max() < 1


def test_the_first_numbers_of_a_name_never_change() -> None:
    """The first number of seed 1 and "a" is fixed, so that editions of different machines and years agree."""
    assert float(Stream(1, "a").take(1)[0, 0]) == FIRST


FIRST = 0.8279315218716667
