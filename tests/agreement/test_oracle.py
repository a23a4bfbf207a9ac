"""A second computation of MODEL, written from its text alone, comes to the same results."""

from pathlib import Path

import pytest
import yaml

from reportgen.results_file.write import record
from tests.agreement.against_oracle import compare, option_differences
from tests.agreement.cases import SWEPT, analysis_of
from tests.oracle import results, with_book


@pytest.mark.parametrize("path", SWEPT)
def test_results_are_those_of_the_second_computation(path: Path) -> None:
    """Every number of the results file, whatever the kinds of options."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    book = path.with_name(case.get("price_book", "prices.yaml"))
    if any("prices" in option or "gpu_prices" in option for option in case["options"].values()):
        case = with_book(case, yaml.safe_load(book.read_text(encoding="utf-8")))
    expected = results(case)
    found = record(analysis_of(path))
    assert len(expected) >= 8
    # `detail` has no key of its own in the results file; beyond 20 risks `joint` is drawn at random
    told = [key for key in expected if key not in ("detail", "options") and (key != "joint" or expected[key])]
    wrong = [text for key in told for text in compare(found[key], expected[key], key)]
    assert (option_differences(found["options"], expected) + wrong)[:5] == []
