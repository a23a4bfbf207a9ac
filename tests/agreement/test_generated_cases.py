"""Random cases over every field come to the same numbers in the second computation, line by line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from reportgen.assessment import analyse
from reportgen.results_file.write import record
from tests.agreement.against_oracle import compare, option_differences
from tests.agreement.in_detail import differences
from tests.agreement.loaded import built, for_oracle, loaded
from tests.oracle import results

SHARD = 10
"""Cases of one test: some three seconds, so that processes share the work evenly."""
WHOLE = range(8)
"""Cases that are worked out with searches and futures too: seconds each."""


def shards(seeds: range) -> Iterable[Any]:
    """Give the seeds in shards, each the parameter of a test."""
    return [
        pytest.param(range(first, first + SHARD), id=f"{first}-{first + SHARD - 1}")
        for first in seeds[::SHARD]
    ]


def _differing(seeds: range) -> dict[int, list[str]]:
    """Give the first differences of each case that has some."""
    found = {seed: differences(seed)[:5] for seed in seeds}
    return {seed: texts for seed, texts in found.items() if texts}


@pytest.mark.parametrize(
    "seeds",
    [
        *shards(range(10)),
        *(pytest.param(*one.values, id=one.id, marks=pytest.mark.slow) for one in shards(range(10, 110))),
    ],
)
def test_random_cases_agree_line_by_line(seeds: range) -> None:
    """Costs, machines, budget, exit, risks alone and together, bridge, break-even and best split of ten cases."""
    assert _differing(seeds) == {}


@pytest.mark.long
@pytest.mark.parametrize("seeds", shards(range(110, 3000)))
def test_many_random_cases_agree_line_by_line(seeds: range) -> None:
    """The same over twenty-six times as many."""
    assert _differing(seeds) == {}


@pytest.mark.parametrize("seed", WHOLE)
def test_case_out_of_memory_is_that_of_its_file(seed: int, tmp_path: Path) -> None:
    """The cases above are validated without a file, and none of them is read otherwise from one."""
    case, _ = loaded(tmp_path, seed)
    assert case.model_dump() == built(seed).model_dump()
    assert case.book == built(seed).book


@pytest.mark.slow
@pytest.mark.parametrize("seed", WHOLE)
def test_results_files_of_random_cases_agree(seed: int, tmp_path: Path) -> None:
    """The results file as it is written, with all that stage 2 says of the runs."""
    expected = results(for_oracle(seed))
    found = record(analyse(*loaded(tmp_path, seed)))
    told = [key for key in expected if key not in ("detail", "options", "too_close")]
    wrong = [text for key in told for text in compare(found[key], expected[key], key)]
    assert (option_differences(found["options"], expected) + wrong)[:5] == []
