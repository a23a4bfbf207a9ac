"""The confidence word at and around its thresholds, in Python and in the workbook."""

from pathlib import Path

import pytest

from reportgen.model.analysis.verdict import reasons_too_close, verdict
from reportgen.results.options import OptionResult
from reportgen.workbook.issue import issue_of
from reportgen.workbook.state import evaluate_state
from tests.agreement.cases import SWEPT, analysis_of
from tests.model.worked import FIXED, Part, Work

COMPLETE: Part = {"exit_probability": 0.1, "exit_month": 6}
RISK: Part = {
    "name": "A risk",
    "probability": 0.5,
    "effects": [{"assumption": "people.loaded_cost_per_fte", "add": 1}],
}


@pytest.fixture
def whole(worked: Work) -> OptionResult:
    """Give an option of which every part is quantified."""
    return worked({"fixed": {**FIXED, **COMPLETE}}, risks=[RISK]).option("fixed")


@pytest.mark.parametrize(
    ("lead", "holds", "word"),
    [
        (0.15, 0.80, "robust"),
        (0.149, 0.99, "leaning"),
        (0.50, 0.799, "leaning"),
        (0.05, 0.60, "leaning"),
        (0.0499, 0.99, "too close to call"),
        (0.50, 0.5999, "too close to call"),
        (None, 1.0, None),
    ],
)
def test_the_word_follows_the_thresholds(
    whole: OptionResult, lead: float | None, holds: float, word: str | None
) -> None:
    """Robust from a lead of 15% in 80% of futures; too close below 5% or 60%; leaning between; none without a rival."""
    assert verdict(reasons_too_close(whole, lead, holds), lead, holds) == word


def test_the_reasons_are_complete(worked: Work, whole: OptionResult) -> None:
    """A small lead, few futures and each part that is not quantified are all named."""
    unknown = worked({"fixed": FIXED}).option("fixed")
    assert reasons_too_close(whole, 0.5, 0.9) == ()
    assert reasons_too_close(unknown, 0.01, 0.5) == (
        "lead below 5%", "cheapest in fewer than 60% of futures", "not quantified: risk", "not quantified: exit",
    )  # fmt: skip


@pytest.mark.parametrize("path", SWEPT)
def test_the_workbook_says_the_same_word(path: Path) -> None:
    """The live line of the Summary equals the verdict of the results; empty where there is none."""
    analysis = analysis_of(path)
    state = evaluate_state(issue_of(analysis).values, issue_of(analysis).runs)
    lines = {line.key: line for line in analysis.model.lines()}
    assert state.series(lines["decision.verdict"]) == [analysis.results.verdict or ""]
    assert state.series(lines["decision.too_close"]) == [float(analysis.results.too_close)]
