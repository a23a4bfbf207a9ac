"""Runs, risks and options are found by number, so that any name may stand in a case or be typed by finance."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.assessment import analyse
from reportgen.schema.loading.load import load_case
from reportgen.workbook.issue import issue_of
from reportgen.workbook.sheets.runs import AMOUNT, KEY, OPERATION, RUN
from reportgen.workbook.state import Issue, evaluate_state
from reportgen.workbook.write import UnsavedWorkbook, lay_out, write_workbook
from tests.agreement.cases import changes_for, differences
from tests.engines import Recalculation

pytestmark = pytest.mark.slow

FEWER, LATE, OTHER = "Throughput ~40% lower", "Late by eight weeks", "Late*"
CASE = f"""
case: {{title: Names, date: 2026-11-23, currency: EUR}}
finance: {{years: 1, start: 2027-01, discount_rate: 0.08}}
workload:
  tokens_per_month: {{value: 9000, low: 4000, high: 15000}}
  output_share: 0.15
people: {{loaded_cost_per_fte: 120000}}
options:
  api:
    kind: api
    name: "Frontier API?"
    short_name: API
    input_price: {{value: 2.0, low: 1.0, high: 3.0}}
    output_price: 8.0
    exit_probability: 0.2
    exit_month: 6
    exit_fte_months: 1
  gpu:
    kind: self_hosted
    name: "Frontier*"
    short_name: GPUs
    until_live: api
    gpu_hourly_price: 3.0
    gpus_per_replica: 4
    replica_tps: 9000
    utilisation: 0.35
    lead_time_months: 1
    deployment_months: 3
    deployment_fte: 2
    ongoing_fte: 1
    exit_probability: 0.2
    exit_month: 6
    exit_fte_months: 1
risks:
  - name: {LATE}
    probability: 0.5
    effects: [{{assumption: options.gpu.deployment_months, add: 2}}]
  - name: "{FEWER}"
    probability: 0.3
    effects: [{{assumption: options.gpu.replica_tps, multiply: 0.6}}]
  - name: "{OTHER}"
    probability: 0.2
    effects: [{{assumption: options.api.input_price, multiply: 1.5}}]
price_scenarios:
  - name: "Prices halve?"
    effects: [{{assumption: options.api.input_price, multiply: 0.5}}]
break_even: {{low: 1000, high: 100000, points: 3}}
simulation: {{draws: 200, seed: 3}}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UnsavedWorkbook]:
    """Build a case whose names hold the characters that spreadsheets read as patterns, once."""
    folder = tmp_path_factory.mktemp("names")
    case, book = folder / "case.yaml", folder / "book.xlsx"
    case.write_text(CASE, encoding="utf-8")
    return book, write_workbook(issue_of(analyse(load_case(case), case)), book)


def issue_in(folder: Path) -> Issue:
    """Analyse the case again."""
    case = folder / "case.yaml"
    return issue_of(analyse(load_case(case), case))


@pytest.mark.slow
@pytest.mark.parametrize("run", ["Base case", LATE, FEWER, OTHER, "Prices halve?"])
def test_a_run_of_any_name_can_be_shown(written: tuple[Path, UnsavedWorkbook], run: str) -> None:
    """With `~ * ?` in the names of risks, options and scenarios, an engine sees in every cell what Python computed."""
    book, _ = written
    issue = issue_in(book.parent)
    state = evaluate_state(issue.values, issue.runs, run)
    shown = lay_out(issue, state)
    given = changes_for(shown, state)
    assert differences(shown, Recalculation(book).values(given), given)[:5] == []


def test_a_risk_whose_name_is_a_pattern_has_its_own_impact(written: tuple[Path, UnsavedWorkbook]) -> None:
    """`Late*` raises the input price by half: 9,000 M x 0.85 x 2.0 x 0.5 x 12 = 91,800 more for the API, in its own row."""
    book, unsaved = written
    places = {line.key: place for line, place in unsaved.places.lines.items()}
    risk = places["risks.impact.api"]
    late, other = (
        ("Risks", load_workbook(book)["Risks"].cell(*risk.at(position)).coordinate) for position in (0, 2)
    )
    found = Recalculation(book).values({}, [late, other])
    assert found[late] == pytest.approx(0.0, abs=1e-6)
    assert found[other] == pytest.approx(91_800.0)


def test_a_name_typed_over_a_spare_risk_leads_its_effects(written: tuple[Path, UnsavedWorkbook]) -> None:
    """A spare risk called `L?te~*` with an effect on the output price: 9,000 x 0.15 x 8 x 12 = 129,600 once doubled."""
    book, unsaved = written
    places = {line.key: place for line, place in unsaved.places.lines.items()}
    sheet = load_workbook(book)
    risks, runs = sheet["Risks"], sheet["Runs"]
    name = risks.cell(*places["risks.name"].at(3)).coordinate
    row = next(
        r for r in range(13, 200) if not runs.cell(r, RUN).protection.locked and not runs.cell(r, RUN).value
    )
    cells = {column: runs.cell(row, column).coordinate for column in (RUN, OPERATION, AMOUNT, KEY)}
    typed = {
        ("Risks", name): "L?te~*",
        ("Runs", cells[RUN]): "L?te~*",
        ("Runs", cells[OPERATION]): "multiply",
        ("Runs", cells[AMOUNT]): 2.0,
        ("Runs", cells[KEY]): "options.api.output_price",
    }
    tco = places["summary.tco"]
    cell = ("Summary", sheet["Summary"].cell(*tco.at(0)).coordinate)
    engine = Recalculation(book)
    before = engine.values(typed, [cell, ("Summary", "C4")])
    after = engine.values({**typed, ("Runs", "D6"): "l?TE~*"}, [cell, ("Summary", "C4")])
    assert str(before["Summary", "C4"]).startswith("Checks: all pass")
    assert float(str(after[cell])) - float(str(before[cell])) == pytest.approx(129_600.0)


def test_a_run_that_does_not_exist_is_said_in_every_head(written: tuple[Path, UnsavedWorkbook]) -> None:
    """A pasted nonsense run, one that as a pattern would fit many, and a name that two runs have."""
    book, unsaved = written
    heads = [(sheet.title, "C4") for sheet in load_workbook(book).worksheets[1:]]
    engine = Recalculation(book)
    for nonsense in ("No such run", "*", "Late?by?eight?weeks", ""):
        found = engine.values({("Runs", "D6"): nonsense}, heads)
        assert set(found.values()) == {"CHECKS FAIL: no such run"}, nonsense
    name = next(place for line, place in unsaved.places.lines.items() if line.key == "risks.name")
    twice = {("Risks", f"B{name.at(5)[0]}"): FEWER, ("Runs", "D6"): FEWER}
    assert set(engine.values(twice, heads).values()) == {"CHECKS FAIL: no such run"}
