"""LibreOffice, forced to recalculate, agrees with every cell and with every run of the what-if tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from reportgen.formula.nodes import EnteredValues
from reportgen.workbook.issue import issue_of
from reportgen.workbook.layout.addresses import Places
from reportgen.workbook.sheets.runs import AMOUNT, effects_of, plan_runs
from reportgen.workbook.state import Issue, State, evaluate_state
from reportgen.workbook.write import UnsavedWorkbook, lay_out, write_workbook
from tests.agreement.cases import ROOT, SHIPPED, analysis_of, differences, same
from tests.engines import Value, libreoffice_values
from tests.packs import small_dated_case

pytestmark = pytest.mark.slow

DATED = ROOT / "tests" / "cases" / "dated_prices.yaml"
APRIL, SEPTEMBER = 46478.0, 46631.0
"""1 April and 1 September 2027, as Excel counts days."""

LATE = "Deployment runs eight weeks late"
LATER_STILL = (LATE, "options.self_hosted.deployment_months", "add")
"""The effect of a risk: its run, what it reaches, and how."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is typed into the workbook of a case: assumptions, probabilities and prices by path, amounts of effects."""

    case: Path
    values: Mapping[str, float]
    effects: Mapping[tuple[str, str, str], float] = field(default_factory=dict)

    def without(self, one: object) -> "Edit":
        """Leave one thing that is typed out."""
        values = {key: value for key, value in self.values.items() if key != one}
        return replace(
            self, values=values, effects={key: to for key, to in self.effects.items() if key != one}
        )

    def state(self) -> State:
        """Evaluate in Python what the workbook then has to show."""
        issue = issue_of(analysis_of(self.case))
        runs = tuple(
            replace(
                run,
                effects=tuple(
                    replace(e, amount=self.effects.get((run.name, e.path, e.operation), e.amount))
                    for e in run.effects
                ),
            )
            for run in issue.runs
        )
        return evaluate_state({**issue.values, **self.values}, runs)

    def cells(self, written: UnsavedWorkbook) -> dict[tuple[str, str], Value]:
        """Give the cells that are typed into: on Inputs and Prices, on Risks, and amounts on Runs."""
        issue, places = issue_of(analysis_of(self.case)), written.places
        at = {path: (sheet, row, column) for path, (sheet, row, column) in places.input_cells.items()}
        for line, place in places.lines.items():
            if isinstance(line.formula, EnteredValues):
                at |= {path: (place.sheet, *place.at(n)) for n, path in enumerate(line.formula.paths)}
        rows = plan_runs(issue, Places())
        listed = [(run.name, effect.path, effect.operation) for run, effect in effects_of(issue.runs)]
        typed = [(at[path], value) for path, value in self.values.items()]
        typed += [(("Runs", rows.first + listed.index(key), AMOUNT), to) for key, to in self.effects.items()]
        return {(sheet, f"{get_column_letter(column)}{row}"): value for (sheet, row, column), value in typed}


