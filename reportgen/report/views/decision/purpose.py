"""What the service is for, what serves the work today, and what happens if the board says no, as the case states it."""

from reportgen.report.views.context import ViewContext
from reportgen.report.wording import join_list

PURPOSE, TODAY, REFUSED = "What it is for:", "Today", "If the answer is no:"


def purpose(context: ViewContext) -> str:
    """Return what the case says of purpose, today's service and a refusal; empty if it says nothing."""
    proposal = context.paper.proposal
    today = [context.results.option(key).name for key in proposal.today]
    parts = (
        f"{PURPOSE} {as_sentence(proposal.purpose)}" if proposal.purpose else "",
        f"{TODAY} {join_list(today)} serve{'s' if len(today) == 1 else ''} the work." if today else "",
        f"{REFUSED} {as_sentence(proposal.if_not)}" if proposal.if_not else "",
    )
    return " ".join(part for part in parts if part)


def as_sentence(text: str) -> str:
    """End a text of the case with a full stop, unless it ends with a mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
