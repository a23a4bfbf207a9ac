"""Every claim of the decision pages of random cases follows from their results files."""

from pathlib import Path
from typing import Any

import pytest

from reportgen.assessment import analyse
from tests.agreement.loaded import loaded
from tests.report.claims.body import body_of
from tests.report.claims.checker import faults
from tests.report.claims.section_claims import section_faults
from tests.report.claims.test_body import body_faults
from tests.report.claims.test_checker import page_of, results_of, titles_of

MANY, SHARD = range(200), 5
"""Seeds, ten of them in the whole run, and how many of these one test takes, so that processes share them."""


def shards(seeds: range, *marks: pytest.MarkDecorator) -> list[Any]:
    """Give the seeds in shards, each the parameter of a test."""
    return [
        pytest.param(seeds[at : at + SHARD], id=f"{seeds[at]}-{seeds[at] + SHARD - 1}", marks=marks)
        for at in range(0, len(seeds), SHARD)
    ]


def told(seed: int, folder: Path) -> list[str]:
    """List what the paper of a random case claims and its results do not say."""
    analysis = analyse(*loaded(folder, seed))
    results = results_of(analysis)
    return [
        *faults(page_of(analysis), results),
        *section_faults(titles_of(analysis), results),
        *body_faults(body_of(analysis), results),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seeds", shards(MANY[:5]) + shards(MANY[5:], pytest.mark.long))
def test_every_sentence_of_many_random_cases_holds(seeds: range, tmp_path: Path) -> None:
    """No sentence of a random case's decision page is false or unchecked, nor a claim of its sections, leads, notes and tables."""
    found = {seed: told(seed, tmp_path) for seed in seeds}
    assert {seed: texts for seed, texts in found.items() if texts} == {}
