"""The confidence word of the recommendation: from its lead, the share of futures in which it holds, and what is not quantified."""

from reportgen import units
from reportgen.formula.nodes import (
    Constant,
    IssuedValues,
    Line,
    Node,
    Term,
    all_of,
    any_of,
    as_node,
    if_error,
    where,
)  # fmt: skip
from reportgen.model.analysis.decision import Decision, in_thousands
from reportgen.results.options import OptionResult
from reportgen.results.results import Verdict
from reportgen.units import Unit

TOO_CLOSE, ROBUST = 0.05, 0.15
"""Limits of the lead over the runner-up (MODEL, "Full economic cost and the recommendation")."""
TOO_FEW, MOST = 0.60, 0.80
"""Limits of the share of futures in which the recommended option is the cheapest."""


def reasons_too_close(best: OptionResult, lead: float | None, holds: float | None) -> tuple[str, ...]:
    """Return the reasons why the answer is too close to call; none where it is not.

    `holds` is the share of futures in which the recommended option is the cheapest.
    """
    small_lead = lead is not None and lead < TOO_CLOSE
    rarely_cheapest = holds is not None and holds < TOO_FEW
    return (
        *([f"lead below {_percent(TOO_CLOSE)}"] if small_lead else []),
        *([f"cheapest in fewer than {_percent(TOO_FEW)} of futures"] if rarely_cheapest else []),
        *(f"not quantified: {part}" for part in best.not_quantified),
    )


def verdict(too_close_reasons: tuple[str, ...], lead: float | None, holds: float | None) -> Verdict | None:
    """Return the word, given the reasons for "too close to call"; None where there is no runner-up or no simulation."""
    if too_close_reasons:
        return "too close to call"
    if lead is None or holds is None:
        return None
    return "robust" if lead >= ROBUST and holds >= MOST else "leaning"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def verdict_lines(decision: Decision, holds: float | None) -> tuple[Line, ...]:
    """Define the word live, from the static share of futures `holds` (None: no simulation); the word comes first.

    The word is empty where no option is eligible, or only one (the lead is then 1).
    """
    least_lead = _line("limit", "Too close to call below a lead of", units.SHARE, Constant(TOO_CLOSE))
    robust_lead = _line("firm", "Robust from a lead of", units.SHARE, Constant(ROBUST))
    too_close_if: list[Term] = [decision.lead < least_lead, decision.fully_quantified < 1]
    robust_if: list[Term] = [decision.lead >= robust_lead, decision.lead < 1]
    simulated: list[Line] = []
    if holds is not None:
        share = _line("holds", "Cheapest in so many futures, as issued", units.SHARE, IssuedValues((holds,)))
        least_share = _line("few", "Too close to call below a share of", units.SHARE, Constant(TOO_FEW))
        robust_share = _line("most", "Robust from a share of", units.SHARE, Constant(MOST))
        too_close_if.append(share < least_share)
        robust_if.append(share >= robust_share)
        simulated = [share, least_share, robust_share]
    any_reason = all_of(decision.place >= 1, any_of(*too_close_if))
    too_close = _line("too_close", "Too close to call", units.FLAG, where(any_reason, 1, 0))
    robust = _line("robust", "Robust", units.FLAG, where(all_of(too_close < 1, *robust_if), 1, 0))
    between = all_of(too_close < 1, robust < 1, decision.lead < 1, decision.place >= 1)
    leaning = _line("leaning", "Leaning", units.FLAG, where(between, 1, 0))
    words = [(too_close, "too close to call"), (robust, "robust"), (leaning, "leaning")]
    parts = [where(flag > 0, word, "") for flag, word in words]
    word = _line("verdict", "In a word", units.TEXT, parts[0] & parts[1] & parts[2])
    return word, least_lead, robust_lead, *simulated, too_close, robust, leaning


def message(currency: str, decision: Decision, word: Line) -> tuple[Line, ...]:
    """Define a live sentence with the answer, after the lines that it is made of; `word` is the confidence word."""
    difference = (
        as_node(", ")
        & f"{currency} "
        & in_thousands(decision.runner_up - decision.lowest)
        & " less than the next"
    )
    ahead = _line("ahead", "By how much, in words", units.TEXT, if_error(difference, ""))
    answer = decision.recommended & " has the lowest full cost" & ahead & " (" & word & ")"
    no_option = "No option meets every must-have"
    return ahead, _line("message", "The answer", units.TEXT, where(decision.place > 0, answer, no_option))


def _line(key: str, label: str, unit: Unit, formula: Node) -> Line:
    return Line(f"decision.{key}", label, unit, formula)
