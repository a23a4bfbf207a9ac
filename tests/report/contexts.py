"""Desks with results bent as a test needs them: the shipped case, with some results replaced."""

from dataclasses import replace
from typing import Any

from reportgen.report.composition import paper_of
from reportgen.report.views.context import ViewContext
from reportgen.results.results import Results
from tests.agreement.cases import SHIPPED, analysis_of


def context(options: dict[str, dict[str, Any]] | None = None, **results: Any) -> ViewContext:
    """Lay the shipped case on a desk; `options` replaces results of options by key, the rest those of the case."""
    paper = paper_of(analysis_of(SHIPPED))
    return ViewContext.of(replace(paper, results=bent(paper.results, options or {}, **results)))


def bent(results: Results, options: dict[str, dict[str, Any]], **changes: Any) -> Results:
    """Replace some results."""
    made = tuple(replace(one, **options.get(one.key, {})) for one in results.options)
    return replace(results, options=made, **changes)
