"""The confidence word at and around its thresholds, in Python and in the workbook."""

from pathlib import Path

import pytest

from reportgen.model.analysis.verdict import Contest, Evidence, word
from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state
from tests.agreement.cases import SWEPT, analysis_of
from tests.model.worked import API, FIXED, Part, Work

COMPLETE: Part = {"exit_probability": 0.1, "exit_month": 6}
RISK: Part = {
    "name": "A risk",
    "probability": 0.5,
    "effects": [{"assumption": "people.loaded_cost_per_fte", "add": 1}],
}
NAMES = {"a": "A", "b": "B"}


def judged(
    lead: float | None, holds: float | None, costs: tuple[float, float] = (50.0, 100.0), *,
    joint_first: str | None = "a", mean_first: str | None = "a", ranged: bool = True, switching: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
) -> tuple[str | None, tuple[str, ...]]:  # fmt: skip
    """Judge option a, which leads b."""
    evidence = Evidence(holds, joint_first, mean_first, ranged, switching, unknown)
    found = word(Contest("a", costs, lead, NAMES), evidence)
    return found.verdict, found.reasons


@pytest.mark.parametrize(
    ("lead", "holds", "expected"),
    [
        (0.15, 0.80, "robust"),
        (0.149, 0.99, "leaning"),
        (0.50, 0.799, "leaning"),
        (0.05, 0.60, "leaning"),
        (0.0499, 0.99, "too close to call"),
        (0.50, 0.5999, "too close to call"),
    ],
)
def test_the_word_follows_the_thresholds(lead: float, holds: float, expected: str) -> None:
    """Robust from a lead of 15% in 80% of futures; too close below 5% or 60%; leaning between."""
    assert judged(lead, holds)[0] == expected


def test_another_ranking_that_puts_another_option_first_makes_it_too_close() -> None:
    """By the mean of the joint runs, or of the simulation, b is first: both are named."""
    found = judged(0.5, 0.9, joint_first="b", mean_first="b")
    assert found == (
        "too close to call",
        ("B is first where risks meet in one run", "B is first on the average of the futures"),
    )
    assert judged(0.5, 0.9, joint_first=None, mean_first=None)[0] == "robust"


@pytest.mark.parametrize(("costs", "lead"), [((0.0, 0.0), 0.0), ((-5.0, 0.0), None), ((-5.0, 10.0), 1.5)])
def test_a_full_cost_that_is_not_above_0_makes_it_too_close(
    costs: tuple[float, float], lead: float | None
) -> None:
    """Nothing is said in per cent of what costs nothing or less."""
    verdict, reasons = judged(lead, 1.0, costs)
    assert verdict == "too close to call"
    assert reasons[-1] == "a full cost is not above 0"


def test_open_and_untested_come_after_too_close() -> None:
    """What is not known of either of the two is named; a case without ranges is untested; a small lead goes before both."""
    unknown = ("exit of B",)
    assert judged(0.5, 0.9, unknown=unknown, ranged=False) == ("open", ("not quantified: exit of B",))
    assert judged(0.5, 0.9, ranged=False) == ("untested", ("no assumption has a range",))
    assert judged(0.01, 0.9, unknown=unknown, ranged=False)[0] == "too close to call"


def test_an_assumption_that_changes_the_answer_within_its_range_makes_it_leaning() -> None:
    """A lead of 50% in 99% of futures, and one, then five assumptions that change it alone."""
    assert judged(0.5, 0.99, switching=("Growth",)) == ("leaning", ("changes within the range of Growth",))
    reasons = judged(0.1, 0.7, switching=("A", "B", "C", "D", "E"))[1]
    assert reasons == (
        "lead below 15%", "cheapest in fewer than 80% of futures", "changes within the range of A, B, C and 2 more",
    )  # fmt: skip


@pytest.mark.slow
def test_the_exit_of_what_is_in_use_is_not_asked_for(worked: Work) -> None:
    """The api is in use (its own until_live), the fixed option is complete: untested, not open; else the exit is named."""
    options = {"api": {**API, "until_live": "api"}, "fixed": {**FIXED, **COMPLETE, "monthly_fee": 1000}}
    found = worked(options, risks=[RISK]).results
    assert (found.verdict, found.reasons) == ("untested", ("no assumption has a range",))
    options["api"] = API
    assert worked(options, risks=[RISK]).results.reasons == ("not quantified: exit of Api",)


@pytest.mark.parametrize("path", SWEPT)
def test_the_workbook_says_the_same_word(path: Path) -> None:
    """The live line of the Summary equals the verdict of the results, and so does every flag; empty where there is none."""
    analysis = analysis_of(path)
    state = evaluate_state(issue_of(analysis).values, issue_of(analysis).runs)
    lines = {line.key: line for line in analysis.model.lines()}
    assert state.series(lines["decision.verdict"]) == [analysis.results.verdict or ""]
    assert state.series(lines["decision.too_close"]) == [float(analysis.results.too_close)]
