"""A second computation of MODEL, written from its text alone, comes to the same results."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.results_file.write import record
from tests.agreement.cases import CASES, analysis_of
from tests.oracle import results, with_book


def compare(found: Any, expected: Any, path: str) -> list[str]:
    """List where two results differ: numbers beyond 1e-9 of their size, all else at all."""
    if isinstance(expected, dict):
        keys = [f"{path}: {key}" for key in found.keys() ^ expected.keys()]
        return keys + [
            text
            for key in expected
            if key in found
            for text in compare(found[key], expected[key], f"{path}.{key}")
        ]
    if isinstance(expected, list | tuple):
        if len(found) != len(expected):
            return [f"{path}: {len(found)} is not {len(expected)} long"]
        return [
            text
            for n, pair in enumerate(zip(found, expected, strict=True))
            for text in compare(*pair, f"{path}.{n}")
        ]
    if isinstance(expected, float) and isinstance(found, float):
        return (
            []
            if abs(found - expected) <= 1e-9 * max(abs(expected), 1.0)
            else [f"{path}: {found} is not {expected}"]
        )
    return [] if _word(found) == _word(expected) else [f"{path}: {found!r} is not {expected!r}"]


def _word(value: object) -> object:
    """Read 'not up to 100,000 M' as 'not up to': the volume stands beside the word, not in it."""
    return "not up to" if isinstance(value, str) and value.startswith("not up to") else value


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_results_are_those_of_the_second_computation(path: Path) -> None:
    """Every number of the results file, whatever the kinds of options."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    book = path.with_name(case.get("price_book", "prices.yaml"))
    if any("prices" in option or "gpu_prices" in option for option in case["options"].values()):
        case = with_book(case, yaml.safe_load(book.read_text(encoding="utf-8")))
    expected = results(case)
    found = record(analysis_of(path))
    assert len(expected) >= 8
    for key, option in found["options"].items():
        if "tax" not in option["categories"]:  # a program of the first edition has no such category
            assert expected["options"][key]["categories"].pop("tax") == 0
    # `detail` has no counterpart in the results file; beyond 20 risks `joint` is drawn at random
    told = [key for key in expected if key != "detail" and (key != "joint" or expected[key])]
    wrong = [text for key in told for text in compare(found[key], expected[key], key)]
    assert wrong[:5] == []
