"""The leads, notes and tables of the paper's body hold, and falsehoods put into them are found."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import CASES, SHIPPED, analysis_of, each_case, sampled
from tests.report.claims.body import PrintedBody, body_of
from tests.report.claims.facts import Results
from tests.report.claims.lede_claims import lede_faults
from tests.report.claims.section_claims import section_faults
from tests.report.claims.small_cases import NAMES, small
from tests.report.claims.table_claims import table_faults
from tests.report.claims.test_checker import results_of, titles_of

WORKLOADS = next(case for case in CASES if case.stem == "three_workloads")


def body_faults(body: PrintedBody, results: Results) -> list[str]:
    """List what leads, notes and tables claim and the results do not say."""
    return [*lede_faults(body.texts, results), *table_faults(body.tables, results)]


@cache
def printed(case: Path) -> tuple[PrintedBody, Results]:
    """Give the body of a case's paper and its results file."""
    return body_of(analysis_of(case)), results_of(analysis_of(case))


def found_in(analysis: Analysis) -> list[str]:
    """List the faults of a case's body."""
    return body_faults(body_of(analysis), results_of(analysis))


@each_case
def test_every_lead_note_and_cell_holds(case: Path) -> None:
    """No sentence of the body and no cell of its tables is false, and none is left unchecked."""
    assert found_in(analysis_of(case)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_bodies_of_small_cases_hold(name: str) -> None:
    """Nor in the cases in which papers have gone wrong."""
    assert found_in(small(name)) == []


FALSE_TEXTS = (
    ("tco", "over three years", "over two years"),
    ("tco", "that of Commercial API", "that of Managed platform"),
    ("tco", "$107k; compute", "$170k; compute"),
    ("tco", "compute is 58%", "compute is 85%"),
    ("tco", "compute is", "ongoing engineering is"),
    ("break-even", "starts at 1bn", "starts at 2bn"),
    ("break-even", "ends at 2.15bn", "ends at 1.25bn"),
    ("risk", "The four named", "The five named"),
    ("bridge", "at 75% utilisation", "at 57% utilisation"),
    ("outcomes", "10,000 futures", "1,000 futures"),
    ("outcomes", "from seed 1", "from seed 2"),
    ("outcomes", "Self-hosted GPUs and Managed platform: risks and", "Self-hosted GPUs: risks and"),
    ("outcomes", "Managed platform: risks and ranges together", "Managed platform: ranges"),
    ("exit", "It is in no total cost.", "It is part of total cost."),
)
"""The section or exhibit, what is written there, and what would be false in its place."""


@pytest.mark.parametrize(("where", "true", "false"), FALSE_TEXTS, ids=[one[2] for one in FALSE_TEXTS])
def test_false_lead_or_note_is_caught(where: str, true: str, false: str) -> None:
    """Each of thirteen false statements put into a lead or a note is found."""
    body, results = printed(SHIPPED)
    texts = body.texts
    changed = tuple((name, text.replace(true, false) if name == where else text) for name, text in texts)
    assert changed != texts
    assert len(lede_faults(changed, results)) == 1


FALSE_CELLS = (
    (SHIPPED, "tco-table", "Compute", 0, "63"),
    (SHIPPED, "tco-table", "of which year 2", 1, "310"),
    (SHIPPED, "outcomes-table", "P80 of total cost", 2, "328"),
    (SHIPPED, "outcomes-table", "Costs no more than the plan", 0, "43%"),
    (SHIPPED, "outcomes-table", "Strongest driver", 0, "A second model is needed during stabilisation"),
    (SHIPPED, "budget", "Operating", 1, "43"),
    (SHIPPED, "budget", "of which own staff", 3, "54"),
    (SHIPPED, "budget", "Cash in all", 3, "170"),
    (SHIPPED, "break-even-table", "Managed platform", 1, "about 8,206"),
    (SHIPPED, "break-even-table", "Self-hosted GPUs", 0, "12"),
    (SHIPPED, "risk-register", "Deployment runs eight weeks late", 0, "40%"),
    (SHIPPED, "risk-register", "Performance falls short and needs heavy optimisation", 2, "16"),
    (SHIPPED, "projects", "Search relevance roadmap", 2, "21,000"),
    (SHIPPED, "projects", "All, Self-hosted GPUs", 4, "321"),
    (SHIPPED, "exit-curve", "Cost of leaving", 1, "146"),
    (SHIPPED, "exit-curve", "Probability", 0, "30%"),
    (SHIPPED, "triggers", "Output price (Commercial API), USD / M tokens", 2, "above 26.1"),
    (SHIPPED, "triggers", "Growth of tokens a year", 1, "above 303.9%"),
    (SHIPPED, "requirements", "Data stays within the EU (must)", 1, "not met"),
    (SHIPPED, "fit-scores", "Weighted mean", 0, "3.8"),
    (SHIPPED, "price-scenarios", "API prices halve", 0, "17"),
    (SHIPPED, "switching", "Growth of tokens a year", 3, "303.9%: Self-hosted GPUs"),
    (WORKLOADS, "workload-routes", "Documents overnight", 2, "Token API"),
    (WORKLOADS, "workload-routes", "Chat", 0, "4.2bn"),
    (WORKLOADS, "workload-routes", "Full economic cost", 2, "€285k"),
    (WORKLOADS, "must-have-splits", "Personal data stays under contract", 0, "€142k"),
    (WORKLOADS, "must-haves", "Personal data stays under contract", 2, "331"),
    (WORKLOADS, "must-haves", "Personal data stays under contract", 0, "Token API"),
)  # fmt: skip
"""The case, its table, the row, the cell and what would be false there."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "name", "head", "column", "false"), sampled(FALSE_CELLS, lambda row: f"{row[1]}-{row[4]}", every=28)
)  # fmt: skip
def test_false_cell_is_caught(case: Path, name: str, head: str, column: int, false: str) -> None:
    """Each of twenty-eight false cells is found, and nothing else."""
    body, results = printed(case)
    tables = body.tables
    assert table_faults(tables, results) == []
    changed = []
    for table in tables:
        rows = list(table.rows)
        place = next(
            (at for at, row in enumerate(rows) if table.name == name and row[1] == head and row[2]), None
        )
        if place is not None:
            kind, _, cells = rows[place]
            assert cells[column] != false
            rows[place] = (kind, head, (*cells[:column], false, *cells[column + 1 :]))
        changed.append(replace(table, rows=tuple(rows)))
    assert tuple(changed) != tables
    assert table_faults(tuple(changed), results) != []


def test_an_unknown_sentence_or_row_is_a_fault() -> None:
    """What no rule here knows is not left unchecked."""
    body, results = printed(SHIPPED)
    assert lede_faults((("tco", "The platform is also the safer choice."),), results) != []
    budget = next(table for table in body.tables if table.name == "budget")
    more = replace(budget, rows=(*budget.rows, ("", "Savings", ("1",) * len(budget.heads))))
    assert table_faults((more,), results) == ["budget: not checked: Savings"]
    assert table_faults((replace(budget, name="unknown"),), results) == ["not checked: table unknown"]


@pytest.mark.slow
def test_a_body_without_any_split_holds(tmp_path: Path) -> None:
    """Where no split meets every must-have, title, lead and table say so, and what a split costs without each."""
    text = WORKLOADS.read_text(encoding="utf-8")
    wish = "must: false, met_by: {api: false, small_api: true, own_machines: true}"
    assert wish in text
    case = tmp_path / "case.yaml"
    must = "must: true, met_by: {api: false, small_api: false, own_machines: false}"
    case.write_text(text.replace(wish, must), encoding="utf-8")
    analysis = analyse(load_case(case), case)
    assert found_in(analysis) == []
    assert section_faults(titles_of(analysis), results_of(analysis)) == []
