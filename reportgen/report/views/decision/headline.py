"""Headline of the decision page: the recommended option, its lead, and what qualifies it."""

from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_list


def headline(context: ViewContext) -> str:
    """State the answer in one line."""
    best = context.paper.best
    if best is None:
        return "No option meets every requirement: nothing is recommended"
    match context.results.verdict:
        case "too close to call":
            return f"Too close to call: {best.name} {_narrowly(context)}"
        case "open":
            return f"Open: {best.name} {_ahead(context)}, but {join_list(context.results.reasons)}"
        case "untested":
            return f"Untested: {best.name} {_ahead(context)}, but {join_list(context.results.reasons)}"
    if only_eligible(context):
        return f"Recommended: {best.name}, the only option that meets every requirement"
    return f"Recommended: {best.name}, {_ahead(context)}"


def lead_is_close(context: ViewContext) -> bool:
    """Return whether the answer is too close to call."""
    return context.results.verdict == "too close to call"


def has_unquantified_part(context: ViewContext) -> bool:
    """Return whether a part of the recommended option's cost is not quantified."""
    return bool(context.paper.best and context.paper.best.not_quantified)


def only_eligible(context: ViewContext) -> bool:
    """Return whether all options but one fail a must-have."""
    return sum(option.eligible for option in context.results.options) == 1


def printed_lead(context: ViewContext) -> str:
    """Format the lead: "64%", "under 1%"; empty if there is none."""
    lead = context.results.lead
    if lead is None:
        return ""
    return f"under {context.share(0.01)}" if 0 < lead < 0.005 else context.share(lead)


def _narrowly(context: ViewContext) -> str:
    runner, lead = context.results.runner_up, context.results.lead
    if runner is None or lead is None:
        return "first, without a clear lead"
    name = context.results.option(runner).name
    if lead <= 0 and context.results.option(runner).full_cost > 0:
        return f"level with {name} in full economic cost"
    return f"{printed_lead(context)} below {name} in full economic cost"


def _ahead(context: ViewContext) -> str:
    if context.results.lead is None or context.results.runner_up is None:
        return "the lowest full economic cost"
    return f"{printed_lead(context)} below the next in full economic cost"
