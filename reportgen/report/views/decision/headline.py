"""Headline of the decision page: the recommended option, its lead, and what qualifies it."""

from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.reasons import reasons_in_words, reasons_of
from reportgen.report.views.decision.rivals import CLOSE_LEAD, cheaper_in_cash, level_options
from reportgen.report.wording import join_at_most, same_as_printed

ROBUST_LEAD = 0.15
"""The lead that a robust answer has at least, by the definition of the word."""

MOST_LEVEL = 3
"""Up to this many options that are level stand in the headline by name."""


def headline(context: ViewContext) -> str:
    """State the answer in one line."""
    best = context.paper.best
    if best is None:
        return "No option meets every requirement: nothing is recommended"
    match context.results.verdict:
        case "too close to call":
            return f"Too close to call: {_narrowly(context)}"
        case "open":
            return f"Open: {best.name} {_ahead(context)}, but {reasons_of(context)}{_cash(context)}"
        case "untested":
            return f"Untested: {best.name} {_ahead(context)}, but {reasons_of(context)}{_cash(context)}"
    if only_eligible(context):
        return f"Recommended: {best.name}, the only option that meets every requirement"
    return f"Recommended: {best.name}, {_ahead(context)}{_cash(context)}"


def lead_is_close(context: ViewContext) -> bool:
    """Return whether the answer is too close to call."""
    return context.results.verdict == "too close to call"


def any_change_decides(context: ViewContext) -> bool:
    """Return whether the lead itself is so small that a small change of any cost turns it."""
    lead = context.results.lead
    return lead_is_close(context) and (lead is None or lead < CLOSE_LEAD)


def only_eligible(context: ViewContext) -> bool:
    """Return whether all options but one fail a must-have."""
    return sum(option.eligible for option in context.results.options) == 1


def printed_lead(context: ViewContext) -> str:
    """Format the lead: "64%", "under 1%", "14.5%" where 15 % would be said to be below 15 %; empty if there is none."""
    lead = context.results.lead
    if lead is None:
        return ""
    if 0 < lead < 0.005:
        return f"under {context.share(0.01)}"
    crosses = any(lead < limit <= round(lead, 2) for limit in (CLOSE_LEAD, ROBUST_LEAD))
    return context.share(lead, 1) if crosses and round(lead, 3) < round(lead, 2) else context.share(lead)


def next_option(context: ViewContext) -> str:
    """Word the runner-up: "the next", or "the next eligible option" where another one is not."""
    return "the next" if all(o.eligible for o in context.results.options) else "the next eligible option"


def level_in_words(context: ViewContext) -> str:
    """List the options that are too close to call between."""
    return join_at_most([option.name for option in level_options(context)], MOST_LEVEL, "options")


def are_level(context: ViewContext) -> bool:
    """Return whether all options too close to call between have the same printed full cost."""
    found = level_options(context)
    return all(same_as_printed(o.full_cost, found[0].full_cost, context.figures.notation) for o in found)


def lead_is_nothing(context: ViewContext) -> bool:
    """Return whether the lead is printed as 0 %."""
    return printed_lead(context) == context.share(0.0)


def _narrowly(context: ViewContext) -> str:
    best, runner, lead = context.paper.best, context.results.runner_up, context.results.lead
    assert best is not None
    if runner is None or lead is None:
        return f"{best.name} first, without a clear lead"
    if are_level(context):
        return f"{level_in_words(context)} are level in full economic cost"
    why = reasons_in_words([reason for reason in context.results.reasons if not reason.startswith("lead")], 0)
    other = context.results.option(runner)
    ahead = f"{best.name} is {printed_lead(context)} below {other.name} in full economic cost"
    if lead_is_nothing(context):
        ahead = f"{best.name} is level with {other.name} in full economic cost"
    return f"{ahead}, but {why}" if why else ahead


def _ahead(context: ViewContext) -> str:
    if context.results.lead is None or context.results.runner_up is None:
        return "the lowest full economic cost"
    return f"{printed_lead(context)} below {next_option(context)} in full economic cost"


def _cash(context: ViewContext) -> str:
    """State that another eligible option costs less cash; empty if none does."""
    found = cheaper_in_cash(context)
    if found is None:
        return ""
    return f", though {context.figures.money(found.saving)} more in cash than {found.option.name}"