EVERYTHING = Edit(
    SHIPPED,
    {
        "options.self_hosted.utilisation": 0.05,
        "options.api.input_price": 4.0,
        "workload.annual_growth": 0.8,
        "options.self_hosted.exit_month": 7.0,
        "risks.deployment_runs_eight_weeks_late.probability": 0.9,
    },
    {LATER_STILL: 6.0},
)
MOVED: dict[object, set[str]] = {
    "options.self_hosted.utilisation": {"Self-hosted GPUs", "TCO", "Summary", "Runs", "Risks", "Break-even"},
    "options.api.input_price": {"Commercial API", "TCO", "Summary", "Runs", "Sensitivity", "Break-even"},
    "workload.annual_growth": {"Workload", "Commercial API", "Self-hosted GPUs", "TCO", "Summary", "Runs", "Break-even"},
    "options.self_hosted.exit_month": {"Exit", "Summary", "Runs"},
    "risks.deployment_runs_eight_weeks_late.probability": {"Risks", "Summary"},
    LATER_STILL: {"Runs", "Risks", "Summary"},
}  # fmt: skip
"""Sheets on which each of those edits shows, whatever else is edited."""
DATED_RATES = Edit(
    DATED,
    {
        "prices.swift-3.8.input.2027-03-15": 2.5,
        "prices.h100-cloud.per_gpu_hour.2027-07-01.effective": APRIL,
        "prices.h100-cloud.per_gpu_hour.spare_1": 9.0,
        "prices.h100-cloud.per_gpu_hour.spare_1.effective": SEPTEMBER,
        "workload.annual_growth": 0.8,
        "options.rented.utilisation": 0.05,
        "options.rented.exit_month": 7.0,
        "risks.the_dollar_falls.probability": 0.9,
    },
    {("The dollar falls", "finance.exchange_rates.EUR", "multiply"): 1.4},
)
LARGER = [
    Edit(SHIPPED.with_name("hospital-group.yaml"), {"people.loaded_cost_per_fte": 150_000.0}),
    Edit(SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml"), {"workload.annual_growth": 0.5}),
]


def test_every_cell_and_table_agrees_after_an_edit_of_dated_rates(tmp_path: Path) -> None:
    """Rates and their days, a growth rate, an exit month, a probability and an effect, over two years and few volumes."""
    assert_agreement(replace(DATED_RATES, case=small_dated_case(tmp_path, DATED.stem)), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("edit", [EVERYTHING, *LARGER], ids=lambda edit: edit.case.stem)
def test_every_cell_and_table_agrees_after_an_edit(edit: Edit, tmp_path: Path) -> None:
    """The same of the shipped cases; inputs, a growth rate, an exit month, a probability, an effect of the first."""
    assert_agreement(edit, tmp_path)


def assert_agreement(edit: Edit, folder: Path) -> None:
    """Assert that the cells and what-if tables that LibreOffice computes after an edit are Python's."""
    issue = issue_of(analysis_of(edit.case))
    book = folder / "book.xlsx"
    written = write_workbook(issue, book)
    state, cells = edit.state(), edit.cells(written)
    assert len(cells) == len(edit.values) + len(edit.effects)
    found = libreoffice_values(book, cells)
    assert differences(lay_out(issue, state), found, cells)[:5] == []
    tables = tables_in(issue, written, state)
    assert len(tables) == 2 * sum(table.columns[0].axis.size for table in issue.model.tables)
    assert {at: found[at] for at, value in tables.items() if not same(found[at], value)} == {}


@cache
def with_everything() -> tuple[State, UnsavedWorkbook]:
    """Lay the workbook out as it has to look after all edits, once."""
    state = EVERYTHING.state()
    return state, lay_out(issue_of(analysis_of(SHIPPED)), state)


@pytest.mark.parametrize("one", MOVED, ids=str)
def test_each_of_the_edits_shows_where_it_has_to(one: object) -> None:
    """Left out, other values stand on the sheets that depend on it: what agrees above is not what never moved."""
    issue, without = issue_of(analysis_of(SHIPPED)), EVERYTHING.without(one).state()
    state, after = with_everything()
    before = lay_out(issue, without)
    cells = {(sheet, at): value for sheet, found in before.cached.items() for at, value in found.items()}
    moved = {sheet for (sheet, at), value in cells.items() if not same(after.cached[sheet][at], value)}
    ran, runs = (tables_in(issue, after, state) for state in (without, state))
    moved -= {"Runs"} if all(same(ran[at], value) for at, value in runs.items()) else set()
    assert MOVED[one] <= moved


def tables_in(
    issue: Issue, written: UnsavedWorkbook, state: State
) -> dict[tuple[str, str], float | str | bool]:
    """Give what the cells of the what-if tables have to hold."""
    return {
        (place.sheet, f"{get_column_letter(place.column)}{place.row + position}"): value
        for table in issue.model.tables
        for line, place in ((line, written.places.lines[line]) for line in table.columns)
        for position, value in enumerate(state.series(line))
    }
