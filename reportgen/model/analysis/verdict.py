"""The confidence word of the recommendation, with the reasons beside it: what it rests on, in Python and live."""

from collections.abc import Sequence

from reportgen import units
from reportgen.formula.nodes import (
    AsIssued,
    At,
    Constant,
    IssuedValues,
    Line,
    Node,
    SelectedRun,
    Term,
    absolute,
    all_of,
    any_of,
    maximum,
    where,
)  # fmt: skip
from reportgen.model.analysis.decision import Decision, amount_in_words
from reportgen.results.results import Verdict
from reportgen.runtime.records import dataclass
from reportgen.units import Unit

TOO_CLOSE, ROBUST = 0.05, 0.15
"""Limits of the lead over the runner-up (MODEL, "Full economic cost and the recommendation")."""
TOO_FEW, MOST = 0.60, 0.80
"""Limits of the share of futures in which the recommended option is the cheapest."""
NOT_DRAWN = "futures not drawn again"
"""Stands in place of the word where anything was changed since issue."""
OTHER_RUN = "futures of the base case"
"""Stands in place of the word where nothing was changed and another run than the base case is shown."""
COUNT = Unit("assumptions", "count")
NAMED = 3
"""The largest number of assumptions that a reason names."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the word rests on beside the two full costs and the lead between them."""

    holds: float | None
    """Share of futures in which the recommended option is the cheapest; None where there are none."""
    joint_first: str | None
    """The option that ranks first by the mean of the joint runs; None where there are no risks."""
    mean_first: str | None
    """The option that ranks first by the mean of the simulation; None where nothing is drawn."""
    ranged: bool
    """Whether any assumption that effects reach has a range."""
    within_range: tuple[str, ...] = ()
    """The assumptions that alone change the recommendation within their range."""
    unanswered: tuple[str, ...] = ()
    """What is asked for of the recommended option and of the runner-up and not quantified, with the option's name."""


@dataclass(frozen=True, slots=True)
class Word:
    """The confidence word, and why it is not a better one."""

    verdict: Verdict | None
    reasons: tuple[str, ...]


NO_WORD = Word(None, ())
"""Of a case in which fewer than two options are eligible."""


@dataclass(frozen=True, slots=True)
class Contest:
    """The first two options: their keys by rank, their full costs, and the lead; names by key."""

    best: str
    costs: tuple[float, float]
    lead: float | None
    names: dict[str, str]


def word(contest: Contest, evidence: Evidence) -> Word:
    """Choose the word: the first of too close to call, open and untested that has a reason, else robust or leaning."""
    if reasons := reasons_too_close(contest, evidence):
        return Word("too close to call", reasons)
    if evidence.unanswered:
        return Word("open", tuple(f"not quantified: {part}" for part in evidence.unanswered))
    if not evidence.ranged:
        return Word("untested", ("no assumption has a range",))
    reasons = _reasons_leaning(contest, evidence)
    return Word("leaning" if reasons else "robust", reasons)


def reasons_too_close(contest: Contest, evidence: Evidence) -> tuple[str, ...]:
    """Return all reasons why the answer is too close to call; none where it is not."""
    reasons = []
    if contest.lead is not None and contest.lead < TOO_CLOSE:
        reasons.append(f"lead below {TOO_CLOSE:.0%}")
    if evidence.holds is not None and evidence.holds < TOO_FEW:
        reasons.append(f"cheapest in fewer than {TOO_FEW:.0%} of futures")
    if evidence.joint_first not in (None, contest.best):
        reasons.append(f"{contest.names[evidence.joint_first or '']} is first where risks meet in one run")
    if evidence.mean_first not in (None, contest.best):
        reasons.append(f"{contest.names[evidence.mean_first or '']} is first on the average of the futures")
    if min(contest.costs) <= 0:
        reasons.append("a full cost is not above 0")
    return tuple(reasons)


def _reasons_leaning(contest: Contest, evidence: Evidence) -> tuple[str, ...]:
    reasons = []
    if contest.lead is not None and contest.lead < ROBUST:
        reasons.append(f"lead below {ROBUST:.0%}")
    if evidence.holds is not None and evidence.holds < MOST:
        reasons.append(f"cheapest in fewer than {MOST:.0%} of futures")
    if evidence.within_range:
        reasons.append(f"changes within the range of {_listed(evidence.within_range)}")
    return tuple(reasons)


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) <= NAMED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


@dataclass(frozen=True, slots=True)
class IssuedEvidence:
    """What the live word takes as issued; places of options are their positions in the case's order, from 1."""

    cheapest: tuple[float, ...]
    """By option, in the case's order: the share of futures in which it is the cheapest; empty where there are none."""
    joint_place: int | None
    mean_place: int | None
    ranged: bool
    contingencies: tuple[float | None, ...]
    """By option, in the case's order; None where it is not drawn."""
    switching: int
    """The number of assumptions that alone change the recommendation within their range."""


NOTHING_ISSUED = IssuedEvidence((), None, None, False, (), 0)


def shares_of_futures(decision: Decision, issued: IssuedEvidence) -> Line | None:
    """Define in how many futures each option is the cheapest, as issued; None where there are none."""
    if not issued.cheapest:
        return None
    label, shares = "Cheapest in so many futures, as issued", IssuedValues(issued.cheapest)
    return Line("decision.cheapest", label, units.SHARE, shares, decision.number.axis)


