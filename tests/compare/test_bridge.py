"""The bridge by hand: costs that can be multiplied in one's head, so that every step is known beforehand."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from reportgen.compare.comparison import Comparison, compare
from reportgen.compare.edition import Edition
from reportgen.compare.outcome import Outcome
from reportgen.compare.structure import structure_changes
from reportgen.schema.case import Case
from reportgen.schema.loading.load import load_case
from tests.schema.conftest import SHIPPED, Edits

Edited = Callable[..., Path]
LATE = "risks.deployment_runs_eight_weeks_late.probability"


def costs(case: Case, points: Sequence[Mapping[str, float]]) -> list[Outcome]:
    """Price the api by tokens x input price, the platform at 2000 and 1000 for the risk's probability, nothing else."""
    found = []
    for values in points:
        api = values["workload.tokens_per_month"] * values["options.api.input_price"]
        risky = 2000 + 1000 * values.get(LATE, 0.0) * case.finance.years
        full = {"api": api, "self_hosted": 9e9, "platform": risky}
        found.append(Outcome(full, full, min(full, key=lambda key: full[key])))
    return found


def compared(edited: Edited, *edits: tuple[str, str]) -> Comparison:
    """Compare the shipped case with itself, passages replaced."""
    old = load_case(edited())
    new = load_case(edited(*edits))
    return compare(Edition("old", "case file", old), Edition("new", "case file", new), costs)


TOKENS = ("tokens_per_month: {value: 1000,", "tokens_per_month: {value: 1500,")
PRICE = ("input_price: {value: 1.00, low: 0.60", "input_price: {value: 1.40, low: 0.60")


def test_two_changes_are_applied_in_turn_and_their_interaction_is_named(edited: Edited) -> None:
    """1000 x 1.00 to 1500 x 1.40: tokens first, +500; then the price on 1500, +600. Alone 500 and 400: 200 together."""
    found = compared(edited, PRICE, TOKENS)
    tokens, price = found.bridge.steps
    assert (tokens.key, tokens.before, tokens.after) == ("workload.tokens_per_month", 1000, 1500)
    assert tokens.amounts == {"api": pytest.approx(500), "self_hosted": 0, "platform": 0}
    assert price.amounts == {"api": pytest.approx(600), "self_hosted": 0, "platform": 0}
    assert price.alone["api"] == pytest.approx(400)
    assert found.bridge.interaction == {"api": pytest.approx(200), "self_hosted": 0, "platform": 0}
    assert found.bridge.after["api"] == pytest.approx(2100)


def test_the_change_that_turns_the_answer_is_named(edited: Edited) -> None:
    """The api goes from 1000 to 1500 to 2100, the platform from 3500 to 2000: only the last change turns the answer."""
    risk = ("probability: {value: 0.50, low: 0.30", "probability: {value: 0.00, low: 0.00")
    found = compared(edited, PRICE, TOKENS, risk)
    assert [step.recommended for step in found.bridge.steps] == ["api", "api", "platform"]
    assert found.flipped
    assert found.decisive_step is not None
    assert found.decisive_step.key == LATE
    assert not found.decisive_step.changes_answer_alone
    assert found.bridge.steps[-1].amounts["platform"] == pytest.approx(-1500)


def test_a_risk_that_went_has_a_step_of_its_own(edited: Edited) -> None:
    """Without the risk the platform costs 2000 instead of 2000 + 1000 x 0.5 x 3; the step bears the risk's name."""
    text = edited().read_text(encoding="utf-8")
    block = text[text.index("  - name: Deployment runs") : text.index("  - name: Performance falls")]
    found = compared(edited, (block, ""))
    (step,) = found.bridge.steps
    assert step.label == "Risk gone: Deployment runs eight weeks late"
    assert (step.before, step.after) == (0.5, None)
    assert step.amounts["platform"] == pytest.approx(-1500)
    assert [part.kind for part in found.structure] == ["gone"]


