"""The answer in one line: who is recommended, by how much, and what stands against it."""

from reportgen.report.views.context import Desk
from reportgen.report.wording import listed


def headline(desk: Desk) -> str:
    """Say the answer in one line."""
    best = desk.paper.best
    if best is None:
        return "No option meets every requirement: nothing is recommended"
    if close(desk):
        return f"Too close to call: {best.name} {_narrowly(desk)}"
    if best.not_quantified:
        return f"Too close to call: {best.name} first, but with {listed(best.not_quantified)} not quantified"
    if only_eligible(desk):
        return f"Recommended: {best.name}, the only option that meets every requirement"
    return f"Recommended: {best.name}, {_ahead(desk)}"


def close(desk: Desk) -> bool:
    """Say whether the lead itself is what makes the answer too close to call."""
    return any(reason.startswith("lead") for reason in desk.results.too_close_reasons) or (
        desk.results.verdict == "too close to call" and not unknown(desk)
    )


def unknown(desk: Desk) -> bool:
    """Say whether the recommended option has a part that nobody has estimated."""
    return bool(desk.paper.best and desk.paper.best.not_quantified)


def only_eligible(desk: Desk) -> bool:
    """Say whether the others fail a must-have."""
    return sum(option.eligible for option in desk.results.options) == 1


def lead_words(desk: Desk) -> str:
    """Print the lead: "64%", "under 1%"; nothing where there is none."""
    lead = desk.results.lead
    if lead is None:
        return ""
    return f"under {desk.share(0.01)}" if 0 < lead < 0.005 else desk.share(lead)


def _narrowly(desk: Desk) -> str:
    runner, lead = desk.results.runner_up, desk.results.lead
    if runner is None or lead is None:
        return "first, without a clear lead"
    name = desk.results.option(runner).name
    if lead <= 0:
        return f"level with {name} in full economic cost"
    return f"{lead_words(desk)} below {name} in full economic cost"


def _ahead(desk: Desk) -> str:
    if desk.results.lead is None or desk.results.runner_up is None:
        return "the lowest full economic cost"
    return f"{lead_words(desk)} below the next in full economic cost"
