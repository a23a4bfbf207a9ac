"""The sections "What changed" and "Plan and actual" hold, and falsehoods put into them are found."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

from reportgen.actuals.recorded import analyse_with_actuals
from reportgen.analysis import Analysis
from reportgen.assessment import analyse
from reportgen.editions.carry import carried
from reportgen.pipeline.writing import write_results, write_workbook
from reportgen.schema.loading.load import load_case
from tests.agreement.cases import CASES
from tests.report.claims.body import PrintedBody, body_of
from tests.report.claims.facts import Results
from tests.report.claims.lede_claims import lede_faults
from tests.report.claims.section_claims import section_faults
from tests.report.claims.small_cases import case
from tests.report.claims.table_claims import table_faults
from tests.report.claims.test_checker import results_of, titles_of

PASSED = next(one for one in CASES if one.stem == "months_passed")
pytestmark = pytest.mark.slow


@cache
def passed() -> Analysis:
    """Work out the case of which three months have passed."""
    return analyse_with_actuals(load_case(PASSED), PASSED)


@cache
def second() -> Analysis:
    """Build a case, then its next edition with dearer tokens, another discount rate and a year more."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        file, book, results = (folder / f"small.{ending}" for ending in ("yaml", "xlsx", "json"))
        stated = case("plain")
        _edition(file, stated, book, results, None)
        stated["options"]["bought"]["input_price"] = {"value": 9.0, "low": 4.0, "high": 12.0}
        stated["finance"] |= {"discount_rate": 0.12, "years": 4}
        return _edition(file, stated, book, results, results)


def _edition(file: Path, stated: object, book: Path, results: Path, since: Path | None) -> Analysis:
    file.write_text(yaml.safe_dump(stated, sort_keys=False), encoding="utf-8")
    edition = carried(analyse(load_case(file), file), book, results, since)
    write_workbook(edition, book)
    write_results(edition, results)
    return edition


EDITIONS = {"plan and actual": passed, "what changed": second}


def faults_of(titles: list[str], body: PrintedBody, results: Results) -> list[str]:
    """List what titles, leads, notes and tables claim and the results do not say."""
    return [
        *section_faults(titles, results), *lede_faults(body.texts, results), *table_faults(body.tables, results),
    ]  # fmt: skip


@pytest.mark.parametrize("name", EDITIONS)
def test_titles_leads_notes_and_tables_hold(name: str) -> None:
    """Nothing in the paper of either is false or left unchecked, and the section is there."""
    analysis = EDITIONS[name]()
    body = body_of(analysis)
    assert faults_of(titles_of(analysis), body, results_of(analysis)) == []
    assert ("actuals" if analysis is passed() else "changes") in [where for where, _ in body.texts]


def test_the_edition_before_is_the_one_that_was_built() -> None:
    """Costs and recommendation before are those of the first edition's own results, and the changes are the inputs that differ."""
    since = results_of(second())["since"]
    with TemporaryDirectory() as name:
        file = Path(name, "small.yaml")
        file.write_text(yaml.safe_dump(case("plain"), sort_keys=False), encoding="utf-8")
        first = results_of(analyse(load_case(file), file))
    before = {key: one["full_cost"] for key, one in first["options"].items()}
    assert since["old"]["outcome"]["full_cost"] == pytest.approx(before, rel=1e-9)
    assert {(one["path"], one["before"], one["after"]) for one in since["changes"]} == {
        ("finance.discount_rate", 0.1, 0.12),
        ("options.bought.input_price", 1.5, 9.0),
    }


