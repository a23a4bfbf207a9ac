"""The sentences of the decision page on purpose, risks, spending and the estimate, worked out by hand."""

from dataclasses import replace
from datetime import date

from reportgen.report.composition import paper_of
from reportgen.report.paper import Criterion, Proposal
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.estimate import estimate_sentences
from reportgen.report.views.decision.largest_risks import LONGEST_RESPONSE, risk_sentences
from reportgen.report.views.decision.purpose import purpose
from tests.agreement.cases import SHIPPED, analysis_of
from tests.report.contexts import context


def proposed(proposal: Proposal) -> ViewContext:
    """Return the shipped case's context with another proposal."""
    return ViewContext.from_paper(replace(paper_of(analysis_of(SHIPPED)), proposal=proposal))


def test_case_gives_its_proposal() -> None:
    """Purpose, today's option, next steps and signatures are taken from the case."""
    found = paper_of(analysis_of(SHIPPED)).proposal
    assert found.today == ("api",)
    assert (found.next_steps[0].by, found.next_steps[0].owner) == (date(2026, 12, 18), "Procurement")
    assert [one.role for one in found.approvals][-1] == "Chair of the Board"


def test_purpose_says_only_what_is_stated() -> None:
    """Each part is left out where the case does not state it, and a full stop is added where it is missing."""
    assert purpose(proposed(Proposal())) == ""
    assert (
        purpose(proposed(Proposal(purpose="Letters are drafted"))) == "What it is for: Letters are drafted."
    )
    both = proposed(Proposal(if_not="What then?", today=("api", "platform")))
    assert (
        purpose(both)
        == "Today Commercial API and Managed platform serve the work. If the answer is no: What then?"
    )


def test_two_largest_risks() -> None:
    """The largest expected cost comes first, with its response cut at a word; further risks are not shown."""
    risks = context().results.risks
    likely = [
        replace(risk, impact={**risk.impact, "api": 100000.0 * (n + 1)}, probability=0.5)
        for n, risk in enumerate(risks)
    ]
    told = risk_sentences(
        context(risks=(*likely[:3], replace(likely[3], response="word " * 60, owner="Procurement")))
    )
    assert len(told) == 2
    assert told[0].startswith(
        "The API provider raises prices (50% likely): adds $400k to Commercial API. Response: word word"
    )
    assert told[0].endswith("word… (Procurement).")
    assert len(told[0]) < LONGEST_RESPONSE + 110
    assert told[1].startswith("A second model is needed during stabilisation (50% likely): adds $300k")


def test_no_risk_adds_cost() -> None:
    """A case without risks says that none is quantified; one whose risks spare the recommended option says that."""
    assert risk_sentences(context(risks=())) == ("No risks are quantified, so nothing is provided for any.",)
    elsewhere = context().results.risks[:3]
    assert risk_sentences(context(risks=elsewhere)) == ("No named risk adds cost to Commercial API.",)


def test_fit_is_told_where_it_speaks_for_another() -> None:
    """Scores of 4 and 2 stand against the recommended option, the other way round nothing is said."""
    paper = paper_of(analysis_of(SHIPPED))
    for own, other, told in ((2.0, 4.0, True), (4.0, 2.0, False), (3.0, 3.0, False)):
        scores = {"api": own, "self_hosted": 1.0, "platform": other}
        some = ViewContext.from_paper(replace(paper, strategic_fit=(Criterion("Fit", 1.0, scores),)))
        sentence = "The strategic fit speaks for Managed platform: 4.0 of 5, against 2.0 for Commercial API."
        assert (sentence in estimate_sentences(some)) == told


def test_hires_are_counted_in_words() -> None:
    """The recommended option of the shipped case hires nobody, its self-hosted one hires one."""
    assert estimate_sentences(context())[0].endswith("no new hires.")
    own = ViewContext.from_paper(
        replace(paper_of(analysis_of(SHIPPED)), results=replace(context().results, recommended="self_hosted"))
    )
    assert estimate_sentences(own)[0].endswith("1 new hire.")
