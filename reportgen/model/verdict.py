"""How sure the recommendation is, in a word: from the lead, the futures it holds in, and what nobody has estimated."""

from reportgen.model.results import OptionResult, Verdict

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
