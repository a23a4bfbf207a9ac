"""The first four pages are in the words of a board: none of our own, none that needs a dictionary."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.agreement.cases import analysis_of, each_case
from tests.papers import rendered

FIRST_PAGES = 4
UNKNOWN_TO_A_BOARD = (
    "core", "tornado", "flip", "flips", "flipped", "nearest beyond", "dearer", "dearest", "locks in", "lock-in", "switching value",
    "switching values", "percentile", "S-curve", "kill criterion", "kill criteria", "ladder", "rank correlation", "point estimate", "naive", "spill",
    "eligibility", "runner-up", "what-if", "stochastic", "Monte Carlo", "as issued", "P10", "P50", "P80", "P90", "on TCO", "on core", "null",
    "run of the whole model", "turns with", "swing", "verdict", "waterfall", "quantile", "joint distribution", "expectation",
    "opex", "capex", "delta", "cheapest only",
)  # fmt: skip
"""Words that mean something only to those who know the program, or statistics; the appendices define those that they use."""


@pytest.mark.slow
@each_case
def test_first_pages_need_no_dictionary(case: Path) -> None:
    """None of these words stands there, but in the case's own texts."""
    text = " ".join(" ".join(rendered(case).pages[:FIRST_PAGES]).split())
    for own in sorted(texts(analysis_of(case).case.model_dump()), key=len, reverse=True):
        text = re.sub(re.escape(own), "", text, flags=re.IGNORECASE)
    assert found(text) == []


def test_a_word_is_found_whole() -> None:
    """A word is found in any case, and not within another such as "scored"."""
    assert found("What is on Core, scored at P80, flips.") == ["core", "flips", "P80", "on core"]
    assert found("The board decides.") == []


def found(text: str) -> list[str]:
    """List the words of the list that stand in a text."""
    return [
        word
        for word in UNKNOWN_TO_A_BOARD
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    ]


def texts(part: Any) -> set[str]:
    """List the texts of a case of more than three letters."""
    if isinstance(part, dict):
        return set().union(*map(texts, part.values())) if part else set()
    if isinstance(part, list | tuple):
        return set().union(*map(texts, part)) if part else set()
    return {part} if isinstance(part, str) and len(part) > 3 else set()
