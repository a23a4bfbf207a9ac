"""Findings on numbers that look like slips: outside the usual band, or in contradiction to another number."""

from collections.abc import Iterator

from reportgen.findings.review import Review
from reportgen.results.checks import Finding
from reportgen.schema.checks.doubts import all_doubts


def slip_findings(review: Review) -> Iterator[Finding]:
    """Yield a finding for each number that is possible and not usual; what is impossible was refused when it was read."""
    for doubt in all_doubts(review.case, review.usual):
        parts = doubt.path.split(".")
        option = parts[1] if parts[0] == "options" else None
        path = doubt.path if doubt.path in review.rows else None
        source = review.usual.sources.get(doubt.source, None)
        title = source.title if source else "The method of this model"
        yield Finding("slip", option, path, doubt.title, doubt.detail, title, None)