def test_a_longer_horizon_is_the_step_of_structure(edited: Edited) -> None:
    """Four years instead of three: 1000 x 0.5 more; applied after the probability fell to 0.4, 1000 x 0.4 more."""
    risk = ("probability: {value: 0.50, low: 0.30", "probability: {value: 0.40, low: 0.30")
    found = compared(edited, ("years: 3", "years: 4"), risk)
    chance, structure = found.bridge.steps
    assert chance.amounts["platform"] == pytest.approx(-300)
    assert structure.label == "The horizon is 4 years, it was 3."
    assert structure.amounts["platform"] == pytest.approx(400)
    assert structure.alone["platform"] == pytest.approx(500)
    assert found.bridge.interaction["platform"] == pytest.approx(-100)


def test_what_another_version_of_the_program_changes_is_a_step(edited: Edited) -> None:
    """The old edition recorded 900 for the api, this version makes 1000 of the same inputs: 100 are the program's."""
    case = load_case(edited())
    recorded = Outcome({"api": 900.0, "self_hosted": 9e9, "platform": 3500.0}, {}, "api")
    old = Edition("old", "results file", case, "reportgen 0.0.9", recorded)
    new = Edition("new", "results file", case, "reportgen 0.1.0")
    found = compare(old, new, costs)
    (step,) = found.bridge.steps
    assert (step.key, step.amounts) == ("program", {"api": 100, "self_hosted": 0, "platform": 0})
    assert found.versions_differ
    assert found.bridge.before["api"] == 900


def test_nothing_changed(edited: Edited) -> None:
    """The same case twice: no change, no step, no flip."""
    found = compared(edited)
    assert found.same
    assert not found.flipped
    assert found.decisive_step is None


@pytest.mark.slow
def test_an_option_that_goes_changes_no_requirement(edited: Edited) -> None:
    """Without the platform, whether it keeps data in the EU is nobody's question; that the API does not is a change."""
    text = SHIPPED.read_text(encoding="utf-8")
    gone = text[text.index("  platform:\n    kind: platform") : text.index("risks:\n")]
    scores = [(f", platform: {score}", "") for score in ("3", "4", "4", "3", "4")]
    effects = (
        "      - {assumption: options.platform.min_replicas, add: 1}\n",
        "      - {assumption: options.platform.gpu_hourly_price, multiply: 0.7}\n",
    )
    without = ((gone, ""), (", platform: true}", "}"), *scores, *((effect, "") for effect in effects))
    old, new = load_case(edited()), load_case(edited(*without))
    for found in (structure_changes(old, new), structure_changes(new, old)):
        assert "options.platform" in {part.part for part in found}
        assert not [part for part in found if part.part.startswith("requirements")]
    failed = load_case(edited(("met_by: {api: true", "met_by: {api: false"), *without))
    assert "requirements.Data stays within the EU" in {part.part for part in structure_changes(old, failed)}


STRUCTURE: list[tuple[Edits, str]] = [
    ((("years: 3", "years: 1"), *(("exit_month: 18", "exit_month: 9"),) * 3), "The horizon is 1 year, it was 3."),
    ((("start: 2027-01", "start: 2027-04"),), "The first month is 2027-04, it was 2027-01."),
    ((("baseline: api", "baseline: platform"),), "The baseline is platform, it was api."),
    ((("met_by: {api: true", "met_by: {api: false"),), "Requirement Data stays within the EU: who meets it"),
    ((("- {name: Search relevance roadmap, option: self_hosted, during: operation",
       "- {name: Search relevance roadmap, option: self_hosted, during: deployment"),),
     "Displaced project Search relevance roadmap: another option or time displaces it."),
    ((("multiply: 0.6}", "multiply: 0.5}"),), "Risk Performance falls short and needs heavy optimisation: its effects"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "sentence"), STRUCTURE, ids=[row[1][:24] for row in STRUCTURE])
def test_a_change_of_structure_is_said_in_a_sentence(edited: Edited, edits: Edits, sentence: str) -> None:
    """What is no number is named."""
    (part,) = compared(edited, *edits).structure
    assert part.sentence.startswith(sentence)
