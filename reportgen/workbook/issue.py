"""What a workbook is written from, out of the analysis of a case."""

from reportgen.analysis import Analysis
from reportgen.files import text_as_written
from reportgen.schema.case import Claim
from reportgen.schema.loading.excerpt import excerpt
from reportgen.workbook.state import CheckedClaim, Cover, Issue, WhatIfMode

LIMITATIONS = (
    "Capacity is planned on average load over the planned utilisation, not on queues.",
    "Differences in quality between models are not priced.",
    "Risks are independent events; their probabilities are estimates.",
    "Displaced projects are valued by their sponsors. Before tax, no financing.",
    "Results marked 'as issued' do not move when an input changes; a flag says so.",
)


def issue_of(analysis: Analysis, what_if: WhatIfMode = "live") -> Issue:
    """Gather the content of the workbook of an analysed case."""
    case = analysis.case
    return Issue(
        model=analysis.model,
        assumptions=analysis.inputs,
        runs=analysis.runs,
        years=case.finance.years,
        start=case.finance.start,
        cover=_cover(analysis),
        options=tuple((key, option.kind) for key, option in case.options.items()),
        editions=analysis.editions,
        since=analysis.since,
        claims=tuple(_claimed(claim) for claim in case.sources),
        what_if=what_if,
    )


def _cover(analysis: Analysis) -> Cover:
    heading = analysis.case.case
    return Cover(
        title=heading.title,
        organisation=heading.organisation or "",
        prepared_for=heading.prepared_for or "",
        prepared_by=heading.prepared_by or "",
        date=heading.date,
        currency=heading.currency,
        fingerprint=analysis.fingerprint,
        edition=analysis.edition,
        file=analysis.file.name,
        text=text_as_written(analysis.case.files[0]),
        limitations=LIMITATIONS,
        prices=excerpt(analysis.case),
    )


def _claimed(claim: Claim) -> CheckedClaim:
    """Print a claim of the case for the sheet Sources."""
    return CheckedClaim(
        id=claim.id,
        title=claim.title,
        url=str(claim.url or ""),
        figure=claim.shown("figure"),
        recomputed=claim.shown("recomputed"),
        used=claim.shown("used"),
        effect=claim.effect or "",
        interest=claim.interest or "",
    )
