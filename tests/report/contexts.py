"""View contexts of the shipped case with some results replaced."""

from dataclasses import replace
from typing import Any

from reportgen.report.composition import paper_of
from reportgen.report.views.context import ViewContext
from reportgen.results.results import Results
from reportgen.results.uncertainty import SwitchingValue
from tests.agreement.cases import SHIPPED, analysis_of


def context(options: dict[str, dict[str, Any]] | None = None, **results: Any) -> ViewContext:
    """Return the shipped case's context; `options` replaces results of options by key, the rest those of the case."""
    paper = paper_of(analysis_of(SHIPPED))
    return ViewContext.from_paper(
        replace(paper, results=with_results(paper.results, options or {}, **results))
    )


def with_results(results: Results, options: dict[str, dict[str, Any]], **changes: Any) -> Results:
    """Return results with some of them replaced."""
    made = tuple(replace(one, **options.get(one.key, {})) for one in results.options)
    return replace(results, options=made, **changes)


def switching_value(**changes: object) -> SwitchingValue:
    """Make the switching values of an assumption."""
    made = SwitchingValue(
        "options.api.price_change",
        "Price change, Commercial API",
        "% a year",
        -0.15,
        -0.4,
        0.0,
        None,
        None,
        0.5,
        "platform",
        within=False,
        searched=(-1.0, 10.0),
        paths=("options.api.price_change",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
