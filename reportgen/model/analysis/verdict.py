"""How sure the recommendation is, in a word: from the lead, the futures it holds in, and what nobody has estimated."""

from reportgen import units
from reportgen.formula.nodes import (
    Constant,
    Issued,
    Line,
    Node,
    Term,
    all_of,
    any_of,
    as_node,
    if_error,
    where,
)  # fmt: skip
from reportgen.model.analysis.decision import Decision, thousands
from reportgen.results.options import OptionResult
from reportgen.results.results import Verdict
from reportgen.units import Unit

TOO_CLOSE, ROBUST = 0.05, 0.15
"""Leads over the runner-up (MODEL, "Full economic cost and the recommendation")."""
TOO_FEW, MOST = 0.60, 0.80
"""Shares of futures in which the recommended option stays the cheapest."""


def reasons(best: OptionResult, lead: float | None, holds: float | None) -> tuple[str, ...]:
    """Say why the answer is too close to call; nothing where it is not."""
    near = lead is not None and lead < TOO_CLOSE
    few = holds is not None and holds < TOO_FEW
    return (
        *([f"lead below {_percent(TOO_CLOSE)}"] if near else []),
        *([f"cheapest in fewer than {_percent(TOO_FEW)} of futures"] if few else []),
        *(f"not quantified: {part}" for part in best.not_quantified),
    )


def verdict(close: tuple[str, ...], lead: float | None, holds: float | None) -> Verdict | None:
    """Give the word; None where there is no runner-up to be ahead of."""
    if close:
        return "too close to call"
    if lead is None or holds is None:
        return None
    return "robust" if lead >= ROBUST and holds >= MOST else "leaning"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def verdict_lines(decision: Decision, holds: float | None) -> tuple[Line, ...]:
    """Define the word live, over the share of futures as issued; None: no futures were drawn.

    No word where nothing is eligible, or nothing else (the lead is then 1).
    """
    near = _line("limit", "Too close to call below a lead of", units.SHARE, Constant(TOO_CLOSE))
    firm = _line("firm", "Robust from a lead of", units.SHARE, Constant(ROBUST))
    close: list[Term] = [decision.lead < near, decision.whole < 1]
    sure: list[Term] = [decision.lead >= firm, decision.lead < 1]
    drawn: list[Line] = []
    if holds is not None:
        share = _line("holds", "Cheapest in so many futures, as issued", units.SHARE, Issued((holds,)))
        few = _line("few", "Too close to call below a share of", units.SHARE, Constant(TOO_FEW))
        most = _line("most", "Robust from a share of", units.SHARE, Constant(MOST))
        close.append(share < few)
        sure.append(share >= most)
        drawn = [share, few, most]
    unsure = all_of(decision.place >= 1, any_of(*close))
    too_close = _line("too_close", "Too close to call", units.FLAG, where(unsure, 1, 0))
    robust = _line("robust", "Robust", units.FLAG, where(all_of(too_close < 1, *sure), 1, 0))
    between = all_of(too_close < 1, robust < 1, decision.lead < 1, decision.place >= 1)
    leaning = _line("leaning", "Leaning", units.FLAG, where(between, 1, 0))
    said = [(too_close, "too close to call"), (robust, "robust"), (leaning, "leaning")]
    parts = [where(flag > 0, word, "") for flag, word in said]
    word = _line("verdict", "In a word", units.TEXT, parts[0] & parts[1] & parts[2])
    return word, near, firm, *drawn, too_close, robust, leaning


def message(currency: str, decision: Decision, word: Line) -> tuple[Line, ...]:
    """Put the answer into a sentence that follows the numbers; what it is made of, the sentence last."""
    more = (
        as_node(", ")
        & f"{currency} "
        & thousands(decision.runner_up - decision.lowest)
        & " less than the next"
    )
    ahead = _line("ahead", "By how much, in words", units.TEXT, if_error(more, ""))
    found = decision.recommended & " has the lowest full cost" & ahead & " (" & word & ")"
    nobody = "No option meets every must-have"
    return ahead, _line("message", "The answer", units.TEXT, where(decision.place > 0, found, nobody))


def _line(key: str, label: str, unit: Unit, formula: Node) -> Line:
    return Line(f"decision.{key}", label, unit, formula)
