"""LibreOffice, forced to recalculate, agrees with every cell and with every run of the what-if tables."""

from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from reportgen.workbook.state import state_of
from reportgen.workbook.write import lay_out, write_workbook
from tests.agreement.cases import ROOT, SHIPPED, analysis_of, differences, same
from tests.engines import Value, libreoffice_values

DATED = ROOT / "tests" / "cases" / "dated_prices.yaml"
APRIL, SEPTEMBER = 46478.0, 46631.0
"""1 April and 1 September 2027, as Excel counts days."""

EDITS: list[tuple[Path, dict[str, float]]] = [
    (SHIPPED, {"options.self_hosted.utilisation": 0.05, "options.api.input_price": 4.0}),
    (
        DATED,
        {
            "prices.swift-3.8.input.2027-03-15": 2.5,
            "prices.h100-cloud.per_gpu_hour.2027-07-01.effective": APRIL,
            "prices.h100-cloud.per_gpu_hour.spare_1": 9.0,
            "prices.h100-cloud.per_gpu_hour.spare_1.effective": SEPTEMBER,
        },
    ),
]
LARGER: list[tuple[Path, dict[str, float]]] = [
    (SHIPPED.with_name("hospital-group.yaml"), {"people.loaded_cost_per_fte": 150_000.0}),
    (SHIPPED.with_name("ten-to-twenty-billion-tokens.yaml"), {"workload.annual_growth": 0.5}),
]


@pytest.mark.parametrize(
    "edited",
    [*EDITS, *(pytest.param(one, marks=pytest.mark.long) for one in LARGER)],
    ids=lambda edited: edited[0].stem,
)
def test_every_cell_and_table_agrees_after_an_edit(
    edited: tuple[Path, dict[str, float]], tmp_path: Path
) -> None:
    """Inputs, a dated rate, its day and a further dated row edited: cells, tables, risks and answer are Python's."""
    path, edits = edited
    issue = analysis_of(path).issue
    book = tmp_path / "book.xlsx"
    places = write_workbook(issue, book).places
    state = state_of({**issue.values, **edits}, issue.runs)
    typed = {name: places.typed[name] for name in edits}
    cells: dict[tuple[str, str], Value] = {
        (sheet, f"{get_column_letter(column)}{row}"): edits[name]
        for name, (sheet, row, column) in typed.items()
    }
    found = libreoffice_values(book, cells)
    assert differences(lay_out(issue, state), found, cells)[:5] == []
    compared = 0
    for table in issue.model.tables:
        for line in table.columns:
            for position, expected in enumerate(state.series(line)):
                row, column = places.lines[line].at(position)
                cell = ("Runs", f"{get_column_letter(column)}{row}")
                assert same(found[cell], expected), (cell, issue.runs[position].name)
                compared += 1
    assert compared == 2 * sum(table.columns[0].axis.size for table in issue.model.tables)
