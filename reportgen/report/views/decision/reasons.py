"""The reasons of the word for how sure an answer is, in sentences of their own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.report.wording import join_list, number_word

if TYPE_CHECKING:
    from reportgen.report.views.context import ViewContext

UNANSWERED, WITHIN = "not quantified: ", "changes within the range of "
PARTS = {"opportunity of ": "displaced projects of ", "exit of ": "the cost of leaving "}
"""Parts that are not quantified: how the results name them, and how a sentence does."""


RANKINGS = {
    " is first where risks meet in one run": " costs least where several risks happen together",
    " is first on the average of the futures": " costs least on the average of the simulated futures",
}
"""The two further rankings: how the results name them, and how a sentence does."""


def leaders_of_other_rankings(reasons: Sequence[str]) -> set[str]:
    """Return the short names of the options that are first in one of the two further rankings, by the reasons."""
    return {reason.removesuffix(place) for reason in reasons for place in RANKINGS if reason.endswith(place)}


def reasons_of(context: "ViewContext") -> str:
    """Word the reasons of the case's word as a clause; empty where it has none."""
    within = sum(one.within for one in context.results.switching_values)
    return reasons_in_words(context.results.reasons, within)


def reasons_in_words(reasons: Sequence[str], within: int) -> str:
    """Word reasons as a clause: "the lead is below 15% and three assumptions, each within its range, change it".

    `within` is the number of assumptions that change the answer within their range.
    """
    gaps = [_part(reason.removeprefix(UNANSWERED)) for reason in reasons if reason.startswith(UNANSWERED)]
    parts = [_clause(reason, within) for reason in reasons if not reason.startswith(UNANSWERED)]
    if gaps:
        plural = len(gaps) > 1 or gaps[0].startswith(PARTS["opportunity of "])
        parts.append(f"{join_list(gaps)} {'are' if plural else 'is'} not quantified")
    return join_list(parts)


def _part(named: str) -> str:
    for start, words in PARTS.items():
        if named.startswith(start):
            return words + named.removeprefix(start)
    return named


def _clause(reason: str, within: int) -> str:
    if reason.startswith("lead below "):
        return f"the lead is below {reason.removeprefix('lead below ')}"
    if reason.startswith("cheapest in fewer"):
        return f"it is {reason}"
    for place, words in RANKINGS.items():
        if reason.endswith(place):
            return reason.removesuffix(place) + words
    if reason.startswith(WITHIN):
        if within < 2:
            return f"one assumption, within its range, changes it ({reason.removeprefix(WITHIN)})"
        return f"{number_word(within)} assumptions, each within its range, change it"
    return reason
