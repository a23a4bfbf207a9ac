"""A new case passes check whatever is answered, and says which of its figures are guesses."""

from datetime import date
from itertools import combinations
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from reportgen.errors import SurroundingsError
from reportgen.scaffold.examples import copy_examples
from reportgen.scaffold.new_case import KINDS, Answers, new_case
from reportgen.scaffold.price_of_today import price_of_today
from reportgen.scaffold.schemas import SCHEMAS
from reportgen.schema.assumptions import assumptions
from reportgen.schema.checks.doubts import all_doubts
from reportgen.schema.loading.load import load_case, shipped_usual

DAYS = (date(2026, 11, 28), date(2027, 1, 15), date(2027, 4, 1))


@pytest.mark.parametrize(
    "options", [("api", *others) for n in (1, 2, 3) for others in combinations(KINDS[1:], n)], ids="-".join
)
def test_any_choice_of_options_passes(tmp_path: Path, options: tuple[str, ...]) -> None:
    """Whatever ways are weighed, the case loads within its limits, and nothing in it looks like a slip."""
    path = tmp_path / "acme.yaml"
    path.write_text(new_case(Answers("Acme", *DAYS, options=options)), encoding="utf-8")
    case = load_case(path, limits=True)
    assert tuple(case.options) == options
    assert all_doubts(case, shipped_usual()) == ()
    guesses = [row for row in assumptions(case) if row.note.startswith("a guess: replace")]
    assert len(guesses) > 10


@pytest.mark.parametrize("currency", ["EUR", "INR", "JPY"])
def test_other_currencies(tmp_path: Path, currency: str) -> None:
    """Money is of the right order in another currency, so that no limit is met."""
    path = tmp_path / "acme.yaml"
    path.write_text(new_case(Answers("Acme", *DAYS, currency=currency, options=KINDS)), encoding="utf-8")
    assert all_doubts(load_case(path, limits=True), shipped_usual()) == ()


def test_what_is_known_is_no_guess(tmp_path: Path) -> None:
    """A stated volume, an item of the book, a workload and a speed take the place of guesses, with their sources."""
    speed = 'gpus_per_replica: 8\nreplica_tps: {value: 6000, unit: tokens/s, source: "vLLM bench serve: a.json"}\n'
    workload = 'workload:\n  output_share: {value: 0.15, source: "OpenAI usage API: b.json"}\n'
    today = price_of_today("gemini-3.8-flash", DAYS[0])
    answers = Answers(
        "Acme", *DAYS, volume=6000, today=today, options=("api", "platform"), speed=speed, workload=workload
    )
    path = tmp_path / "acme.yaml"
    path.write_text(new_case(answers), encoding="utf-8")
    rows = {row.path: row for row in assumptions(load_case(path, limits=True))}
    assert rows["workload.tokens_per_month"].value == 6000
    assert rows["workload.output_share"].source == "OpenAI usage API: b.json"
    assert rows["options.platform.replica_tps"].value == 6000
    assert rows["options.platform.gpus_per_replica"].value == 8
    assert rows["options.api.input_price"].value == today.input
    assert "gemini-3.8-flash" in rows["options.api.input_price"].source


def test_a_model_that_nobody_has() -> None:
    """A model that neither book nor package has is refused; a guess is taken only where nothing is asked for."""
    with pytest.raises(SurroundingsError):
        price_of_today("nobody:no-such-model", DAYS[0])
    assert price_of_today("", DAYS[0]).is_guess


@pytest.mark.slow
def test_examples_stand_by_themselves(tmp_path: Path) -> None:
    """Every shipped case has the editor's line on top, loads where it was copied, and is valid by the schema beside it."""
    paths = {path.name: path for path in copy_examples(tmp_path / "examples")}
    assert {
        "small.yaml",
        "prices.yaml",
        "case.schema.json",
        "prices.schema.json",
        "results.schema.json",
    } <= paths.keys()
    text = paths["small.yaml"].read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=case.schema.json\n")
    assert load_case(paths["small.yaml"], limits=True).book is not None
    assert [path.name for path in copy_examples(tmp_path / "examples")] == list(paths)
    paths["small.yaml"].write_text(text + "# mine\n", encoding="utf-8")
    with pytest.raises(SurroundingsError, match=r"small\.yaml is there and differs"):
        copy_examples(tmp_path / "examples")


@pytest.mark.slow
def test_the_price_book_is_valid_by_its_schema(tmp_path: Path) -> None:
    """The schema of price books accepts the shipped one, and refuses a rate without its day."""
    import json

    copy_examples(tmp_path)
    schema = json.loads(SCHEMAS["prices"]())
    plain = json.loads(
        json.dumps(
            YAML(typ="safe", pure=True).load((tmp_path / "prices.yaml").read_text(encoding="utf-8")),
            default=str,
        )
    )
    jsonschema.validate(plain, schema)
    del plain["items"][0]["rates"][0]["verified"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, schema)
