"""The class of an estimate."""

import pytest

from reportgen.model.analysis.maturity import estimate_class


@pytest.mark.parametrize(
    ("sourced", "widths", "number"),
    [
        ([True] * 7 + [False] * 3, [0.1, 0.12, 0.3], 1),
        ([True] * 7 + [False] * 3, [0.1, 0.2, 0.3], 3),
        ([True] * 3 + [False] * 7, [0.1], 2),
        ([True] + [False] * 9, [0.1], 3),
        ([True] + [False] * 99, [0.1], 4),
        ([False] * 10, [0.1], 5),
        ([True] * 10, [0.41], 5),
        ([True] * 10, [], 5),
    ],
)
def test_the_worse_of_sources_and_widths_counts(
    sourced: list[bool], widths: list[float], number: int
) -> None:
    """Shares of 65%, 30%, 10%, 1% and medians of 12.5%, 17.5%, 25%, 40% begin the classes."""
    assert estimate_class(sourced, widths).number == number


def test_the_sentence_says_what_it_is_and_is_not() -> None:
    """It counts, and promises nothing."""
    found = estimate_class([True, False, False, True], [0.2, 0.4, 0.3])
    assert (found.number, found.sourced, found.width) == (4, 0.5, 0.3)
    assert "2 of 4 stated assumptions name a source" in found.sentence
    assert "30%" in found.sentence
    assert "no promise" in found.sentence
