"""What must-haves cost, by hand: the hospitals' three rules, and cases where a rule costs nothing or cannot be priced."""

from dataclasses import replace

import pytest

from reportgen.report.composition import paper_of
from reportgen.report.views.context import ViewContext
from reportgen.report.views.decision.must_haves import costliest_must_have, exhibit, waive_must_haves
from reportgen.report.views.decision.what_would_change import advice_changes
from reportgen.report.views.strategic_fit import section
from tests.inputs.shipped import worked_out
from tests.paths import large_cases

pytestmark = [pytest.mark.slow, large_cases]

HOSPITAL = "hospital-group"


def context(name: str, full_cost: dict[str, float] | None = None) -> ViewContext:
    """Return the context of a shipped case, with other full costs where they are given."""
    paper = paper_of(worked_out(name))
    options = tuple(
        replace(o, full_cost=(full_cost or {}).get(o.key, o.full_cost)) for o in paper.results.options
    )
    return ViewContext.from_paper(replace(paper, results=replace(paper.results, options=options)))


def words(found: ViewContext) -> list[list[str]]:
    """Return the texts of the table's rows."""
    shown = exhibit(found)
    assert shown
    assert shown.table
    return [[str(row.head), *(str(cell.words) for cell in row.cells)] for row in shown.table.rows]


@pytest.mark.slow
def test_residency_costs_nothing_and_machines_of_ones_own_all_of_it() -> None:
    """Without the third rule the token service would do for 465 instead of 1,116 thousand: 651 thousand."""
    found = waive_must_haves(context(HOSPITAL))
    assert [(one.name, one.winner.key, round(one.cost, -3)) for one in found] == [
        ("Patient data stays in the EU", "platform", 0.0),
        ("Only operators under EU law", "platform", 0.0),
        ("Names only on machines that nobody else uses", "eu_tokens", 651_000.0),
    ]
    shown = exhibit(context(HOSPITAL))
    assert shown
    assert shown.title == "The must-have that costs most: names only on machines that nobody else uses, €651k"
    assert [row[0] for row in words(context(HOSPITAL))][-1] == "Without any must-have"


@pytest.mark.slow
def test_decision_page_names_the_costliest() -> None:
    """The costliest must-have is the first line of what could change the advice."""
    first = advice_changes(context(HOSPITAL))[0]
    assert first == (
        "Without “Names only on machines that nobody else uses”, European token service would be recommended: "
        "its full economic cost is €651k less."
    )


def test_table_is_between_the_requirements_and_the_fit() -> None:
    """The section shows who meets what, what that costs, and the scores."""
    found = section(context(HOSPITAL))
    assert found
    assert [e.id for e in found.exhibits] == ["requirements", "must-haves", "fit-scores"]


def test_rules_that_rule_out_only_what_is_dearer_cost_nothing() -> None:
    """With all three APIs at ten million no must-have has a price."""
    dear = context(HOSPITAL, {"us_api": 1e7, "eu_zone": 1e7, "eu_tokens": 1e7})
    shown = exhibit(dear)
    assert shown
    assert costliest_must_have(dear) is None
    assert shown.title == "The must-haves cost nothing: what they rule out is not cheaper"
    assert all(row[1] == "Managed European platform, as now" for row in words(dear))


def test_rules_may_cost_something_only_together() -> None:
    """The worldwide API fails all three: at 100 thousand it is ruled out by each, and no single waiver lets it in."""
    together = context(HOSPITAL, {"us_api": 1e5, "eu_zone": 1e7, "eu_tokens": 1e7})
    shown = exhibit(together)
    assert shown
    assert shown.title == "No must-have costs anything by itself; together they cost €1.02M"
    assert words(together)[-1][1] == "Frontier API worldwide"


@pytest.mark.slow
def test_no_table_where_every_option_is_eligible() -> None:
    """The billion-token case rules nothing out."""
    assert exhibit(context("one-billion-tokens")) is None