FALSE_LEADS = (
    ("plan and actual", "actuals", "more than the plan", "less than the plan"),
    ("plan and actual", "actuals", "machines of Own machines", "machines of Commercial API"),
    ("plan and actual", "actuals", "to March 2027", "to February 2027"),
    ("plan and actual", "actuals", "came to $21k", "came to $12k"),
    ("plan and actual", "actuals", "$5.4k more", "$4.5k more"),
    ("plan and actual", "actuals", "$1.5k more by price", "$1.5k less by price"),
    ("plan and actual", "actuals", "$3.4k more by volume, $1.5k more by price", "$3.4k more by price, $1.5k more by volume"),
    ("plan and actual", "actuals", " and $250 more", " and $520 more"),
    ("plan and actual", "actuals", ", $1.5k more by price", ""),
    ("plan and actual", "actuals", "Price: 1.08 times", "Price: 0.98 times"),
    ("what changed", "changes", "edition 1", "edition 2"),
    ("what changed", "changes", "2 numbers", "3 numbers"),
    ("what changed", "changes", "1 change of structure", "2 changes of structure"),
    ("what changed", "changes", "alone would have", "alone would not have"),
    ("what changed", "changes", "changes with: Input price, Bought", "changes with: Discount rate"),
    ("what changed", "changes", "it was 3", "it was 2"),
    ("what changed", "changes-effects", "Bought +$302k", "Bought −$302k"),
    ("what changed", "changes-effects", "Run by us −$18k, ", ""),
)  # fmt: skip
"""The case, the section or exhibit, what its lead or note says, and what would be false in its place."""


@pytest.mark.parametrize(("name", "where", "true", "false"), FALSE_LEADS, ids=[f"{one[1]}-{one[3][:30]}" for one in FALSE_LEADS])  # fmt: skip
def test_a_false_lead_or_note_is_caught(name: str, where: str, true: str, false: str) -> None:
    """Each of eighteen false statements put into a lead or a note is found."""
    texts = body_of(EDITIONS[name]()).texts
    changed = tuple((place, text.replace(true, false) if place == where else text) for place, text in texts)
    assert changed != texts
    assert lede_faults(changed, results_of(EDITIONS[name]())) != []


FALSE_TITLES = (
    ("plan and actual", "would still be made: Own machines", "would still be made: Commercial API"),
    ("plan and actual", "The recommendation would still be made: Own machines", "With what was measured the recommendation would be Commercial API; it was Own machines"),
    ("what changed", "The recommendation is Run by us; it was Bought", "The recommendation stands: Run by us"),
    ("what changed", "is Run by us; it was Bought", "is Bought; it was Run by us"),
    ("what changed", "rises from", "falls from"),
    ("what changed", "$476k to", "$467k to"),
    ("what changed", "the most of it: input price, Bought", "the most of it: discount rate"),
    ("what changed", "changes once on", "changes more than once on"),
    ("what changed", "2 assumptions changed", "3 assumptions changed"),
)  # fmt: skip
"""The case, what a title says, and what would be false in its place."""


@pytest.mark.parametrize(("name", "true", "false"), FALSE_TITLES, ids=[one[2][:40] for one in FALSE_TITLES])
def test_a_false_title_is_caught(name: str, true: str, false: str) -> None:
    """Each of nine false titles is found."""
    title = next(one for one in titles_of(EDITIONS[name]()) if true in one)
    assert len(section_faults([title.replace(true, false)], results_of(EDITIONS[name]()))) == 1


FALSE_CELLS = (
    ("plan and actual", "actuals-months", "February 2027", 3, "4,200"),
    ("plan and actual", "actuals-months", "March 2027", 1, "8,700"),
    ("plan and actual", "actuals-months", "In all", 4, "5,348"),
    ("plan and actual", "actuals-outlook", "Commercial API", 1, "$1.06M"),
    ("plan and actual", "actuals-outlook", "Own machines", 2, "−$155k"),
    ("what changed", "changes-effects", "Discount rate", 0, "+$23k"),
    ("what changed", "changes-effects", "Discount rate", 2, "Run by us"),
    ("what changed", "changes-effects", "Now", 1, "$1.68M"),
    ("what changed", "changes-inputs", "Discount rate", 1, "21%"),
    ("what changed", "changes-inputs", "Input price, Bought", 3, "+600%"),
)
"""The case, its table, the row, the cell and what would be false there."""


@pytest.mark.parametrize(("name", "table", "head", "column", "false"), FALSE_CELLS, ids=[f"{one[1]}-{one[4]}" for one in FALSE_CELLS])  # fmt: skip
def test_a_false_cell_is_caught(name: str, table: str, head: str, column: int, false: str) -> None:
    """Each of ten false cells is found."""
    found = next(one for one in body_of(EDITIONS[name]()).tables if one.name == table)
    rows = tuple(
        (kind, first, (*cells[:column], false, *cells[column + 1 :]) if first == head else cells)
        for kind, first, cells in found.rows
    )
    assert rows != found.rows
    assert table_faults((replace(found, rows=rows),), results_of(EDITIONS[name]())) != []