def verdict_lines(decision: Decision, issued: IssuedEvidence, shares: Line | None) -> tuple[Line, ...]:
    """Define the word, from the lead and from what is static as issued; the word comes first.

    `shares` are those of the futures by option. The word is empty where fewer than two options are eligible, and gives way
    where anything was changed since issue or another run is shown.
    """
    close = _close_lines(decision, issued, shares)
    share = next((line for line in close.lines if line.key == "decision.holds"), None)
    robust_if = _robust_lines(decision, issued, share)
    too_close = _flag("too_close", "Too close to call", decision.has_lead > 0, any_of(*close.conditions))
    is_open = _flag("open", "Open", decision.has_lead > 0, too_close < 1, decision.fully_quantified < 1)
    ranged = _line("ranged", "An assumption has a range", units.FLAG, Constant(float(issued.ranged)))
    untested = _flag("untested", "Untested", decision.has_lead > 0, too_close + is_open < 1, ranged < 1)
    settled = too_close + is_open + untested < 1
    robust = _flag("robust", "Robust", decision.has_lead > 0, settled, *robust_if.conditions)
    leaning = _flag("leaning", "Leaning", decision.has_lead > 0, settled, robust < 1)
    words = [
        (too_close, "too close to call"), (is_open, "open"), (untested, "untested"), (robust, "robust"), (leaning, "leaning"),
    ]  # fmt: skip
    first, *others = (where(flag > 0, name, "") for flag, name in words)
    text: Node = first
    for other in others:
        text = text & other
    issued_word = _line("issued_verdict", "In a word, by the futures as issued", units.TEXT, text)
    of_run = where(SelectedRun() > 1, OTHER_RUN, issued_word)  # the base case is the first run
    shown_word = _line("shown_verdict", "In a word, by the run shown", units.TEXT, of_run)
    verdict = _line("verdict", "In a word", units.TEXT, where(AsIssued() > 0, shown_word, NOT_DRAWN))
    return (
        verdict,
        shown_word,
        issued_word,
        *close.lines,
        *robust_if.lines,
        ranged,
        too_close,
        is_open,
        untested,
        robust,
        leaning,
    )


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The conditions of a word, and the lines that they are made of."""

    conditions: tuple[Term, ...]
    lines: tuple[Line, ...]


def _close_lines(decision: Decision, issued: IssuedEvidence, shares: Line | None) -> _Conditions:
    """Define what makes the answer too close to call."""
    least_lead = _line("limit", "Too close to call below a lead of", units.SHARE, Constant(TOO_CLOSE))
    above = where(all_of(decision.best > 0, decision.runner_up > 0), 1, 0)
    positive = _line("positive", "Both full costs are above 0", units.FLAG, above)
    conditions: list[Term] = [decision.lead < least_lead, positive < 1]
    lines = [least_lead, positive]
    if shares is not None:
        found = where(decision.place > 0, At(shares, maximum(decision.place, 1)), 0)
        share = _line("holds", "Cheapest in so many futures, as issued", units.SHARE, found)
        least_share = _line("few", "Too close to call below a share of", units.SHARE, Constant(TOO_FEW))
        conditions.append(share < least_share)
        lines += [share, least_share]
    for key, label, place in (
        ("joint_first", "First where risks meet in one run, as issued: place", issued.joint_place),
        ("mean_first", "First on the average of the futures, as issued: place", issued.mean_place),
    ):
        if place is not None:
            first = _line(key, label, units.PLACE, IssuedValues((float(place),)))
            conditions.append(absolute(decision.place - first) >= 1)
            lines.append(first)
    return _Conditions(tuple(conditions), tuple(lines))


def _robust_lines(decision: Decision, issued: IssuedEvidence, share: Line | None) -> _Conditions:
    """Define what makes the answer robust; `share` is that of the futures in which it holds."""
    robust_lead = _line("firm", "Robust from a lead of", units.SHARE, Constant(ROBUST))
    switching = _line(
        "switching", "Assumptions that change it within their range, as issued", COUNT, IssuedValues((float(issued.switching),))
    )  # fmt: skip
    conditions: tuple[Term, ...] = (decision.lead >= robust_lead, switching < 1)
    if share is None:
        return _Conditions(conditions, (robust_lead, switching))
    robust_share = _line("most", "Robust from a share of", units.SHARE, Constant(MOST))
    return _Conditions((*conditions, share >= robust_share), (robust_lead, robust_share, switching))


def _flag(key: str, label: str, *conditions: Term) -> Line:
    return _line(key, label, units.FLAG, where(all_of(*conditions), 1, 0))


def message(currency: str, decision: Decision, word: Line) -> tuple[Line, ...]:
    """Define a live sentence with the answer, after the lines that it is made of; `word` is the confidence word."""
    difference = amount_in_words("decision.difference", currency, decision.runner_up - decision.best)
    less = difference & " less than the next"
    ahead = where(decision.has_lead > 0, less, "no other option is eligible")
    words = _line("ahead", "By how much, in words", units.TEXT, ahead)
    answer = (
        decision.recommended & " is the eligible option of lowest full cost, " & words & " (" & word & ")"
    )
    no_option = "No option meets every must-have"
    return (
        difference,
        words,
        _line("message", "The answer", units.TEXT, where(decision.place > 0, answer, no_option)),
    )


def _line(key: str, label: str, unit: Unit, formula: Node) -> Line:
    return Line(f"decision.{key}", label, unit, formula)
