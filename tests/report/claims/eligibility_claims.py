"""A checker of whom a sentence ranks: an option that may not be chosen is marked so wherever it is ranked, compared or called lowest."""

import re

from tests.report.claims.facts import Facts

RANKS = re.compile(
    r"\b(?:lowest|highest|cheapest|(?:costs?|cost) least|largest|costliest|[Bb]est|the next|weighs most|at most|times that of|above that of|falls? to that"
    r"|no higher than|[Cc]umulative cost|catches up|breaks even|[Bb]reak-even with|(?:less|more) than|as much as|Before risk its present value|Stable service"
    r"|Expected cost of leaving|Leaving (?!any)|displaced$)"
)
"""Words by which a sentence ranks options, or compares one with another."""

ABOUT_ELIGIBILITY = re.compile(
    r"may not be chosen|^Without “|^Not eligible|do(?:es)? not meet|[Nn]o option meets|stays? the cheapest"
)
"""Sentences that say in other words which options may be chosen."""

MARK = r"(?: \(not eligible\)|, not eligible\)| \(which fails a must-have\))"


def unmarked(facts: Facts, sentence: str) -> list[str]:
    """List the options that a sentence ranks without the mark that they may not be chosen, and those marked that may."""
    if not RANKS.search(sentence) or ABOUT_ELIGIBILITY.search(sentence):
        return []
    named = re.finditer(rf"(?<!\w)({facts.name})(?!\w)({MARK}?)", sentence)
    return [
        f"not marked as it should be: {one[1]} in “{sentence}”"
        for one in named
        if bool(one[2]) == (facts.names[one[1]] in facts.meeting())
    ]


def says_of_whom(facts: Facts, sentence: str) -> bool:
    """Return whether a sentence that ranks the eligible options alone says so where there are others, and only there."""
    return bool(re.search(r"\beligible\b", sentence)) == (not facts.all_eligible)
