"""`reportgen compare` at a terminal: what it prints, and the exit status that a scheduled job sees."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reportgen.cli import app
from reportgen.errors import InputError
from tests.packs import pack
from tests.schema.conftest import SHIPPED, edited

__all__ = ["edited"]

DEARER = (
    "input_price: {value: 1.00, low: 0.60, high: 1.40",
    "input_price: {value: 9.00, low: 0.60, high: 9.40",
)


def run(*arguments: str | Path) -> Result:
    """Run the program in this process; known errors are raised."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(done.exception, InputError):
        raise done.exception
    return done


def test_a_change_of_the_answer_exits_with_3(edited: Callable[..., Path]) -> None:
    """Input tokens at nine dollars instead of one put the platform first; table, verdict and status say so."""
    done = run("compare", SHIPPED, edited(DEARER))
    assert done.exit_code == 3
    assert "+800.0%" in done.stdout
    assert "options.api.input_price" in done.stdout
    assert "THE RECOMMENDATION CHANGES: Managed platform, it was Commercial API." in done.stdout
    assert "The change that did it, alone: Input price, Commercial API." in done.stdout


@pytest.mark.slow
def test_a_small_change_leaves_the_recommendation_standing(edited: Callable[..., Path]) -> None:
    """A cent more changes nothing: exit 0."""
    done = run("compare", SHIPPED, edited(("input_price: {value: 1.00", "input_price: {value: 1.01")))
    assert done.exit_code == 0
    assert "The recommendation stands: Commercial API." in done.stdout


def test_the_same_case_twice() -> None:
    """Nothing changed, and nothing else is said."""
    done = run("compare", SHIPPED, SHIPPED)
    assert done.exit_code == 0
    assert done.stdout.endswith("Nothing changed.\n")


def test_json_has_every_amount_unrounded(edited: Callable[..., Path]) -> None:
    """The steps of the bridge add up to the change of full cost, to the last digits."""
    done = run("compare", SHIPPED, edited(DEARER), "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["flipped"], found["flipped_by"]) == (3, True, "options.api.input_price")
    bridge = found["bridge"]
    for key, before in bridge["before"].items():
        steps = sum(step["amounts"][key] for step in bridge["steps"])
        assert before + steps == pytest.approx(bridge["after"][key], rel=1e-9)


@pytest.mark.slow
def test_a_results_file_is_compared_with_its_case(tmp_path: Path) -> None:
    """What was built and what it was built from are the same; an older version's results are a step of their own."""
    pack(SHIPPED, tmp_path)
    results = tmp_path / f"{SHIPPED.stem}.json"
    assert "Nothing changed." in run("compare", results, SHIPPED).stdout
    record = json.loads(results.read_text(encoding="utf-8"))
    record["program"] = "reportgen 0.0.1"
    record["options"]["api"]["full_cost"] -= 1000
    results.write_text(json.dumps(record), encoding="utf-8")
    done = run("compare", results, SHIPPED)
    assert done.exit_code == 0
    assert "The older edition as this version" in done.stdout
    assert "+$1.0k" in done.stdout


BAD: list[tuple[str, str, str]] = [
    ("there is no such file", "", "No such file or directory."),
    ("not JSON", "{", "it is not JSON."),
    ("a list", "[]", "it is no results file of this program."),
    ("something else", '{"a": 1}', "it holds no inputs"),
    ("inputs of another version", '{"program": "reportgen 9", "inputs": {"case": {}}}', "written by reportgen 9, whose inputs"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "sentence"), BAD, ids=[row[0] for row in BAD])
def test_a_file_that_cannot_be_compared_is_refused(
    name: str, text: str, sentence: str, tmp_path: Path
) -> None:
    """One sentence says what is wrong with the file."""
    path = tmp_path / "old.json"
    if text:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run("compare", path, SHIPPED)
    assert sentence in str(caught.value), name
