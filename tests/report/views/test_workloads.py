"""The exhibits of workloads: who carries which, at what cost, and what each must-have costs the best split."""

from dataclasses import replace

import pytest

from reportgen.report.composition import paper_of
from reportgen.report.views import workloads
from reportgen.report.views.context import ViewContext
from reportgen.results.split import BestSplit
from tests.agreement.cases import CASES, analysis_of
from tests.report.claims.body import plain

CASE = next(case for case in CASES if case.stem == "three_workloads")


def found(**changes: object) -> ViewContext:
    """Return the context of the case of three workloads, its best split changed."""
    paper = paper_of(analysis_of(CASE))
    split = paper.results.best_split
    assert isinstance(split, BestSplit)
    changed = replace(split, **changes)  # type: ignore[arg-type]
    return ViewContext.from_paper(replace(paper, results=replace(paper.results, best_split=changed)))


def rows(context: ViewContext, place: int) -> list[tuple[str, ...]]:
    """Return the rows of one of the exhibits as text."""
    section = workloads.section(context)
    assert section is not None
    table = section.exhibits[place].table
    assert table is not None
    return [(plain(row.head), *(plain(cell.words) for cell in row.cells)) for row in table.rows]


@pytest.mark.slow
def test_each_workload_is_at_the_option_that_carries_it() -> None:
    """The stated mix sends chat to the token API, documents to the own machines and embeddings to the small models."""
    split = found().results.best_split
    assert split is not None
    assert split.best is not None
    best = replace(
        split.best,
        routes={"chat": "api", "documents": "small_api", "embeddings": "own_machines"},
        full_cost=123_000.0,
    )
    assert rows(found(best=best), 0) == [
        ("Chat", "2.4bn", "Token API", "Token API"),
        ("Documents overnight", "9bn", "Own machines", "Small models"),
        ("Embeddings", "15bn", "Small models", "Own machines"),
        ("Full economic cost", "", "€490k", "€123k"),
    ]


def test_the_title_says_by_how_much_the_best_split_is_cheaper() -> None:
    """Own machines cost most of what is stated; a best split of the same cost is no saving."""
    context = found()
    split = context.results.best_split
    assert split is not None
    assert split.best is not None
    assert split.best_stated is not None
    stated = context.results.option(split.best_stated)
    section = workloads.section(found(best=replace(split.best, full_cost=stated.full_cost - 50_000)))
    assert section is not None
    assert section.title == f"The best split of the workloads costs €50k less than {stated.name}"
    level = workloads.section(found(best=replace(split.best, full_cost=stated.full_cost)))
    assert level is not None
    assert level.title == f"No split of the workloads costs less than {stated.name}"


def test_a_must_have_costs_what_the_split_saves_without_it() -> None:
    """With the rule 300,000, without it 180,000 all by the token API: the rule costs 120,000; one not searched has no amount."""
    split = found().results.best_split
    assert split is not None
    assert split.best is not None
    best = replace(split.best, full_cost=300_000.0)
    without = replace(split.best, routes=dict.fromkeys(split.best.routes, "api"), full_cost=180_000.0)
    rule = split.without[0]
    context = found(
        best=best,
        without=(
            replace(rule, requirement="Rule A", best=without),
            replace(rule, requirement="Rule B", best=None),
        ),
    )
    assert rows(context, 1) == [
        ("Rule A", "€120k", "all by Token API"),
        ("Rule B", "not searched", ""),
    ]
    section = workloads.section(context)
    assert section is not None
    assert section.exhibits[1].title == "The must-have that adds most to the best split: rule A, €120k"
