"""The decision in fewer words, where it does not fit one page otherwise: short names, and texts of the case cut short."""

from dataclasses import replace
from typing import Any

from reportgen.report.paper import Proposal
from reportgen.report.views.context import ViewContext
from reportgen.report.wording import cut_at_word

HEADING = ("title", "subtitle", "organisation", "prepared_for", "prepared_by", "sponsor", "meeting")
"""The texts of the band and of the box with the requests."""


def in_fewer_words(context: ViewContext, longest: int | None) -> ViewContext:
    """Return a context with short names for the options and, where `longest` is given, texts of at most so many characters.

    The texts are those that the case gives to its heading and to the decision, and the responses to its risks with their
    owners; a cut one ends with "…".
    """
    results = context.results
    options = tuple(replace(option, name=option.short_name) for option in results.options)
    paper = replace(context.paper, results=replace(results, options=options))
    if longest is None:
        return replace(context, paper=paper)
    risks = tuple(
        replace(risk, response=cut_at_word(risk.response, longest), owner=cut_at_word(risk.owner, longest))
        for risk in results.risks
    )
    heading: dict[str, Any] = {name: cut_at_word(getattr(paper, name), longest) for name in HEADING}
    paper = replace(
        paper, results=replace(paper.results, risks=risks), proposal=_cut(paper.proposal, longest), **heading
    )
    return replace(context, paper=paper)


def _cut(proposal: Proposal, longest: int) -> Proposal:
    """Cut what is said of the decision; its next steps stay whole."""
    purpose, if_not, not_priced = (
        cut_at_word(text, longest) for text in (proposal.purpose, proposal.if_not, proposal.not_priced)
    )
    return replace(proposal, purpose=purpose, if_not=if_not, not_priced=not_priced)
