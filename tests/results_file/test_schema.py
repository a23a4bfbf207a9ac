"""The results file of every case has the form that its JSON schema documents."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter

from reportgen.results_file.schema import ResultsFile, as_json
from reportgen.results_file.write import record, results_file
from tests.agreement.cases import ROOT, SHIPPED, analysis_of, each_case

SCHEMA = json.loads((ROOT / "inputs" / "results.schema.json").read_text(encoding="utf-8"))


def written(case: Path) -> Any:
    """Give the results of a case as a reader of the file sees them."""
    return json.loads(json.dumps(record(analysis_of(case)), allow_nan=False))


def problems(results: object) -> list[str]:
    """List where results have not the documented form."""
    return [error.json_path for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(results)]


@each_case
def test_results_have_the_documented_form(case: Path) -> None:
    """The shipped schema takes the results; every key it names is there, and no other."""
    assert problems(written(case)) == []


@each_case
def test_results_are_written_as_their_types_say(case: Path) -> None:
    """The file holds of each value what its declared type has, in its order, as pydantic writes it, and no more."""
    results = results_file(analysis_of(case))
    assert json.dumps(as_json(results)) == by_declared_types(results)


def by_declared_types(results: ResultsFile) -> str:
    """Write results as pydantic does, which reads the types of all fields."""
    return json.dumps(TypeAdapter(ResultsFile).dump_python(results, mode="json"))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"tco": None}, "$.options.api.tco"),
        ({"tco": "106549"}, "$.options.api.tco"),
        ({"monthly": [1, "2"]}, "$.options.api.monthly[1]"),
        ({"profit": 1}, "$.options.api"),
    ],
)
def test_the_schema_refuses_another_form(change: dict[str, object], place: str) -> None:
    """A total that is null or text, a month that is text, a key that nobody documented."""
    results = written(SHIPPED)
    results["options"]["api"].update(change)
    assert problems(results) == [place]


def test_what_is_not_known_is_null_and_takes_the_key_with_it_nowhere() -> None:
    """A first look quantifies no exit: null, and the key is there; a missing key is refused."""
    results = written(ROOT / "tests" / "cases" / "nothing_known.yaml")
    assert results["options"]["rented"]["expected_exit"] is None
    assert results["options"]["rented"]["exit_curve"] is None
    assert problems(results) == []
    del results["options"]["rented"]["expected_exit"]
    assert problems(results) == ["$.options.rented"]
